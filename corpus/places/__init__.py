"""Places: administrative divisions and development zones, found in a text and put where they belong."""
