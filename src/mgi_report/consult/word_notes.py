"""Footnotes of the Word file: a part of their own, which python-docx does not make."""

from __future__ import annotations

from typing import Any

from docx.document import Document as DocumentObject
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from mgi_report.consult.word_styles import element

_FIRST = f"""<w:footnotes {nsdecls("w", "r")}>
<w:footnote w:type="separator" w:id="-1"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:separator/></w:r></w:p></w:footnote>
<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr>
<w:r><w:continuationSeparator/></w:r></w:p></w:footnote></w:footnotes>"""


class Footnotes:
    """The footnotes of a document."""

    def __init__(self, document: DocumentObject) -> None:
        package = document.part.package
        self.part = XmlPart(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            parse_xml(_FIRST),
            package,
        )
        document.part.relate_to(self.part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = document.settings.element
        places = element("w:footnotePr")
        places.append(element("w:footnote", id=-1))
        places.append(element("w:footnote", id=0))
        anchor = settings.find(qn("w:compat"))
        settings.insert(0, places) if anchor is None else anchor.addprevious(places)
        self._count = 0

    def add(self) -> tuple[int, Any]:
        """Make an empty footnote, and give its number and its element."""
        self._count += 1
        note = element("w:footnote", id=self._count)
        self.part.element.append(note)
        return self._count, note

    @staticmethod
    def paragraph(note: Any, *, is_first: bool) -> Any:
        """Begin a paragraph of a footnote."""
        paragraph = element("w:p")
        properties = element("w:pPr")
        properties.append(element("w:pStyle", val="footnotetext"))
        paragraph.append(properties)
        if is_first:
            run = element("w:r")
            look = element("w:rPr")
            look.append(element("w:rStyle", val="footnotereference"))
            run.append(look)
            run.append(element("w:footnoteRef"))
            paragraph.append(run)
            space = element("w:r")
            text = element("w:t")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = " "
            space.append(text)
            paragraph.append(space)
        note.append(paragraph)
        return paragraph
