"""Step 1: what a translation lacks is lent by the original, and is told once for each file."""

import pytest
from tests.content.tiny import FILES, FOLDER, edited, loaded, places, resolved, tiny

from mgi_report.content.model import Phrase
from mgi_report.content.translation.changes import Changes
from mgi_report.content.translation.record import Record, written
from mgi_report.content.translation.translated import names_of, read_translated
from mgi_report.content.walk import inlines_of, runs_of, text_of
from mgi_report.diagnostics import Severity, each_once
from mgi_report.project import MemoryProject

OWN, SHARED = f"{FOLDER}/fr", "content/shared/fr"
OVERLAY = f"{OWN}/sources.yml"
WORDS = """\
    references:
      - {id: law, author: [{literal: Gouvernement du Mali}], title: La *loi*}
    """


def french() -> dict[str, str | bytes | None]:
    """Give a translation in which nothing is missing: the English files again, and the overlay."""
    files: dict[str, str | bytes | None] = {
        path.replace("/en/", "/fr/"): text for path, text in FILES.items() if "/en/" in path
    }
    return {**files, OVERLAY: WORDS}


def in_step(files: dict[str, str | bytes | None]) -> MemoryProject:
    """Give the project with a translation of which somebody said that it is in step."""
    project = tiny(files)
    folder = f"{FOLDER}/fr"
    texts = [
        read_translated(project, f"{folder}/{name}", "en").value
        for name in names_of(project, folder, "en")
    ]
    record = Record(
        "en",
        {
            text.name: Changes((), text.originals, text.passages, text.path).kept()
            for text in texts
            if text
        },
    )
    return tiny({**files, f"{folder}/translation.yml": written(record)} if texts else files)


def test_a_whole_translation_is_silent() -> None:
    profile, found = resolved(in_step(french()), "fr")
    assert found == []
    assert profile.lent == frozenset()


@pytest.mark.parametrize(
    ("path", "lent", "message"),
    [
        (
            f"{OWN}/1-rights.md",
            ("document", "rights"),
            'There is no 1-rights.md in "fr"; it is printed in "en".',
        ),
        (
            f"{SHARED}/annexes.md",
            ("document", "annexes"),
            'There is no annexes.md in "fr"; it is printed in "en".',
        ),
        (
            f"{SHARED}/frame.yml",
            ("data", "frame"),
            'There is no frame.yml in "fr"; it is printed in "en".',
        ),
        (
            f"{SHARED}/domains.yml",
            ("domains", ""),
            'There is no domains.yml in "fr"; it is printed in "en".',
        ),
    ],
)
def test_a_missing_file_is_lent_by_the_original(
    path: str, lent: tuple[str, str], message: str
) -> None:
    files = french()
    del files[path]
    folder = path.rsplit("/", 1)[0].replace("/fr", "/en")
    profile, found = resolved(in_step(files), "fr")
    assert profile.lent == {lent}
    assert [str(each) for each in found] == [
        (
            f"{path}:1:1: warning: {message} [translation-is-whole]\n"
            f"  Copy it from {folder}, and put its words into the language."
        )
    ]


def test_what_is_lent_says_the_facts_in_its_own_language() -> None:
    files = french()
    del files[f"{SHARED}/intro.md"]
    profile, _ = resolved(in_step(files), "fr")
    intro = profile.documents["intro"]
    assert intro.path == "content/shared/en/intro.md"
    assert text_of(inlines_of(intro.blocks)) == "In Mali."
    own, _ = resolved(in_step(french()), "fr")
    assert text_of(inlines_of(own.documents["intro"].blocks)) == "In le Mali."


def test_what_the_original_words_itself_is_not_taken_from_the_shared_translation() -> None:
    files = {
        **french(),
        f"{FOLDER}/en/intro.md": "A sample.\n",
        f"{FOLDER}/en/labels.yml": "frame: Sample\n",
    }
    profile, found = resolved(in_step(files), "fr")
    assert profile.documents["intro"].path == f"{FOLDER}/en/intro.md"
    assert profile.labels["frame"] == "Sample"
    assert places(found) == [
        f"translation-is-whole {OWN}/labels.yml:1:1",
        f"translation-is-whole {OWN}/intro.md:1:1",
    ]


def test_a_missing_folder_is_told_once() -> None:
    files = {path: text for path, text in french().items() if not path.startswith(SHARED)}
    profile, found = resolved(in_step(files), "fr")
    assert profile.labels["frame"] == "Framework"
    assert [str(each) for each in found] == [
        (
            f"{SHARED}:1:1: warning: There are no texts in {SHARED}; those in "
            '"en" are printed. [translation-is-whole]\n'
            "  Copy the folder content/shared/en, and put its words into the language."
        )
    ]


def test_a_language_without_texts_is_the_original_with_a_warning_for_each_folder() -> None:
    profile, found = resolved(tiny(), "fr")
    assert [source.language for source in profile.sources] == ["en"]
    assert places(found) == [
        f"translation-is-whole {SHARED}:1:1",
        f"translation-is-whole {OWN}:1:1",
    ]
    assert {each.severity for each in found} == {Severity.WARNING}


def test_what_the_original_lacks_is_an_error_in_its_place() -> None:
    files = {**french(), "content/shared/en/annexes.md": None}
    del files[f"{SHARED}/annexes.md"]
    _, found = loaded(in_step(files), "fr")
    assert places(found) == [f"file-exists {FOLDER}/en/annexes.md:1:1"]


def test_a_misspelt_file_of_a_translation_is_the_hint() -> None:
    files = french()
    files[f"{OWN}/1-right.md"] = files.pop(f"{OWN}/1-rights.md")
    _, (found,) = loaded(in_step(files), "fr")
    assert found.hint == 'Is it the file "1-right.md"? Then give it this name.'


def test_missing_labels_are_named_together() -> None:
    labels = f"{SHARED}/labels.yml"
    files = french()
    text = files[labels]
    assert isinstance(text, str)
    kept = [line for line in text.splitlines() if not line.strip().startswith(("frame:", "tags:"))]
    profile, found = resolved(in_step({**files, labels: "\n".join(kept)}), "fr")
    assert profile.labels["frame"] == "Framework"
    assert profile.labels["tags.2"] == "Two"
    assert profile.lent == {("label", "frame"), ("label", "tags.1"), ("label", "tags.2")}
    assert [str(each) for each in found] == [
        (
            f'{labels}:1:1: warning: These labels are there in "en" only: "tags", "frame". '
            '[translation-is-whole]\n  Add them to this file in "fr"; they are printed as they are '
            "there."
        )
    ]


def test_names_that_profile_yml_has_in_the_original_only_are_told_together() -> None:
    text = FILES[f"{FOLDER}/profile.yml"]
    assert isinstance(text, str)
    text = text.replace(", fr: le Mali", "").replace(", fr: République du Mali", "")
    text = text.rstrip() + "\n        keywords: {en: [migration]}\n        title: {en: Mali}\n"
    profile, found = resolved(in_step({**french(), f"{FOLDER}/profile.yml": text}), "fr")
    assert (profile.facts.name, profile.facts.keywords, profile.facts.title) == (
        "Mali",
        ("migration",),
        "",
    )
    assert profile.lent == {("facts", "name"), ("facts", "long_name")}
    assert [each.message for each in found] == [
        'There is no "name", "long-name", "keywords", "title" in the language "fr".'
    ]
    assert places(found) == [f"translation-is-whole {FOLDER}/profile.yml:5:9"]


def test_a_name_in_a_sentence_is_lent_with_a_warning_where_a_text_prints_it() -> None:
    name = {
        "old": "          long-name:",
        "new": "          in-text: {en: the Republic}\n          long-name:",
    }
    files = {**french(), **edited(f"{FOLDER}/profile.yml", **name)}
    _, found = resolved(in_step(files), "fr")
    assert found == []
    text = "Dans {{ territory.in-text }}, {{ territory.in-text }}.\n"
    profile, found = resolved(in_step({**files, f"{SHARED}/intro.md": text}), "fr")
    intro = profile.documents["intro"]
    assert text_of(next(runs_of(intro.blocks))) == "Dans the Republic, the Republic."
    assert [each.lang for each in inlines_of(intro.blocks) if isinstance(each, Phrase)] == [
        "en",
        "en",
    ]
    assert [str(each) for each in each_once(found)] == [
        (
            f'{SHARED}/intro.md:1:6: warning: There is no "in-text" in the language "fr"; that in '
            '"en" is printed. [translation-is-whole]\n'
            "  Give `territory` in profile.yml its `in-text` in this language."
        )
    ]


@pytest.mark.parametrize("key", ["of", "in-text"])
def test_the_name_alone_is_printed_where_no_language_has_the_form_that_a_text_asks_for(
    key: str,
) -> None:
    text = f"Lois {{{{ territory.{key} }}}}.\n"
    profile, found = resolved(in_step({**french(), f"{SHARED}/intro.md": text}), "fr")
    assert text_of(next(runs_of(profile.documents["intro"].blocks))) == "Lois le Mali."
    assert [str(each) for each in found] == [
        (
            f'{SHARED}/intro.md:1:6: warning: There is no "{key}" in the language "fr"; the name '
            'alone, "le Mali", is printed. [translation-is-whole]\n'
            f"  Give `territory` in profile.yml its `{key}` in this language."
        )
    ]


# --- Sources ----------------------------------------------------------------------------------


def sources(base: str, words: str | None) -> dict[str, str | bytes | None]:
    files = {**french(), f"{FOLDER}/sources.yml": base, OVERLAY: words}
    if words is None:
        del files[OVERLAY]
    return files


BASE = """\
    references:
      - id: law
        author: [{literal: Government of Mali}]
        issued: 2009-06-26
        title: The law
        original-title: La loi
        original-language: fr
        note: Adopted
        publisher-place: Bamako
        URL: https://x.org/law
    """


def test_an_overlay_replaces_words_and_keeps_the_rest() -> None:
    words = """\
        references:
          - {id: law, author: [{literal: Gouvernement du Mali}], title: La loi, note: Adoptée}
        """
    profile, found = resolved(in_step(sources(BASE, words)), "fr")
    assert found == []
    (law,) = profile.sources
    assert (law.author, text_of(law.title), law.note) == (
        "Gouvernement du Mali",
        "La loi",
        "Adoptée",
    )
    assert (law.year, law.place, law.address) == (2009, "Bamako", "https://x.org/law")
    # The title is now in the original, and is not printed twice.
    assert (law.language, law.original_title, law.original_language) == (None, "", None)
    assert law.span.file == OVERLAY


def test_a_title_without_a_translation_stays_marked() -> None:
    words = "references: [{id: law, author: [{literal: Gouvernement du Mali}]}]"
    profile, found = resolved(in_step(sources(BASE, words)), "fr")
    (law,) = profile.sources
    assert (law.language, law.original_title, *law.lent) == ("en", "La loi", "note")
    assert [str(each) for each in found] == [
        (
            f'{OVERLAY}:1:1: warning: These sources are printed in "en", not in "fr": "law" '
            "(title, note). [translation-is-whole]\n"
            '  Write here what the sources are called in "fr": their id, author, title and note.'
        )
    ]


@pytest.mark.parametrize(
    ("number", "in_french", "lent"),
    [
        ("A/AC.96/1209", "", set()),
        ("12 October", "", {"number"}),
        ("12 October", "number: 12 octobre", set()),
    ],
)
def test_a_number_with_words_is_to_be_translated(
    number: str, in_french: str, lent: set[str]
) -> None:
    words = "references: [{id: law, author: [{literal: X}], title: La loi, note: Adoptée, %s}]"
    base = f"{BASE}    number: {number}\n"
    profile, found = resolved(in_step(sources(base, words % in_french)), "fr")
    assert profile.sources[0].lent == lent
    assert len(found) == len(lent)
    assert all('"law" (number)' in each.message for each in found)


def test_without_an_overlay_the_sources_are_the_originals() -> None:
    profile, found = resolved(in_step(sources(BASE, None)), "fr")
    (law,) = profile.sources
    assert law.lent == {"author", "note", "publisher-place"}
    assert [each.message for each in found] == [
        'There is no sources.yml in "fr"; the sources are printed in "en".'
    ]


def test_an_id_that_the_profile_lacks_is_an_error() -> None:
    words = "references: [{id: lew, title: La loi}]"
    _, (found,) = loaded(in_step(sources(BASE, words)), "fr")
    assert str(found) == (
        f'{OVERLAY}:1:19: error: There is no source "lew" in {FOLDER}/sources.yml. '
        '[source-is-known]\n  Did you mean "law"?'
    )


def test_what_is_the_same_in_all_languages_has_no_place_in_an_overlay() -> None:
    words = """\
        references:
          - id: law
            author: [{literal: Gouvernement du Mali}]
            title: La loi
            note: Adoptée
            URL: https://x.org/loi
            titel: La loi
        """
    _, found = loaded(in_step(sources(BASE, words)), "fr")
    assert [(each.rule, str(each.span), each.message) for each in found] == [
        ("key-is-known", f"{OVERLAY}:6:5", '"URL" is the same in all languages.'),
        (
            "key-is-known",
            f"{OVERLAY}:7:5",
            'There is no key "titel" in item 1 of "references" ("law").',
        ),
    ]


def test_a_source_stands_once_in_an_overlay() -> None:
    words = """\
        references:
          - {id: law, author: [{literal: G}], title: La loi, note: Adoptée}
          - {id: law, author: [{literal: G}], title: La loi, note: Adoptée}
        """
    _, found = loaded(in_step(sources(BASE, words)), "fr")
    assert places(found) == [f"key-is-unique {OVERLAY}:3:10"]


# --- Sources that are not in the language of the original --------------------------------------


def swapped(words: str = WORDS) -> dict[str, str | bytes | None]:
    """Give a profile whose original is the French, with sources.yml still in English."""
    profile = edited(f"{FOLDER}/profile.yml", "languages: [en, fr]", "languages: [fr, en]")
    return {**french(), **profile, OVERLAY: words}


def of_sources(files: dict[str, str | bytes | None], lang: str) -> list[str]:
    _, found = loaded(tiny(files), lang)
    return [str(each) for each in found if "sources" in str(each)]


def test_the_original_may_word_its_sources_anew() -> None:
    profile, _ = loaded(tiny(swapped()), "fr")
    assert profile
    (source,) = profile.sources
    assert (text_of(source.title), source.author) == ("La loi", "Gouvernement du Mali")
    assert of_sources(swapped(), "fr") == []


def test_a_translation_has_the_words_of_sources_yml_where_it_is_in_its_language() -> None:
    profile, _ = loaded(tiny(swapped()), "en")
    assert profile
    (source,) = profile.sources
    assert (text_of(source.title), source.language, source.lent) == ("The Law", None, frozenset())
    assert of_sources(swapped(), "en") == []


def test_the_words_that_the_original_lacks_are_an_error() -> None:
    words = "references:\n  - {id: law, title: La loi}\n"
    assert of_sources(swapped(words), "fr") == [
        (
            f'{OVERLAY}:1:1: error: These sources have no words in "fr", the original language: '
            '"law" (author). [field-is-present]\n'
            '  Write here what they are called in "fr": their id, author, title and note.'
        )
    ]


def test_a_third_language_is_lent_the_words_of_the_original() -> None:
    languages = edited(f"{FOLDER}/profile.yml", "languages: [en, fr]", "languages: [fr, en, es]")
    es = {f"{FOLDER}/es/sources.yml": "references: []\n"}
    profile, _ = loaded(tiny({**swapped(), **languages, **es}), "es")
    assert profile
    (source,) = profile.sources
    assert (text_of(source.title), source.language) == ("La loi", "fr")
    assert source.lent == {"author"}
