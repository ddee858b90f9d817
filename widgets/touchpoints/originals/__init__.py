"""Original files of a survey that the kit doesn't ship: where they are, got, checked, read."""
