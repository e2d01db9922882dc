"""Whatever was edited: the PDF from the store is, byte for byte, the one from an empty store.

`make test` tries some edits, `make soak` hundreds (MGI_EDITS=500), with a seed that it prints
(MGI_SEED). Each edit is one that an editor or designer might make; some break the content for a
while, and then both ways must find the same wrong.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from tests.projects import MALI, ROOT

from mgi_report.diagnostics import Rule
from mgi_report.pages.store import Store
from mgi_report.steps import build
from mgi_report.workshop import Made, Workshop

EDITS = int(os.environ.get("MGI_EDITS", "6"))
SEED = int(os.environ.get("MGI_SEED", "20211101"))
OFTEN_ANEW = 25
"""Every so many edits the PDF is also made by a new process, from nothing."""


LANGUAGES: list[str] = yaml.safe_load((ROOT / MALI / "profile.yml").read_text("utf-8"))["languages"]
"""All that the profile appears in: each edit is seen in each of them."""


class Editor:
    """Edits a project at random."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.folder = root / MALI
        self.chance = chance
        self.count = 0
        self.broken: tuple[Path, bytes | None] | None = None

    def edit(self) -> str:
        """Make one edit and say which; one that broke something is undone first."""
        if self.broken:
            path, content = self.broken
            self.broken = None
            put(path, content)
            return f"mend {path.name}"
        self.count += 1
        edit: Callable[[], str] = self.chance.choice(EDITS_KNOWN).__get__(self)
        return edit()

    def chapter(self, pattern: str = "*.md") -> Path:
        return self.chance.choice(
            sorted(path for lang in LANGUAGES for path in (self.folder / lang).glob(pattern))
        )

    def words(self) -> str:
        path = self.chapter()
        text = path.read_text("utf-8")
        found = [*re.finditer(r"(?<= )[a-z]{4,}(?= )", text)]
        word = self.chance.choice(found)
        new = self.chance.choice(["migration", "national", "policy", "governance", "and then"])
        path.write_text(text[: word.start()] + new + text[word.end() :], "utf-8")
        return f"word in {path.name}"

    def paragraph_in(self) -> str:
        path = self.chapter()
        parts = path.read_text("utf-8").split("\n\n")
        plain = [number for number, part in enumerate(parts) if part[:1].isupper()]
        at = self.chance.choice(plain)
        parts.insert(
            at, f"Another {self.count}. " + "It was agreed upon. " * self.chance.randrange(60)
        )
        path.write_text("\n\n".join(parts), "utf-8")
        return f"paragraph into {path.name}"

    def paragraph_out(self) -> str:
        path = self.chapter()
        parts = path.read_text("utf-8").split("\n\n")
        ours = [number for number, part in enumerate(parts) if part.startswith("Another ")]
        if not ours:
            return self.words()
        del parts[self.chance.choice(ours)]
        path.write_text("\n\n".join(parts), "utf-8")
        return f"paragraph out of {path.name}"

    def footnote(self) -> str:
        path = self.chapter()
        parts = path.read_text("utf-8").rstrip().split("\n\n")
        at = self.chance.choice([n for n, part in enumerate(parts) if part[:1].isupper()])
        label = f"r{self.count}"
        parts[at] += f"[^{label}]"
        parts.append(f"[^{label}]: A note. " + "See the text. " * self.chance.randrange(30))
        path.write_text("\n\n".join(parts) + "\n", "utf-8")
        return f"footnote in {path.name}"

    def source(self) -> str:
        path = self.folder / "sources.yml"
        text = path.read_text("utf-8")
        old, new = "Common Approach", "Joint Approach"
        text = text.replace(old, new) if old in text else text.replace(new, old)
        text += (
            f"\n  - id: new-{self.count}\n    type: report\n    consulted: true\n"
            "    author:\n      - literal: Government of Mali\n    issued: 2009\n"
            f"    title: Report number {self.count}\n    URL: https://example.org/{self.count}\n"
        )
        path.write_text(text, "utf-8")
        return "source"

    def style(self) -> str:
        name = self.chance.choice(["css/type.css", "css/notes.css", "css/sections/domain.css"])
        path = self.folder / "layouts/mgi" / name
        if path.exists() and self.chance.random() < 0.5:
            path.unlink()
            return f"style out: {name}"
        text = (ROOT / "layouts/mgi" / name).read_text("utf-8")
        put(path, f"{text}\nli {{ letter-spacing: 0.0{self.count % 9}pt }}\n".encode())
        return f"style: {name}"

    def picture(self) -> str:
        path = self.folder / "pictures/dot.svg"
        chapter = self.folder / LANGUAGES[0] / "3-partnerships.md"
        text = chapter.read_text("utf-8")
        if "dot.svg" not in text:
            chapter.write_text(text.rstrip() + "\n\n![A dot](../pictures/dot.svg)\n", "utf-8")
        put(
            path,
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 3" width="90" height="30">'
            f'<path d="M0 0h{self.count % 8 + 1}v2z"/></svg>'.encode(),
        )
        return "picture"

    def chapter_for_another(self) -> str:
        """Put the text of another domain in the place of a domain's, or its own again."""
        path = self.chapter("[1-6]-*.md")
        first = (ROOT / MALI / path.relative_to(self.folder)).read_bytes()
        if path.read_bytes() == first:
            others = sorted((ROOT / MALI / path.parent.name).glob("[1-6]-*.md"))
            put(path, self.chance.choice(others).read_bytes())
            return f"another text in {path.name}"
        put(path, first)
        return f"its first text in {path.name}"

    def part_in_and_out(self) -> str:
        """Take a part out of a chapter, or put its first text back."""
        path = self.chapter("covid-19.md")
        first = (ROOT / MALI / path.relative_to(self.folder)).read_text("utf-8")
        parts = re.split(r"(?m)^(?=## )", path.read_text("utf-8"))
        if len(parts) < len(re.split(r"(?m)^(?=## )", first)) and self.chance.random() < 0.5:
            path.write_text(first, "utf-8")
            return f"parts into {path.name}"
        # Notes and sources go with it: what is called nowhere any more must be told.
        if len(parts) < 4:
            return self.words()
        out = parts.pop(self.chance.randrange(1, len(parts) - 1))  # notes stand in the last
        text = "".join(parts)
        for label in re.findall(r"\[\^([^\]]+)\]", out):
            if len(re.findall(rf"\[\^{re.escape(label)}\]", text)) == 1:  # where it is written
                text = re.sub(rf"(?m)^\[\^{re.escape(label)}\]:.*\n(?:[ \t]+.*\n)*", "", text)
        path.write_text(text, "utf-8")
        return f"part out of {path.name}"

    def shared_text(self) -> str:
        """Give the profile annexes of its own, or take them away."""
        lang = self.chance.choice(LANGUAGES)
        path = self.folder / lang / "annexes.md"
        if path.exists():
            path.unlink()
            return "annexes as shared"
        text = (ROOT / "content/shared" / lang / "annexes.md").read_text("utf-8")
        put(
            path,
            text.replace("\n\n", f"\n\nAnnex {self.count}, of this profile alone.\n\n", 1).encode(),
        )
        return "annexes of its own"

    def edition(self) -> str:
        """Make it a first profile, which has no updates, or a second again."""
        path = self.folder / "profile.yml"
        text = path.read_text("utf-8")
        first, second = ("edition: first", "number: 1"), ("edition: follow-up", "number: 2")
        before, after = (second, first) if second[0] in text else (first, second)
        for old, new in zip(before, after, strict=True):
            text = text.replace(old, new, 1)
        options = "\nsections:\n  covid-19: "
        if after is first:  # which has no such section
            text = re.sub(rf"{options}\w+\n", "\n", text)
        else:
            text += f"{options}true\n"
        path.write_text(text, "utf-8")
        return after[0]

    def font(self) -> str:
        path = self.root / "assets/fonts/source-sans/SourceSans3-Light.ttf"
        if path.exists():
            path.unlink()
            return "font as shipped"
        put(path, (ROOT / "assets/fonts/source-sans/SourceSans3-Regular.ttf").read_bytes())
        return "another font"

    def layout(self) -> str:
        path = self.root / "layouts/mgi/layout.yml"
        if path.exists() and self.chance.random() < 0.5:
            path.unlink()
            return "layout as shipped"
        text = (ROOT / "layouts/mgi/layout.yml").read_text("utf-8")
        old, new = self.chance.choice(
            [
                ('{screen: "#0033A0"', f'{{screen: "#00{30 + self.count % 9}A0"'),
                ("contents-domains: {type: boolean, default: true",
                 "contents-domains: {type: boolean, default: false"),
                ("styles: [css/page.css, css/type.css, css/notes.css]",
                 "styles: [css/page.css, css/notes.css, css/type.css]"),
                ("start: recto, ", ""),
            ]
        )  # fmt: skip
        assert old in text
        put(path, text.replace(old, new, 1).encode())
        return f"layout: {new}"

    def template(self) -> str:
        name = self.chance.choice(["sections/domain", "sections/text", "parts/rail", "furniture"])
        path = self.folder / f"layouts/mgi/{name}.html.j2"
        if path.exists() and self.chance.random() < 0.5:
            path.unlink()
            return f"template out: {name}"
        text = (ROOT / f"layouts/mgi/{name}.html.j2").read_text("utf-8")
        put(path, text.replace(' class="', f' class="c{self.count} ', 1).encode())
        return f"template: {name}"

    def chapter_in_and_out(self) -> str:
        path = self.folder / "profile.yml"
        text = path.read_text("utf-8")
        old, new = "covid-19: true", "covid-19: false"
        path.write_text(text.replace(old, new) if old in text else text.replace(new, old), "utf-8")
        return "COVID-19 in or out"

    def fact(self) -> str:
        path = self.folder / "profile.yml"
        text = path.read_text("utf-8")
        path.write_text(
            re.sub(r"year: 202\d", f"year: 202{self.count % 9 + 1}", text, count=1), "utf-8"
        )
        return "year"

    def label(self) -> str:
        name = f"content/shared/{self.chance.choice(LANGUAGES)}/labels.yml"
        text = (ROOT / name).read_text("utf-8")
        put(
            self.root / name,
            re.sub(r"(?m)^contents: (.*)$", rf"contents: \1 {self.count}", text).encode(),
        )
        return "label"

    def break_it(self) -> str:
        path = self.chance.choice([self.folder / "profile.yml", self.chapter()])
        self.broken = path, path.read_bytes()
        put(
            path,
            self.chance.choice([b"a: [", b"\xff\xfe", b"## {{ nothing }}\n\n[^x] <b>\n", None]),
        )
        return f"break {path.name}"


EDITS_KNOWN = (
    Editor.words,
    Editor.words,
    Editor.words,
    Editor.paragraph_in,
    Editor.paragraph_in,
    Editor.paragraph_out,
    Editor.footnote,
    Editor.source,
    Editor.style,
    Editor.picture,
    Editor.chapter_in_and_out,
    Editor.chapter_for_another,
    Editor.part_in_and_out,
    Editor.shared_text,
    Editor.edition,
    Editor.font,
    Editor.layout,
    Editor.template,
    Editor.fact,
    Editor.label,
    Editor.break_it,
)


def put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink()
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def assert_same(kept: Made, fresh: Made, what: str) -> None:
    assert kept.diagnostics == fresh.diagnostics, what
    assert (kept.volume is None) == (fresh.volume is None), what
    if kept.volume and fresh.volume:
        assert kept.volume.pdf == fresh.volume.pdf, what
        assert kept.volume == fresh.volume, what


@pytest.mark.xdist_group("incremental")
def test_the_pdf_from_the_store_is_the_one_from_nothing(tmp_path: Path) -> None:
    shutil.copytree(ROOT / MALI, tmp_path / MALI)
    print(f"seed {SEED}")
    editor = Editor(tmp_path, random.Random(SEED))  # noqa: S311
    store = Store(tmp_path / "build/.store")
    warm = {lang: Workshop(tmp_path / MALI, lang, store=store) for lang in LANGUAGES}
    done = []
    for number in range(EDITS):
        done.append(editor.edit())
        print(number, done[-1], flush=True)
        anew: dict[str, bytes] | None = {}
        for lang in LANGUAGES:
            what = f"seed {SEED}, {lang}: {', '.join(done[-5:])}"
            made = warm[lang].make()
            fresh = Workshop(tmp_path / MALI, lang, jobs=1).make()
            assert_same(made, fresh, what)
            # Another process finds the same in the store, and typesets nothing.
            kept = Workshop(tmp_path / MALI, lang, store=store).make()
            assert_same(kept, fresh, what)
            assert not kept.retypeset, what
            if fresh.volume is None or fresh.diagnostics:
                anew = None
            elif anew is not None:
                anew[lang] = fresh.volume.pdf
        if number % OFTEN_ANEW == OFTEN_ANEW - 1 and anew:
            assert made_anew(tmp_path) == anew, done[-5:]


def without(path: Path, old: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, ""), "utf-8")


GAPS: dict[str, Callable[[Path], None]] = {
    "the original changes": lambda folder: without(
        folder / "en/3-partnerships.md", "for example, "
    ),
    "a chapter goes": lambda folder: (folder / "fr/3-partnerships.md").unlink(),
    "the original of it changes": lambda folder: without(
        folder / "en/3-partnerships.md", "Another "
    ),
    "a source goes": lambda folder: without(
        folder / "fr/sources.yml",
        "    title: DataBank\n",
    ),
    "nothing is kept": lambda folder: (folder / "fr/translation.yml").unlink(),
    "a label of its own": lambda folder: put(folder / "fr/labels.yml", b"sources: Les sources\n"),
}


@pytest.mark.xdist_group("incremental")
def test_a_translation_from_the_store_is_the_one_from_nothing(tmp_path: Path) -> None:
    folder = tmp_path / MALI
    shutil.copytree(ROOT / MALI, folder)
    store = Store(tmp_path / "build/.store")
    warm = Workshop(folder, "fr", store=store)
    assert warm.make().volume
    rules = set()
    for what, edit in GAPS.items():
        edit(folder)
        made = warm.make()
        assert_same(made, Workshop(folder, "fr", jobs=1).make(), what)
        assert made.volume, what
        rules |= {each.rule for each in made.diagnostics}
    assert rules >= {Rule.TRANSLATION_IS_WHOLE, Rule.TRANSLATION_IS_IN_STEP}


@pytest.mark.xdist_group("incremental")
def test_what_is_kept_of_a_translation_is_looked_at_each_time(tmp_path: Path) -> None:
    folder = tmp_path / MALI
    shutil.copytree(ROOT / MALI, folder)

    def unchanged() -> tuple[bool, int]:
        result = build(folder, languages=["fr"])
        (output,) = result.outputs
        return output.unchanged, sum(
            each.rule is Rule.TRANSLATION_IS_IN_STEP for each in result.diagnostics
        )

    assert unchanged() == (False, 0)
    assert unchanged() == (True, 0)
    record = folder / "fr/translation.yml"
    content = record.read_bytes()
    record.unlink()
    assert unchanged() == (False, 1)
    assert unchanged() == (True, 1)
    record.write_bytes(content)
    assert unchanged() == (False, 0)
    without(folder / "en/3-partnerships.md", "for example, ")
    assert unchanged() == (False, 1)


def made_anew(root: Path) -> dict[str, bytes]:
    """Make the PDFs in a new process, from an empty store, with two workers."""
    other = root / "other"
    for name in ("content", "layouts", "assets"):
        if (root / name).exists():
            shutil.copytree(root / name, other / name)
    command = [sys.executable, "-m", "mgi_report", "build", MALI, "--jobs", "2"]
    subprocess.run(command, cwd=other, check=True, capture_output=True)
    pdfs = {
        lang: (other / f"build/mali-2021/{lang}/mali-2021-{lang}.pdf").read_bytes()
        for lang in LANGUAGES
    }
    shutil.rmtree(other)
    return pdfs
