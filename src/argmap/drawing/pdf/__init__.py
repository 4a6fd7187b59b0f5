"""A finished picture as a PDF document."""

from __future__ import annotations

from argmap.drawing.faces import Faces

__all__ = ["to_pdf"]


def to_pdf(
    svg: str, *, page: str | None = None, author: str | None = None, faces: Faces | None = None
) -> bytes:
    """Turn a picture that `argmap.drawing.svg.finish` made into a PDF, the same bytes every time.

    Fonts are embedded, text can be selected and searched, links are kept; the title and the description
    become the document's title and subject.

    Args:
        svg: The finished SVG.
        page: A paper to spread it over (`A4`, `Letter`, `A3` …), with an overview first and sheets for each
            section; None for one page as large as the picture.
        author: The author to note in the document.
        faces: The fonts at hand, the bundled ones if None. Afterwards `faces.missing` has the characters for
            which a box with the code point had to be drawn.

    Raises:
        ConfigError: there is no such paper.
        EngineError: `svg` is not an SVG document.
    """
    from argmap.drawing.pdf.pages import fitted, paper, spread
    from argmap.drawing.pdf.painting import paint
    from argmap.drawing.pdf.writing import write
    from argmap.drawing.svg_tree import read

    if page is not None:
        paper(page)
    fonts = Faces() if faces is None else faces
    painting = paint(read(svg), fonts)
    pages = fitted(painting) if page is None else spread(painting, page)
    return write(painting, pages, fonts, author)
