"""A labelled corpus of questions in many voices, and the small models that learn from it."""
