"""The same words for Typst: a file of markup for each section, drawings, and main.typ.

Made from the HTML of the sections, so that what the templates have put in order stays in order.
Headings, lists, notes, links, drawings and alternative texts become Typst's own; the page and what
hangs in the rail are the layout's. The finer look of each section is not copied.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import tinyhtml5

from bench.one_piece import anchor

if TYPE_CHECKING:
    from bench.work import Work
    from mgi_report.layout.model import SectionSpec
    from mgi_report.pages.model import Section

_SVG = "http://www.w3.org/2000/svg"
_SPECIAL = re.compile(
    r"[\\#$*_`<>@~\[\]\"']|-(?=-)|/(?=[/*])|(?:(?<=^)|(?<=^ ))[-+=/]|(?<=\d)\.(?= )"
)

_WIDTHS = {"icon": 24.5, "corner": 163.78, "mark": 93.4, "count": 39.7, "path": 440, "arrow": 14}
"""Widths of drawings by class, in points."""

_LOOKS = {
    "numeral": "size: 49pt",
    "title": "size: 21pt",
    "territory": "size: 49pt, weight: 600, fill: blue",
    "edition": "size: 21pt",
    "series": "size: 14pt, weight: 600, fill: blue",
    "lead": "size: 14pt, fill: navy",
    "label": "size: 7.25pt, weight: 600, tracking: .09em",
    "entry": "size: 24.5pt, fill: blue",
    "year": "weight: 600",
    "prefix": "size: 9.5pt, weight: 400",
}
"""What text of a class looks like."""

_SMALL = {"imprint": "8.5pt", "sources": "8.75pt"}
"""Sizes of text by kind of section."""

_MAIN = """\
#let blue = rgb("{blue}")
#let navy = rgb("{navy}")
#set document(title: {title}, author: {authors})
#set text(font: "Source Sans 3", size: 10.5pt, lang: "{lang}", fallback: false, hyphenate: false)
#set par(leading: .55em, spacing: .55em, first-line-indent: 14pt)
#set list(marker: "–")
#show footnote.entry: set text(7.75pt)
#show heading: set text(11.5pt, weight: 600, fill: blue)
#show heading.where(level: 1): set text(35pt)
#show heading.where(level: 1): set block(below: 28pt)
#show heading.where(level: 2): set block(above: 14pt, below: 7pt)

// What stands in the margins: `first` and `next` name it, as furniture does in layout.yml.
#let section(id, first, next, tab, size, body) = {{
  let here-are() = {{
    if here().page() == locate(label("section-" + id)).page() {{ first }} else {{ next }}
  }}
  set page(
    paper: "a4",
    margin: (top: 70pt, right: 65.2pt, bottom: 57.85pt, left: 195.6pt),
    header: context {{
      let names = here-are()
      set text(7.25pt, tracking: .09em)
      if "head" in names or "head-left" in names {{ place(dx: -130.4pt, upper({running})) }}
      if "head" in names {{ place(right, upper({series})) }}
      if "banner" in names {{ place(dx: -130.4pt, text(14pt)[{banner}]) }}
      if "tabs" in names {{ place(right, dx: 50pt, dy: 94.5pt * (tab + 1), text(14pt)[#tab]) }}
      if "continued" in names {{
        let before = query(selector(heading.where(level: 2)).before(here()))
        show footnote: none
        if before.len() > 0 {{ place(dx: -130.4pt, dy: 30pt)[#before.last().body, {continued}] }}
      }}
    }},
    footer: context {{
      let names = here-are()
      if names.any(name => name.starts-with("folio")) {{
        align(right, text(weight: 600, fill: blue, counter(page).display()))
      }}
    }},
  )
  set text(size)
  [#metadata(id) #label("section-" + id)]
  body
}}

{body}"""

_EACH = """\
#let blue = rgb("{blue}")
#let navy = rgb("{navy}")
#let folio(target) = context counter(page).at(label(target)).first()
#let rail(body) = place(dx: -130.4pt, box(width: 113.4pt, body))
"""


def files(work: Work) -> dict[str, str]:
    """Give the files by their names."""
    colours, labels, facts = work.layout.colours, work.profile.labels, work.profile.facts
    out: dict[str, str] = {}
    body, series = "", ""
    palette = {name: colours[name] for name in ("blue", "navy")}
    for spec, section in work.sections:
        writer = _Writer(spec, out)
        out[f"{spec.id}.typ"] = _EACH.format(**palette) + writer.document(section)
        if spec.notes and spec.notes != series:
            series = spec.notes
            body += _first_note(work, spec)
        body += _call(work, spec)
    edition = f"{labels[f'editions.{facts.number}']} {facts.year}"
    out["main.typ"] = _MAIN.format(
        **palette,
        title=_string(f"{facts.long_name}, {edition}"),
        authors=f"({', '.join(map(_string, facts.authors))},)",
        lang=work.profile.lang,
        running=_string(f"{facts.long_name} | {edition}"),
        series=_string(labels["series"]),
        banner=_escaped(f"{labels['covid-19-short']} {labels['covid-19-banner']}"),
        continued=labels["continued"],
        body=body,
    )
    return out


def _first_note(work: Work, spec: SectionSpec) -> str:
    """Set the counter to what the section's first note is called in its series."""
    document = work.profile.documents[spec.id]
    numbers = [note.number for note in document.notes.values()]
    return f"#counter(footnote).update({min(numbers) - 1})\n" if numbers else ""


def _call(work: Work, spec: SectionSpec) -> str:
    tab = next((each.number for each in work.profile.domains if each.id == spec.domain), 0)
    first, after = (
        f"({''.join(f'{_string(name)}, ' for name in names)})"
        for names in (spec.furniture_first, spec.furniture_next)
    )
    size = _SMALL.get(spec.kind, "10.5pt")
    to_recto = '#pagebreak(to: "odd", weak: true)\n' if spec.start == "recto" else ""
    return (
        f'{to_recto}#section("{spec.id}", {first}, {after}, {tab}, {size})'
        f'[#include "{spec.id}.typ"]\n'
    )


class _Writer:
    """Writes one section; drawings go into `out`, each as a file."""

    def __init__(self, spec: SectionSpec, out: dict[str, str]) -> None:
        self._spec = spec
        self._out = out
        self._notes: dict[str, ElementTree.Element] = {}

    def document(self, section: Section) -> str:
        """Give a section's markup."""
        root = tinyhtml5.parse(section.html, namespace_html_elements=False)
        self._notes = {
            each.get("id", ""): each for each in root.iter("span") if each.get("class") == "note"
        }
        return re.sub(r"\s*\n\s*\n\s*", "\n\n", self._inside(root.find("body"))).strip() + "\n"

    def _inside(self, element: ElementTree.Element) -> str:
        out = _escaped(element.text)
        for kid in element:
            out += self._element(kid)
            out += _escaped(kid.tail)
        return out

    def _element(self, element: ElementTree.Element) -> str:
        tag, classes = element.tag, element.get("class", "").split()
        if tag == f"{{{_SVG}}}svg":
            return self._drawing(element, classes)
        if tag == "br":
            return " \\\n"
        if "note" in classes or "note-number" in classes:  # written at its call, or by Typst
            return ""
        if tag == "a":
            # PDF/UA in Typst allows no artifact in a link; what is an ornament there is left out.
            return re.sub(r"#pdf\.artifact\[[^]]*\] ?", "", self._link(element, classes))
        if "folio" in classes:
            return ""  # `_link` writes it
        if tag == "dl":
            pairs = (f"terms.item[{self._inside(dt)}][{self._inside(dd)}]" for dt, dd in element)
            return f"\n\n#terms({', '.join(pairs)})\n\n"
        body = self._inside(element)
        if tag in ("h1", "h2", "h3", "h4") and body.strip():
            heading = f"#heading(level: {tag[1]})[{_looked(classes, body.strip())}]"
            heading = f"{heading}{self._label(element)}"
            return f"\n\n#rail[{heading}]\n\n" if "rail" in classes else f"\n\n{heading}\n\n"
        if tag in ("ul", "ol"):
            return f"\n\n{self._list(element, classes)}\n\n"
        if tag in ("em", "i", "strong", "b"):
            kind = "emph" if tag in ("em", "i") else "strong"
            return f"#{kind}[{_in_language(element, body)}]"
        if element.get("aria-hidden") and "pdf.artifact" not in body:
            return f"#pdf.artifact[{body.strip()}]" if body.strip() else ""
        body = _looked(classes, _in_language(element, body))
        if "rail" in classes and body.strip():
            body = f"#rail[{body.strip()}]"
        return body if tag == "span" else f"\n\n{body}{self._label(element)}\n\n"

    def _label(self, element: ElementTree.Element) -> str:
        name = element.get("id")
        return f" <{anchor(self._spec.id, name)}>" if name else ""

    def _link(self, element: ElementTree.Element, classes: list[str]) -> str:
        href = element.get("href", "")
        if "note-call" in classes:
            target = href.removeprefix("#")
            label = anchor(self._spec.id, target)
            if not element.get("id"):
                return f"#footnote(<{label}>)"
            return f"#footnote[{self._inside(self._notes[target]).strip()}]<{label}>"
        if not href.startswith("section:"):
            return f"#link({_string(href)})[{self._inside(element)}]"
        section, _, name = href.removeprefix("section:").partition("/")
        target = anchor(section, name or section)
        body = self._inside(element)
        if any("folio" in kid.get("class", "").split() for kid in element):
            number = f"#folio({_string(target)})"
            first = "folio" in element[0].get("class", "").split()
            body = f"{number} {body.lstrip()}" if first else f"{body}{number}"
        return f"#link(<{target}>)[{body}]"

    def _list(self, element: ElementTree.Element, classes: list[str]) -> str:
        items = "".join(
            f"[{_looked(kid.get('class', '').split(), self._inside(kid).strip())}"
            f"{self._label(kid)}]"
            for kid in element
        )
        if element.tag == "ul":
            bare = "(marker: none)" if self._spec.kind in ("sources", "framework") else ""
            return f"#list{bare}{items}"
        if self._spec.kind == "contents":
            return f"#list(marker: none){items}"
        numbering = '"(i)"' if "lower-roman" in classes else '"1"'
        return f"#enum(start: {element.get('start', '1')}, numbering: {numbering}){items}"

    def _drawing(self, element: ElementTree.Element, classes: list[str]) -> str:
        name = f"{self._spec.id}-{sum(each.endswith('.svg') for each in self._out) + 1}.svg"
        ElementTree.register_namespace("", _SVG)
        tail, element.tail = element.tail, None
        for key in [key for key in element.attrib if key.endswith("}xmlns")]:
            del element.attrib[key]
        self._out[name] = ElementTree.tostring(element, encoding="unicode")
        element.tail = tail
        width = next((_WIDTHS[each] for each in classes if each in _WIDTHS), 84.0)
        place = ""
        if "wheel" in classes:
            width = {"framework": 193.8, "key-findings": 334.5}.get(self._spec.kind, 612.28)
            place = "dx: -195.6pt, dy: -70pt" if width > 600 else ""
        if "corner" in classes:
            place = "top + right, dx: 65.2pt, dy: -70pt"
        image = f'image("{name}", width: {width}pt'
        if alt := element.get("aria-label"):
            return f"\n\n#{image}, alt: {_string(alt)})\n\n"
        drawn = f"pdf.artifact({image}))"
        return f"#place({place}, {drawn})" if place else f"#box({drawn})"


def _looked(classes: list[str], body: str) -> str:
    look = ", ".join(_LOOKS[each] for each in classes if each in _LOOKS)
    return f"#text({look})[{body.strip()}]" if look and body.strip() else body


def _in_language(element: ElementTree.Element, body: str) -> str:
    lang = element.get("lang", "")
    return f"#text(lang: {_string(lang.split('-')[0])})[{body}]" if lang else body


def _escaped(text: str | None) -> str:
    return _SPECIAL.sub(r"\\\g<0>", re.sub(r"[ \t\r\n]+", " ", text or ""))


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
