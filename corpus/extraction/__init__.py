"""Awards of any document: proposed by reading its clauses, each value bound to its words, doubts said.

`extract` reads clauses; nothing here computes an award or asks a language model.
"""
