"""A running course: its folder, its data for each student, its assignments and their marks."""
