"""Chinese in general: where words begin and end. Nothing of one domain or document."""
