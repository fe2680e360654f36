"""What serves choosing the measures meant."""
