"""The whole book on paper: one HTML page of all pages, printed as PDF."""
