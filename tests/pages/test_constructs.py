"""Steps 4 and 5: whatever HTML holds, the bound PDF keeps both pairs of standards (veraPDF)."""

from __future__ import annotations

from functools import cache

import pytest
from tests.conftest import Case
from tests.pages.html import FOX, ROOT, noted, section

from mgi_report.checks.audit import audit
from mgi_report.checks.conformance import Standard, available, broken_rules
from mgi_report.diagnostics import Outcome, Rule
from mgi_report.pages.binding.bind import bind
from mgi_report.pages.model import Conformance, Leaf, Metadata, Volume
from mgi_report.pages.typesetting.typeset import typeset

CASES = "tags.txt"
REFUSED = {
    "a picture without a text": Rule.PICTURE_HAS_ALT,
    "opacity over several elements": Rule.STYLE_IS_UNDERSTOOD,
    "a marker with content stops WeasyPrint": Rule.STYLE_IS_UNDERSTOOD,
    "a link": Rule.LINK_LEADS_SOMEWHERE,  # one of its links leads to a section that is not there
}
"""Cases that are not published, and the rule that each breaks."""
STANDARDS = {
    Conformance.UA1_A3A: (Standard.UA1, Standard.A3A),
    Conformance.UA2_A4F: (Standard.UA2, Standard.A4F),
}
METADATA = Metadata("Sample", "en", ("IOM",), "", (), "mgi-report")


@cache
def bound(html: str, conformance: Conformance) -> Outcome[Volume | None]:
    """Bind a case that nothing is wrong with until then; tell what typesetting or binding found."""
    sample = section(html)
    made = typeset(sample)
    if made.diagnostics:
        return Outcome(None, made.diagnostics)
    volume = bind(
        [Leaf(sample, made.value, 1)],
        (),
        METADATA,
        colour_profile=(ROOT / "assets/colour/sRGB2014.icc").read_bytes(),
        standard=conformance,
    )
    return Outcome(volume.value, volume.diagnostics)


@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
@pytest.mark.parametrize("conformance", STANDARDS)
def test_construct(case: Case, conformance: Conformance) -> None:
    made = bound(noted(case.input.replace("FOX ", FOX)), conformance)
    assert {each.rule for each in made.diagnostics} == {
        rule for title, rule in REFUSED.items() if title == case.title
    }
    if case.title in REFUSED:
        return
    assert made.value
    volume = made.value
    broken = broken_rules(volume.pdf, STANDARDS[conformance])
    assert not broken, "\n".join(f"{rule.clause}-{rule.test} {rule.description}" for rule in broken)
    assert not audit(volume.pdf)
