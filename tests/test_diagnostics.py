"""Everything that an editor or designer can get wrong is said with its file, line and column.

Each case edits Mali's profile or the layout and puts ¦ where the message must point; the mark is
taken out before the profile is built.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.steps import make
from tests.projects import MALI, mali, text_of

PROFILE = f"{MALI}/profile.yml"
SOURCES = f"{MALI}/sources.yml"
CHAPTER_1 = f"{MALI}/en/1-migrants-rights.md"
CHAPTER_3 = f"{MALI}/en/3-partnerships.md"
UPDATES = f"{MALI}/en/updates.md"
FRAMEWORK = "content/shared/en/framework.yml"
TEXT_TEMPLATE = "layouts/mgi/sections/text.html.j2"
TEXT_CSS = "layouts/mgi/css/sections/text.css"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63"
    "f8cfc0f01f0005000101002d9a8d490000000049454e44ae426082"
)


@dataclass(frozen=True)
class Case:
    """An edit, and what must be said of it."""

    name: str
    rule: Rule
    file: str
    """The file that is edited."""
    old: str
    """What is replaced; "" adds `new` at the end."""
    new: str
    """What stands there instead; ¦ marks the place."""
    where: str = ""
    """The file the message points into, where it is another one; then `line` and `column`."""
    line: int = 1
    column: int = 1
    says: str = ""
    """Words that the message or hint must hold."""
    severity: Severity = Severity.ERROR
    more: dict[str, str | bytes | None] = field(default_factory=dict)
    """Further files to change."""


E = Severity.ERROR
W = Severity.WARNING
CASES = [
    Case("YAML that does not parse", Rule.YAML_PARSES, PROFILE, "level: national", "level: ¦[national"),
    Case("an unknown key", Rule.KEY_IS_KNOWN, PROFILE, "edition: follow-up", "¦editon: follow-up", says="edition"),
    Case("a duplicate key", Rule.KEY_IS_UNIQUE, PROFILE, "level: national", "level: national\n¦level: local"),
    Case("a wrong type", Rule.VALUE_IS_VALID, PROFILE, "year: 2021\n", "year: ¦soon\n"),
    Case("a missing required field", Rule.FIELD_IS_PRESENT, PROFILE, "  code: MLI ", "  ¦# code: MLI ", says="code"),
    Case("a missing chapter", Rule.FILE_EXISTS, PROFILE, "", "", where=f"{MALI}/en/3-partnerships.md", more={CHAPTER_3: None}),
    Case("a missing picture", Rule.PICTURE_EXISTS, CHAPTER_3, "## Areas", "¦![A map of roads](map.png)\n\n## Areas"),
    Case("a footnote called but not written", Rule.NOTE_IS_WRITTEN, CHAPTER_1, "their families.", "their families.¦[^kin]"),
    Case("a footnote written but not called", Rule.NOTE_IS_CALLED, CHAPTER_1, "[^doctors]: ", "¦[^kin]: Never called.\n\n[^doctors]: "),
    Case("a source cited but not known", Rule.SOURCE_IS_KNOWN, CHAPTER_1, "(@health-insurance-2009)", "(¦@health-insurance-2008)", says="health-insurance-2009"),
    Case("a cross-reference to nowhere", Rule.TARGET_EXISTS, CHAPTER_1, "their families.", "their families, see ¦[the annex](#annexe).", says="annexes"),
    Case("a heading level skipped", Rule.HEADING_LEVELS_IN_ORDER, CHAPTER_1, "Under Article 5", "¦#### Insurance\n\nUnder Article 5"),
    Case("a picture without alternative text", Rule.PICTURE_HAS_ALT, CHAPTER_3, "## Areas", "¦![](map.png)\n\n## Areas", more={f"{MALI}/en/map.png": PIXEL}),
    Case("raw HTML in Markdown", Rule.NO_RAW_HTML, CHAPTER_3, "## Areas", "Some ¦<b>bold</b> words.\n\n## Areas"),
    Case("a path outside the project", Rule.PATH_IS_INSIDE_PROJECT, CHAPTER_3, "## Areas", "¦![A map](../../../../etc/passwd)\n\n## Areas"),
    Case("an address that would be fetched", Rule.NO_NETWORK, CHAPTER_3, "## Areas", "¦![A map](https://example.org/map.png)\n\n## Areas"),
    Case("an unknown variable", Rule.VARIABLE_IS_KNOWN, CHAPTER_1, "their families.", "their families in ¦{{ territory.nmae }}.", says="territory.name"),
    Case("a part missing in a chapter", Rule.SLOT_IS_FILLED, CHAPTER_3, "{#potential}", "{#prospects}", where=CHAPTER_3, line=1, says="potential"),
    Case("a heading without its icon", Rule.FIELD_IS_PRESENT, f"{MALI}/en/covid-19.md", "## Work permits {#work icon=work}", "¦## Work permits {#work}", says="icon"),
    Case("a field missing in the framework", Rule.FIELD_IS_PRESENT, FRAMEWORK, "basis: at the basis of\n", "", where=FRAMEWORK, line=2, says="basis"),
    Case("a template with an undefined variable", Rule.TEMPLATE_IS_SOUND, TEXT_TEMPLATE, "{{ opening }}", "{{ ¦openning }}", says="openning"),
    Case("a template that does not parse", Rule.TEMPLATE_IS_SOUND, TEXT_TEMPLATE, "{{ opening }}", "{% if opening %}", where=TEXT_TEMPLATE, line=0),
    Case("a CSS property that is ignored", Rule.STYLE_IS_UNDERSTOOD, TEXT_CSS, ".row { margin-top: 14pt; }", ".row { margin-top: 14pt; ¦colour: red; }", says="colour"),
    Case("a CSS selector that is not understood", Rule.STYLE_IS_UNDERSTOOD, TEXT_CSS, ".row {", "¦.row::before-all { margin: 0 }\n.row {"),
    Case("a font address on the network", Rule.NO_NETWORK, TEXT_CSS, ".row {", ".side { background: ¦url(https://example.org/a.png) }\n.row {"),
    Case("text that overflows a fixed height", Rule.TEXT_FITS_ITS_BOX, f"{MALI}/en/introduction.md", "", "¦{.lead}\nWords that need far more room than this box has: " + "again and " * 60 + "again.\n",
         more={TEXT_CSS: text_of(TEXT_CSS) + "\np.lead { height: 21pt; }\n"}),
    Case("a character that no font has", Rule.GLYPH_EXISTS, CHAPTER_3, "## Areas", "¦The name is ማሊ in Amharic.\n\n## Areas", says="ማ"),
    Case("a source never cited", Rule.SOURCE_IS_CITED, SOURCES, "references:\n", "references:\n  - ¦id: unread-2020\n    type: report\n    author: [{literal: World Bank}]\n    issued: 2020\n    title: Never read\n\n", severity=W),
    Case("a term written in two ways", Rule.ONE_SPELLING, CHAPTER_3, "## Areas", "The ¦wellbeing of migrants counts.\n\n## Areas", says="well-being", severity=W),
]


def found_in(case: Case) -> tuple[tuple[Diagnostic, ...], int, int]:
    """Build the edited profile; give what was found, and the line and column of the mark."""
    try:
        before = text_of(case.file)
    except FileNotFoundError:
        before = ""
    assert case.old in before, f"{case.file} has no {case.old!r} any more"
    after = before.replace(case.old, case.new, 1) if case.old else before + case.new
    line, column = case.line, case.column
    if "¦" in after:
        head = after[: after.index("¦")]
        line, column = head.count("\n") + 1, len(head) - (head.rfind("\n") + 1) + 1
    changes: dict[str, str | bytes | None] = {case.file: after.replace("¦", "")}
    return make(mali(changes | case.more), MALI, "en").diagnostics, line, column


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_is_said_with_its_place(case: Case) -> None:
    diagnostics, line, column = found_in(case)
    about = [each for each in diagnostics if each.rule is case.rule]
    assert about, "\n".join(map(str, diagnostics))
    said = about[0]
    assert said.span is not None
    assert said.span.file == (case.where or case.file)
    if line:
        assert (said.span.line, said.span.column) == (line, column), str(said)
    assert said.severity is case.severity
    assert case.says in f"{said.message} {said.hint}"


def test_nothing_is_wrong_with_the_profile_as_it_is() -> None:
    errors = [e for e in make(mali(), MALI, "en").diagnostics if e.severity is E]
    assert not errors, "\n".join(map(str, errors))


def test_all_is_said_in_one_run() -> None:
    changes: dict[str, str | bytes | None] = {
        PROFILE: text_of(PROFILE).replace("edition:", "editon:"),
        CHAPTER_3: None,
        CHAPTER_1: text_of(CHAPTER_1).replace("(@health-insurance-2009)", "(@nothing)")
        + "\n[^never]: Written.\n",
        UPDATES: text_of(UPDATES) + "\n<i>raw</i>\n",
    }
    rules = {each.rule for each in make(mali(changes), MALI, "en").diagnostics}
    assert {Rule.KEY_IS_KNOWN, Rule.FILE_EXISTS, Rule.NOTE_IS_CALLED, Rule.NO_RAW_HTML} <= rules


def test_content_and_layout_are_judged_in_the_same_run() -> None:
    changes: dict[str, str | bytes | None] = {
        CHAPTER_1: text_of(CHAPTER_1).replace("(@health-insurance-2009)", "(@nothing)"),
        TEXT_CSS: text_of(TEXT_CSS) + "\n.row { colour: red }\n",
        TEXT_TEMPLATE: text_of(TEXT_TEMPLATE).replace("{{ opening }}", "{{ openning }}"),
        "layouts/mgi/css/sections/domain.css": text_of("layouts/mgi/css/sections/domain.css")
        + "\n.rail { colour: red }\n",
    }
    rules = {each.rule for each in make(mali(changes), MALI, "en").diagnostics}
    assert {Rule.SOURCE_IS_KNOWN, Rule.TEMPLATE_IS_SOUND, Rule.STYLE_IS_UNDERSTOOD} <= rules
