"""Step 5, bind: what goes to a press: the block, and its cover opened flat, as PDF/X-4.

Each page becomes a form on a sheet. There are no links, outline or tags: a press has no use for
them, and PDF/X-4 forbids annotations where something is printed.

Sources: ISO 15930-7 (PDF/X-4); ISO 32000-1, 8.6.6.4 (colour of marks), 14.11.5 (output intents).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mgi_report.diagnostics import Diagnostic, Outcome
from mgi_report.layout.model import Layout
from mgi_report.pages.binding import xmp
from mgi_report.pages.binding.embed import embed
from mgi_report.pages.binding.objects import Objects, dictionary, reference, references, text
from mgi_report.pages.binding.paste import Paster
from mgi_report.pages.imposing import MILLIMETRE, Imposition
from mgi_report.pages.model import FontUse, Furniture, Leaf, Metadata, Pages, Volume
from mgi_report.pages.plates.ground import PressGround
from mgi_report.pages.plates.inks import Inks, inks_of
from mgi_report.pages.plates.profiles import PressProfile
from mgi_report.pages.plates.separating import Separated, separated
from mgi_report.pages.plates.sheets import Placed, Sheet
from mgi_report.results import BoundSection

_VERSION = "1.6"
"""Of PDF, which PDF/X-4 stands on."""
_REGISTRY = "http://www.color.org"
_REGISTRATION = (
    "[/Separation/All/DeviceCMYK<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[1 1 1 1]/N 1>>]"
)
"""What is printed on every plate."""


@dataclass(frozen=True, slots=True)
class Press:
    """What a press prints with, and how pages come to stand in a book."""

    imposition: Imposition
    inks: Inks
    profile: PressProfile


def press_of(ground: PressGround, screen: bytes, layout: Layout) -> Press:
    """Give a press that prints a layout; `screen` is the ICC profile of the pages' colours."""
    inks = inks_of(ground.profile.content, screen, tuple(sorted(layout.inks.items())))
    return Press(ground.imposition, inks, ground.profile)


def bind_for_press(
    leaves: Sequence[Leaf], furniture: Sequence[Furniture], metadata: Metadata, press: Press
) -> Outcome[Volume]:
    """Bind sections into a block, and its cover where there is one.

    The block has a page for each folio from 1; where the volume has none, or where the cover
    stands, it is blank. `metadata` needs a date.
    """
    imposition = press.imposition
    block = _File(imposition.block(leaves), furniture, press)
    for folio in range(1, imposition.pages(leaves) + 1):
        block.add_page(folio)
    volume, found = block.bound(metadata), block.diagnostics
    if front := imposition.front(leaves):
        back, part = imposition.back(leaves), imposition.spine_part(leaves)
        cover = _File([front, back] if back else [front], furniture, press, part)
        cover.add_cover(front, back, imposition.spine(leaves) * MILLIMETRE, part)
        volume = replace(volume, cover=cover.bound(metadata))
        found += cover.diagnostics
    return Outcome(volume, tuple(dict.fromkeys(found)))


class _File:
    """A file for a press."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        furniture: Sequence[Furniture],
        press: Press,
        more: str = "",
    ) -> None:
        """Take sections and the furniture that they use, and `more` of it by its name."""
        self._objects = Objects()
        self._press = press
        self._spec = press.imposition.spec
        self._leaves = leaves
        self._sheets: list[int] = []
        self._parent = self._objects.reserve()
        used = {part for leaf in leaves for page in leaf.furniture for part in page} | {more}
        laid = [each for each in furniture if used & each.parts.keys()]
        fonts, self.diagnostics = self._embed_fonts(laid)
        self._paster = Paster(self._objects, fonts)
        self._registration = self._objects.add(_REGISTRATION)
        self._pages: dict[int, tuple[Leaf, int]] = {}
        """By folio: a section, and its page."""
        self._sizes: dict[str, tuple[tuple[float, float], ...]] = {}
        """Of the pages of a section."""
        for each in laid:
            pages = replace(each.pages, pdf=self._separated(each.pages).pdf)
            self._paster.add_furniture(replace(each, pages=pages), used)
        for leaf in leaves:
            done = self._separated(leaf.pages)
            self._sizes[leaf.section.id] = done.sizes
            parts = {_name(leaf, page): page for page in range(leaf.pages.count)}
            pages = replace(leaf.pages, pdf=done.pdf)
            self._paster.add_furniture(Furniture(pages, parts, leaf.section), parts)
            self._pages |= {leaf.folio + page: (leaf, page) for page in parts.values()}

    def _separated(self, pages: Pages) -> Separated:
        return separated(pages.pdf, self._press.inks, self._spec.reach * MILLIMETRE)

    def _embed_fonts(self, laid: Sequence[Furniture]) -> tuple[dict[str, int], list[Diagnostic]]:
        uses: list[FontUse] = []
        files: dict[str, bytes] = {}
        both: list[Leaf | Furniture] = [*self._leaves, *laid]
        for painted in both:
            uses += painted.pages.fonts
            files |= {use.path: painted.section.files[use.path] for use in painted.pages.fonts}
        return embed(self._objects, uses, files)

    def add_page(self, folio: int) -> None:
        """Add the page of a folio, a blank one where there is none."""
        there = self._pages.get(folio)
        if there is None:
            self._add(self._sheet(*next(iter(self._sizes.values()))[0]), [])
            return
        leaf, page = there
        moved = self._moved(leaf, folio)
        placed = [(_name(leaf, page), moved, None)]
        for part in leaf.furniture[page] if page < len(leaf.furniture) else ():
            keeps = part.partition(":")[0] in self._spec.edge
            placed.append((part, 0.0 if keeps else moved, None))
        self._add(self._sheet(*self._sizes[leaf.section.id][page]), placed)

    def _moved(self, leaf: Leaf, folio: int) -> float:
        """Give how far a page moves from the back: a book in Arabic has it on the other side."""
        from_left = (folio % 2 == 1) == (leaf.section.direction != "rtl")
        return self._spec.mirror * MILLIMETRE * (1 if from_left else -1)

    def add_cover(self, front: Leaf, back: Leaf | None, spine: float, part: str) -> None:
        """Add the sheet that a cover is folded from: back, spine and front, as one sees it."""
        width, height = self._sizes[front.section.id][0]
        bleed, whole = self._spec.bleed * MILLIMETRE, 2 * width + spine
        sheet = self._sheet(whole, height, (width, width + spine))
        left, right = (back, front) if front.section.direction != "rtl" else (front, back)
        placed: list[_Placing] = []
        if part:  # reaches below both, so that no seam shows where they meet
            clip = (width - bleed, -bleed, width + spine + bleed, height + bleed)
            placed.append((part, width, clip))
        if left:
            clip = (-bleed, -bleed, width, height + bleed)
            placed.append((_name(left, 0), 0.0, clip))
        if right:
            clip = (width + spine, -bleed, whole + bleed, height + bleed)
            placed.append((_name(right, 0), width + spine, clip))
        self._add(sheet, placed)

    def _sheet(self, width: float, height: float, folds: Sequence[float] = ()) -> Sheet:
        return Sheet(width, height, self._spec.bleed * MILLIMETRE, folds)

    def _add(self, sheet: Sheet, placed: Sequence[_Placing]) -> None:
        forms = {f"Form{index}": part for index, (part, _, _) in enumerate(placed)}
        places = [Placed(form, x, clip) for form, (_, x, clip) in zip(forms, placed, strict=True)]
        content = self._objects.add_stream(sheet.content(places).encode("ascii"))
        written = {form: self._paster.form(part) for form, part in forms.items()}
        resources = f"/ColorSpace<</Registration {reference(self._registration)}>>"
        if written:
            resources += f"/XObject{dictionary(written)}"
        boxes = "".join(f"/{key}{value}" for key, value in sheet.boxes.items())
        self._sheets.append(
            self._objects.add(
                f"<</Type/Page/Parent {reference(self._parent)}{boxes}"
                "/Group<</S/Transparency/CS/DeviceCMYK>>"
                f"/Resources<<{resources}>>/Contents {reference(content)}>>"
            )
        )

    def bound(self, metadata: Metadata) -> Volume:
        """Give what was added as a file that says what it is."""
        objects, count = self._objects, len(self._sheets)
        objects.put(self._parent, f"<</Type/Pages/Kids{references(self._sheets)}/Count {count}>>")
        painted = hashlib.sha256(repr((metadata, self._spec)).encode())
        for leaf in self._leaves:
            painted.update(leaf.pages.pdf)
        identity = _uuid(painted.hexdigest())
        packet = objects.add_stream(
            xmp.press_packet(metadata, identity), "/Type/Metadata/Subtype/XML"
        )
        is_turned = any(leaf.section.direction == "rtl" for leaf in self._leaves)
        direction = "/Direction/R2L" if is_turned else ""  # ISO 32000-1, table 150
        catalog = objects.add(
            f"<</Type/Catalog/Pages {reference(self._parent)}/Lang{text(metadata.lang)}"
            f"/Metadata {reference(packet)}/OutputIntents[{self._intent()}]"
            f"/ViewerPreferences<</DisplayDocTitle true{direction}>>>>"
        )
        claims = {"GTS_PDFXVersion": "(PDF/X-4)", "Trapped": "/False"}
        information = objects.add(xmp.information(metadata, claims))
        sections = tuple(
            BoundSection(leaf.section.id, leaf.section.title, leaf.folio, leaf.pages.count)
            for leaf in self._leaves
        )
        return Volume(objects.file(_VERSION, catalog, information), sections, count)

    def _intent(self) -> str:
        """Say which press the inks are meant for."""
        profile = self._press.profile
        stream = self._objects.add_stream(profile.content, "/N 4")
        return (
            f"<</Type/OutputIntent/S/GTS_PDFX/OutputConditionIdentifier{text(profile.condition)}"
            f"/RegistryName{text(_REGISTRY)}/Info{text(profile.description or profile.condition)}"
            f"/DestOutputProfile {reference(stream)}>>"
        )


_Placing = tuple[str, float, tuple[float, float, float, float] | None]
"""A form, how far to the right it stands, and what of the sheet it may fill."""


def _name(leaf: Leaf, page: int) -> str:
    return f"section {leaf.section.id} {page}"


def _uuid(digest: str) -> str:
    """Write a digest as a UUID of our own making (RFC 9562, 5.8)."""
    return f"{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"
