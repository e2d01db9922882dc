// What is written and what is to come, and at which of the four steps the profile is.

import { count, languageName } from "./panels.js";
import { element } from "./sheets.js";

const STEPS = {
  launch: "Launch",
  data: "Data collection",
  consultation: "Consultation",
  publication: "Publication",
};
const COUNTS = [
  ["words", "Words"],
  ["usual", "Usual"],
  ["to_write", "To write"],
  ["sources_to_find", "Sources to find"],
  ["questions", "Questions"],
];

const step = ({ name, state, lacking }) =>
  element(
    "li",
    { class: state.replace(" ", "-") },
    element("span", { class: "name", text: STEPS[name] }),
    element("span", { class: "state", text: state }),
    ...lacking.map((text) => element("span", { class: "lacking", text })),
  );

const cell = (section, key) => {
  if (key === "usual") return section.usual ? section.usual.join("–") : "";
  if (key === "words" && section.length) return `${section.words} (${section.length})`;
  return String(section[key] || (key === "words" ? 0 : ""));
};

const row = (section) =>
  element(
    "tr",
    { class: section.state.replace(" ", "-"), title: section.file },
    element("th", { scope: "row", text: section.title }),
    ...COUNTS.map(([key]) => element("td", { text: cell(section, key) })),
  );

const table = ({ lang, sections, lent }) =>
  element(
    "div",
    { class: "scrolled", tabindex: "0", role: "region", "aria-label": languageName(lang) },
    element(
      "table",
      {},
      element("caption", { text: languageName(lang) }),
      element(
        "thead",
        {},
        element(
          "tr",
          {},
          element("th", { scope: "col", text: "Section" }),
          ...COUNTS.map(([, text]) => element("th", { scope: "col", text })),
        ),
      ),
      element("tbody", {}, ...sections.map(row)),
    ),
    ...(lent.length
      ? [element("p", { text: `In the original’s language: ${lent.join(", ")}` })]
      : []),
  );

const some = (names) =>
  names.length > 6 ? `${names.slice(0, 6).join(", ")} and ${names.length - 6} more` : names.join(", ");

const indicators = ({ asked, answered, open, without_evidence, without_source }) => [
  element("p", { text: `Indicators: ${answered} of ${asked} answered` }),
  ...[
    ["not answered", open],
    ["without evidence", without_evidence],
    ["without a source", without_source],
  ]
    .filter(([, names]) => names.length)
    .map(([what, names]) => element("p", { text: `${what}: ${some(names)}` })),
];

export class Overview {
  constructor(dialog, content) {
    Object.assign(this, { dialog, content });
  }

  async show() {
    if (!this.dialog.open) this.dialog.showModal();
    await this.take();
  }

  // Say it anew; after each save, while it is open.
  async take() {
    if (!this.dialog.open) return;
    const response = await fetch("/overview");
    if (!response.ok) {
      this.content.replaceChildren(element("p", { text: await response.text() }));
      return;
    }
    const said = await response.json();
    this.content.replaceChildren(
      element("ol", { class: "steps" }, ...said.steps.map(step)),
      ...said.languages.map(table),
      element("p", { text: count(said.sources, "source") }),
      ...(said.indicators ? indicators(said.indicators) : []),
    );
  }
}
