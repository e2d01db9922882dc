"""The parser of HTML makes each of its patterns once."""

from __future__ import annotations

from tests.pages.html import section
from tinyhtml5 import inputstream

from mgi_report.pages import engine
from mgi_report.pages.typesetting.typeset import typeset


def test_patterns_are_found_again() -> None:
    typeset(section("<p>One &amp; <b>two</b></p>"))
    patterns = inputstream.characters_until_regex
    known = dict(patterns)
    assert known
    typeset(section("<p>Two &lt; <b>three</b></p>"))
    assert all(patterns[key] is pattern for key, pattern in known.items())


def test_they_are_those_of_the_parser() -> None:
    assert engine.HTML(string="<p title='a &gt; b'>c  &amp;\n d<!-- e -- f --></p>").etree_element[
        1
    ][0].items() == [("title", "a > b")]
    patterns = inputstream.characters_until_regex
    assert patterns["a<", False].match("bc<d")[0] == "bc"
    assert patterns["a]", True].match("a]]b")[0] == "a]]"
