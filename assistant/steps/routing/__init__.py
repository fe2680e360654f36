"""What serves the decision whether the corpus answers, and whose matter it is otherwise."""
