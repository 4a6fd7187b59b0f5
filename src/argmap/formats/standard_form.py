"""Standard form for the page, as Markdown, plain text or LaTeX: each numbered line with its justification."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from functools import partial
from importlib.resources import files
from itertools import zip_longest

from attrs import frozen

from argmap.formats import page
from argmap.formats.argument_order import arrange
from argmap.formats.format import Format, Written
from argmap.formats.losses import ALL, Feature, Losses, report
from argmap.model import ArgumentMap, Statement

Row = tuple[str, str, str]
"""A number or sign, a statement marked up, and its justification."""


@frozen
class _Markup:
    """How one kind of page is written; each function gives lines, and texts given to them are not escaped."""

    statement: Callable[[Statement], str]
    title: Callable[[str], list[str]]
    section: Callable[[str, int], list[str]]
    heading: Callable[[str], list[str]]
    # From the rows, and the width of the widest number in the whole form
    table: Callable[[list[Row], int], list[str]]
    paragraph: Callable[[str], list[str]]
    whole: Callable[[str], str]
    lost: frozenset[Feature] = frozenset((Feature.TAGS, Feature.DATA, Feature.EVIDENCE))


def _write(mark_up: _Markup, map: ArgumentMap) -> Written:
    losses = Losses()
    report(map, ALL - mark_up.lost, "standard form", losses)
    form = arrange(map)
    names = page.names_in(map)
    out: list[str] = mark_up.title(map.title) if map.title else []
    if credit := page.header_line(map.facts):
        out += mark_up.paragraph(credit)
    shift = 0 if map.title else -1
    widest = len(f"({len(map.statements) or 1})")
    section = -1
    for argument in form.arguments:
        if argument.section != section:
            section = argument.section
            out += mark_up.section(map.sections[section].title, map.sections[section].level + shift)
        if argument.heading:
            out += mark_up.heading(argument.heading)
        rows = [
            (f"({entry.number})", page.sentence(entry.statement, names, mark_up.statement), entry.justification)
            for entry in argument.entries
        ]
        if argument.closing[0]:
            rows.append(("∴", *argument.closing))
        if rows:
            out += mark_up.table(rows, widest)
    for remark in form.remarks:
        out += mark_up.paragraph(remark)
    for number, statement in form.sources:
        for quotation in statement.quotations:
            where = f" ({quotation.where})" if quotation.where else ""
            out += mark_up.paragraph(f"({number}) rests on “{quotation.words}”{where}.")
        for note in statement.notes:
            out += mark_up.paragraph(f"({number}) {note}")
    return Written(mark_up.whole("\n".join(out).rstrip("\n") + "\n"), losses.diagnostics)


# Markdown.


def _markdown_table(rows: list[Row], widest: int) -> list[str]:
    lines = [
        f"| {sign} | {'<br><br>'.join(text.split(chr(10) * 2))} | {page.escape(justification)} |"
        for sign, text, justification in rows
    ]
    return ["|  | Statement | Justification |", "|--:|---|---|", *lines, ""]


_MARKDOWN = _Markup(
    statement=page.stressed,
    title=lambda text: [f"# {page.escape(text)}", ""],
    section=lambda text, level: [f"{'#' * min(1 + level, 6)} {page.escape(text)}", ""],
    heading=lambda text: [f"**{text}**", ""],
    table=_markdown_table,
    paragraph=lambda text: [page.escape(text), ""],
    whole=lambda text: text,
)

# Plain text, in columns.

WIDTH = 88
_STATEMENT_WIDTH = 54


def _plain(text: str) -> str:
    return page.flat(page.CONTROL.sub(" ", text))


def _wrap(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False) or [""]


def _underlined(sign: str, text: str) -> list[str]:
    text = _plain(text)
    return [text, sign * len(text), ""]


def _columns(rows: list[Row], widest: int) -> list[str]:
    lines: list[str] = []
    for sign, text, justification in rows:
        left = _wrap(text, _STATEMENT_WIDTH)
        right = _wrap(_plain(justification), WIDTH - widest - _STATEMENT_WIDTH - 4)
        for place, (one, other) in enumerate(zip_longest(left, right, fillvalue="")):
            head = (sign if place == 0 else "").rjust(widest + 1)
            lines.append(f"{head} {one:<{_STATEMENT_WIDTH}}  {other}".rstrip())
    return [*lines, ""]


_PLAIN = _Markup(
    statement=lambda statement: _plain(statement.text),
    title=lambda text: _underlined("=", text),
    section=lambda text, level: _underlined("-", text),
    heading=lambda text: [text, ""],
    table=_columns,
    paragraph=lambda text: [*_wrap(_plain(text), WIDTH), ""],
    whole=lambda text: text,
    lost=frozenset((Feature.TAGS, Feature.DATA, Feature.EVIDENCE, Feature.EMPHASIS)),
)

# LaTeX.

_LATEX_SPECIAL = str.maketrans(
    {sign: f"\\{sign}" for sign in "{}#$%&_"}
    | {sign: rf"\text{name}{{}}" for sign, name in (
        ("\\", "backslash"), ("^", "asciicircum"), ("~", "asciitilde"), ("<", "less"), (">", "greater"),
        ("|", "bar"), ('"', "quotedbl"), ("`", "asciigrave"),
    )}
    | {"[": "{[}", "]": "{]}", "…": r"\dots{}", "∴": r"$\therefore$", "\u00a0": "~"}
)  # fmt: skip
_LIGATURES = re.compile(r"-(?=-)|(?<=['`,?!<>])(?=['`,])|(?<=[?!])(?=`)")
# What inputenc with T1 and textcomp can set without help.
_SETTABLE = re.compile(r"[\x00-\u017f\u2010-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u2234]")


def _latex(text: str) -> str:
    """A text with everything that LaTeX would read as a command made harmless."""
    text = page.CONTROL.sub("\ufffd", text)
    return _LIGATURES.sub(lambda match: f"{match[0]}{{}}", text.translate(_LATEX_SPECIAL))


def _latex_statement(statement: Statement) -> str:
    def stress(text: str, strong: bool) -> str:
        return rf"\{'textbf' if strong else 'emph'}{{{text}}}"

    return r" \newline ".join(page.flat(each) for each in page.paragraphs(statement, _latex, stress))


def _latex_table(rows: list[Row], widest: int) -> list[str]:
    lines = [f"{_latex(sign)} & {text} & {_latex(why)} \\\\" for sign, text, why in rows]
    return [r"\begin{standardform}", *lines, r"\end{standardform}", ""]


def _latex_document(text: str) -> str:
    """The whole document. pdfLaTeX has no glyphs for other scripts: it shows their numbers, where XeLaTeX and
    LuaLaTeX set them."""
    body = text.rstrip("\n")
    strange = sorted({character for character in body if not _SETTABLE.match(character)})
    boxes = "".join(f"  \\DeclareUnicodeCharacter{{{ord(c):04X}}}{{[U+{ord(c):04X}]}}\n" for c in strange)
    head = "% !TeX program = lualatex\n" if strange else ""
    template = files("argmap").joinpath("templates/standard_form.tex").read_text(encoding="utf-8")
    before, after = template.split("% glyphs\n")
    return f"{head}{before}{boxes}{after}\n\\begin{{document}}\n\n{body}\n\n\\end{{document}}\n"


_LATEX = _Markup(
    statement=_latex_statement,
    title=lambda text: [rf"{{\Large\bfseries {_latex(text)}\par}}", ""],
    section=lambda text, level: [rf"\section*{{{_latex(text)}}}", ""],
    heading=lambda text: [rf"\textbf{{{_latex(text)}}}\nopagebreak", ""],
    table=_latex_table,
    paragraph=lambda text: [_latex(text), ""],
    whole=_latex_document,
)

_SUMMARY = (
    "Numbered premises and conclusions with their justification, objections as arguments against, {}."
    " Numbers take the place of labels; tags and the author's own attributes are left out."
)
FORMAT = tuple(
    Format(name, title, suffixes, _SUMMARY.format(how), None, partial(_write, mark_up))
    for name, title, suffixes, how, mark_up in (
        ("standard-form", "standard form in Markdown", (".standard-form.md", ".standard.md"),
         "as Markdown tables", _MARKDOWN),
        ("standard-form-text", "standard form as plain text", (".standard-form.txt", ".standard.txt", ".txt"),
         "in columns for any screen or printer", _PLAIN),
        ("standard-form-latex", "standard form in LaTeX", (".tex",),
         "as a LaTeX document that compiles as it is", _LATEX),
    )
)  # fmt: skip
