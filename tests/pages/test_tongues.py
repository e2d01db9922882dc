"""Step 3: words that are in the original language say so, wherever a template prints them."""

import pytest
from markupsafe import Markup

from mgi_report.pages.composing.tongues import lent, told, unmarked

ENGLISH = ' lang="en" dir="ltr"'


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Sources</p>", "<p>Sources</p>"),
        (f"<p>{lent('Page')} 9</p>", '<p><span lang="en" dir="ltr">Page</span> 9</p>'),
        (
            f"<h1>{lent(Markup('A <em>law</em>'))}</h1>",
            '<h1><span lang="en" dir="ltr">A <em>law</em></span></h1>',
        ),
        # Where no element can stand, the words stand alone.
        (f'<a aria-label="{lent("Page")} 9">9</a>', '<a aria-label="Page 9">9</a>'),
        (f"<title>{lent('Sources')}</title>", "<title>Sources</title>"),
    ],
)
def test_marks_become_elements(html: str, expected: str) -> None:
    assert told(html, ENGLISH) == expected


def test_words_are_words_without_their_marks() -> None:
    assert unmarked(lent("Sources")) == "Sources"
    assert lent("") == ""
