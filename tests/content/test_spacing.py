"""The spaces before and after French marks, in all that a profile says."""

import re

from tests.projects import MALI, mali, text_of
from tests.test_translations import composed, resolved

from mgi_report.content.words import NARROW, NBSP
from mgi_report.pages.binding.particulars import metadata_of
from mgi_report.project import MemoryProject

LABELS = "content/shared/fr/labels.yml"


def project() -> MemoryProject:
    """Give Mali's profile with French words that lack their spaces, wherever words come from."""
    labels = text_of(LABELS)
    for key, words in {
        "annexes": "Annexes: pourquoi?",
        "available-at": "Disponible à l’adresse?",
        "document-title": "{{ series }}: {{ territory.long-name }}",
    }.items():
        labels, count = re.subn(rf"(?m)^{key}: .*$", f'{key}: "{words}"', labels)
        assert count == 1
    facts = text_of(f"{MALI}/profile.yml")
    facts = facts.replace("fr: République du Mali", 'fr: "République du Mali: test?"')
    facts = re.sub(r"(?m)^title:\n( .*\n)+", "", facts)
    chapter = f"{MALI}/fr/1-migrants-rights.md"
    text = text_of(chapter).replace("}\n", "}\n\nParce que: «oui»! Et ensuite rien de plus.\n\n", 1)
    return mali({LABELS: labels, f"{MALI}/profile.yml": facts, chapter: text})


def shown(text: str) -> str:
    """Show no-break spaces as _, narrow ones as ^."""
    return text.replace(NBSP, "_").replace(NARROW, "^")


def test_all_french_words_have_their_spaces() -> None:
    profile, _ = resolved(project(), "fr")
    assert shown(profile.labels["annexes"]) == "Annexes_: pourquoi^?"
    assert shown(profile.facts.long_name) == "République du Mali_: test^?"
    told = metadata_of(profile, project())
    assert shown(told.title).endswith("migrations_: République du Mali_: test^?")
    titles = re.findall("<h1.*?</h1>", shown(composed(project(), "fr", "annexes")))
    assert "Annexes_: pourquoi^?" in titles[0]
    assert "l’adresse^? <a" in shown(composed(project(), "fr", "sources"))
    assert "Parce que_: «_oui_»^!" in shown(composed(project(), "fr", "migrants-rights"))


def test_english_words_in_a_french_profile_keep_theirs() -> None:
    words = {f"{MALI}/fr/1-migrants-rights.md": None}
    html = composed(mali(words), "fr", "migrants-rights")
    assert ": " in "".join(re.findall("<p lang=.*?</p>", html))
