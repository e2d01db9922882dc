"""Step 6, audit: read a finished volume back and say what does not hold in it.

Reads the file as any reader would and knows nothing of how it was made. It covers what veraPDF does
not see: veraPDF passes content whose element cannot be reached, or belongs to another page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from mgi_report.checks import conformance
from mgi_report.checks.painted import Identity, Painted, fonts, read_page
from mgi_report.checks.tagged import Tagged, name_tree, number_tree, read_structure
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.pages.model import Conformance

_STANDARDS = {
    Conformance.UA1_A3A: (conformance.Standard.UA1, conformance.Standard.A3A),
    Conformance.UA2_A4F: (conformance.Standard.UA2, conformance.Standard.A4F),
}
_CLAIMS = {
    "PDF/A": "http://www.aiim.org/pdfa/ns/id/",
    "PDF/UA": "http://www.aiim.org/pdfua/ns/id/",
}
"""Namespaces in which metadata say which part of a standard a file keeps."""
_ADDRESS = re.compile(r"https?://[^/]|mailto:[^@]+@|tel:", re.IGNORECASE)
_GO_TO, _URI = Name.GoTo, Name.URI  # to make a name takes longer than to compare
_ACTIONS = ("/GoTo", "/URI")
"""All that a profile's links need; others run, send or load something."""
_TOLD = frozenset(
    f"/{key}"
    for key in (
        *("Title", "Author", "Subject", "Keywords", "Creator", "Producer"),
        *("CreationDate", "ModDate", "Trapped", "GTS_PDFXVersion"),
    )
)
_MACHINE = re.compile(r"(?:file:/|(?<![\w.])/home/|(?<![\w.])/Users/|[A-Z]:\\)[^\s<\"]*")
"""A path, which has the name of its owner."""
_CAMERA = (b"Exif\0\0", b"http://ns.adobe.com/xap/", b"Photoshop 3.0")
"""How blocks begin in which a JPEG says who made it, where and with what."""


def audit(pdf: bytes) -> list[Diagnostic]:
    """Say what does not hold in a finished volume; nothing where all is well."""
    with pikepdf.open(BytesIO(pdf)) as volume:
        return [Diagnostic(rule, message) for rule, message in _Audit(volume).run()]


def conforms(pdf: bytes, standard: Conformance) -> list[Diagnostic]:
    """Have veraPDF judge a volume by the standards that it claims."""
    if not conformance.available():
        message = str(conformance.ConformanceUnavailable())
        return [Diagnostic(Rule.CONFORMANCE_IS_JUDGED, message, severity=Severity.WARNING)]
    return [
        Diagnostic(
            Rule.PDF_CONFORMS,
            f"{broken.standard} {broken.clause}-{broken.test} is broken {broken.count} times"
            f"{f', first on page {broken.page}' if broken.page else ''}: {broken.description}",
            hint=broken.context,
        )
        for broken in conformance.broken_rules(pdf, _STANDARDS[standard])
    ]


Finding = tuple[Rule, str]


class _Audit:
    """Goes through one file."""

    def __init__(self, pdf: Pdf) -> None:
        self._pdf = pdf
        self._pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        self._painted = [read_page(page) for page in pdf.pages]
        self._tagged = read_structure(pdf)
        self._names = dict(name_tree(pdf.Root.get("/Names", Dictionary()).get("/Dests")))
        labels = dict(number_tree(pdf.Root.get("/PageLabels")))
        self._first_folio = int(labels.get(0, Dictionary()).get("/St", 1))

    def run(self) -> Iterator[Finding]:
        yield from _title(self._pdf)
        yield from _claims(self._pdf)
        yield from self._ownership()
        yield from self._annotations()
        yield from self._destinations()
        yield from _fonts(self._pdf)
        yield from self._folios()
        yield from _hidden(self._pdf)
        yield from _metadata(self._pdf)

    def _ownership(self) -> Iterator[Finding]:
        """Check that content and elements agree on who belongs to whom."""
        tagged = self._tagged
        if tagged.strays:
            message = f"{tagged.strays} elements are not where their parent entry says."
            yield Rule.CONTENT_IS_OWNED, message
        seen: set[tuple[Identity, int]] = set()
        for number, painted in enumerate(self._painted, start=1):
            seen.update(painted.content)
            yield from _page_ownership(number, painted, tagged)
        if lost := tagged.content.keys() - seen:
            message = f"{len(lost)} pieces of content that elements refer to are on no page."
            yield Rule.CONTENT_IS_OWNED, message

    def _annotations(self) -> Iterator[Finding]:
        """Check that each annotation belongs to an element, and leads somewhere."""
        for number, page in enumerate(self._pdf.pages, start=1):
            for note in page.obj.get("/Annots", Array()):
                parent = self._tagged.parents.get(int(note.get("/StructParent", -1)))
                owner = self._tagged.annotations.get(note.objgen)
                if owner is None or parent is None or parent.objgen != owner:
                    yield Rule.CONTENT_IS_OWNED, f"A link on page {number} belongs to no element."
                target = note.get("/A", note.get("/Dest"))
                if not self._leads_somewhere(target):
                    message = (
                        f'The link "{note.get("/Contents", "")}" on page {number} leads nowhere.'
                    )
                    yield Rule.LINK_LEADS_SOMEWHERE, message
                elif note.objgen in self._tagged.entries:
                    yield from self._entry(str(note.get("/Contents", "")), target)

    def _entry(self, said: str, target: Object | None) -> Iterator[Finding]:
        """Check that an entry of the contents has the number of the page that it leads to."""
        numbers = re.findall(r"\d+", said)
        page = _page_of(target, self._names)
        at = self._pages.get(page) if page else None
        if numbers and at is not None and int(numbers[-1]) != self._first_folio + at:
            message = f'The contents say "{said}", and lead to page {self._first_folio + at}.'
            yield Rule.FOLIOS_AGREE, message

    def _destinations(self) -> Iterator[Finding]:
        """Check the outline and the named destinations."""
        for key, target in self._names.items():
            if not self._leads_somewhere(target):
                message = f'The destination "{key.decode(errors="replace")}" is on no page.'
                yield Rule.LINK_LEADS_SOMEWHERE, message
        root = self._pdf.Root.get("/Outlines", Dictionary())
        waiting = [root.get("/First")]
        while waiting:
            entry = waiting.pop()
            if entry is None:
                continue
            if not self._leads_somewhere(entry.get("/A", entry.get("/Dest"))):
                message = f'"{entry.Title}" in the outline leads nowhere.'
                yield Rule.LINK_LEADS_SOMEWHERE, message
            waiting += [entry.get("/Next"), entry.get("/First")]

    def _leads_somewhere(self, target: Object | None) -> bool:
        """Say whether an action or destination leads to a page, an element or an address."""
        if isinstance(target, Dictionary):
            kind = target.get("/S", _GO_TO)
            if kind == _URI:
                return _ADDRESS.match(str(target.URI)) is not None
            if kind != _GO_TO or "/D" not in target:
                return False
            structure = target.get("/SD")
            return self._leads_somewhere(target.D) and (
                structure is None or self._leads_somewhere(structure)
            )
        if isinstance(target, Array):
            first = target[0]
            return isinstance(first, Dictionary) and (
                first.objgen in self._pages or first.objgen in self._tagged.elements
            )
        if isinstance(target, (pikepdf.String, Name)):
            return self._leads_somewhere(self._names.get(bytes(target)))
        return False

    def _folios(self) -> Iterator[Finding]:
        """Check that page labels count the pages, and that printed folios are the labels."""
        labels = dict(number_tree(self._pdf.Root.get("/PageLabels")))
        style = labels.get(0, Dictionary())
        if set(labels) != {0} or style.get("/S") != Name.D or "/P" in style:
            yield Rule.FOLIOS_AGREE, "The pages are not labelled with their folios."
            return
        for folio, painted in enumerate(self._painted, start=self._first_folio):
            for printed in painted.footers:
                if printed.strip().isdecimal() and int(printed) != folio:
                    message = f"Page {folio} has the page number {printed.strip()} printed on it."
                    yield Rule.FOLIOS_AGREE, message


def _page_of(target: Object | None, names: Mapping[bytes, Object]) -> Identity | None:
    """Give the page that an action or destination leads to, None where it leads to none."""
    if isinstance(target, Dictionary):
        return _page_of(target.get("/D"), names)
    if isinstance(target, Array):
        return target[0].objgen if isinstance(target[0], Dictionary) else None
    if isinstance(target, (pikepdf.String, Name)):
        return _page_of(names.get(bytes(target)), names)
    return None


def _page_ownership(number: int, painted: Painted, tagged: Tagged) -> Iterator[Finding]:
    orphans = [
        (stream, mcid)
        for stream, mcid in painted.content
        if (owner := tagged.owner(painted.parents.get(stream), mcid)) is None
        or owner not in tagged.elements
        or tagged.content.get((stream, mcid)) != owner
    ]
    counts = {
        "pieces of content belong to no element of this page": len(orphans),
        "pieces of content have a number that another has": len(painted.content)
        - len(set(painted.content)),
        "things are painted that are neither content nor artifact": painted.loose,
        "pieces of content and artifacts stand inside each other": painted.tangled,
    }
    for what, count in counts.items():
        if count:
            yield Rule.CONTENT_IS_OWNED, f"On page {number} {count} {what}."


def _title(pdf: Pdf) -> Iterator[Finding]:
    """Check what a reader is told first: language and title (ISO 14289-1, 7.1 and 7.2)."""
    root = pdf.Root
    if not str(root.get("/Lang", "")):
        yield Rule.PDF_CONFORMS, "The volume does not say its language."
    if not root.get("/MarkInfo", Dictionary()).get("/Marked", False):
        yield Rule.PDF_CONFORMS, "The volume does not say that it is tagged."
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield Rule.PDF_CONFORMS, "The volume's title is not what its window shows."


def _claims(pdf: Pdf) -> Iterator[Finding]:
    """Check that the metadata give the title and claim PDF/A and PDF/UA."""
    if "/Metadata" not in pdf.Root:
        yield Rule.PDF_CONFORMS, "The volume has no metadata."
        return
    packet = pdf.open_metadata(strict=True)
    if not packet.get("dc:title"):
        yield Rule.PDF_CONFORMS, "The metadata have no title."
    for claim, address in _CLAIMS.items():
        if f"{{{address}}}part" not in packet:
            yield Rule.PDF_CONFORMS, f"The metadata do not claim {claim}."


def _fonts(pdf: Pdf) -> Iterator[Finding]:
    """Check that fonts are embedded and can be turned back into text."""
    wrong: dict[str, str] = {}
    for font in {font.objgen: font for font in fonts(pdf.pages)}.values():
        descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        descriptor = descendant.get("/FontDescriptor", Dictionary())
        name = str(font.get("/BaseFont", "a font")).lstrip("/")
        if not any(f"/FontFile{kind}" in descriptor for kind in ("", "2", "3")):
            wrong[name] = "is not embedded"
        elif "/ToUnicode" not in font:
            wrong[name] = "cannot be turned back into text"
    for name, what in sorted(wrong.items()):
        yield Rule.FONTS_ARE_EMBEDDED, f"{name} {what}."


def _hidden(pdf: Pdf) -> Iterator[Finding]:
    """Check that nothing runs, is loaded from elsewhere, or tells of people."""
    root = pdf.Root
    if "/JavaScript" in root.get("/Names", Dictionary()) or "/AcroForm" in root:
        yield Rule.NOTHING_IS_HIDDEN, "The volume has scripts or forms."
    actions = [root.get("/OpenAction"), *_annotation_actions(pdf)]
    kinds = {
        str(action.get("/S")).lstrip("/")
        for action in actions
        if isinstance(action, Dictionary) and str(action.get("/S", "/GoTo")) not in _ACTIONS
    }
    if kinds:
        yield Rule.NOTHING_IS_HIDDEN, f"The volume has actions: {', '.join(sorted(kinds))}."
    if "/AA" in root or any("/AA" in page.obj for page in pdf.pages):
        yield Rule.NOTHING_IS_HIDDEN, "The volume has actions that start by themselves."
    for stream in pdf.objects:
        if not isinstance(stream, Stream):
            continue
        if "/F" in stream:
            yield Rule.NOTHING_IS_HIDDEN, "The volume loads something from elsewhere."
        if stream.get("/Subtype") == Name.Image and _tells_of_people(stream):
            yield Rule.NOTHING_IS_HIDDEN, "A picture carries its camera's notes (EXIF, XMP)."


def _metadata(pdf: Pdf) -> Iterator[Finding]:
    """Check that the metadata tell nothing of who wrote the file on which machine."""
    if strange := sorted(pdf.docinfo.keys() - _TOLD):
        named = ", ".join(key.lstrip("/") for key in strange)
        yield Rule.NOTHING_IS_HIDDEN, f"The metadata have fields that no reader needs: {named}."
    packet = pdf.Root.Metadata.read_raw_bytes() if "/Metadata" in pdf.Root else b""
    told = [str(value) for _, value in pdf.docinfo.items()]
    told += [packet.decode(errors="replace"), *pdf.attachments]
    if found := _MACHINE.search("\n".join(told)):
        message = f'The metadata name a place on somebody\'s machine: "{found[0]}".'
        yield Rule.NOTHING_IS_HIDDEN, message


def _annotation_actions(pdf: Pdf) -> Iterator[Object | None]:
    for page in pdf.pages:
        for note in page.obj.get("/Annots", Array()):
            yield note.get("/A")


def _tells_of_people(image: Stream) -> bool:
    if "/Metadata" in image:
        return True
    if image.get("/Filter") not in (Name.DCTDecode, Array([Name.DCTDecode])):
        return False
    start = image.read_raw_bytes()[:65536]
    return any(block in start for block in _CAMERA)
