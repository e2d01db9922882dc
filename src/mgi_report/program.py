"""What the program is, with all that it stands on, as one digest.

Anything that can change a page counts: the program's own text, the versions of the Python packages
it uses, Python itself, and the libraries that shape and draw text. Nothing of it is imported for
that, so that a build which has nothing to do can say so at once.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGES = frozenset(
    {
        "annotated_types",
        "brotli",
        "cffi",
        "click",
        "cssselect2",
        "fonttools",
        "jinja2",
        "lxml",
        "markdown_it_py",
        "markupsafe",
        "mdit_py_plugins",
        "mdurl",
        "packaging",
        "pikepdf",
        "pillow",
        "pycparser",
        "pydantic",
        "pydantic_core",
        "pydyf",
        "pygments",
        "pypdf",
        "pypdfium2",
        "pyphen",
        "python_stdnum",
        "pyyaml",
        "rich",
        "tinycss2",
        "tinyhtml5",
        "typing_extensions",
        "typing_inspection",
        "uharfbuzz",
        "weasyprint",
        "webencodings",
        "zopfli",
    }
)
"""What the program requires, and what that does, by the names of their folders of metadata."""

LIBRARIES = (
    "libdatrie",
    "libfontconfig",
    "libfreetype",
    "libfribidi",
    "libglib",
    "libgobject",
    "libgraphite2",
    "libharfbuzz",
    "libpango",
    "libthai",
)
"""What shapes and draws text, and what it stands on."""
_NOT_OURS = ("preview", "__pycache__")
"""Folders of the program that have no part in making a page."""


@cache
def program() -> str:
    """Give the digest, hexadecimal; the same as long as the process lives."""
    digest = hashlib.sha256()
    for part in _parts():
        digest.update(part.encode())
        digest.update(b"\n")
    return digest.hexdigest()


def _parts() -> Iterator[str]:
    yield f"{sys.implementation.name} {sys.version} {sys.platform} {sys.byteorder}"
    yield from _own()
    yield from _packages()
    yield from _libraries()


def _own() -> Iterator[str]:
    root = Path(__file__).parent
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in _NOT_OURS)
        if Path(folder).name == "shipped":
            folders.clear()  # is read through the project, which knows its digests
            continue
        for name in sorted(names):
            if name.endswith((".py", ".conf")):
                path = Path(folder, name)
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                yield f"{path.relative_to(root)} {content}"


def _packages() -> Iterator[str]:
    found: dict[str, str] = {}
    for folder in sys.path:
        for entry in _names(folder):
            if entry.endswith(".dist-info"):
                name = entry.split("-")[0].lower().replace(".", "_")
                if name in PACKAGES:
                    found.setdefault(name, entry)
    yield from sorted(found.values())


def _libraries() -> Iterator[str]:
    """Name the libraries with their versions, as the files behind their links are called."""
    folders = {"/usr/lib", "/usr/lib64", "/usr/local/lib", "/opt/homebrew/lib", "/opt/local/lib"}
    folders |= {f"/usr/lib/{each}" for each in _names("/usr/lib") if each.endswith("-linux-gnu")}
    for folder in sorted(folders):
        for name in _names(folder):
            if name.startswith(LIBRARIES) and (".so" in name or name.endswith(".dylib")):
                path = Path(folder, name)
                try:
                    yield f"{path} {path.resolve().name} {path.stat().st_size}"
                except OSError:
                    yield f"{path} is broken"


def _names(folder: str) -> list[str]:
    try:
        return sorted(os.listdir(folder or "."))  # noqa: PTH208  folders of thousands; no paths
    except OSError:
        return []
