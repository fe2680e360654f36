"""What a request passes before anything answers it: its id, headers, keys, rates, size, and a place."""
