"""Words on a terminal: wrapped by what they really occupy, coloured only where colour is wanted."""
