"""Standard form as a LaTeX document."""

from __future__ import annotations

import re

from argmap.formats.format import Written
from argmap.formats.standard_form.arguments import arrange
from argmap.formats.standard_form.wording import above, left_out, said_with
from argmap.model import ArgumentMap, Statement

_PREAMBLE = r"""\documentclass[11pt]{article}
\usepackage{iftex}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \usepackage{lmodern}
  \usepackage{textcomp}
%s\else
  \usepackage{fontspec}
\fi
\usepackage[margin=2.5cm]{geometry}
\usepackage{amssymb}
\usepackage{array}
\usepackage{longtable}
\setlength{\parindent}{0pt}
\setlength{\parskip}{6pt}
\newenvironment{standardform}
  {\begin{longtable}[l]{@{}r@{\quad}>{\raggedright\arraybackslash}p{0.60\linewidth}@{\quad}%%
    >{\raggedright\arraybackslash\itshape}p{0.26\linewidth}@{}}}
  {\end{longtable}}
"""
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "#": r"\#",
    "$": r"\$",
    "%": r"\%",
    "&": r"\&",
    "_": r"\_",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "`": r"\textasciigrave{}",
    "[": "{[}",
    "]": "{]}",
    "…": r"\dots{}",
    "∴": r"$\therefore$",
    "\u00a0": "~",
}
_TRANSLATE = str.maketrans(_SPECIAL)
_LIGATURES = re.compile(r"-(?=-)|(?<=['`,?!<>])(?=['`,])|(?<=[?!])(?=`)")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What inputenc with T1 and textcomp can set without help.
_SETTABLE = re.compile(r"[\x00-\u017f\u2010-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\u2234]")


def escape(text: str) -> str:
    """A text with everything that LaTeX would read as a command made harmless."""
    text = _CONTROL.sub("\ufffd", text)
    return _LIGATURES.sub(lambda m: f"{m[0]}{{}}", text.translate(_TRANSLATE))


def _stressed(statement: Statement) -> str:
    text = statement.text
    pieces: list[str] = []
    at = 0
    for stress in statement.emphasis:
        command = r"\textbf" if stress.strong else r"\emph"
        inside = escape(text[stress.start : stress.end]).replace("\n\n", " ")
        pieces += [escape(text[at : stress.start]), f"{command}{{{inside}}}"]
        at = stress.end
    pieces.append(escape(text[at:]))
    paragraphs = re.split(r"\n\s*\n", "".join(pieces))
    return r" \newline ".join(" ".join(paragraph.split()) for paragraph in paragraphs)


def write(map: ArgumentMap) -> Written:
    """Write the standard form of a map, as a whole document."""
    form = arrange(map)
    said = said_with(map, _stressed)
    out: list[str] = []
    if map.title:
        out += [rf"{{\Large\bfseries {escape(map.title)}\par}}", ""]
    if credit := above(map):
        out += [escape(credit), ""]
    section = -1
    for argument in form.arguments:
        if argument.section != section:
            section = argument.section
            out += [rf"\section*{{{escape(map.sections[section].title)}}}", ""]
        if argument.heading:
            out += [rf"\textbf{{{escape(argument.heading)}}}\nopagebreak", ""]
        rows = [
            f"({entry.number}) & {said(entry.statement)} & {escape(entry.justification)} \\\\"
            for entry in argument.entries
        ]
        closing, ground = argument.closing
        if closing:
            rows.append(rf"$\therefore$ & {escape(closing)} & {escape(ground)} \\")
        out += [r"\begin{standardform}", *rows, r"\end{standardform}", ""]
    for remark in form.remarks:
        out += [escape(remark), ""]
    for number, statement in form.sources:
        for quotation in statement.quotations:
            where = f" ({escape(quotation.where)})" if quotation.where else ""
            out += [f"({number}) rests on “{escape(quotation.words)}”{where}.", ""]
        for note in statement.notes:
            out += [f"({number}) {escape(note)}", ""]
    body = "\n".join(out).rstrip("\n")
    strange = sorted({character for character in body if not _SETTABLE.match(character)})
    # pdfLaTeX has no glyphs for other scripts: it shows a box with the number, where XeLaTeX and LuaLaTeX
    # set them.
    boxes = "".join(f"  \\DeclareUnicodeCharacter{{{ord(c):04X}}}{{[U+{ord(c):04X}]}}\n" for c in strange)
    head = "% !TeX program = lualatex\n" if strange else ""
    text = f"{head}{_PREAMBLE % boxes}\n\\begin{{document}}\n\n{body}\n\n\\end{{document}}\n"
    return Written(text, left_out(map))
