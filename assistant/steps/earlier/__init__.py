"""What serves leaning on earlier turns."""
