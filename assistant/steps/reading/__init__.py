"""What serves reading a question: days, numbers, names, places, denials, beliefs."""
