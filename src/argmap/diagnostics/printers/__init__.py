"""The forms in which diagnostics are printed, one a module; each is a function from reports to text."""
