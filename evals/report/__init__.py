"""A run as files: a line an attempt, a summary, JUnit XML, and a page for people that needs no network."""
