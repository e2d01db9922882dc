// The proposals: their nodes, by block, those side by side that have to do with each other.

import { element } from "./sheets.js";
import { about, beginning, change, length, plain, put, taken, touched } from "./words.js";

export const NAMES = {
  open: "Open",
  accepted: "Accepted",
  "partly accepted": "Accepted in other words",
  rejected: "Rejected",
  answered: "Answered",
  applied: "Written into the source",
};
const DOES = {
  insertion: "adds",
  deletion: "takes away",
  replacement: "replaces",
  split: "divides",
  join: "joins with the next",
  move: "moves",
  comment: "comments",
  format: "looks different",
};
const SENDING = "Writing …";

export const asksForWords = ({ kind, target, pair }) =>
  kind !== "comment" && kind !== "format" && (kind !== "move" || Boolean(pair && !target));
export const isSettled = ({ status }) => status === "applied";

const button = (does, text, title) =>
  element("button", { type: "button", class: "button plain", "data-do": does, text, title });

// One proposal, as a node that follows what becomes of it.
export class Card {
  constructor(id, round) {
    this.id = id;
    this.round = round;
    this.matched = true;
    this.check = element("input", { type: "checkbox", class: "choose", "aria-label": "Select", tabindex: "-1" });
    this.badge = element("span", { class: "badge" });
    this.clash = element("span", { class: "clash", text: "Conflict" });
    this.face = element("div", { class: "face" });
    this.does = element("div", { class: "does" });
    this.node = element("li", { class: "proposal", tabindex: "-1", "data-id": id });
    this.node.append(this.face, this.does);
    this.node.card = this;
    this.draw();
  }

  get proposal() {
    return this.round.proposals.get(this.id);
  }

  get block() {
    return this.round.blocks.get(this.proposal.block);
  }

  draw() {
    const { proposal } = this;
    const { institution, author, date, status, kind } = proposal;
    const who = [author !== institution && author, date?.slice(0, 10), DOES[kind]].filter(Boolean).join(" · ");
    this.badge.textContent = NAMES[status];
    this.face.replaceChildren(
      element("div", { class: "top" },
        element("div", { class: "who" },
          this.check,
          element("strong", { dir: "auto", text: institution }),
          element("span", { class: "quiet", dir: "auto", text: who }),
          this.clash,
        ),
        this.badge,
      ),
      ...this.words(),
      ...this.said(),
    );
    this.check.setAttribute("aria-label", `Select: ${institution}, ${kind}`);
    this.node.dataset.status = status;
    const settled = isSettled(proposal);
    this.check.disabled = settled;
    this.does.replaceChildren();
    if (settled) {
      this.does.append(element("p", { class: "quiet", text: "To take it back: mgi-report consult undo" }));
    } else {
      if (status !== "accepted") this.does.append(button("accept", "Accept", "Accept (a)"));
      if (status !== "rejected") this.does.append(button("reject", "Reject", "Reject (r)"));
      if (asksForWords(proposal)) this.does.append(button("change", "Other words …", "Accept in other words (e)"));
      this.does.append(button("answer", proposal.answer ? "Change the answer …" : "Answer …", "Answer (n)"));
      if (status !== "open") this.does.append(button("reopen", "Open again", "Open again (w)"));
    }
    this.mark();
  }

  // Show whether it is in conflict with others.
  mark() {
    const { institution, kind, status } = this.proposal;
    const others = [...(this.round.conflicts.get(this.id) ?? [])].map((id) => this.round.proposals.get(id).institution);
    const names = [...new Set(others)];
    this.clash.hidden = !names.length;
    this.clash.textContent = `Conflict with ${names.length > 1 ? `${names.length} others` : names[0]}`;
    this.clash.title = names.join(", ");
    const clash = names.length ? `, in conflict with ${names.join(", ")}` : "";
    this.node.setAttribute("aria-label", `${institution}: ${kind}, ${NAMES[status]}${clash}`);
  }

  words() {
    const { proposal, block } = this;
    const { kind, original, proposed, context, target, pair, comment } = proposal;
    const given = { class: "words", lang: this.round.facts.lang, dir: "auto" };
    const text = (...nodes) => element("p", given, ...nodes);
    if (!block) {
      const nodes = [original && taken(original), proposed && put(proposed)].filter(Boolean);
      return [
        ...(nodes.length ? [text(...nodes)] : []),
        ...(context ? [element("p", { class: "quiet", dir: "auto", text: `Where: ${context}` })] : []),
        element("p", { class: "quiet", dir: "auto", text: `Found in ${proposal.found}` }),
        ...(asksForWords(proposal)
          ? [element("p", { class: "quiet", text: "Where it is accepted, write it into the source by hand." })]
          : []),
      ];
    }
    if (kind === "comment") return [text(...about(block.text, proposal))];
    if (kind === "format") {
      const looks = element("p", { class: "quiet", text: `It should look different: ${comment}` });
      return [text(...about(block.text, proposal)), looks];
    }
    if (kind === "join") {
      const nodes = [...plain(block.text.slice(-110)), put(proposed || " ⏎ ")];
      return [text(...nodes), element("p", { class: "quiet", text: "It should go on with the block that follows." })];
    }
    if (kind === "move" && (target || !pair)) {
      const behind = this.round.blocks.get(target);
      const where = behind ? `It should stand behind ${target}: ` : "It should stand first.";
      const place = element("p", { class: "quiet" }, where);
      if (behind) place.append(element("q", { lang: this.round.facts.lang, dir: "auto", text: beginning(behind.text, 90) }));
      return [text(...plain(beginning(block.text, 200))), place];
    }
    const found = [text(...change(block.text, proposal, proposed))];
    if (pair) {
      const half = "It was moved: both halves are decided together.";
      found.push(element("p", { class: "quiet", text: half }));
    }
    return found;
  }

  said() {
    const { comment, kind, context, status, text, answer } = this.proposal;
    const found = [];
    if (comment && kind !== "format") {
      found.push(element("blockquote", { class: "comment", dir: "auto" }, element("span", { class: "unseen", text: "Comment: " }), comment));
    }
    if (this.block && context) found.push(element("p", { class: "quiet", dir: "auto", text: context }));
    if (status === "partly accepted" || (status === "applied" && text)) {
      const words = element("p", { class: "becomes", lang: this.round.facts.lang, dir: "auto" });
      words.append(element("span", { class: "quiet", text: "Accepted: " }), ...(text ? plain(text) : ["nothing"]));
      found.push(words);
    }
    if (answer) {
      found.push(element("p", { class: "answer", dir: "auto" }, element("span", { class: "quiet", text: "Answer: " }), answer));
    }
    return found;
  }

  busy(on) {
    this.node.toggleAttribute("aria-busy", on);
    if (on) this.badge.textContent = SENDING;
    else this.badge.textContent = NAMES[this.proposal.status];
  }

  // Ask for words: those that will stand, where `words` is true, and an answer. `save` is given
  // both, and says whether that was done; what was typed stays until it was.
  ask({ words, verb }, save) {
    this.form?.remove();
    const { proposal } = this;
    this.form = form({ proposal, verb, lang: this.round.facts.lang, block: this.block, words }, save, () => {
      this.form = null;
      this.node.focus({ preventScroll: true });
    });
    this.node.append(this.form);
    this.form.querySelector("textarea").focus();
    this.form.scrollIntoView({ block: "nearest" });
  }
}

let forms = 0;

// A form for an answer, and for words where a proposal asks for some.
export const form = ({ proposal, verb, lang, block, words }, save, closed) => {
  const node = element("form", { class: "asking", "aria-label": verb });
  const field = (label, text, more) => {
    forms += 1;
    const area = element("textarea", { id: `field-${forms}`, rows: "3", dir: "auto", ...more });
    area.value = text;
    node.append(element("label", { for: area.id, text: label }), area);
    return area;
  };
  let wanted = null;
  if (words) {
    const label = proposal.original ? "Words that will stand in place of those struck out" : "Words that will be put in";
    wanted = field(label, proposal.status === "partly accepted" ? proposal.text : proposal.proposed, { lang });
    const result = element("p", { class: "words", lang, dir: "auto", "aria-live": "off" });
    const show = () => result.replaceChildren(...(block ? change(block.text, proposal, wanted.value) : []));
    wanted.addEventListener("input", show);
    show();
    node.append(result);
  }
  const whom = proposal ? `Answer to ${proposal.institution}` : "Answer to all of them";
  const answer = field(whom, proposal?.answer ?? "", {});
  const send = element("button", { class: "button", text: verb, title: `${verb} (Ctrl Enter)` });
  const cancel = element("button", { type: "button", class: "button plain", text: "Cancel", title: "Cancel (Esc)" });
  node.append(element("div", { class: "does" }, send, cancel));
  const close = () => {
    node.remove();
    closed();
  };
  cancel.addEventListener("click", close);
  node.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    if (await save(wanted?.value ?? null, answer.value)) close();
    send.disabled = false;
  });
  node.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      node.requestSubmit();
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
  return node;
};

// Put proposals of a block into groups: those that exclude each other, those that want the same.
const groups = (round, proposals) => {
  const left = new Set(proposals.map(({ id }) => id));
  const same = ({ kind, at, original, proposed, target, pair }) =>
    kind === "comment" || kind === "format" || pair ? null : JSON.stringify([kind, at, original, proposed, target]);
  const found = [];
  for (const first of proposals) {
    if (!left.delete(first.id)) continue;
    const group = [first];
    for (const each of group) {
      for (const other of proposals) {
        const belongs = round.conflicts.get(each.id)?.has(other.id) || (same(each) && same(each) === same(other));
        if (belongs && left.delete(other.id)) group.push(other);
      }
    }
    found.push(group);
  }
  return found;
};

const why = (round, group) => {
  const clashing = group.filter(({ id }) => round.conflicts.has(id));
  const each = clashing.every(({ id }) => round.conflicts.get(id).size === clashing.length - 1);
  if (clashing.length) return each ? "These exclude each other: accept one of them." : "Some of these exclude each other.";
  return group.length > 1 ? `${group.length} institutions want the same.` : "";
};

// A block with what stands there and all that is proposed.
export class Article {
  constructor(name, proposals, round, cards) {
    this.name = name;
    this.round = round;
    const block = round.blocks.get(name);
    this.cards = [];
    this.groups = groups(round, proposals).map((group) => {
      const own = group.map(({ id }) => cards.get(id));
      this.cards.push(...own);
      const said = element("p", { class: "why" });
      const node = element("div", { class: "group" }, said, element("ul", {}, ...own.map(({ node: each }) => each)));
      return { node, said, cards: own };
    });
    const wanted = element("div", { class: "wanted" }, ...this.groups.map(({ node }) => node));
    const title = element("h2", { text: name || "Without a place" });
    const head = element("header", {}, title);
    const sides = element("div", { class: "sides" });
    if (block) {
      const chapter = round.facts.sections.find(({ id }) => id === block.section)?.title ?? block.section;
      head.append(element("span", { class: "chapter", lang: round.facts.lang, text: chapter }), place(round, block));
      this.text = element("p", { class: "text", lang: round.facts.lang, dir: "auto" });
      this.text.append(...touched(block.text, proposals));
      const stands = element("div", { class: "stands" }, element("h3", { text: "As it was sent" }), this.text);
      if (length(block.text) > 900) stands.classList.add("long");
      sides.append(stands);
    } else {
      head.append(element("span", { class: "chapter", text: "It was not found which block these belong to." }));
    }
    sides.append(wanted);
    this.node = element("article", { class: "block-of", "aria-label": name || "Without a place" }, head, sides);
    this.mark();
  }

  mark() {
    for (const { node, said, cards } of this.groups) {
      const text = why(this.round, cards.map(({ proposal }) => proposal));
      said.textContent = text;
      said.hidden = !text;
      node.classList.toggle("clashing", cards.some(({ id }) => this.round.conflicts.has(id)));
      node.classList.toggle("together", cards.length > 1);
      for (const card of cards) card.mark();
    }
  }

  // Show those that match; with one of a group all of it, so that nobody decides half-seeing.
  filter(matches) {
    let shown = 0;
    for (const { node, cards } of this.groups) {
      const found = cards.filter((card) => (card.matched = matches(card.proposal)));
      node.hidden = found.length === 0;
      for (const card of cards) card.node.classList.toggle("beside", !card.matched);
      shown += found.length;
    }
    this.node.hidden = shown === 0;
  }
}

// A link that takes the preview to where a block stands in the draft, with its number.
const place = (round, block) => {
  const view = new URLSearchParams({ lang: round.facts.lang, variant: "draft" });
  const where = `/?${view}#place=${encodeURIComponent(block.place)}`;
  const text = block.page ? `Page ${block.page}` : "Pages";
  return element("a", { class: "leads", href: where, target: "mgi-preview", text, title: "Show it in the preview (v)" });
};
