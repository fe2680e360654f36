"""The outline of a clean text: its parts, the numbering series in them, and the clauses they make."""
