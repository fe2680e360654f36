"""咨询: a conversation on one side, the words of the law on the other."""
