"""评测: the last evaluation runs, their figures, and what went wrong."""
