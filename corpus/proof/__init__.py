"""Proofs that the awards as data say what the clauses say; `corpus.check` runs them all."""
