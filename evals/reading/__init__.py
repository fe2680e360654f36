"""How well documents are read: `python -m evals.reading SUBJECT DATA`, a file a subject."""
