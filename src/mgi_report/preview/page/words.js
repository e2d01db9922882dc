// How texts and changes of them are shown: insertions and deletions by look and by word.

import { element } from "./sheets.js";

const AROUND = 110; // characters on either side of a change
const WHOLE = 320; // characters of a text that is shown whole

// Python counts characters, JavaScript halves of some.
const cut = (text) => (/[\u{10000}-\u{10ffff}]/u.test(text) ? [...text] : text);
const part = (text, from, to) => {
  const found = cut(text).slice(from, to);
  return typeof found === "string" ? found : found.join("");
};
export const length = (text) => cut(text).length;

const unseen = (text) => element("span", { class: "unseen", text });

// Give a text as nodes: ends of paragraphs, cells and notes are seen.
export const plain = (text) => {
  const nodes = [];
  for (const piece of text.split(/(\n\n|\t|\^?\[\^?[^\]\n]*\])/)) {
    if (piece === "\n\n") {
      nodes.push(element("span", { class: "sign", text: " ¶", "aria-hidden": "true" }), unseen(" new paragraph "), element("br"));
    } else if (piece === "\t") {
      nodes.push(element("span", { class: "sign", text: " | ", "aria-hidden": "true" }), unseen(", next cell: "));
    } else if (/^\[\^/.test(piece)) {
      nodes.push(element("sup", {}, unseen(" note "), piece.slice(2, -1)));
    } else if (/^\^\[/.test(piece)) {
      nodes.push(element("sup", {}, unseen(" "), `new note: ${piece.slice(2, -1)}`));
    } else if (piece) {
      nodes.push(piece);
    }
  }
  return nodes;
};

export const taken = (text) =>
  element("del", {}, unseen(" deleted: "), ...plain(text), unseen(" end of deletion. "));

export const put = (text) =>
  element("ins", {}, unseen(" inserted: "), ...plain(text), unseen(" end of insertion. "));

const before = (text, at) => {
  const all = part(text, 0, at);
  if (length(text) <= WHOLE || all.length <= AROUND) return all;
  const from = all.indexOf(" ", all.length - AROUND);
  return `… ${all.slice(from < 0 ? all.length - AROUND : from + 1)}`;
};

const after = (text, at) => {
  const all = part(text, at);
  if (length(text) <= WHOLE || all.length <= AROUND) return all;
  const to = all.lastIndexOf(" ", AROUND);
  return `${all.slice(0, to <= 0 ? AROUND : to)} …`;
};

// Give how a text begins, in whole words.
export const beginning = (text, most) => {
  if (length(text) <= most) return text;
  const begun = part(text, 0, most);
  const to = begun.lastIndexOf(" ");
  return `${to > 0 ? begun.slice(0, to) : begun} …`;
};

// Give what a proposal changes, in the words around it; `wanted` is what would stand there.
export const change = (text, { at, original }, wanted) => {
  const nodes = [...plain(before(text, at))];
  if (original) nodes.push(taken(original));
  if (wanted) nodes.push(put(wanted));
  return [...nodes, ...plain(after(text, at + length(original)))];
};

// Give the words that a proposal is about, marked, in those around them.
export const about = (text, { at, original }) => [
  ...plain(before(text, at)),
  ...(original ? [element("mark", {}, ...plain(original))] : []),
  ...plain(after(text, at + length(original))),
];

// Give a text with the places marked that somebody wants to change.
export const touched = (text, proposals) => {
  const ends = proposals
    .filter(({ kind, original }) => original && kind !== "comment")
    .map(({ at, original }) => [at, at + length(original)])
    .sort(([one], [other]) => one - other);
  const nodes = [];
  let done = 0;
  for (const [from, to] of ends) {
    if (to <= done) continue;
    const start = Math.max(from, done);
    nodes.push(...plain(part(text, done, start)), element("mark", {}, ...plain(part(text, start, to))));
    done = to;
  }
  return [...nodes, ...plain(part(text, done))];
};
