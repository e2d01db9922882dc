"""Everything that an editor or designer can get wrong is said with its file, line and column.

Each case edits Mali's profile or the layout and puts ¦ where the message must point; the mark is
taken out before the profile is built.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import BytesIO

import pytest
from PIL import Image
from tests.projects import MALI, ROOT, mali, named, text_of

from mgi_report.diagnostics import Diagnostic, Rule, Severity
from mgi_report.steps import make

PROFILE = f"{MALI}/profile.yml"
SOURCES = f"{MALI}/sources.yml"
CHAPTER_1 = f"{MALI}/en/1-migrants-rights.md"
CHAPTER_3 = f"{MALI}/en/3-partnerships.md"
UPDATES = f"{MALI}/en/updates.md"
COVID_19 = f"{MALI}/en/covid-19.md"
FRAMEWORK = "content/shared/en/framework.yml"
SEMIBOLD = "assets/fonts/source-sans/SourceSans3-Semibold.ttf"
DOMAINS = "content/shared/en/domains.yml"
LABELS = "content/shared/en/labels.yml"
LAYOUT = "layouts/mgi/layout.yml"
DOMAIN_TEMPLATE = "layouts/mgi/sections/domain.html.j2"
WIDE = [f"Verylongwordsinthehead{number}" for number in range(9)]
ANNEXES = "content/shared/en/annexes.md"
TEXT_TEMPLATE = "layouts/mgi/sections/text.html.j2"
DOMAIN_CSS = "layouts/mgi/css/sections/domain.css"
TYPE_CSS = "layouts/mgi/css/type.css"
FURNITURE_CSS = "layouts/mgi/css/furniture.css"
TEXT_CSS = "layouts/mgi/css/sections/text.css"
INTRODUCTION = "[data-section=introduction]"


def square(pixels: int = 1000) -> bytes:
    """Give a PNG of as many pixels on each side."""
    file = BytesIO()
    Image.new("RGB", (pixels, pixels), "blue").save(file, "PNG")
    return file.getvalue()


@dataclass(frozen=True)
class Edit:
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
EDITS = [
    Edit(
        "YAML that does not parse",
        Rule.YAML_PARSES,
        PROFILE,
        "level: national",
        "level: ¦[national",
    ),
    Edit(
        "an unknown key",
        Rule.KEY_IS_KNOWN,
        PROFILE,
        "edition: follow-up",
        "¦editon: follow-up",
        says="edition",
    ),
    Edit(
        "a duplicate key",
        Rule.KEY_IS_UNIQUE,
        PROFILE,
        "level: national",
        "level: national\n¦level: local",
    ),
    Edit(
        "a space inside a link",
        Rule.MARKDOWN_PARSES,
        CHAPTER_3,
        "## Areas",
        "See [the Law¦] (@migration-policy-2014).\n\n## Areas",
        says="[words](@migration-policy-2014)",
    ),
    Edit(
        "a style sheet that imports another",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        "",
        "\n¦@import 'more.css';\n",
        says="layout.yml",
    ),
    Edit("a wrong type", Rule.VALUE_IS_VALID, PROFILE, "year: 2021\n", "year: ¦soon\n"),
    Edit(
        "a missing required field",
        Rule.FIELD_IS_PRESENT,
        PROFILE,
        "  code: MLI                    # ISO 3166-1, three letters\n  name",
        "  ¦name",
        says="code",
    ),
    Edit(
        "a missing chapter",
        Rule.FILE_EXISTS,
        PROFILE,
        "",
        "",
        where=f"{MALI}/en/3-partnerships.md",
        more={CHAPTER_3: None},
    ),
    Edit(
        "a missing picture",
        Rule.PICTURE_EXISTS,
        CHAPTER_3,
        "## Areas",
        "¦![A map of roads](map.png)\n\n## Areas",
    ),
    Edit(
        "a comment in a style sheet that stays open",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        "",
        "\n¦/* open",
        says="is not closed",
    ),
    Edit(
        "a rule in a style sheet that stays open",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        "",
        "\n.one ¦{ color: red;\n.two { color: red; }\n",
        says="Close it",
    ),
    Edit(
        "a text in a style sheet that ends with its line",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        "",
        '\n.one { ¦quotes: "a\nb" "c" }\n',
        says="Close the text",
    ),
    Edit(
        "a footnote called but not written",
        Rule.NOTE_IS_WRITTEN,
        CHAPTER_1,
        "their families.",
        "their families.¦[^kin]",
    ),
    Edit(
        "a footnote that calls itself",
        Rule.MARKDOWN_PARSES,
        CHAPTER_1,
        "[^doctors]: ",
        "[^doctors]: As told¦[^doctors] ",
        says="A footnote cannot call a footnote.",
    ),
    Edit(
        "a footnote written but not called",
        Rule.NOTE_IS_CALLED,
        CHAPTER_1,
        "[^doctors]: ",
        "¦[^kin]: Never called.\n\n[^doctors]: ",
    ),
    Edit(
        "a source cited but not known",
        Rule.SOURCE_IS_KNOWN,
        CHAPTER_1,
        "[Law No. 09-015 of 26 June 2009](@health-insurance-2009)",
        "¦[Law No. 09-015 of 26 June 2009](@health-insurance-2008)",
        says="health-insurance-2009",
    ),
    Edit(
        "a cross-reference to nowhere",
        Rule.TARGET_EXISTS,
        CHAPTER_1,
        "their families.",
        "their families, see ¦[the annex](#annexe).",
        says="annexes",
    ),
    Edit(
        "a heading level skipped",
        Rule.HEADING_LEVELS_IN_ORDER,
        CHAPTER_1,
        "Under Article 5",
        "¦#### Insurance\n\nUnder Article 5",
    ),
    Edit(
        "a picture without alternative text",
        Rule.PICTURE_HAS_ALT,
        CHAPTER_3,
        "## Areas",
        "¦![](map.png)\n\n## Areas",
        more={f"{MALI}/en/map.png": square()},
    ),
    Edit(
        "raw HTML in Markdown",
        Rule.NO_RAW_HTML,
        CHAPTER_3,
        "## Areas",
        "Some ¦<b>bold</b> words.\n\n## Areas",
    ),
    Edit(
        "a path outside the project",
        Rule.PATH_IS_INSIDE_PROJECT,
        CHAPTER_3,
        "## Areas",
        "¦![A map](../../../../etc/passwd)\n\n## Areas",
    ),
    Edit(
        "an address that would be fetched",
        Rule.NO_NETWORK,
        CHAPTER_3,
        "## Areas",
        "¦![A map](https://example.org/map.png)\n\n## Areas",
    ),
    Edit(
        "an unknown variable",
        Rule.VARIABLE_IS_KNOWN,
        CHAPTER_1,
        "their families.",
        "their families in ¦{{ territory.nmae }}.",
        says="territory.name",
    ),
    Edit(
        "a part missing in a chapter",
        Rule.SLOT_IS_FILLED,
        CHAPTER_3,
        "## Areas with potential for further development {#potential}",
        "¦## Areas with potential for further development {#prospects}",
        says="potential",
    ),
    Edit(
        "a heading without its icon",
        Rule.SLOT_IS_FILLED,
        f"{MALI}/en/covid-19.md",
        "## Work permits {#work icon=work}",
        "¦## Work permits {#work}",
        says="icon",
    ),
    Edit(
        "a field missing in the framework",
        Rule.FIELD_IS_PRESENT,
        FRAMEWORK,
        "basis: at the basis of\n",
        "",
        where=FRAMEWORK,
        line=2,
        says="basis",
    ),
    Edit(
        "a template with an undefined variable",
        Rule.TEMPLATE_IS_SOUND,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "{{ ¦openning }}",
        says="openning",
    ),
    Edit(
        "a template that measures in a font that is not there",
        Rule.TEMPLATE_IS_SOUND,
        "layouts/mgi/sections/framework.html.j2",
        "fit(title, 464, 600,",
        "fit(title, 464, 650,",
        where="layouts/mgi/sections/framework.html.j2",
        line=5,
        says="weight 650",
    ),
    Edit(
        "a template that does not parse",
        Rule.TEMPLATE_IS_SOUND,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "{% if opening or %}",
        where=TEXT_TEMPLATE,
        line=5,
    ),
    Edit(
        "a template that includes itself",
        Rule.TEMPLATE_IS_SOUND,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "{% include 'parts/again.html.j2' %}",
        where="layouts/mgi/parts/again.html.j2",
        line=2,
        says='"sections/text.html.j2" includes itself, by way of parts/again.html.j2.',
        more={"layouts/mgi/parts/again.html.j2": b"\n{% include 'sections/text.html.j2' %}"},
    ),
    Edit(
        "a template that includes one that is not there",
        Rule.FILE_EXISTS,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "{% include '¦parts/nope.html.j2' %}",
        says="parts/nope.html.j2",
    ),
    Edit(
        "a template with an end tag too many",
        Rule.TEMPLATE_IS_SOUND,
        "layouts/mgi/sections/domain.html.j2",
        "</h1>",
        "</h1>¦</section>",
        says="</section> closes nothing: what is open here is <header> in line ",
    ),
    Edit(
        "a template with a tag that stays open",
        Rule.TEMPLATE_IS_SOUND,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "¦<div>{{ opening }}",
        says="<div> is not closed before </section> in line",
    ),
    Edit(
        "a template with a mark that nobody sees",
        Rule.FILE_IS_TEXT,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "¦\u202e{{ opening }}",
        says="U+202E",
    ),
    Edit(
        "a font that is damaged",
        Rule.FONT_IS_BUNDLED,
        "layouts/mgi/layout.yml",
        "assets/fonts/source-sans/SourceSans3-Semibold.ttf",
        "¦assets/fonts/source-sans/SourceSans3-Semibold.ttf",
        more={SEMIBOLD: b"no font"},
    ),
    Edit(
        "a script in a template",
        Rule.TEMPLATE_IS_SOUND,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "¦<script>document.write(1)</script>{{ opening }}",
        says="<script> has no effect in a PDF.",
    ),
    Edit(
        "a CSS property that is ignored in a style attribute",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_TEMPLATE,
        "{{ opening }}",
        """<div class="x"\n style="top: 0; ¦colour: red">{{ opening }}</div>""",
        says="colour",
    ),
    Edit(
        "a CSS value that is filled in and ignored",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_TEMPLATE,
        "{{ opening }}",
        """<div style="top: 0"></div><div style="¦top: {{ kind }}pt">{{ opening }}</div>""",
        says="top: ",
    ),
    Edit(
        "a selector in a template that is not understood",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "<style>\n¦p::nope { top: 0 }</style>{{ opening }}",
        says="p::nope",
    ),
    Edit(
        "a font that a template brings",
        Rule.FONT_IS_BUNDLED,
        TEXT_TEMPLATE,
        "{{ opening }}",
        "<style>\n¦@font-face { font-family: A; src: url(nothing.ttf) }</style>{{ opening }}",
        says="layout.yml",
    ),
    Edit(
        "a font that a template asks for",
        Rule.FONT_IS_BUNDLED,
        TEXT_TEMPLATE,
        "{{ opening }}",
        """<p style="¦font-family: 'Gill Sans'">A</p>{{ opening }}""",
        says="Gill Sans",
    ),
    Edit(
        "a font that a style sheet asks for",
        Rule.FONT_IS_BUNDLED,
        TEXT_CSS,
        "",
        """\n/* font-family: Gill Sans */ p { margin: 0; ¦font-family: "Gill Sans", House }\n"""
        """p { font-family: "Gill Sans" }\n""",
        says="Gill Sans",
    ),
    Edit(
        "a weight that the fonts of the layout lack",
        Rule.FONT_IS_BUNDLED,
        TEXT_CSS,
        "",
        "\np { margin: 0 1800px 0 0; margin: 0; ¦font-weight: 800 }\n",
        says="no face of weight 800",
    ),
    Edit(
        "a font that a style sheet brings",
        Rule.FONT_IS_BUNDLED,
        TEXT_CSS,
        "",
        "\n¦@font-face { font-family: A; src: url(nothing.ttf) }\n",
        says="layout.yml",
    ),
    Edit(
        "a CSS property that is ignored",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        ".row { margin-top: 14pt; }",
        ".row { margin-top: 14pt; ¦colour: red; }",
        says="colour",
    ),
    Edit(
        "a colour that nothing defines",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        ".row { margin-top: 14pt; }",
        ".row { margin-top: 14pt; border-top: 1pt solid var(¦--bleu); color: var(--bleu); }",
        says='Did you mean "--blue"?',
    ),
    Edit(
        "a style sheet that hides content",
        Rule.CONTENT_IS_SHOWN,
        TEXT_CSS,
        "",
        "\n/* p { display: none } */\np.lead, h1::after { margin: 0; ¦display: none; }\n",
        says='"p.lead, h1::after" hides content, first that at content/shared/en/objective.md:2:1.',
    ),
    Edit(
        "a style sheet that makes content invisible",
        Rule.CONTENT_IS_SHOWN,
        TEXT_CSS,
        "",
        f"\n@media print {{ {INTRODUCTION} {{ ¦visibility: hidden }} }}\n",
        says=f'"{INTRODUCTION}" hides content',
    ),
    Edit(
        "a CSS selector that is not understood",
        Rule.STYLE_IS_UNDERSTOOD,
        TEXT_CSS,
        ".row {",
        "¦.row::before-all { margin: 0 }\n.row {",
    ),
    Edit(
        "a font address on the network",
        Rule.NO_NETWORK,
        TEXT_CSS,
        ".row {",
        "p.lead { background: url(¦https://example.org/a.png) }\n.row {",
    ),
    Edit(
        "text that overflows a fixed height",
        Rule.TEXT_FITS_ITS_BOX,
        f"{MALI}/en/introduction.md",
        "",
        "{.lead}\n¦Words that need far more room than this box has: "
        + "again and " * 60
        + "again.\n",
        more={TEXT_CSS: text_of(TEXT_CSS) + f"\n{INTRODUCTION} p.lead {{ height: 21pt; }}\n"},
    ),
    Edit(
        "text printed over other text",
        Rule.TEXT_CAN_BE_READ,
        f"{MALI}/en/introduction.md",
        "",
        "{.lead}\nA lead.\n\nA paragraph.\n\n¦And what comes too near to it.\n",
        says=f'"A paragraph.", which stands at {MALI}/en/introduction.md:4:1.',
        more={
            TEXT_CSS: text_of(TEXT_CSS) + f"\n{INTRODUCTION} p + p + p {{ margin-top: -14pt; }}\n"
        },
    ),
    Edit(
        "a running head printed through text",
        Rule.TEXT_CAN_BE_READ,
        FURNITURE_CSS,
        "",
        "\n.part.head { top: 90pt !important; font-size: 20pt }\n",
        where="content/shared/en/introduction.md",
        line=31,
        says='"Second Profile 2021", which is laid over pages as "head", is printed over "their ',
    ),
    Edit(
        "a paragraph placed over others",
        Rule.TEXT_CAN_BE_READ,
        f"{MALI}/en/introduction.md",
        "",
        "{.lead}\nA lead.\n\n¦And what is put over it.\n",
        more={
            TEXT_CSS: text_of(TEXT_CSS)
            + f"\n{INTRODUCTION} p + p {{ position: absolute; top: 0; }}\n"
        },
    ),
    Edit(
        "text that is too small",
        Rule.TEXT_CAN_BE_READ,
        f"{MALI}/en/introduction.md",
        "",
        "{.lead}\n¦A lead.\n\nAnd more.\n",
        says="1.0 pt",
        more={TEXT_CSS: text_of(TEXT_CSS) + f"\n{INTRODUCTION} p.lead {{ font-size: 1pt; }}\n"},
    ),
    Edit(
        "white text on white paper",
        Rule.TEXT_CAN_BE_READ,
        f"{MALI}/en/introduction.md",
        "",
        "{.lead}\nA lead.\n\n¦And more.\n",
        says="the colour of what it stands on",
        more={TEXT_CSS: text_of(TEXT_CSS) + f"\n{INTRODUCTION} p + p {{ color: var(--white); }}\n"},
    ),
    Edit(
        "a character that no font has",
        Rule.GLYPH_EXISTS,
        CHAPTER_3,
        "## Areas",
        "The name is ¦ማሊ in Amharic.\n\n## Areas",
        says="U+121B ETHIOPIC SYLLABLE MAA",
    ),
    Edit(
        "a photograph with few pixels",
        Rule.PICTURE_IS_SHARP,
        PROFILE,
        "",
        "\ncover:\n  photograph: {path: ¦market.png, alt: {en: A market}}\n",
        says='The picture "market.png" has 1 × 1 pixels, and is printed 123 mm wide',
        more={f"{MALI}/market.png": square(1)},
    ),
    Edit(
        "a declaration without a colon",
        Rule.STYLE_IS_UNDERSTOOD,
        TYPE_CSS,
        "",
        "\np { ¦color red; }\n",
        says='"color red" is not understood, and is not used. A declaration has a colon',
    ),
    Edit(
        "the last declaration without a colon",
        Rule.STYLE_IS_UNDERSTOOD,
        TYPE_CSS,
        "",
        "\np {\n  font-weight: 400;\n  ¦hyphens none\n}\n",
        says='"hyphens none" is not understood, and is not used.',
    ),
    Edit(
        "the address of a picture as on the web",
        Rule.PICTURE_EXISTS,
        CHAPTER_3,
        "## Areas",
        "¦![A map](map.png?width=300)\n\n## Areas",
        says='Write "map.png"',
        more={f"{MALI}/en/map.png": square()},
    ),
    Edit(
        "a character in a picture that no font has",
        Rule.GLYPH_EXISTS,
        PROFILE,
        "",
        "\ncover:\n  logos:\n    - {path: ¦ministry.svg, alt: {en: Ministry}}\n",
        says='The picture "content/mali-2021/ministry.svg" has text that no font has a glyph for',
        more={
            f"{MALI}/ministry.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"'
            ' viewBox="0 0 90 40"><text y="20">中</text></svg>'
        },
    ),
    Edit(
        "a note that is too long for its page",
        Rule.TEXT_FITS_ITS_BOX,
        ANNEXES,
        "[^council]: IOM",
        f"¦[^council]: {'Of this note there is no end. ' * 380} IOM",
        says="Shorten the note, or make what it says an annex.",
    ),
    Edit(
        "a source never cited",
        Rule.SOURCE_IS_CITED,
        SOURCES,
        "references:\n",
        "references:\n  - ¦id: unread-2020\n    type: report\n"
        "    author: [{literal: World Bank}]\n    issued: 2020\n    title: Never read\n\n",
        severity=W,
    ),
    Edit(
        "a term written in two ways",
        Rule.ONE_SPELLING,
        CHAPTER_3,
        "## Areas",
        "The ¦wellbeing of migrants counts.\n\n## Areas",
        says="well-being",
        severity=W,
    ),
]


def found_in(edit: Edit) -> tuple[tuple[Diagnostic, ...], int, int]:
    """Build the edited profile; give what was found, and the line and column of the mark."""
    try:
        before = text_of(edit.file)
    except FileNotFoundError:
        before = ""
    assert edit.old in before, f"{edit.file} has no {edit.old!r} any more"
    after = before.replace(edit.old, edit.new, 1) if edit.old else before + edit.new
    line, column = edit.line, edit.column
    if "¦" in after:
        head = after[: after.index("¦")]
        line, column = head.count("\n") + 1, len(head) - (head.rfind("\n") + 1) + 1
    changes: dict[str, str | bytes | None] = {edit.file: after.replace("¦", "")}
    return make(mali(changes | edit.more), MALI, "en").diagnostics, line, column


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.name)
def test_is_said_with_its_place(edit: Edit) -> None:
    diagnostics, line, column = found_in(edit)
    assert len(diagnostics) == 1, "\n".join(map(str, diagnostics))  # and nothing that follows
    (said,) = diagnostics
    assert said.rule is edit.rule
    assert said.span is not None
    assert said.span.file == (edit.where or edit.file)
    if line:
        assert (said.span.line, said.span.column) == (line, column), str(said)
    assert said.severity is edit.severity
    assert edit.says in f"{said.message} {said.hint}"


def test_nothing_is_wrong_with_the_profile_as_it_is() -> None:
    errors = [e for e in make(mali(), MALI, "en").diagnostics if e.severity is E]
    assert not errors, "\n".join(map(str, errors))


ONE_CAUSE: dict[str, dict[str, str | bytes | None]] = {
    "a picture that is missing": {
        CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "![A map](map.png)\n\n## Areas")
    },
    "a picture that is none": {
        CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "![A map](map.png)\n\n## Areas"),
        f"{MALI}/en/map.png": b"no picture",
    },
    "a photograph that is missing": {
        PROFILE: text_of(PROFILE) + "\ncover:\n  photograph: {path: no.jpg, alt: {en: A}}\n"
    },
    "an icon that is missing": {
        COVID_19: text_of(COVID_19).replace("icon=health", "icon=helth", 1)
    },
    "an icon in YAML that is missing": {
        FRAMEWORK: text_of(FRAMEWORK).replace("icon: levers", "icon: lovers")
    },
    "an icon that was cut off": {"assets/icons/levers.svg": "<svg viewBox='0 0 48 48'>\n<path"},
    "an icon of a template that was cut off": {"assets/icons/launch.svg": "<svg>\n<path"},
    "a font that was cut off": {SEMIBOLD: (ROOT / SEMIBOLD).read_bytes()[:-100]},
    "a font that is none": {SEMIBOLD: b"no font"},
    "a style sheet that is not UTF-8": {TEXT_CSS: text_of(TEXT_CSS).encode() + b"/* caf\xe9 */"},
    "a template that is not UTF-8": {TEXT_TEMPLATE: text_of(TEXT_TEMPLATE).encode("utf-16")},
    "a colour profile that is none": {"assets/colour/sRGB2014.icc": "RGB"},
    "a picture that was cut off": {
        CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "![A map](map.png)\n\n## Areas"),
        f"{MALI}/en/map.png": square()[:45],
    },
    "a chapter in two versions": {
        CHAPTER_3: text_of(CHAPTER_3).replace(
            "## Areas", "<<<<<<< HEAD\n## Areas\n=======\n## Fields\n>>>>>>> other\n", 1
        )
    },
    "a profile.yml in two versions": {
        PROFILE: text_of(PROFILE).replace(
            "level:", "<<<<<<< HEAD\nlevel: local\n=======\n>>>>>>> other\nlevel:", 1
        )
    },
    "a tab in profile.yml": {PROFILE: text_of(PROFILE).replace("level:", "\tlevel:", 1)},
    "an anchor and its alias": {
        PROFILE: text_of(PROFILE)
        .replace("level: nat", "level: &a nat")
        .replace("year: 2021", "year: *a")
    },
    "a tag": {PROFILE: text_of(PROFILE).replace("level:", "level: !!python/name:os.system")},
    "program code that is not closed": {
        CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "```\n\n## Areas", 1)
    },
    "a heading too many": {
        CHAPTER_3: text_of(CHAPTER_3).replace("## Areas", "## Areas of work\n\n## Areas", 1)
    },
    "a heading with another id": {
        CHAPTER_3: text_of(CHAPTER_3).replace("{#potential}", "{#prospects}")
    },
    "sources that do not parse": {SOURCES: "references: [}\n"},
    "no sources": {SOURCES: None},
    "a field of a source": {SOURCES: text_of(SOURCES).replace("issued: 20", "issued: x20", 1)},
    "a source without an author": {SOURCES: text_of(SOURCES).replace("author:", "autor:", 1)},
    "a domain that is left out": {
        DOMAINS: re.sub("  - id: partnerships.*?(?=  - id)", "", text_of(DOMAINS), flags=re.DOTALL)
    },
    "a label that is left out": {LABELS: text_of(LABELS).replace("\npage: page", "")},
    "a misspelt style sheet": {LAYOUT: text_of(LAYOUT).replace("css/type.css", "css/tpye.css")},
    "a misspelt kind": {LAYOUT: text_of(LAYOUT).replace("kind: annexes", "kind: anexes")},
    "an address in a template of six chapters": {
        DOMAIN_TEMPLATE: text_of(DOMAIN_TEMPLATE).replace(
            "</header>", '<img alt="" src="https://example.org/a.png"></header>'
        )
    },
    "a character that no font has, in a label": {
        LABELS: text_of(LABELS).replace("series: Migration", "series: ☃ Migration")
    },
    "a table that is too wide": {
        CHAPTER_3: text_of(CHAPTER_3).replace(
            "## Areas",
            f"| {' | '.join(WIDE)} |\n{'|---' * len(WIDE)}|\n{'| A ' * len(WIDE)}|\n\n## Areas",
        )
    },
    "a long table that is too wide": {
        CHAPTER_3: text_of(CHAPTER_3).replace(
            "## Areas",
            f"| {' | '.join(WIDE)} |\n{'|---' * len(WIDE)}|\n"
            + "".join(f"|{' | '.join('x' * row for _ in WIDE)}|\n" for row in range(1, 50))
            + "\n## Areas",
        )
    },
    "a name that is too long": {PROFILE: named("Lantern Islands " * 30)},
    "a name of one word that is too long": {PROFILE: named("Lantern" * 16)},
    "a colour that is renamed, in two style sheets": {
        LAYOUT: text_of(LAYOUT).replace("  note: ", "  notes: ")
    },
    "a weight that no font has, in all sections": {
        TYPE_CSS: text_of(TYPE_CSS).replace(
            "strong { font-weight: 600", "strong { font-weight: 700"
        )
    },
    "a margin that moves the text of six chapters": {
        DOMAIN_CSS: text_of(DOMAIN_CSS) + "\n.domain p { position: relative; left: -20mm }\n"
    },
    "no chapter": {CHAPTER_1: None},
    "no annexes, which their template does not go without": {ANNEXES: "\n"},
    "words of a page that do not parse": {FRAMEWORK: "migof: [}\n"},
    "words of a page that are missing": {
        FRAMEWORK: text_of(FRAMEWORK).replace("basis: at the basis of\n", "")
    },
}


@pytest.mark.parametrize("name", ONE_CAUSE)
def test_one_cause_gives_one_message(name: str) -> None:
    found = make(mali(ONE_CAUSE[name]), MALI, "en").diagnostics
    assert len(found) == 1, "\n".join(map(str, found))


def shown(changes: dict[str, str | bytes | None]) -> list[str]:
    """Say in one line each what is found in the edited profile."""
    return [
        f"{each.span}: {each.message} [{each.rule}]"
        for each in make(mali(changes), MALI, "en").diagnostics
    ]


@pytest.mark.parametrize(
    ("rule", "says"),
    [
        ("p { color: #ccc; }", "a contrast of 1.6 to 1, and text of this size needs 4.5"),
        ("p { word-spacing: -0.25em; }", "has its words or letters moved together"),
    ],
)
def test_a_rule_that_makes_text_hard_to_read_is_told_once(rule: str, says: str) -> None:
    (found,) = make(mali({TYPE_CSS: f"{text_of(TYPE_CSS)}\n{rule}\n"}), MALI, "en").diagnostics
    assert found.rule is Rule.TEXT_CAN_BE_READ
    assert says in found.message


def test_a_template_that_prints_nothing_is_told_for_each_chapter() -> None:
    found = shown({f"{MALI}/layouts/mgi/sections/domain.html.j2": ""})
    assert len(found) == 6
    assert found[0] == (
        f"{CHAPTER_1}:1:1: 8 blocks of this file are on no page: lines 1, 3, 7 and more. "
        "[content-is-shown]"
    )


def test_a_template_that_forgets_a_part_is_told() -> None:
    template = text_of("layouts/mgi/sections/covid-19.html.j2").replace("{{ opening }}", "")
    found = shown({"layouts/mgi/sections/covid-19.html.j2": template})
    assert found == [
        f"{COVID_19}:1:1: A block of this file is on no page: line 1. [content-is-shown]"
    ]


def test_a_template_that_leaves_out_sources_is_told_where_they_stand() -> None:
    path = "layouts/mgi/sections/sources.html.j2"
    lines = [line for line in text_of(path).splitlines() if "entry.body" not in line]
    (found,) = shown({path: "\n".join(lines)})
    assert found.startswith(f"{SOURCES}:7:5: 26 blocks of this file are on no page: lines 7, 19,")


def test_a_template_without_content_that_prints_nothing_is_told() -> None:
    template = "layouts/mgi/sections/framework.html.j2"
    assert shown({template: ""}) == [
        f'{template}:1:1: Section "framework" says nothing. [content-is-shown]'
    ]


def test_a_footnote_may_be_called_in_a_heading() -> None:
    chapter = text_of(CHAPTER_1).replace(" {#well-developed}", "[^heading] {#well-developed}")
    assert "[^heading]" in chapter
    made = make(mali({CHAPTER_1: f"{chapter}\n[^heading]: About the words.\n"}), MALI, "en")
    assert not made.diagnostics, "\n".join(map(str, made.diagnostics))


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
        DOMAIN_CSS: text_of(DOMAIN_CSS) + "\n.rail { colour: red }\n",
    }
    rules = {each.rule for each in make(mali(changes), MALI, "en").diagnostics}
    assert {Rule.SOURCE_IS_KNOWN, Rule.TEMPLATE_IS_SOUND, Rule.STYLE_IS_UNDERSTOOD} <= rules


def test_a_message_quotes_so_much_and_no_more() -> None:
    long = "w" * 5000
    for message in (f'There is no source "{long}".', f'"{"a word " * 900}" is not known.', long):
        said = Diagnostic(Rule.SOURCE_IS_KNOWN, message, hint=message)
        assert len(said.message) < 300
        assert "…" in said.message
        assert said.message[-1] == message[-1] or message == long
        assert said.hint == said.message
    path = f"There is no file {'folder/' * 15}profile.yml."
    assert Diagnostic(Rule.FILE_EXISTS, path).message == path
