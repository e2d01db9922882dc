"""Tags of templates that are not closed, or close nothing."""

import pytest

from mgi_report.diagnostics import Span
from mgi_report.pages.composing.nesting import flaw
from mgi_report.pages.composing.templates import Templates


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A<br>B <img src='a>b'/></p><!-- <div> -->", None),
        ('<svg><path d="M0 0"/><g><use href="#a"/></g></svg>', None),
        ("<P>A</p>", None),
        ("<p>A", "<p> is not closed."),
        ("<div/>", "<div> is not closed."),  # a slash closes nothing but in SVG
        ("<div><p>A</div>", "<p> is not closed before </div>."),
        ("<b><i>A</b></i>", "<i> is not closed before </b>."),
        ("<p>A</p></b>", "</b> closes nothing: there is no <b> before it."),
        ("<p>A</p></p>", "</p> closes nothing: its <p> is closed already by </p>."),
        ("<h1>A</h2>", "</h2> closes nothing: what is open here is <h1>."),
        ("<b><p>A</b></p></b>", "</b> closes nothing: what is open here is <p>."),
    ],
)
def test_a_tag_is_closed_once(html: str, expected: str | None) -> None:
    found = flaw(html)
    assert (found and found.message) == expected


PAGE = "page.html.j2"
PART = "part.html.j2"


@pytest.mark.parametrize(
    ("page", "part", "expected"),
    [
        # What one opens another may close.
        ("<div>\n{% include 'part.html.j2' %}", "</div>", None),
        ("{% for n in (1, 2) %}\n<h{{ n }}>A</h{{ n }}>\n{% endfor %}", "", None),
        ("{% if no %}<div>{% endif %}A{% if no %}</div>{% endif %}", "", None),
        ("{# a #}\n{%- if yes -%}\n\n <b>A</b></i>{% endif %}", "", Span(PAGE, 4, 10)),
        ("<p>A</p>\n{% include 'part.html.j2' %}", "A\n  </p>", Span(PART, 2, 3)),
        ("\n<div>{{ text }}\n", "", Span(PAGE, 2, 1)),
    ],
)
def test_the_place_is_that_of_the_tag(page: str, part: str, expected: Span | None) -> None:
    files = {PAGE: page, PART: part}
    templates = Templates(lambda name: (name, files.get(name)), {}, {})
    filled = templates.fill(PAGE, {"no": False, "yes": True, "text": "A < B"})
    assert [each.span for each in filled.diagnostics] == ([expected] if expected else [])
    assert (filled.value is None) == bool(expected)


IDLE = """\
<section><!-- <script> --><p>A &lt;form></p>
<script>run()</script>
  <IFRAME src="x"></IFRAME><p>{{ text }}</p>
{% include 'part.html.j2' %}
</section>
"""


def test_what_does_nothing_in_a_pdf_is_told_in_its_line() -> None:
    files = {PAGE: IDLE, PART: '\n<p><input name="a"> <b>B</b></p>'}
    filled = Templates(lambda name: (name, files.get(name)), {}, {}).fill(PAGE, {"text": "<form>"})
    assert [(str(each.span), each.message) for each in filled.diagnostics] == [
        (f"{PAGE}:2:1", "<script> has no effect in a PDF."),
        (f"{PAGE}:3:3", "<iframe> has no effect in a PDF."),
        (f"{PART}:2:4", "<input> has no effect in a PDF."),
    ]
    # The rest is judged in the same run; what would have been loaded is not missed, too.
    assert filled.value
    assert "IFRAME" not in filled.value


def test_the_other_tag_is_named_with_its_line() -> None:
    files = {PAGE: "<section>\n{% include 'part.html.j2' %}\n</section>\n", PART: "\n<div>"}
    filled = Templates(lambda name: (name, files.get(name)), {}, {}).fill(PAGE, {})
    (said,) = filled.diagnostics
    assert said.message == "<div> is not closed before </section> in line 3 of page.html.j2."
