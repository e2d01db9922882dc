"""From an edited original to a translation in step again, as a translator goes through it."""

from pathlib import Path
from textwrap import dedent

import pytest
from tests.content.test_wholeness import french
from tests.content.tiny import FILES, FOLDER, layout_of

from mgi_report.cli import main
from mgi_report.content.loading.load import load
from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.project import DiskProject
from mgi_report.translating import translated

RECORD = f"{FOLDER}/fr/translation.yml"
ENGLISH, FRENCH = f"{FOLDER}/en/1-rights.md", f"{FOLDER}/fr/1-rights.md"
SHARED = "content/shared/fr/translation.yml"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a project on disk with a profile in English and in French, in step."""
    for path, content in {**FILES, **french()}.items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        assert content is not None
        file.write_bytes(dedent(content).encode() if isinstance(content, str) else content)
    monkeypatch.chdir(tmp_path)
    assert translated(FOLDER, "fr").diagnostics == ()
    assert translated("content/shared", "fr", original="en").diagnostics == ()
    return tmp_path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def warnings(root: Path, lang: str = "fr") -> list[str]:
    return [str(each) for each in diagnostics(root, lang)]


def diagnostics(root: Path, lang: str = "fr") -> tuple[Diagnostic, ...]:
    project = DiskProject(root)
    return load(project, FOLDER, layout_of(project), lang).diagnostics


def test_what_is_in_step_is_silent(root: Path) -> None:
    assert warnings(root) == []
    assert (
        (root / RECORD)
        .read_text("utf-8")
        .startswith(
            "# What the texts in this folder were translated from, passage by passage.\n"
            "# Kept by `mgi-report translated`; not to be changed by hand.\n"
            "original: en\npassages:\n  1-rights.md:\n    - "
        )
    )


def test_a_changed_paragraph_is_told_until_it_is_said_to_be_in_step(root: Path) -> None:
    edit(root / ENGLISH, "Text[^a]", "New text[^a]")
    assert warnings(root) == [
        (
            f"{FRENCH}:3:1: warning: This paragraph is behind the original: {ENGLISH}:3:1 has "
            "changed. [translation-is-in-step]\n  Bring it up to date, then say so: "
            f"mgi-report translated {FOLDER} --lang fr 1-rights.md:3"
        )
    ]
    edit(root / FRENCH, "Text[^a]", "Nouveau texte[^a]")
    assert len(warnings(root)) == 1
    agreed = translated(FOLDER, "fr", ["1-rights.md:3"])
    assert (agreed.path, agreed.files, agreed.diagnostics) == (RECORD, ("1-rights.md",), ())
    assert warnings(root) == []


def test_the_original_is_never_behind(root: Path) -> None:
    edit(root / ENGLISH, "Text[^a]", "New text[^a]")
    assert warnings(root, "en") == []


def test_new_and_lost_paragraphs_are_told_with_their_places(root: Path) -> None:
    edit(root / ENGLISH, "Text[^a] with [@law].\n", "Text[^a] with [@law].\n\nAnother.\n")
    edit(root / f"{FOLDER}/en/updates.md", "\nNew.\n", "")
    assert [f"{each.span}: {each.message}" for each in diagnostics(root)] == [
        (
            f"{FRENCH}:3:1: Behind this a paragraph is missing, which is new in the original: "
            f"{ENGLISH}:5:1."
        ),
        (
            f"{FOLDER}/fr/updates.md:3:1: The original of this paragraph is gone from "
            f"{FOLDER}/en/updates.md."
        ),
    ]


def test_a_lost_paragraph_is_told_with_its_place_until_it_is_said_to_be_meant(root: Path) -> None:
    for path in (ENGLISH, FRENCH):
        edit(root / path, "Text[^a]", "First.\n\nText[^a]")
    assert translated(FOLDER, "fr").diagnostics == ()
    edit(root / FRENCH, "First.\n\n", "")
    assert warnings(root) == [
        (
            f"{FRENCH}:1:1: warning: Behind this a paragraph is missing, which stands in the "
            f"original: {ENGLISH}:3:1. [translation-is-in-step]\n  Put it there; or, if it is "
            f"meant, say so: mgi-report translated {FOLDER} --lang fr 1-rights.md:1"
        )
    ]
    assert translated(FOLDER, "fr", ["1-rights.md:1"]).diagnostics == ()
    assert warnings(root) == []


def test_what_stands_elsewhere_is_told_until_it_is_said_to_be_meant(root: Path) -> None:
    for path in (ENGLISH, FRENCH):
        edit(root / path, "Text[^a]", "In 2019, all.\n\nIn 2020, none.\n\nText[^a]")
    assert translated(FOLDER, "fr").diagnostics == ()
    edit(root / FRENCH, "In 2019, all.\n\nIn 2020, none.", "In 2020, none.\n\nIn 2019, all.")
    (warning,) = warnings(root)
    command = f"mgi-report translated {FOLDER} --lang fr 1-rights.md:5"
    assert warning.endswith(
        "Put it where it stands in the original; or, if it is meant, say so: " + command
    )
    assert translated(FOLDER, "fr", ["1-rights.md:5"]).diagnostics == ()
    assert warnings(root) == []
    # It stays so, whatever else is said to be in step.
    edit(root / ENGLISH, "Text[^a]", "New text[^a]")
    assert translated(FOLDER, "fr", ["1-rights.md:7"]).diagnostics == ()
    assert warnings(root) == []
    assert translated(FOLDER, "fr").diagnostics == ()
    assert warnings(root) == []


def test_a_note_that_is_called_elsewhere_may_be_meant(root: Path) -> None:
    notes = "\n[^x]: X.\n\n[^y]: Y.\n"
    for path in (ENGLISH, FRENCH):
        edit(root / path, "Text[^a]", "One[^x], two[^y].\n\nText[^a]")
        (root / path).write_text((root / path).read_text("utf-8") + notes, "utf-8")
    assert translated(FOLDER, "fr").diagnostics == ()
    edit(root / FRENCH, "One[^x], two[^y].", "Two[^y], one[^x].")
    (warning,) = warnings(root)
    assert "is called in another place" in warning
    assert translated(FOLDER, "fr", ["1-rights.md:3"]).diagnostics == ()
    assert warnings(root) == []


def test_quotation_marks_that_lack_are_told_until_it_is_said_to_be_meant(root: Path) -> None:
    for path in (ENGLISH, FRENCH):
        edit(root / path, "Text[^a]", "A “text”[^a]")
    assert translated(FOLDER, "fr").diagnostics == ()
    edit(root / FRENCH, "“text”", "text")
    (warning,) = warnings(root)
    assert "1 quotation here" in warning
    assert translated(FOLDER, "fr", ["1-rights.md:3"]).diagnostics == ()
    assert warnings(root) == []


def test_a_lost_section_is_told_once_with_its_notes_and_sources(root: Path) -> None:
    text = (root / FRENCH).read_text("utf-8")
    note = text.index("[^a]: A note.")
    more = text.index("## More")
    (root / FRENCH).write_text(text[more:note], "utf-8")
    found = diagnostics(root)
    assert [str(each.span) for each in found if each.severity is Severity.WARNING] == [
        f"{FRENCH}:1:1"
    ]


def test_what_was_only_copied_is_told_when_it_is_said_to_be_in_step_and_afterwards(
    root: Path,
) -> None:
    for path in (ENGLISH, FRENCH):
        edit(root / path, "Text[^a]", "Nobody has put this into another language[^a]")
    (told,) = translated(FOLDER, "fr").diagnostics
    assert str(told) == (
        f"{FRENCH}:3:1: warning: What is said here stands word for word in the original, in "
        '"en": line 3. [translation-is-whole]\n  Put it into "fr". Words that are meant to stay '
        "get their language: […]{lang=en}"
    )
    assert diagnostics(root) == (told,)


def test_a_shared_text_that_was_only_copied_is_told(root: Path) -> None:
    for lang in ("en", "fr"):
        (root / f"content/shared/{lang}/intro.md").write_text("This is what all profiles say.\n")
    found = diagnostics(root)
    assert [str(each.span) for each in found if each.rule is Rule.TRANSLATION_IS_WHOLE] == [
        "content/shared/fr/intro.md:1:1"
    ]


def test_sources_are_behind_where_their_words_changed(root: Path) -> None:
    edit(root / f"{FOLDER}/sources.yml", "2009-06-26", "2009-06-27")
    assert warnings(root) == []
    edit(root / f"{FOLDER}/sources.yml", "The *Law*", "The *Act*")
    (found,) = diagnostics(root)
    assert f"{found.span}: {found.message}" == (
        f"{FOLDER}/fr/sources.yml:2:6: This entry is behind the original: "
        f"{FOLDER}/sources.yml:2:6 has changed."
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("{en: Mali, fr: le Mali}", "{en: The Mali, fr: le Mali}", 5),
        ("{en: Republic of Mali,", "{en: The Republic of Mali,", 6),
        ("keywords: {en: [migration]", "keywords: {en: [migration, law]", 15),
        ("rights: {en: Free", "rights: {en: Not free", 16),
    ],
)
def test_what_profile_yml_says_in_several_languages_is_followed_too(
    root: Path, old: str, new: str, line: int
) -> None:
    path = f"{FOLDER}/profile.yml"
    words = "keywords: {en: [migration], fr: [migration]}\nrights: {en: Free, fr: Libre}\n"
    (root / path).write_text((root / path).read_text("utf-8") + words, "utf-8")
    assert translated(FOLDER, "fr").diagnostics == ()
    assert warnings(root) == []
    edit(root / path, old, new)
    (found,) = diagnostics(root)
    assert found.message.startswith(f"This entry is behind the original: {path}:{line}:")
    assert found.span
    assert (found.span.file, found.span.line) == (path, line)
    place = f"profile.yml:{line}"
    assert (found.hint or "").endswith(f"mgi-report translated {FOLDER} --lang fr {place}")
    assert translated(FOLDER, "fr", [place]).diagnostics == ()
    assert warnings(root) == []


def test_shared_texts_are_held_against_the_language_that_they_are_from(root: Path) -> None:
    agreed = translated("content/shared", "fr", original="en")
    assert agreed.path == SHARED
    assert {"annexes.md", "domains.yml", "frame.yml", "labels.yml"} <= {*agreed.files}
    edit(root / "content/shared/en/labels.yml", "COVID-19", "COVID-19 analysis")
    assert [f"{each.span}: {each.message}" for each in diagnostics(root)] == [
        (
            "content/shared/fr/labels.yml:4:1: This entry is behind the original: "
            "content/shared/en/labels.yml:4:1 has changed."
        )
    ]
    # From now on the file says the original itself.
    assert translated("content/shared", "fr").diagnostics == ()
    assert warnings(root) == []


def test_without_a_record_it_is_told_once(root: Path) -> None:
    (root / RECORD).unlink()
    assert warnings(root) == [
        (
            f"{RECORD}:1:1: warning: It is not kept what these were translated from: profile.yml, "
            "1-rights.md, sources.yml, updates.md. [translation-is-in-step]\n  Where they are in "
            f"step with the original, say so: mgi-report translated {FOLDER} --lang fr"
        )
    ]


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("original: en\n", "", "3:1"),
        ("original: en", "original: English!", "3:11"),
        ("passages:", "pasages:", "4:1"),
        ("    - ", "    - x", "6:7"),
        ("  updates.md:\n", "  updates.md: none\n  intro.md:\n", ""),
        ("original: en", "original: [", ""),
        ("original: en", "<<<<<<< ours\noriginal: en", "3:1"),
    ],
)
def test_a_damaged_record_warns_and_says_what_to_do(
    root: Path, old: str, new: str, place: str
) -> None:
    edit(root / RECORD, old, new)
    found = diagnostics(root)
    assert found
    assert {each.severity for each in found} == {Severity.WARNING}
    assert str(found[0].span).startswith(f"{RECORD}:{place}")
    assert all(
        "Bring back an earlier version" in (each.hint or "") or "It is not kept" in each.message
        for each in found
    )
    # Said anew, all is well.
    (root / RECORD).unlink()
    assert translated(FOLDER, "fr").diagnostics == ()
    assert warnings(root) == []


def test_a_record_of_another_original_is_told(root: Path) -> None:
    edit(root / RECORD, "original: en", "original: es")
    (found,) = diagnostics(root)
    assert found.message == (
        'It is kept here that the texts were translated from "es", but the original is "en", the '
        "first language in profile.yml."
    )


@pytest.mark.parametrize(
    ("places", "message"),
    [
        (["1-right.md"], f'There is no translation "1-right.md" in {FOLDER}/fr, or no original'),
        (["1-rights.md:x"], '"x" is no line of 1-rights.md.'),
        (["1-rights.md:3"], "Here nothing is behind the original."),
    ],
)
def test_what_cannot_be_said_is_not_written(root: Path, places: list[str], message: str) -> None:
    before = (root / RECORD).read_bytes()
    agreed = translated(FOLDER, "fr", ["updates.md", *places])
    assert agreed.path == ""
    assert agreed.diagnostics[0].message.startswith(message)
    assert (root / RECORD).read_bytes() == before


def test_a_text_with_errors_is_not_in_step(root: Path) -> None:
    before = (root / RECORD).read_bytes()
    edit(root / FRENCH, "[^a]: A note.", "")
    agreed = translated(FOLDER, "fr")
    assert [each.rule for each in agreed.diagnostics] == ["note-is-written"]
    assert (root / RECORD).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--lang", "fr"], 0, "in step: profile.yml, 1-rights.md, sources.yml, updates.md"),
        (["--lang", "fr", f"{FOLDER}/fr/updates.md"], 0, "in step: updates.md"),
        (["--lang", "en"], 1, '"en" is the original'),
        (["--lang", "es"], 1, 'does not appear in the language "es"'),
    ],
)
@pytest.mark.usefixtures("root")
def test_the_command(
    arguments: list[str],
    status: int,
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main.main(["translated", FOLDER, *arguments], standalone_mode=False) == status
    told = capsys.readouterr()
    assert said in told.err
    assert (told.out == f"{RECORD}\n") == (status == 0)
