"""Standard form: numbered premises and conclusions, each with its justification; for the page."""

from __future__ import annotations

from argmap.formats.format import Format, WriteOptions, Written
from argmap.model import ArgumentMap

_SUMMARY = (
    "Numbered premises and conclusions with their justification, objections as arguments against{}."
    " Numbers take the place of labels; tags and the author's own attributes are left out."
)


def _markdown(map: ArgumentMap, options: WriteOptions) -> Written:
    from argmap.formats.standard_form.markdown import write

    return write(map)


def _plain(map: ArgumentMap, options: WriteOptions) -> Written:
    from argmap.formats.standard_form.plain import write

    return write(map)


def _latex(map: ArgumentMap, options: WriteOptions) -> Written:
    from argmap.formats.standard_form.latex import write

    return write(map)


FORMAT = (
    Format(
        "standard-form",
        "standard form in Markdown",
        (".standard-form.md", ".standard.md"),
        _SUMMARY.format(", as Markdown tables"),
        None,
        _markdown,
    ),
    Format(
        "standard-form-text",
        "standard form as plain text",
        (".standard-form.txt", ".standard.txt", ".txt"),
        _SUMMARY.format(", in columns for any screen or printer"),
        None,
        _plain,
    ),
    Format(
        "standard-form-latex",
        "standard form in LaTeX",
        (".tex",),
        _SUMMARY.format(", as a LaTeX document that compiles as it is"),
        None,
        _latex,
    ),
)
