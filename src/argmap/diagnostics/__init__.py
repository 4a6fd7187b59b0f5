"""What is said about a document: the values, and the printers that show them."""

from argmap.diagnostics.diagnostic import Diagnostic, Edit, Fix, Label, Report, Severity, in_source

__all__ = ["Diagnostic", "Edit", "Fix", "Label", "Report", "Severity", "in_source"]
