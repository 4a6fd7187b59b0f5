"""A finished picture as a PDF document."""
