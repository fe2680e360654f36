"""Many questions from a file: in order, resumable after a kill, no line ever lost."""
