"""What serves binding numbers to facts."""
