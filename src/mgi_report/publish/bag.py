"""Puts files into a bag, the folder format of archives (BagIt 1.0, RFC 8493), and into its zip.

The same files give the same bytes. bagit, the Library of Congress's own program, works on a folder
in its place and stamps the day on it; the tests have it judge what is made here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first date that a zip file can have."""


def bag(payload: Mapping[str, bytes], info: Iterable[tuple[str, str]]) -> dict[str, bytes]:
    """Give all files of a bag by their path in it; `info` is what bag-info.txt says, in order."""
    data = {f"data/{path}": content for path, content in sorted(payload.items())}
    octets = sum(map(len, data.values()))
    said = [*info, ("Payload-Oxum", f"{octets}.{len(data)}")]
    tags = {
        "bag-info.txt": "".join(f"{key}: {' '.join(text.split())}\n" for key, text in said),
        "bagit.txt": _DECLARATION,
        "manifest-sha256.txt": _manifest(data),
    }
    written = {name: text.encode() for name, text in tags.items()}
    written["tagmanifest-sha256.txt"] = _manifest(written).encode()
    return {**written, **data}


def zipped(folder: str, files: Mapping[str, bytes], *, first: str = "") -> bytes:
    """Pack files into a zip file, inside a folder where one is named.

    The file named `first` stands first and is not compressed, as EPUB asks of `mimetype`.
    """
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for path in sorted(files, key=lambda path: (path != first, path)):
            entry = ZipInfo(f"{folder}/{path}" if folder else path, _EPOCH)
            entry.external_attr = 0o100644 << 16
            entry.create_system = 3  # Unix, wherever it is made
            if path != first:
                entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, files[path])
    return made.getvalue()


def _manifest(files: Mapping[str, bytes]) -> str:
    lines = (f"{hashlib.sha256(files[path]).hexdigest()}  {path}\n" for path in sorted(files))
    return "".join(lines)
