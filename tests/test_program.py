"""The digest of the program covers all that can change a page."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from tests.projects import MALI, ROOT

from mgi_report import program

DRAW_NO_TEXT = frozenset(
    {
        "blkid", "brotlicommon", "brotlidec", "bz2", "c", "crypto", "dl", "expat", "ffi",
        "gcc_s", "gio", "gmodule", "lzma", "m", "mount", "pcre2", "png16", "pthread",
        "python3", "rt", "selinux", "ssl", "stdc++", "uuid", "z",
    }
)  # fmt: skip
"""Libraries of the system that are loaded too: C and C++, files, compression, Python itself."""


def required(name: str, extra: str = "") -> set[str]:
    """Give all that a package requires, and what that does."""
    found = set()
    for each in map(Requirement, requires(name) or ()):
        if each.marker is None or each.marker.evaluate({"extra": extra}):
            found.add(re.sub(r"[-.]", "_", each.name).lower())
            for wish in ("", *each.extras):
                found |= required(each.name, wish)
    return found


def test_all_packages_count() -> None:
    assert required("mgi-report") == program.PACKAGES


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_all_libraries_count_that_text_is_drawn_with() -> None:
    code = (
        "from pathlib import Path; from mgi_report.workshop import Workshop\n"
        f"assert Workshop(Path({MALI!r}), 'en', jobs=1).make().volume\n"
        "print(Path('/proc/self/maps').read_text())"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    files = {Path(line.split()[-1]) for line in done.stdout.splitlines() if ".so" in line}
    names = {
        re.split("[-.]", file.name.removeprefix("lib"), maxsplit=1)[0]
        for file in files
        if file.name.startswith("lib") and "site-packages" not in file.parts
    }
    counted = {name for name in names if f"lib{name}".startswith(program.LIBRARIES)}
    assert {"pango", "harfbuzz", "fribidi"} <= counted
    assert names - counted - DRAW_NO_TEXT == set()
