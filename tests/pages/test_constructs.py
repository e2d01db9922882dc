"""Steps 4 and 5: whatever HTML holds, the bound PDF keeps both pairs of standards (veraPDF)."""

from __future__ import annotations

from functools import cache

import pytest
from tests.conftest import Case
from tests.pages.html import FOX, ROOT, noted, section

from mgi_report.checks.audit import audit
from mgi_report.checks.conformance import Standard, available, broken_rules
from mgi_report.pages.bind import bind
from mgi_report.pages.model import Conformance, Leaf, Metadata, Volume
from mgi_report.pages.typeset import typeset

CASES = "tags.txt"
STANDARDS = {
    Conformance.UA1_A3A: (Standard.UA1, Standard.A3A),
    Conformance.UA2_A4F: (Standard.UA2, Standard.A4F),
}
METADATA = Metadata("Sample", "en", ("IOM",), "", (), "mgi-report")


@cache
def bound(html: str, conformance: Conformance) -> Volume | None:
    """Bind a case; None where something is wrong with it, so that it is not published."""
    sample = section(html)
    made = typeset(sample)
    # A link to another section has nowhere to lead in a volume of one.
    if made.diagnostics or 'href="section:' in html:
        return None
    volume = bind(
        [Leaf(sample, made.value, 1)],
        (),
        METADATA,
        colour_profile=(ROOT / "assets/colour/sRGB2014.icc").read_bytes(),
        standard=conformance,
    )
    assert not volume.diagnostics
    return volume.value


@pytest.mark.skipif(not available(), reason="veraPDF is not installed")
@pytest.mark.parametrize("conformance", STANDARDS)
def test_construct(case: Case, conformance: Conformance) -> None:
    volume = bound(noted(case.input.replace("FOX ", FOX)), conformance)
    if volume is None:
        pytest.skip("is not published")
    broken = broken_rules(volume.pdf, STANDARDS[conformance])
    assert not broken, "\n".join(f"{rule.clause}-{rule.test} {rule.description}" for rule in broken)
    assert not audit(volume.pdf)
