"""The gallery: every map in every theme on one page that loads nothing."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

import argmap
from argmap.cli.pages import gallery
from argmap.drawing.theme import themes
from argmap.pages import gallery_page

HOSTILE = "title: </title><script>alert(1)</script>\n\n(a) <img src=x onerror=alert(1)> ]]> {url: https://x.org/'\"}\n"


def test_every_map_in_every_theme_and_no_id_twice() -> None:
    maps = {"one.argmap": argmap.parse("(a) x\n    + (b) y"), "two.argmap": argmap.parse("(a) z")}
    page = gallery_page(maps)
    assert page.count("<svg ") == 2 * len(themes())
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert page.count('type="radio"') == len(themes())


def test_hostile_text_stays_text() -> None:
    page = gallery_page({"<b>.argmap": argmap.parse(HOSTILE)}, ["print"])
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>.argmap" not in page
    assert not re.search(r"\s(?:src|onerror)\s*=\s*[^&]", re.sub(r">[^<]*<", "><", page))


def test_command_leaves_out_maps_with_errors(tmp_path: Path) -> None:
    (tmp_path / "good.argmap").write_text("(a) x\n", "utf-8")
    (tmp_path / "bad.argmap").write_text("(a) x\n    + (nowhere)\n", "utf-8")
    out = tmp_path / "g.html"
    files = [str(tmp_path / name) for name in ("good.argmap", "bad.argmap")]
    result = CliRunner().invoke(gallery, [*files, "-o", str(out), "--theme", "print"], standalone_mode=False)
    assert result.return_value == 1
    assert "bad.argmap has errors" in result.output
    assert out.read_text("utf-8").count("<svg ") == 1
