"""Step 5, bind: sections' pages become one volume.

In the format that a profile has, each section begins on a page of its own. So sections are typeset
one by one, and what belongs to the volume as a whole is made here: fonts, structure tree, links,
outline, page labels, furniture, metadata.

Sources: ISO 32000-1 and -2; ISO 14289-1 and -2 (PDF/UA); ISO 19005-3 and -4 (PDF/A).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict

from mgi_report.diagnostics import Outcome
from mgi_report.pages.binding import xmp
from mgi_report.pages.binding.embed import embed
from mgi_report.pages.binding.links import Destinations, annotation, resolve
from mgi_report.pages.binding.objects import Objects, name, name_tree, reference, references, text
from mgi_report.pages.binding.objects import date as pdf_date
from mgi_report.pages.binding.outline import outline
from mgi_report.pages.binding.outline import write as write_outline
from mgi_report.pages.binding.paste import Paster
from mgi_report.pages.binding.places import Place, Places
from mgi_report.pages.binding.roles import shape_section
from mgi_report.pages.binding.structure import Bed, StructureTree
from mgi_report.pages.model import (
    Attachment,
    Conformance,
    FontUse,
    Furniture,
    Leaf,
    Metadata,
    Volume,
)
from mgi_report.results import BoundSection

_VERSIONS = {Conformance.UA1_A3A: "1.7", Conformance.UA2_A4F: "2.0"}


def bind(
    leaves: Sequence[Leaf],
    furniture: Sequence[Furniture],
    metadata: Metadata,
    *,
    colour_profile: bytes,
    standard: Conformance = Conformance.UA1_A3A,
    attachments: Sequence[Attachment] = (),
) -> Outcome[Volume]:
    """Bind sections, in the order of their folios, into a volume.

    `colour_profile` is the ICC profile of sRGB, which the pages' colours are in. PDF/A-4f has to
    hold a file; where there is no attachment, the metadata as JSON is one.
    """
    if standard is Conformance.UA2_A4F and not attachments:
        attachments = (_metadata_file(metadata),)
    binding = _Binding(leaves, furniture, metadata, standard)
    catalog = binding.write(colour_profile, attachments)
    information = None
    if standard is Conformance.UA1_A3A:  # PDF/A-4 leaves it out (ISO 19005-4, 6.1.3)
        information = binding.objects.add(xmp.information(metadata))
    file = binding.objects.file(_VERSIONS[standard], catalog, information)
    sections = tuple(
        BoundSection(leaf.section.id, leaf.section.title, leaf.folio, leaf.pages.count)
        for leaf in leaves
    )
    volume = Volume(file, sections, binding.places.count)
    return Outcome(volume, tuple(binding.diagnostics))


class _Binding:
    """Numbers and writes a volume's objects, then has its pages filled."""

    def __init__(
        self,
        leaves: Sequence[Leaf],
        furniture: Sequence[Furniture],
        metadata: Metadata,
        conformance: Conformance,
    ) -> None:
        self.objects = Objects()
        self.places = Places(leaves)
        self.diagnostics = list(self.places.diagnostics)
        self._leaves = leaves
        self._furniture = furniture
        self._metadata = metadata
        self._conformance = conformance
        self._pages = [self.objects.reserve() for _ in range(self.places.count)]
        self._beds = [
            self._make_bed(leaf, first)
            for leaf, first in zip(leaves, self.places.first, strict=True)
        ]
        self._fonts = self._embed_fonts()

    def _make_bed(self, leaf: Leaf, first: int) -> Bed:
        targets, diagnostics = resolve(leaf, self.places)
        self.diagnostics += diagnostics
        pages = self._pages[first : first + leaf.pages.count]
        annotations = {index: self.objects.reserve() for index in targets}
        return Bed(leaf, first, pages, annotations, targets)

    def _embed_fonts(self) -> dict[str, int]:
        files: dict[str, bytes] = {}
        uses: list[FontUse] = []
        for leaf in self._leaves:
            uses += leaf.pages.fonts
            files |= {use.path: leaf.section.files[use.path] for use in leaf.pages.fonts}
        for laid in self._furniture:
            uses += laid.pages.fonts
            files |= {use.path: laid.section.files[use.path] for use in laid.pages.fonts}
        fonts, diagnostics = embed(self.objects, uses, files)
        self.diagnostics += diagnostics
        return fonts

    def write(self, colour_profile: bytes, attachments: Sequence[Attachment]) -> int:
        """Write all objects that are the volume's own, and give the catalog's number."""
        objects = self.objects
        annotation_keys = {
            number: len(self._pages) + index
            for index, number in enumerate(
                number for bed in self._beds for number in bed.annotations.values()
            )
        }
        tree = self._structure()
        destinations = Destinations(self._pages, tree.elements, tree.document, self._conformance)
        for bed in self._beds:
            for index, number in bed.annotations.items():
                link, target = bed.leaf.pages.links[index], bed.targets[index]
                key = annotation_keys[number]
                objects.put(number, annotation(link, target, destinations, key))
        metadata = objects.add_stream(
            xmp.packet(self._metadata, self._conformance), "/Type/Metadata/Subtype/XML"
        )
        entries = {
            "Type": "/Catalog",
            "Pages": reference(self._page_tree()),
            "StructTreeRoot": reference(tree.write(annotation_keys)),
            "MarkInfo": "<</Marked true>>",
            "Lang": text(self._metadata.lang),
            "Metadata": reference(metadata),
            "OutputIntents": f"[{_output_intent(objects, colour_profile)}]",
            "ViewerPreferences": f"<</DisplayDocTitle true{self._direction()}>>",
            "PageLabels": f"<</Nums[0<</S/D/St {self.places.first_folio}>>]>>",
        }
        if contents := outline(self._leaves, self.places):
            entries["Outlines"] = reference(write_outline(objects, contents, destinations))
            entries["PageMode"] = "/UseOutlines"
        entries["PageLayout"] = "/OneColumn"
        names = f"/Dests {reference(objects.add(self._named_destinations(destinations)))}"
        if attachments:
            files = {attachment.name: _file(objects, attachment) for attachment in attachments}
            entries["AF"] = references(files.values())
            tree_of_files = name_tree({key: reference(value) for key, value in files.items()})
            names += f"/EmbeddedFiles {tree_of_files}"
        entries["Names"] = f"<<{names}>>"
        return objects.add(
            "<<" + "".join(f"/{key} {value}" for key, value in entries.items()) + ">>"
        )

    def _direction(self) -> str:
        """Say that pages are turned from left to right (ISO 32000-1, table 150)."""
        is_turned = any(leaf.section.direction == "rtl" for leaf in self._leaves)
        return "/Direction/R2L" if is_turned else ""

    def _structure(self) -> StructureTree:
        tree = StructureTree(self.objects, self._conformance)
        for bed in self._beds:
            section, pages = bed.leaf.section, bed.leaf.pages
            if pages.structure:
                dead = tuple(at for at in range(len(pages.links)) if at not in bed.targets)
                tree.add(
                    shape_section(
                        section, pages.structure, self._metadata.lang, self._conformance, dead
                    ),
                    bed,
                )
        return tree

    def _page_tree(self) -> int:
        """Write the pages, with the furniture laid over them."""
        annotations: dict[int, list[int]] = {}
        for bed in self._beds:
            for index, number in bed.annotations.items():
                page = bed.pages[bed.leaf.pages.links[index].page]
                annotations.setdefault(page, []).append(number)
        parent = self.objects.reserve()
        paster = self._paster()
        parts = self._parts()
        media_box = ""
        for key, page in enumerate(self._pages):
            painted = paster.painted(page, parts.get(page, ()), media_box)
            media_box = painted["MediaBox"]
            entries = f"/Type/Page/Parent {reference(parent)}/Tabs/S/StructParents {key}"
            if page in annotations:
                entries += f"/Annots{references(annotations[page])}"
            entries += "".join(f"/{key} {value}" for key, value in painted.items())
            self.objects.put(page, f"<<{entries}>>")
        kids = references(self._pages)
        self.objects.put(parent, f"<</Type/Pages/Kids{kids}/Count {len(self._pages)}>>")
        return parent

    def _named_destinations(self, destinations: Destinations) -> str:
        """Name sections and headings, for links from the web: `profile.pdf#covid-19`."""
        named = {}
        for leaf, first in zip(self._leaves, self.places.first, strict=True):
            section = leaf.section.id
            named[section] = Place(section, "", first, None, None)
            for heading in leaf.pages.headings:
                if place := self.places.find(section, f"#{heading.anchor}"):
                    named[f"{section}/{heading.anchor}"] = place
        return name_tree(
            {key: f"<<{destinations.entries(place)}>>" for key, place in named.items()}
        )

    def _paster(self) -> Paster:
        """Gather what is painted."""
        paster = Paster(self.objects, self._fonts)
        used = {part for leaf in self._leaves for page in leaf.furniture for part in page}
        for laid in self._furniture:
            paster.add_furniture(laid, used)
        for bed in self._beds:
            paster.add(bed.leaf.pages, bed.pages)
        return paster

    def _parts(self) -> dict[int, Sequence[str]]:
        """Give what is laid over each page."""
        return {
            page: parts
            for bed in self._beds
            for page, parts in zip(bed.pages, bed.leaf.furniture, strict=False)
        }


def _metadata_file(metadata: Metadata) -> Attachment:
    content = json.dumps(asdict(metadata), ensure_ascii=False, indent=2).encode()
    return Attachment("metadata.json", content, "application/json", "Data", date=metadata.date)


def _output_intent(objects: Objects, profile: bytes) -> str:
    """Say that colours are sRGB (ISO 19005-3, 6.2.3)."""
    stream = objects.add_stream(profile, "/N 3")
    return (
        "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)"
        "/RegistryName(http://www.color.org)/Info(sRGB IEC61966-2.1)"
        f"/DestOutputProfile {reference(stream)}>>"
    )


def _file(objects: Objects, attachment: Attachment) -> int:
    """Write an attachment and give its file specification's number (ISO 32000-2, 7.11)."""
    params = f"/Size {len(attachment.content)}"
    if attachment.date:
        params += f"/ModDate{pdf_date(attachment.date)}"
    stream = objects.add_stream(
        attachment.content,
        f"/Type/EmbeddedFile/Subtype{name(attachment.media_type)}/Params<<{params}>>",
    )
    file_name, description = text(attachment.name), text(attachment.description or attachment.name)
    return objects.add(
        f"<</Type/Filespec/F{file_name}/UF{file_name}/Desc{description}"
        f"/AFRelationship{name(attachment.relationship)}"
        f"/EF<</F {reference(stream)}/UF {reference(stream)}>>>>"
    )
