"""Profiles for batches: made of the samples, each with other words, lengths and languages."""

from __future__ import annotations

import random
import re
from pathlib import Path

from tests.projects import ROOT

LANGUAGES = ("en", "es", "ar", "fr")
_SAMPLES = {
    "en": ("sample-country-2024", "en"),
    "ar": ("sample-country-2024", "ar"),
    "es": ("sample-city-2024", "es"),
    "fr": ("mali-2021", "fr"),
}


def write_profiles(content: Path, count: int, seed: int = 1) -> list[Path]:
    """Write so many profiles into a folder, in four languages by turns; give their folders."""
    chance = random.Random(seed)  # noqa: S311  texts, no secrets
    return [
        _write(content, number, LANGUAGES[number % len(LANGUAGES)], chance)
        for number in range(count)
    ]


def _write(content: Path, number: int, lang: str, chance: random.Random) -> Path:
    sample, _ = _SAMPLES[lang]
    source = ROOT / "content" / sample
    folder = content / f"place-{number}-2024"
    facts = (source / "profile.yml").read_text("utf-8")
    facts = re.sub(r"^id: .*$", f"id: {folder.name}", facts, flags=re.MULTILINE)
    facts = re.sub(r"^languages: .*$", f"languages: [{lang}]", facts, flags=re.MULTILINE)
    written = {"profile.yml": facts, "sources.yml": (source / "sources.yml").read_text("utf-8")}
    words = source / lang / "sources.yml"
    if words.exists():  # of a language that the sources are not in
        written[f"{lang}/sources.yml"] = words.read_text("utf-8")
    for path in sorted((source / lang).iterdir()):
        if path.name in ("translation.yml", "sources.yml"):
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".md" and path.name[0].isdigit():
            text = _varied(text, number, chance)
        written[f"{lang}/{path.name}"] = text
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def _varied(text: str, number: int, chance: random.Random) -> str:
    """Repeat some paragraphs, with a number that no other profile has."""
    made = []
    for paragraph in text.rstrip("\n").split("\n\n"):
        made.append(paragraph)
        is_plain = paragraph[0].isalpha() and not re.search(r"\]\(@|\[[@^]", paragraph)
        if is_plain and chance.random() < 0.5:
            made.append(f"{paragraph} ({number + 100})")
    return "\n\n".join(made) + "\n"
