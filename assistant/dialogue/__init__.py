"""What a turn does to what was said before."""
