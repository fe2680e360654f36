"""能享受什么: a short profile of a company, then everything that may apply to it."""
