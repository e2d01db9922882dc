"""One thing broken at a time: a text, a fact, a picture, or the file that was made of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from tests.publish.small import FACTS, LAYOUT, PROFILE, TEXT

from mgi_report.diagnostics import Outcome, Rule, has_errors
from mgi_report.pages.binding import bind
from mgi_report.pages.model import Volume
from mgi_report.pages.plates import volumes
from mgi_report.publish.text.html import page
from mgi_report.translating import translated

Change = Callable[[Path, pytest.MonkeyPatch], None]


LABELS = f"{PROFILE}/en/labels.yml"


@dataclass(frozen=True)
class Broken:
    """What is broken, and what is told of it."""

    what: str
    change: Change
    rule: Rule
    also: tuple[Rule, ...] = ()
    """What another judge says of the same."""
    where: str = ""
    """The file of the message; empty where the whole volume is meant."""


def _text(path: str, old: str, new: str) -> Change:
    def change(project: Path, _: pytest.MonkeyPatch) -> None:
        text = (project / path).read_text("utf-8")
        assert old in text
        (project / path).write_text(text.replace(old, new, 1), "utf-8")

    return change


def _writes(path: str, text: str) -> Change:
    def change(project: Path, _: pytest.MonkeyPatch) -> None:
        (project / path).write_text(text, "utf-8")

    return change


def _says(words: str) -> Change:
    return _text(TEXT, "The purpose", f"{words} The purpose")


def _numbers(isbn: str, reference: str) -> Change:
    numbers = f"identifiers: {{isbn-pdf: {isbn}, reference: {reference}}}\n"
    return _text(FACTS, "status: {demonstration: true}\n", numbers)


def _proposal(project: Path, _: pytest.MonkeyPatch) -> None:
    entry = {
        "id": "a1",
        "block": "b",
        "kind": "comment",
        "institution": "Ministry",
        "author": "A",
        "date": "2024-01-01",
        "original": "",
        "proposed": "",
        "comment": "Why?",
    }
    folder = project / PROFILE / "consultation/round-1"
    folder.mkdir(parents=True)
    (folder / "proposals.jsonl").write_text(json.dumps(entry) + "\n", "utf-8")


def _picture(width: int, facts: str, text: str) -> Change:
    def change(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        noise = Image.effect_noise((width, width), 90).convert("RGB")
        noise.save(project / PROFILE / "hill.jpg", quality=60)
        _text(FACTS, "authors:", f"{facts}authors:")(project, monkeypatch)
        _text(TEXT, "The purpose", f"{text}The purpose")(project, monkeypatch)

    return change


def _behind(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _text(FACTS, "languages: [en]", "languages: [en, fr]")(project, monkeypatch)
    (project / PROFILE / "fr").mkdir()
    (project / PROFILE / "fr/objective.md").write_text(
        "L’objet est de voir ce qui est là.\n"
        "Voir [les mentions légales](#imprint) et [une page](https://example.org/a).\n",
        "utf-8",
    )
    assert not has_errors(translated(project / PROFILE, "fr").diagnostics)
    _text(TEXT, "what is there", "what is not there")(project, monkeypatch)


def _file(module: Any, name: str, change: Callable[[pikepdf.Pdf], None]) -> Change:
    """Break a PDF behind what binds it, before anybody has judged it."""

    def break_it(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made = getattr(module, name)

        def binds(*arguments: Any, **named: Any) -> Outcome[Volume]:
            bound: Outcome[Volume] = made(*arguments, **named)
            with pikepdf.open(BytesIO(bound.value.pdf)) as pdf:
                change(pdf)
                written = BytesIO()
                pdf.save(written)
            return replace(bound, value=replace(bound.value, pdf=written.getvalue()))

        monkeypatch.setattr(module, name, binds)

    return break_it


def _screen(change: Callable[[pikepdf.Pdf], None]) -> Change:
    return _file(bind, "bind", change)


def _links(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.obj.get("/Annots", [])]


def _mark_as_untagged(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def _lead_nowhere(pdf: pikepdf.Pdf) -> None:
    (link,) = (each for each in _links(pdf) if str(each.A.get("/URI", "")).endswith("org/a"))
    link.A.URI = pikepdf.String("nowhere")


def _promise_another_page(pdf: pikepdf.Pdf) -> None:
    link = next(each for each in _links(pdf) if "Objective" in str(each.get("/Contents", "")))
    link.Contents = pikepdf.String("Objective 9")


def _take_the_fonts_out(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/FontFile2" in each:
            del each.FontFile2


def _say_other_letters(pdf: pikepdf.Pdf) -> None:
    for each in pdf.objects:
        if isinstance(each, pikepdf.Dictionary) and "/ToUnicode" in each:
            each.ToUnicode.write(each.ToUnicode.read_bytes().replace(b"<0074>", b"<0078>"))


def _name_its_owner(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Company"] = "A person"


def _forget_where_it_is_cut(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].obj.TrimBox


def _say_something_else_on_the_web(_: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = "mgi_report.publish.editions.page"
    monkeypatch.setattr(place, lambda book: page(book).replace(b"purpose", b"aim"))


IMPRINT = "content/shared/en/imprint.md"
_PHOTOGRAPH = "cover: {photograph: {path: hill.jpg, alt: {en: A hill.}, credit: The authors}}\n"
_FIGURE = "![A hill in the morning.](../hill.jpg)\n\n"

STOPPED = [
    Broken("a link within the text", _says("[So](#no)."), Rule.TARGET_EXISTS, (), TEXT),
    Broken(
        "the check digit of the ISBN",
        _numbers("978-92-9268-001-4", "PUB2021/1/L"),
        *(Rule.VALUE_IS_VALID, (), FACTS),
    ),
    Broken(
        "the reference number",
        _numbers("978-92-9268-001-5", "21/1/L"),
        *(Rule.VALUE_IS_VALID, (), FACTS),
    ),
]
"""What keeps the pages from being made, so that nobody can let it through."""

ALLOWED = [
    Broken("a placeholder", _says("TODO."), Rule.TEXT_IS_FINISHED, (), TEXT),
    Broken("house style", _says("Since the 1990’s."), Rule.HOUSE_STYLE_IS_KEPT, (), TEXT),
    Broken("the mark of a draft", _says("DRAFT."), Rule.DRAFT_MARK_IS_GONE, (), TEXT),
    Broken("a text not to be cited", _says("Not for citation."), Rule.DRAFT_MARK_IS_GONE, (), TEXT),
    Broken(
        "a draft in its own labels",
        _writes(LABELS, "demonstration: DRAFT 3, do not quote\n"),
        *(Rule.DRAFT_MARK_IS_GONE, (), LABELS),
    ),
    Broken(
        "a draft in its subject",
        _text(FACTS, "status: {", "subject: {en: DRAFT}\nstatus: {"),
        *(Rule.DRAFT_MARK_IS_GONE, (), FACTS),
    ),
    *(
        Broken(
            f"a profile that is {flag}",
            _text(FACTS, "demonstration: true", f"demonstration: true, {flag}: true"),
            *(Rule.STATUS_ALLOWS_PUBLISHING, (), FACTS),
        )
        for flag in ("confidential", "in-preparation")
    ),
    Broken(
        "missing identifiers",
        _text(FACTS, "demonstration: true", "demonstration: false"),
        *(Rule.IDENTIFIERS_ARE_GIVEN, (), FACTS),
    ),
    Broken(
        "an open proposal",
        _proposal,
        *(Rule.PROPOSALS_ARE_DECIDED, (), f"{PROFILE}/consultation/round-1/proposals.jsonl"),
    ),
    Broken(
        "a language version behind",
        _behind,
        *(Rule.TRANSLATION_IS_IN_STEP, (), f"{PROFILE}/fr/objective.md"),
    ),
    Broken(
        "a language without a cover",
        _text(f"{LAYOUT}/layout.yml", "[title", "[cover, title"),
        *(Rule.COVER_IS_THERE, (), FACTS),
    ),
    Broken(
        "a photograph too small for catalogues",
        _picture(900, _PHOTOGRAPH, ""),
        *(Rule.COVER_IS_SHARP, (), FACTS),
    ),
    Broken(
        "a picture too small for a press",
        _picture(1000, "", _FIGURE),
        *(Rule.PICTURE_IS_SHARP, (), TEXT),
    ),
    Broken("the standard", _screen(_mark_as_untagged), Rule.PDF_CONFORMS),
    Broken("a link", _screen(_lead_nowhere), Rule.LINK_LEADS_SOMEWHERE),
    Broken("the contents", _screen(_promise_another_page), Rule.FOLIOS_AGREE),
    Broken("fonts", _screen(_take_the_fonts_out), Rule.FONTS_ARE_EMBEDDED, (Rule.PDF_CONFORMS,)),
    Broken("text to extract", _screen(_say_other_letters), Rule.TEXT_CAN_BE_EXTRACTED, (), IMPRINT),
    Broken("the HTML", _say_something_else_on_the_web, Rule.TEXT_CAN_BE_EXTRACTED, (), TEXT),
    Broken("personal data", _screen(_name_its_owner), Rule.NOTHING_IS_HIDDEN),
    Broken(
        "the file for the press",
        _file(volumes, "bind_for_press", _forget_where_it_is_cut),
        Rule.PRESS_FILE_IS_SOUND,
    ),
]
"""What somebody may decide to accept."""
