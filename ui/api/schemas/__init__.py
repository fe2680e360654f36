"""What responses look like, for the description of the interface; tests hold responses against it."""
