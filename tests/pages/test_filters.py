"""What templates do with words."""

import pytest
from tests.pages.html import note

from mgi_report.pages.composing.filters import running


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>Two words</p>\n", "Two words"),
        ("<p>A &amp; B</p>\n<p>C<br>D</p>\n", "A & B\nC\nD"),
        (f"<p>Before{note('1', 'said <span>below</span> all')} after</p>", "Before\u20601 after"),
        ("<ul><li><em>One</em></li><li>Two</li></ul>", "One\nTwo"),
    ],
)
def test_running_words_are_without_tags_and_notes(html: str, expected: str) -> None:
    assert running(html) == expected
