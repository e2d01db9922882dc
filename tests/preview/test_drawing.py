"""Pages as pictures: what is the same, what differs, what is kept."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from mgi_report.preview.drawing import Book, Pictures, difference


def pdf(*pages: str) -> bytes:
    """Make a small PDF, a page for each content stream."""
    kids = " ".join(f"{3 + 2 * index} 0 R" for index in range(len(pages)))
    objects = ["<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>"]
    for index, content in enumerate(pages):
        objects += [
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 300]/Contents {4 + 2 * index} 0 R>>",
            f"<</Length {len(content)}>>stream\n{content}\nendstream",
        ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(f"{len(body):010} 00000 n \n")
        body += f"{number} 0 obj\n{each}\nendobj\n".encode()
    size = len(objects) + 1
    table = f"xref\n0 {size}\n0000000000 65535 f \n{''.join(places)}"
    end = f"trailer\n<</Root 1 0 R/Size {size}>>\nstartxref\n{len(body)}\n%%EOF\n"
    return body + (table + end).encode()


ONE = "20 20 50 50 re f"
OTHER = "20 20 50 50 re f 100 200 50 60 re f"


def test_a_picture_has_the_width_asked_for() -> None:
    book = Book(pdf(ONE))
    assert list(book.sizes) == [(200.0, 300.0)]
    for width in (32, 100, 333, 1000):
        assert Image.open(BytesIO(book.png(0, width))).size == (width, -(-width * 3 // 2))
    book.close()


def test_pages_that_look_the_same_have_the_same_digest() -> None:
    book = Book(pdf(ONE, OTHER, f"q {ONE} Q"))
    digests = book.digests([None, None, None], {})
    assert digests[0] == digests[2] != digests[1]
    book.close()


def test_a_page_that_is_known_is_not_looked_at() -> None:
    book = Book(pdf(ONE, OTHER))
    assert book.digests(["a", None], {"a": "known", None: "never"})[0] == "known"
    assert "never" not in book.digests([None, None], {None: "never"})
    book.close()


def test_a_difference_is_where_it_is() -> None:
    old, new = Book(pdf(ONE)), Book(pdf(OTHER))
    assert difference(old, 0, new, 0) == pytest.approx((0.5, 40 / 300, 0.75, 100 / 300), abs=0.006)
    assert difference(old, 0, old, 0) is None
    old.close()
    new.close()


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    pictures = Pictures(most=10)
    for name in ("a", "b", "c"):
        pictures.keep(name, 1, b"1234")
        pictures.find("a", 1)
    assert pictures.find("a", 1)
    assert pictures.find("b", 1) is None
    assert pictures.find("c", 1)
