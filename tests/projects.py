"""Projects for tests: Mali's profile in memory, with edits."""

import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from mgi_report.project import MemoryProject
from mgi_report.steps import make
from mgi_report.workshop import Made

ROOT = Path(__file__).parents[1]
MALI = "content/mali-2021"


def mali_files() -> dict[str, str | bytes]:
    """Give the files of Mali's profile by their path in the project."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_bytes()
        for path in sorted((ROOT / MALI).rglob("*"))
        if path.is_file()
    }


def copy_in_english(folder: Path) -> None:
    """Copy Mali's profile into a project's folder, in its original language alone."""
    copied = folder / MALI
    shutil.copytree(ROOT / MALI, copied, ignore=shutil.ignore_patterns("fr"))
    facts = copied / "profile.yml"
    text = facts.read_text("utf-8")
    assert "languages: [en, fr]" in text
    facts.write_text(text.replace("languages: [en, fr]", "languages: [en]"), "utf-8")


def named(name: str) -> str:
    """Give profile.yml for a territory with another long name in English."""
    text, old = text_of(f"{MALI}/profile.yml"), "long-name: {en: Republic of Mali,"
    assert old in text
    return text.replace(old, f'long-name: {{en: "{name}",')


def text_of(path: str) -> str:
    """Give a file of the checkout as text."""
    return (ROOT / path).read_text(encoding="utf-8")


def mali(changes: Mapping[str, str | bytes | None] | None = None) -> MemoryProject:
    """Give Mali's profile with files changed, added or (None) taken away."""
    files = mali_files()
    for path, content in (changes or {}).items():
        if content is None:
            files.pop(path)
        else:
            files[path] = content
    return MemoryProject(files)


@cache
def mali_made(standard: str = "ua1+3a") -> Made:
    """Build Mali's profile as it is, once a worker."""
    return make(mali(), MALI, "en", standard=standard)
