"""Files that come back are not trusted: what is inside of one is opened with care."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from posixpath import dirname, normpath
from typing import TypeAlias
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  it is an exception's name

from lxml import etree

from mgi_report.project import read_returned

Element: TypeAlias = etree._Element  # noqa: SLF001  lxml has no other name for it
"""An element of a part."""
MOST_BYTES = 100_000_000
"""Of a returned file."""
MOST_OF_A_PART = 60_000_000
"""Of one part, unpacked; the draft has a million."""
MOST_UNPACKED = 200_000_000
MOST_PARTS = 5_000
_CONTAINER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""What Word before 2007 wrote, and what holds an encrypted file."""
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_PROGRAM = re.compile(r"(?i)vbaProject|vbaData|activeX")
_LOADED = (
    "/oleObject",
    "/image",
    "/subDocument",
    "/frame",
    "/attachedTemplate",
    "/externalLink",
    "/aFChunk",
    "/audio",
    "/video",
    "/media",
)


class Unsound(ValueError):
    """A returned file is not read."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Package:
    """The parts of an Office file, each unpacked when it is asked for, none larger than it may be.

    Raises `Unsound` where the file is broken, encrypted, too large, or would run or load something.
    """

    def __init__(self, content: bytes) -> None:
        if len(content) > MOST_BYTES:
            raise Unsound("The file is larger than 100 megabytes.", "Ask for one without pictures.")
        if content.startswith(_CONTAINER):
            name = "EncryptedPackage".encode("utf-16-le")
            if name in content:
                raise Unsound(
                    "The file is encrypted with a password.",
                    "Open it in Word or Excel with the password, save it without, and import that.",
                )
            raise Unsound(
                "The file is in the format of Word or Excel before 2007.",
                "Open it in Word or LibreOffice, save it as .docx or .xlsx, and import that.",
            )
        try:
            self._zip = ZipFile(BytesIO(content))
            infos = self._zip.infolist()
        except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
            raise Unsound("The file is broken, or is no Office file.", _AGAIN) from error
        if len(infos) > MOST_PARTS or sum(each.file_size for each in infos) > MOST_UNPACKED:
            raise Unsound("The file unpacks to far more than a draft can hold.", _AGAIN)
        if any(each.flag_bits & 1 for each in infos):
            raise Unsound("The file is encrypted with a password.", "Ask for a copy without.")
        self.names = frozenset(each.filename for each in infos)
        if any(_PROGRAM.search(name) for name in self.names):
            raise Unsound(
                "The file has macros, which are programs.",
                "Open it in Word or Excel, save it as .docx or .xlsx without macros, import that.",
            )
        self._check_links()

    def read(self, name: str) -> bytes | None:
        """Unpack a part, None where there is none."""
        if name not in self.names:
            return None
        try:
            with self._zip.open(name) as part:
                content = part.read(MOST_OF_A_PART + 1)
        except (
            BadZipFile,
            OSError,
            EOFError,
            ZlibError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise Unsound("The file is broken.", _AGAIN) from error
        if len(content) > MOST_OF_A_PART:
            raise Unsound("The file unpacks to far more than a draft can hold.", _AGAIN)
        return content

    def xml(self, name: str) -> etree._Element | None:
        """Parse a part, None where there is none."""
        content = self.read(name)
        return None if content is None else parse_xml(content)

    def related(self, part: str, kind: str) -> str | None:
        """Give the name of the part that another one relates to, by the end of its type."""
        return next(self.all_related(part, kind), None)

    def all_related(self, part: str, kind: str) -> Iterator[str]:
        """Give the names of all parts of a type that another one relates to."""
        for relation in self._relations(part):
            if relation.get("Type", "").endswith(kind) and relation.get("TargetMode") != "External":
                yield _inside(part, relation.get("Target", ""))

    def addresses(self, part: str) -> dict[str, str]:
        """Give where the links of a part lead, by the ids that it names them with."""
        return {
            relation.get("Id", ""): relation.get("Target", "")
            for relation in self._relations(part)
            if relation.get("Type", "").endswith("/hyperlink")
        }

    def targets(self, part: str, kinds: tuple[str, ...]) -> dict[str, str]:
        """Give the parts of some types that another one relates to, by the ids it names them by."""
        return {
            relation.get("Id", ""): _inside(part, relation.get("Target", ""))
            for relation in self._relations(part)
            if relation.get("Type", "").endswith(kinds)
        }

    def _relations(self, part: str) -> Iterator[Element]:
        folder, _, name = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        if root is not None:
            yield from root.iter(f"{_RELATIONS}Relationship")

    def _check_links(self) -> None:
        for name in sorted(self.names):
            root = self.xml(name) if name.endswith(".rels") else None
            for relation in root.iter(f"{_RELATIONS}Relationship") if root is not None else ():
                target = relation.get("Target", "")
                if relation.get("TargetMode") == "External" and _is_fetched(
                    relation.get("Type", ""), target
                ):
                    raise Unsound(
                        f'The file would load something from outside: "{target[:120]}".',
                        "Ask for a copy without linked pictures, templates or objects.",
                    )


def read_file(path: Path) -> bytes:
    """Read a file that came back. Raises `Unsound` where that cannot be done."""
    try:
        content = read_returned(path, MOST_BYTES)
    except FileNotFoundError:
        raise Unsound("There is no such file.", "Look how its name is written.") from None
    except IsADirectoryError:
        raise Unsound("This is a folder.", "Name the files in it, one by one.") from None
    except OSError as error:
        raise Unsound(
            f"The file cannot be read: {error.strerror}.", "Copy it elsewhere."
        ) from error
    if not content:
        raise Unsound("The file is empty.", "Ask for it again.")
    return content


def parse_xml(content: bytes) -> etree._Element:
    """Parse XML that declares no entities and loads nothing. Raises `Unsound`."""
    head = content[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in content.replace(b"\0", b"")[:1_000_000]:
        raise Unsound("The file declares XML entities, which no Office program does.", _AGAIN)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unsound("The file is broken.", _AGAIN) from error
    if root.getroottree().docinfo.doctype:
        raise Unsound("The file declares XML entities, which no Office program does.", _AGAIN)
    return root


def _inside(part: str, target: str) -> str:
    """Give the name of a part to which another one points."""
    beside = target.lstrip("/") if target.startswith("/") else f"{dirname(part)}/{target}"
    return normpath(beside).lstrip("/")


def _is_fetched(kind: str, target: str) -> bool:
    """Say whether opening the file would load that; Word's own template on a disk is harmless."""
    if kind.endswith("/attachedTemplate"):
        return bool(re.match(r"(?i)https?:|ftp:|\\\\|file://[^/]|//", target))
    return kind.endswith(_LOADED)


_AGAIN = "Ask for the file again; it should open in Word or Excel without a message."
