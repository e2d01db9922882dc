"""Running text set justified: words break by the rules of the language that they are in."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.projects import MALI, mali, text_of

from mgi_report.diagnostics import has_errors
from mgi_report.steps import make

PROFILE = f"{MALI}/profile.yml"


@pytest.mark.parametrize(
    ("lang", "broken", "whole"),
    [
        ("fr", {"régu-lières", "pos-sibilités", "possibili-tés"}, {"rég-ulières"}),
        ("en", {"man-agement", "govern-ment"}, {"ma-nagement", "gou-vernement"}),
    ],
)
def test_words_break_as_in_their_language(lang: str, broken: set[str], whole: set[str]) -> None:
    justified = text_of(PROFILE) + "\noptions:\n  justified: true\n"
    made = make(mali({PROFILE: justified}), MALI, lang)
    assert not has_errors(made.diagnostics)
    assert made.volume
    pages = [page.extract_text() for page in PdfReader(BytesIO(made.volume.pdf)).pages]
    found = {"-".join(pair) for pair in re.findall(r"(\w+)[-‐]\n(\w+)", "\n".join(pages))}
    assert found & broken
    assert not found & whole
    assert not [word for word in found if word.startswith("migra-tiondata")]  # an address
