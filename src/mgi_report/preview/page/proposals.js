// Decides about proposals: filters, hands and keys, and puts all together.

import { Article, Card, NAMES, asksForWords, form, isSettled } from "./deciding.js";
import { Keys } from "./keys.js";
import { News } from "./news.js";
import { count } from "./panels.js";
import { Round } from "./round.js";
import { element } from "./sheets.js";

const at = (id) => document.getElementById(id);
const main = at("list");
const narrow = matchMedia("(max-width: 900px)");
const LATER = 300; // milliseconds until the address follows

let articles = [];
let cards = new Map();
let order = []; // the cards as they are read
let shown = []; // those of them that match
let here = null;
let version = null;
const chosen = new Set();
const address = new URLSearchParams(location.search);

// --- saying ---------------------------------------------------------------------------------

const say = (text) => {
  if (at("status").textContent !== text) at("status").textContent = text;
};
const light = (kind) => (at("light").className = `light ${kind}`);
const wrong = (text) => {
  at("alarm-said").textContent = text;
  at("alarm").hidden = false;
};
const calm = () => {
  if (at("alarm").hidden) return false;
  at("alarm").hidden = true;
  return true;
};

const round = new Round(
  (changed) => (changed ? redraw(changed) : draw()),
  (text) => wrong(text),
);

// --- filters --------------------------------------------------------------------------------

const SPECIAL = { conflict: "In conflict", unplaced: "Without a place" };
const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const tests = {
  status: (value) => {
    if (value === "conflict") return ({ id }) => round.conflicts.has(id);
    if (value === "unplaced") return ({ block }) => !round.blocks.has(block);
    if (value === "decided") return ({ status }) => status !== "open";
    return ({ status }) => status === value;
  },
  institution: (value) => ({ institution }) => institution === value,
  chapter: (value) => ({ block }) => (round.blocks.get(block)?.section ?? "") === value,
  q: (value) => {
    const words = folded(value).split(/\s+/).filter(Boolean);
    return (proposal) => {
      const { id, block, institution, author, original, proposed, comment, answer, text, context } = proposal;
      const all = [id, block, institution, author, original, proposed, comment, answer, text, context];
      const whole = folded(`${all.join(" ")} ${round.blocks.get(block)?.text ?? ""}`);
      return words.every((word) => whole.includes(word));
    };
  },
};

// Give what a proposal has to be, but for one of the filters.
const matching = (except) => {
  const all = Object.entries(tests)
    .filter(([name]) => name !== except && address.get(name))
    .map(([name, make]) => make(address.get(name)));
  return (proposal) => all.every((test) => test(proposal));
};

let settling = 0;
const remember = () => {
  clearTimeout(settling);
  settling = setTimeout(() => {
    if (here) address.set("at", here.id);
    history.replaceState(null, "", `?${address}`);
  }, LATER);
};

const choose = (name, value) => {
  if (value) address.set(name, value);
  else address.delete(name);
  filter();
  remember();
};

const line = (name, value, text, number, lang) => {
  const on = (address.get(name) ?? "") === value;
  const node = element(
    "button",
    { type: "button", class: "filter", "aria-pressed": String(on), "data-name": name, "data-value": value },
    element("span", { class: "text", lang, dir: "auto", text }),
    element("span", { class: "folio", text: number }),
  );
  return element("li", {}, node);
};

const put = (list, lines) => {
  const text = lines.map(({ outerHTML }) => outerHTML).join();
  if (list.dataset.text === text) return;
  list.dataset.text = text;
  const focused = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  list.replaceChildren(...lines);
  if (focused >= 0) list.querySelectorAll("button")[focused]?.focus({ preventScroll: true });
};

// How many are open, and of how many.
const share = (proposals) => {
  const open = proposals.filter(({ status }) => status === "open").length;
  return open === proposals.length ? `${open}` : `${open} / ${proposals.length}`;
};

const counts = () => {
  const all = [...round.proposals.values()];
  const some = (except) => all.filter(matching(except));
  const byStatus = some("status");
  const number = (value) => byStatus.filter(tests.status(value)).length;
  const names = Object.entries({ ...NAMES, ...SPECIAL }).filter(
    ([value]) => ["open", "accepted", "rejected"].includes(value) || address.get("status") === value || number(value),
  );
  put(at("statuses"), [
    line("status", "", "All", byStatus.length),
    ...names.map(([value, text]) => line("status", value, text, number(value))),
  ]);
  const whose = Map.groupBy(some("institution"), ({ institution }) => institution);
  const institutions = [...new Set(all.map(({ institution }) => institution))].sort((one, other) => one.localeCompare(other));
  put(at("institutions"), [
    line("institution", "", "All", share(some("institution"))),
    ...institutions.map((name) => line("institution", name, name, share(whose.get(name) ?? []))),
  ]);
  const inside = Map.groupBy(some("chapter"), ({ block }) => round.blocks.get(block)?.section ?? "");
  const used = new Set(all.map(({ block }) => round.blocks.get(block)?.section));
  put(at("chapters"), [
    line("chapter", "", "All", share(some("chapter"))),
    ...round.facts.sections
      .filter(({ id }) => used.has(id))
      .map(({ id, title }) => line("chapter", id, title, share(inside.get(id) ?? []), round.facts.lang)),
  ]);
};

const filter = () => {
  const matches = matching();
  for (const article of articles) article.filter(matches);
  shown = order.filter(({ matched }) => matched);
  for (const id of chosen) if (!cards.get(id)?.matched) choosing(id, false);
  at("empty").hidden = shown.length > 0;
  at("empty").textContent = order.length
    ? "No proposal is like that. Choose other filters."
    : "Nothing has come back yet: mgi-report consult import";
  if (here && !here.matched) go(shown[0] ?? null, { focus: false });
  tally();
};

const tally = () => {
  counts();
  const total = round.proposals.size;
  at("progress").max = Math.max(total, 1);
  at("progress").value = round.decided;
  at("decided").textContent = `${round.decided} of ${total} decided`;
  const open = order.filter(({ proposal }) => proposal.status === "open").length;
  at("next-open").hidden = !open;
  at("next-open").textContent = `${open} open`;
  at("undo").disabled = round.past.length === 0;
  at("shown").textContent = shown.length === total ? count(total, "proposal") : `${shown.length} of ${count(total, "proposal")}`;
  at("all").hidden = shown.length === 0;
  document.title = `${open ? `${open} open: ` : ""}${round.facts.title}, round ${round.number}`;
  where();
  several();
};

const where = () => {
  const index = shown.indexOf(here);
  at("of").textContent = index < 0 ? "" : `${index + 1} of ${shown.length}`;
};

// --- drawing --------------------------------------------------------------------------------

// Draw all anew: a round was opened, or a file was imported.
const draw = () => {
  if (!round.facts?.proposals) {
    at("empty").textContent = "There is no round to show.";
    return;
  }
  const { facts } = round;
  at("title").textContent = facts.title;
  at("title").lang = facts.lang;
  at("pages").href = `/?${new URLSearchParams({ lang: facts.lang })}`;
  const rounds = at("rounds");
  at("round").textContent = facts.rounds.length < 2 ? `Round ${round.number}` : "";
  rounds.parentElement.hidden = facts.rounds.length < 2;
  rounds.replaceChildren(...facts.rounds.map((number) => element("option", { value: number, text: `Round ${number}` })));
  rounds.value = round.number;
  const focus = document.activeElement;
  const old = cards;
  cards = new Map();
  for (const id of round.proposals.keys()) {
    const card = old.get(id) ?? new Card(id, round);
    if (old.has(id)) card.draw();
    cards.set(id, card);
  }
  const byBlock = Map.groupBy(round.proposals.values(), ({ block }) => (round.blocks.has(block) ? block : ""));
  articles = [...byBlock].map(([name, some]) => new Article(name, some, round, cards));
  at("blocks").replaceChildren(...articles.map(({ node }) => node));
  order = articles.flatMap(({ cards: own }) => own);
  for (const id of chosen) if (!cards.has(id)) chosen.delete(id);
  here = cards.get(here?.id) ?? null;
  filter();
  if (!here) go(cards.get(address.get("at")) ?? order.find(({ matched }) => matched) ?? null, { focus: false });
  if (focus?.isConnected && focus !== document.activeElement) focus.focus({ preventScroll: true });
};

// Draw what is others now; what does not match any longer stays until one filters anew.
const redraw = (ids) => {
  for (const id of ids) cards.get(id)?.draw();
  for (const article of articles) article.mark();
  tally();
};

// --- where one is ---------------------------------------------------------------------------

const go = (card, { focus = true, block = "nearest" } = {}) => {
  here?.node.removeAttribute("aria-current");
  here = card;
  for (const node of at("blocks").querySelectorAll(".rival")) node.classList.remove("rival");
  if (!card) return where();
  for (const id of round.conflicts.get(card.id) ?? []) cards.get(id)?.node.classList.add("rival");
  card.node.setAttribute("aria-current", "true");
  if (focus) card.node.focus({ preventScroll: true });
  card.node.scrollIntoView({ block });
  where();
  remember();
};

const step = (by) => {
  if (!shown.length) return;
  const index = shown.indexOf(here);
  go(shown[Math.min(Math.max(index + by, 0), shown.length - 1)]);
};

const nextOpen = (from = here) => {
  const index = order.indexOf(from);
  const later = [...order.slice(index + 1), ...order.slice(0, index + 1)];
  return later.find(({ matched, proposal }) => matched && proposal.status === "open" && !pending.has(proposal.id));
};

const goOpen = () => {
  const card = nextOpen();
  if (card) go(card);
  else say(address.size > 1 ? "None of these is open" : "All is decided");
};

// --- deciding -------------------------------------------------------------------------------

const pending = new Set();
const STATUS = { accept: "accepted", reject: "rejected", reopen: "open" };
const SAID = { accept: "Accepted", reject: "Rejected", reopen: "Open again", answer: "Answered", change: "Accepted in other words" };

// Write decisions, say so, and give whether that was done.
const write = async (some, does, make) => {
  const free = some.filter(({ proposal }) => !isSettled(proposal));
  if (!free.length) {
    say("These are written into the source already");
    return false;
  }
  const ids = free.map(({ id }) => id);
  for (const card of free) {
    pending.add(card.id);
    card.busy(true);
  }
  const done = await round.decide(free.map((card) => make(card)));
  for (const id of ids) {
    pending.delete(id);
    cards.get(id)?.busy(false);
  }
  if (done) {
    calm();
    const what = free.length > 1 ? `${count(free.length, "proposal")}: ${SAID[does].toLowerCase()}` : SAID[does];
    say(`${what}. ${round.decided} of ${round.proposals.size} decided${warning(free)}`);
  }
  return done;
};

// Say when two that exclude each other are accepted: they will not be written.
const warning = (some) => {
  const accepted = ({ status }) => status === "accepted" || status === "partly accepted";
  const clash = some.find(
    ({ id, proposal }) =>
      accepted(proposal) && [...(round.conflicts.get(id) ?? [])].some((other) => accepted(round.proposals.get(other))),
  );
  return clash ? `. Another one is accepted that excludes ${some.length > 1 ? "one of them" : "it"}` : "";
};

const meant = () => (chosen.size ? order.filter(({ id }) => chosen.has(id)) : here ? [here] : []);

// Decide, and go on to the next that is open where `onward`.
const decide = (does, some = meant(), onward = false) => {
  if (!some.length) return;
  if (some.length > 1 || chosen.size) unchoose();
  const written = write(some, does, ({ id }) => ({ id, status: STATUS[does] }));
  if (onward) {
    const next = nextOpen(some.at(-1));
    if (next) go(next);
  }
  return written;
};

// Ask for words or an answer, then decide.
const ask = (does, some = meant()) => {
  if (!some.length) return;
  if (some.some(({ proposal }) => isSettled(proposal)) && some.length === 1) {
    return say("It is written into the source already");
  }
  const verb = { change: "Accept these words", answer: "Answer", accept: "Accept with this answer", reject: "Reject with this answer" }[does];
  const make = (text, answer) => (card) => {
    const asked = { id: card.id, answer };
    if (STATUS[does]) asked.status = STATUS[does];
    if (does === "change") {
      const same = text === card.proposal.proposed;
      Object.assign(asked, same ? { status: "accepted" } : { status: "partly accepted", text });
    }
    return asked;
  };
  if (some.length === 1) {
    const [card] = some;
    if (does === "change" && !asksForWords(card.proposal)) return say("It asks for no other words; answer it");
    go(card, { focus: false });
    card.ask({ words: does === "change", verb }, (text, answer) => write([card], does, make(text, answer)));
  } else {
    if (does === "change") return say("Other words are written for one proposal at a time");
    const asking = form({ verb: `${verb}: ${count(some.length, "proposal")}` }, async (_, answer) => {
      const done = await write(some, does, make(null, answer));
      if (done) unchoose();
      return done;
    }, () => main.focus({ preventScroll: true }));
    at("several").replaceChildren(asking);
    asking.querySelector("textarea").focus();
  }
};

const undo = async () => {
  if (!round.past.length) return say("There is nothing to undo");
  const done = await round.undo();
  tally();
  if (!done) return;
  say(`Taken back. ${round.decided} of ${round.proposals.size} decided`);
  const card = cards.get(done[0].id);
  if (card) go(card);
};

// --- several at once ------------------------------------------------------------------------

const choosing = (id, on) => {
  if (on) chosen.add(id);
  else chosen.delete(id);
  const card = cards.get(id);
  if (!card) return;
  card.check.checked = on;
  card.node.classList.toggle("chosen", on);
};

const several = () => {
  at("chosen").hidden = chosen.size === 0;
  at("all").textContent = `Select all ${shown.length}`;
  if (chosen.size) at("shown").textContent = `${chosen.size} selected`;
};

const unchoose = () => {
  if (!chosen.size) return false;
  for (const id of [...chosen]) choosing(id, false);
  tally();
  return true;
};

const chooseAll = () => {
  for (const { id, proposal } of shown) if (!isSettled(proposal)) choosing(id, true);
  tally();
  say(`${count(chosen.size, "proposal")} selected`);
};

// --- hands ----------------------------------------------------------------------------------

const side = (on) => {
  at("toggle-side").setAttribute("aria-expanded", String(on));
  document.querySelector(".body").classList.toggle("alone", !on);
};
const sideIsOn = () => !document.querySelector(".body").classList.contains("alone");

const act = (does, some) => {
  if (does === "change" || does === "answer") ask(does, some);
  else decide(does, some);
};

at("blocks").addEventListener("click", (event) => {
  const card = event.target.closest(".proposal")?.card;
  if (!card) return;
  if (card !== here) go(card, { focus: !event.target.closest("button, a, input, textarea, form") });
  const does = event.target.closest("[data-do]")?.dataset.do;
  if (does) {
    act(does, [card]);
    if (STATUS[does]) card.node.focus({ preventScroll: true }); // the button may be gone
  }
});
at("blocks").addEventListener("change", (event) => {
  const card = event.target.matches(".choose") && event.target.closest(".proposal").card;
  if (!card) return;
  choosing(card.id, event.target.checked);
  tally();
});
at("blocks").addEventListener("focusin", (event) => {
  const card = event.target.closest(".proposal")?.card;
  if (card && card !== here) go(card, { focus: false });
});
at("chosen").addEventListener("click", (event) => {
  const does = event.target.closest("[data-do]")?.dataset.do;
  if (does) act(does);
});
at("side").addEventListener("click", (event) => {
  const chosenFilter = event.target.closest(".filter");
  if (!chosenFilter) return;
  const { name, value } = chosenFilter.dataset;
  choose(name, address.get(name) === value ? "" : value);
});
at("search").addEventListener("input", () => choose("q", at("search").value.trim()));
at("search").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && shown.length) go(shown[0]);
});
at("rounds").addEventListener("change", () => {
  for (const name of [...address.keys()]) address.delete(name);
  location.search = `?round=${at("rounds").value}`;
});
at("previous").addEventListener("click", () => step(-1));
at("next").addEventListener("click", () => step(1));
at("next-open").addEventListener("click", goOpen);
at("undo").addEventListener("click", undo);
at("all").addEventListener("click", chooseAll);
at("clear").addEventListener("click", unchoose);
at("alarm-hide").addEventListener("click", () => {
  calm();
  main.focus({ preventScroll: true });
});
at("toggle-side").addEventListener("click", () => side(!sideIsOn()));
main.addEventListener("click", (event) => {
  if (!narrow.matches || !sideIsOn()) return;
  event.stopPropagation();
  side(false);
}, { capture: true });
at("ask").addEventListener("click", () => {
  at("help").showModal();
  at("help-close").focus();
});
narrow.addEventListener("change", () => side(!narrow.matches));
at("keys-on").checked = (localStorage.getItem("preview.keys") ?? "1") === "1";
at("keys-on").addEventListener("change", () => localStorage.setItem("preview.keys", at("keys-on").checked ? "1" : ""));

const leave = () => {
  if (calm() || unchoose()) return;
  if (narrow.matches && sideIsOn()) return side(false);
  if (document.activeElement === at("search") && at("search").value) {
    at("search").value = "";
    choose("q", "");
  }
  (here?.node ?? main).focus({ preventScroll: true });
};

const toggle = () => {
  if (!here || isSettled(here.proposal)) return;
  choosing(here.id, !chosen.has(here.id));
  tally();
};

const look = () => {
  const link = here?.node.closest("article").querySelector(".leads");
  if (link) link.click();
  else say("It has no place on a page");
};

const inPages = true;
new Keys(
  [
    { keys: ["j"], shown: ["j", "k"], says: "Next proposal, previous one", task: () => step(1) },
    { keys: ["k"], task: () => step(-1) },
    { keys: ["ArrowDown"], task: () => step(1), inPages },
    { keys: ["ArrowUp"], task: () => step(-1), inPages },
    { keys: ["o"], shown: ["o"], says: "Next open one", task: goOpen },
    { keys: ["Home"], shown: ["Home", "End"], says: "First one, last one", task: () => go(shown[0] ?? null), inPages },
    { keys: ["End"], task: () => go(shown.at(-1) ?? null), inPages },
    { keys: ["a"], shown: ["a", "r"], says: "Accept, reject; on to the next open one", task: () => decide("accept", meant(), true) },
    { keys: ["r"], task: () => decide("reject", meant(), true) },
    { keys: ["A"], shown: ["A", "R"], says: "Accept, reject with an answer", task: () => ask("accept") },
    { keys: ["R"], task: () => ask("reject") },
    { keys: ["e"], shown: ["e"], says: "Accept in other words", task: () => ask("change") },
    { keys: ["n"], shown: ["n"], says: "Answer", task: () => ask("answer") },
    { keys: ["w"], shown: ["w"], says: "Open again", task: () => decide("reopen") },
    { keys: ["u"], shown: ["u"], says: "Undo what was decided last", task: undo },
    { keys: ["x"], shown: ["x", "X"], says: "Select; select all that are shown", task: toggle },
    { keys: ["X"], task: chooseAll },
    { keys: ["v"], shown: ["v"], says: "Show it in the preview", task: look },
    { keys: ["/"], shown: ["/"], says: "Search", task: () => { side(true); at("search").focus(); } },
    { keys: ["c"], shown: ["c"], says: "Filters", task: () => side(!sideIsOn()) },
    { keys: ["Escape"], shown: ["Esc"], says: "Select none; close what is open", task: leave },
    { keys: ["?"], shown: ["?"], says: "These keys", task: () => at("ask").click() },
  ],
  at("keys"),
  () => at("keys-on").checked,
);

// --- news -----------------------------------------------------------------------------------

const news = new News((kind, said) => {
  if (kind === "gone") {
    light("gone");
    say("The preview was stopped. The page waits for it.");
    return;
  }
  if (kind !== "state") return;
  if (version && said.version !== version) {
    location.reload();
    return;
  }
  version = said.version;
  light("");
  if (at("status").textContent.startsWith("The preview was stopped")) say("Connected again");
  // What this page writes it knows already, once the answer is there.
  round.queue.then(() => {
    if (said.stamp !== round.stamp) round.read(round.number);
  });
});

window.name ||= "mgi-proposals";
at("search").value = address.get("q") ?? "";
side(!narrow.matches);
await round.read(address.get("round"));
news.follow(`/round/events${round.number ? `?round=${round.number}` : ""}`);
