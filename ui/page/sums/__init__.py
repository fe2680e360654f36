"""算一算: pick measures, fill in what they ask for, watch the sum being worked out."""
