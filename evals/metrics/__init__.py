"""What is measured of an answer, one file a subject; all of it deterministic."""
