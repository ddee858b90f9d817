"""A running course in a folder: what is in it, and how it is brought up to date."""
