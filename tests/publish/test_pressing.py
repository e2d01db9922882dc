"""What goes to a press lies in the bundle too."""

from __future__ import annotations

import pytest
from tests.projects import mali

from mgi_report.publish.editions import PRESS, PRESS_COVER
from mgi_report.publish.publishing import files_of, publication_of
from mgi_report.workshop import Made

pytestmark = pytest.mark.xdist_group("mali")


def test_the_files_for_the_press_are_counted_and_named(made: Made) -> None:
    assert made.volume
    pdf = made.volume.pdf  # any whole PDF will do
    press = {"en": {PRESS: pdf, PRESS_COVER: pdf}}
    publication = publication_of([made], mali(), None, press)
    files = {each.path: each for each in files_of(publication, [])}
    name = "press/pub2021-mali-mgi-second-profile"
    for path in (f"{name}-print.pdf", f"{name}-print-cover.pdf"):
        assert files[path].pages == 31
        assert f"{path}: " in files["report.md"].content.decode()
    assert "No PDF for the press" not in files["report.md"].content.decode()
