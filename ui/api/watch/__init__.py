"""What an operator sees: figures at `/metrics`, and logs as lines of JSON."""
