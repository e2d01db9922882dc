"""Reads whole files that were put into a returned .docx: their words belong to no block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from typing import Any

from lxml import etree
from lxml import html as markup

from mgi_report.consult.returned import Part, Stretch
from mgi_report.consult.word_looks import Styles, W, name_of
from mgi_report.consult.word_story import StoryReader
from mgi_report.office.package import Package, Unsound

_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_KINDS = ("/aFChunk", "/subDocument")
_PLACES = ("altChunk", "subDoc")
_LINES = ("p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol")
_UNSHOWN = ("script", "style", "head", "title")
_SHOWN = 80
"""Characters of the words in front that a proposal quotes."""


def inserted_files(package: Package, part: str, root: Any, reader: StoryReader) -> Iterator[Part]:
    """Give the words of the files put into a part; `reader` counts those that cannot be read."""
    targets = package.targets(part, _KINDS)
    for node in root.iter(*(f"{W}{name}" for name in _PLACES)):
        name = targets.pop(node.get(_ID, ""), "")
        yield from _file(package, name, f"in a file put in {_behind(node)}", reader)
    for name in targets.values():
        yield from _file(package, name, "in a file that came with it, at no place", reader)


def _file(package: Package, name: str, context: str, reader: StoryReader) -> Iterator[Part]:
    content = package.read(name) if name else None
    try:
        text = _words(name, content or b"", reader).strip()
    except (Unsound, ValueError, LookupError, etree.LxmlError):
        text = ""
    if text:
        yield Part([Stretch(text)], found=name.rpartition("/")[2], context=context)
    else:
        what = name.rpartition("/")[2] or "one without a name"
        reader.unread[f"a file put in, {context.removeprefix('in a file put in ')}: {what}"] += 1


def _words(name: str, content: bytes, reader: StoryReader) -> str:
    """Give the words of a file by what it begins with. Raises `ValueError` of one not read."""
    head = content[:2000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if content.startswith(b"PK"):
        return _of_word(content, reader)
    if head.startswith(b"mime-version") or name.lower().endswith((".mht", ".mhtml")):
        message = message_from_bytes(content, policy=policy.default)
        body = message.get_body(("html", "plain"))
        if body is None:
            raise ValueError(name)
        said = str(body.get_content())
        return _of_html(said.encode(), "utf-8") if body.get_content_subtype() == "html" else said
    if re.search(rb"<(?:!doctype html|html|body|p|div|table)\b", head):
        return _of_html(content)
    if head.startswith((b"{\\rtf", b"<?xml")) or b"\0" in content.removeprefix(b"\xff\xfe")[:2:2]:
        raise ValueError(name)
    return content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8-sig")


def _of_word(content: bytes, reader: StoryReader) -> str:
    package = Package(content)
    main = package.related("", "/officeDocument") or "word/document.xml"
    root = package.xml(main)
    body: Any = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise ValueError(main)
    for kind in ("comment", "footnote"):
        part = package.related(main, f"/{kind}s")
        notes = package.xml(part) if part else None
        for note in notes if notes is not None else ():
            reader.unread[f"{kind} of a file put in"] += note.find(f".//{W}t") is not None
    if any(package.targets(main, _KINDS)):
        reader.unread["a file put into a file put in"] += 1
    inner = StoryReader(Styles(None))
    parts = inner.story(body, "paragraph")
    return "\n\n".join(each.after.strip() for each in (*parts, *inner.aside) if not each.is_empty)


def _of_html(content: bytes, encoding: str | None = None) -> str:
    parser = markup.HTMLParser(encoding=encoding, no_network=True, remove_comments=True)
    root = markup.document_fromstring(content, parser=parser)
    for node in list(root.iter(*_UNSHOWN)):
        node.drop_tree()
    for node in root.iter(*_LINES):
        node.tail = "\n" + (node.tail or "")
        if node.getprevious() is None or node.tag != "br":
            node.text = "\n" + (node.text or "")
    for node in root.iter("td", "th"):
        node.tail = "\t" + (node.tail or "")
    lines = (" ".join(line.split()) for line in str(root.text_content()).splitlines())
    return "\n\n".join(line for line in lines if line)


def _behind(node: Any) -> str:
    """Say behind which words a node stands."""
    for before in _before(node):
        words = "".join(each.text or "" for each in before.iter(f"{W}t")).strip()
        if words:
            return f"behind “{words[-_SHOWN:]}”"
    return "before the first words"


def _before(node: Any) -> Iterator[Any]:
    while node is not None and name_of(node) not in ("body", "footnotes", "endnotes"):
        yield from node.itersiblings(preceding=True)
        node = node.getparent()
