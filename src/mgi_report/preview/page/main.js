// Follows the server's news, and puts all together.

import { Keys } from "./keys.js";
import { News } from "./news.js";
import { Overview } from "./overview.js";
import { Card, Contents, Messages, count, fill, languageName } from "./panels.js";
import { Place } from "./place.js";
import { Sheets, element } from "./sheets.js";

const at = (id) => document.getElementById(id);
const stored = (key, otherwise) => localStorage.getItem(`preview.${key}`) ?? otherwise;
const store = (key, value) => localStorage.setItem(`preview.${key}`, value);

const main = at("pages");
const sheets = new Sheets(at("sheets"), main);
const place = new Place(main, sheets, at("alarm"));
const card = new Card(at("card"), {
  place: at("card-place"),
  note: at("card-note"),
  link: at("card-link"),
  copy: at("card-copy"),
  close: at("card-close"),
});
const contents = new Contents(at("contents"), (page, top) => {
  place.go(page, top);
  if (narrow.matches) side(false);
});
const messages = new Messages(
  {
    panel: at("messages-panel"),
    list: at("messages"),
    alarm: at("alarm"),
    alarmTitle: at("alarm-title"),
    alarmList: at("alarm-list"),
    alarmHide: at("alarm-hide"),
  },
  (asked) => open(asked),
  (task) => place.keep(task),
);
const overview = new Overview(at("overview-card"), at("overview-content"));
const narrow = matchMedia("(max-width: 900px)");

let state = null;
let gone = false;
let version = null;

// --- saying ---------------------------------------------------------------------------------

const say = (text) => {
  if (at("status").textContent !== text) at("status").textContent = text;
};

const light = (kind) => {
  at("light").className = `light ${kind}`;
};

const upper = (text) => text.charAt(0).toUpperCase() + text.slice(1);

const seconds = (number) => `${number < 0.095 ? number.toFixed(2) : number.toFixed(1)} s`;

const summary = ({ first, changed, added, gone: fewer }) => {
  const took = `in ${seconds(state.seconds)}`;
  const said = [];
  if (changed.length === 1) said.push(`Page ${changed[0].page.folio} changed`);
  else if (changed.length) said.push(`${changed.length} pages changed`);
  if (!first && added.length) said.push(count(added.length, "new page"));
  if (fewer) said.push(`${count(fewer, "page")} fewer`);
  if (said.length) return `${said.join(", ")} ${took}`;
  return first ? count(state.pages.length, "page") : `No page changed (${seconds(state.seconds)})`;
};

// Say what was typeset, and why; and what was not, because it had been made before.
const why = ({ made, kept, sections }) => {
  const named = new Map(sections.map(({ id, title }) => [id, title]));
  const said = ({ section, reason }) => `${named.get(section) ?? upper(section)}: ${reason}`;
  return [...made.map(said), ...kept.map((each) => `${said(each)}; it had been made before`)];
};

// --- news -----------------------------------------------------------------------------------

const take = (news) => {
  if (version && news.version !== version) {
    location.reload(); // the program was renewed meanwhile
    return;
  }
  version = news.version;
  const before = state;
  const another = before !== null && (before.lang !== news.lang || before.variant !== news.variant);
  if (before?.pages.length && !news.pages.length) {
    // A server that has just begun, or a language that nobody has looked at, has no pages yet.
    if (!news.ready) return say("Typesetting …");
    if (!another) {
      Object.assign(news, { pages: before.pages, sections: before.sections, title: before.title });
    }
  }
  state = news;
  at("title").textContent = news.title || news.profile;
  for (const id of ["title", "section", "contents"]) at(id).lang = news.lang;
  fill(at("languages"), news.languages, news.lang, languageName);
  fill(at("variants"), news.variants, news.variant);
  at("pdf").href = `/volume.pdf?${new URLSearchParams({ lang: news.lang, variant: news.variant })}`;
  at("proposals").hidden = !news.rounds.length;
  at("empty").hidden = news.ready;
  let errors = 0;
  const done = place.keep(() => {
    errors = messages.take(news);
    return sheets.take(news.pages, news.sections, another);
  });
  sheets.draw(); // what could not be had before
  contents.take(news);
  if (!before?.pages.length && news.pages.length && !another) restore();
  const touched = sheets.all.filter((sheet) => sheet.news).length;
  at("changed").hidden = touched === 0;
  at("changed").textContent = count(touched, "change");
  const warnings = news.messages.length - errors;
  at("wrong").hidden = errors + warnings === 0;
  at("wrong").classList.toggle("mild", errors === 0);
  at("wrong").textContent = errors ? count(errors, "error") : count(warnings, "warning");
  main.classList.toggle("stale", errors > 0 && !news.current);
  document.title = `${errors ? `${count(errors, "error")}: ` : ""}${news.title || news.profile}`;
  light(errors ? "broken" : "");
  at("when").textContent = new Date().toLocaleTimeString("en-GB");
  const reasons = news.current ? why(news) : [];
  at("why").hidden = reasons.length === 0;
  at("reasons-list").replaceChildren(...reasons.map((text) => element("li", { text })));
  if (!news.ready) say("Typesetting …");
  else if (errors) {
    say(`${count(errors, "error")}${news.pages.length ? "; these are the last good pages" : ""}`);
  } else if (gone && !done.changed.length && !done.added.length) say("Connected again");
  else if (done.first || JSON.stringify(before) !== JSON.stringify(news)) {
    const mended = before?.messages.some(({ severity }) => severity === "error");
    say(`${mended ? "Mended. " : ""}${summary(done)}`);
  }
  gone = false;
  look();
  goPlace();
  portal(portalIsOn());
  overview.take();
};

const news = new News((kind, said) => {
  if (kind === "state") take(said);
  else if (kind === "working") {
    clearTimeout(news.slow);
    if (said) news.slow = setTimeout(() => light("working"), 250);
    else light(state?.messages.some(({ severity }) => severity === "error") ? "broken" : "");
  } else {
    gone = true;
    light("gone");
    say("The preview was stopped. The page waits for it.");
  }
});

// Show the view that the address names.
const show = () => news.follow(`/events${location.search}`);

const choose = (name, value) => {
  const asked = new URLSearchParams(location.search);
  asked.set(name, value);
  history.replaceState(null, "", `?${asked}`);
  show();
};

const open = async (asked, from = document.activeElement) => {
  try {
    const response = await fetch("/open", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ lang: state.lang, variant: state.variant, ...asked }),
    });
    if (!response.ok) return say("That has changed meanwhile. Try once more.");
    const answer = await response.json();
    if (answer.opened) say(`Opened ${answer.place} in ${state.editor}`);
    else {
      card.show(answer, from);
      say(answer.place);
    }
  } catch {
    say("The preview was stopped. The page waits for it.");
  }
};

// --- where one is ---------------------------------------------------------------------------

const look = () => {
  if (!state?.pages.length) return;
  const index = place.index();
  const sheet = sheets.all[index];
  if (document.activeElement !== at("page")) at("page").value = sheet.page.folio;
  at("of").textContent = `of ${sheets.all.at(-1).page.folio}`;
  at("section").textContent = state.sections[sheet.page.section]?.title ?? "";
  at("section").title = at("section").textContent;
  for (const each of sheets.all) each.figure.classList.toggle("here", each === sheet);
  const touched = new Set(sheets.all.filter(({ news }) => news).map(({ page }) => page.section));
  contents.mark(sheet.page.section, touched);
};

let looking = false;
main.addEventListener("scroll", () => {
  if (looking) return;
  looking = true;
  requestAnimationFrame(() => {
    looking = false;
    look();
  });
});

const restore = () => {
  const kept = sessionStorage.getItem("preview.place");
  if (kept) place.restore(JSON.parse(kept));
};

addEventListener("pagehide", () => {
  sessionStorage.setItem("preview.place", JSON.stringify(place.take()));
});

const goChange = () => {
  const touched = sheets.all.filter((sheet) => sheet.news);
  if (!touched.length) return say("Nothing has changed since you opened the page");
  const last = touched.indexOf(goChange.last);
  const sheet = touched[(last + 1) % touched.length];
  goChange.last = sheet;
  const { box } = sheet.news;
  place.go(sheets.all.indexOf(sheet), box ? box[1] : 0);
  if (box) sheet.glow(box);
  say(`Change ${touched.indexOf(sheet) + 1} of ${touched.length}, page ${sheet.page.folio}`);
};

const goPage = () => {
  const folio = Number.parseInt(at("page").value, 10);
  const index = sheets.all.findIndex(({ page }) => page.folio === folio);
  if (index >= 0) place.go(index);
  else say(`There are ${count(sheets.all.length, "page")}`);
  main.focus({ preventScroll: true });
  look();
};

const nothing = ({ page }) => `Nothing on page ${page.folio} comes from a file of the content`;

const goBlock = (by) => {
  const all = [...document.querySelectorAll(".block")];
  const now = all.indexOf(document.activeElement);
  let next = all[now + by];
  if (now < 0) {
    const sheet = sheets.all[place.index()];
    if (!sheet) return;
    if (!sheet.page.blocks.length) return say(nothing(sheet));
    const { top } = main.getBoundingClientRect();
    next = all.find((block) => block.getBoundingClientRect().top >= top) ?? all[0];
  }
  if (!next) return;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  say(next.dataset.place);
};

// Go to the line that the address names, as the page of proposals asks.
const goPlace = () => {
  const asked = /^#place=(.+):(\d+)$/.exec(decodeURIComponent(location.hash));
  if (!asked || !state?.pages.length) return;
  history.replaceState(null, "", location.pathname + location.search);
  const [, file, line] = asked;
  let best = null;
  sheets.all.forEach(({ page }, index) => {
    for (const { place: where, box } of page.blocks) {
      const found = /^(.+?):(\d+)/.exec(where);
      if (found?.[1] !== file || Number(found[2]) > Number(line)) continue;
      if (!best || Number(found[2]) > best.line) best = { line: Number(found[2]), index, box };
    }
  });
  if (!best) return say(`Nothing on the pages comes from ${file}:${line}`);
  place.go(best.index, best.box[1]);
  sheets.all[best.index].glow(best.box);
  look();
  say(`${file}:${line}, page ${sheets.all[best.index].page.folio}`);
};
addEventListener("hashchange", goPlace);

// --- how it looks ---------------------------------------------------------------------------

const zoom = (value, keep = true) => {
  sheets.zoom = value;
  store("zoom", value);
  const select = at("zoom");
  const known = [...select.options].some((option) => option.value === value);
  const other = select.querySelector("[data-other], [value=other]");
  if (known) {
    select.value = value;
  } else {
    other.dataset.other = "";
    other.textContent = `${Math.round(Number(value) * 100)} %`;
    other.hidden = false;
    select.selectedIndex = other.index;
  }
  if (known) other.hidden = true;
  if (keep) refit();
};

// Lay the pages out anew. A page that fits is shown whole, else one stays where one reads.
const refit = () => {
  place.keep(() => sheets.fit());
  if (sheets.zoom === "page") place.go(place.index());
};

const spreads = (on) => {
  store("spreads", on ? "1" : "");
  at("spreads").setAttribute("aria-pressed", String(on));
  sheets.spreads = on;
  refit();
};

// The portal's page beside the pages; it stays where one reads when it is loaded anew.
const portalIsOn = () => at("portal").getAttribute("aria-pressed") === "true";
const portal = (on) => {
  store("portal", on ? "1" : "");
  at("portal").setAttribute("aria-pressed", String(on));
  const frame = at("portal-page");
  frame.hidden = !on;
  if (!on || !state?.pages.length) return;
  if (frame.dataset.lang !== state.lang) {
    frame.dataset.lang = state.lang;
    frame.src = `/portal/${encodeURIComponent(state.lang)}/`;
  } else if (state.current && frame.contentWindow) frame.contentWindow.location.reload();
};

const side = (on) => {
  if (!narrow.matches) store("side", on ? "1" : "");
  at("toggle-side").setAttribute("aria-expanded", String(on));
  place.keep(() => {
    document.querySelector(".body").classList.toggle("alone", !on);
    sheets.fit();
  });
};
const sideIsOn = () => !document.querySelector(".body").classList.contains("alone");

new ResizeObserver(() => {
  place.keep(() => sheets.fit());
  look();
}).observe(main);
narrow.addEventListener("change", () => side(!narrow.matches && stored("side", "1") === "1"));

main.addEventListener(
  "wheel",
  (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    const now = sheets.percent() / 100;
    zoom(String(Math.min(Math.max(now * Math.exp(-event.deltaY / 400), 0.2), 5).toFixed(3)));
  },
  { passive: false },
);

// What lies beside the side, on a narrow screen, is not there to be clicked: it leads back.
main.addEventListener(
  "click",
  (event) => {
    if (!event.detail || !narrow.matches || !sideIsOn()) return;
    event.stopPropagation();
    side(false);
  },
  { capture: true },
);

// --- hands ----------------------------------------------------------------------------------

at("sheets").addEventListener("click", (event) => {
  const block = event.target.closest(".block");
  if (!block) {
    const sheet = event.target.closest(".sheet")?.sheet;
    if (sheet && !sheet.page.blocks.length) say(nothing(sheet));
    return;
  }
  // After a click the keys, and the space bar above all, are the pages' again.
  if (event.detail) main.focus({ preventScroll: true });
  open({ block: block.dataset.block }, block);
});
at("sheets").addEventListener("pointerover", (event) => {
  at("hover").textContent = event.target.closest?.(".block")?.dataset.place ?? "";
});
at("sheets").addEventListener("pointerleave", () => (at("hover").textContent = ""));
at("previous").addEventListener("click", () => place.step(-1));
at("next").addEventListener("click", () => place.step(1));
at("changed").addEventListener("click", goChange);
at("wrong").addEventListener("click", () => {
  if (!state.messages.some(({ severity }) => severity === "error")) side(true);
  messages.next();
});
at("smaller").addEventListener("click", () => zoom(sheets.level(-1)));
at("larger").addEventListener("click", () => zoom(sheets.level(1)));
at("zoom").addEventListener("change", () => zoom(at("zoom").value));
at("spreads").addEventListener("click", () => spreads(!sheets.spreads));
at("portal").addEventListener("click", () => portal(!portalIsOn()));
at("overview").addEventListener("click", () => overview.show());
at("toggle-side").addEventListener("click", () => side(!sideIsOn()));
at("ask").addEventListener("click", () => {
  at("help").showModal();
  at("help-close").focus();
});
at("languages").addEventListener("change", () => choose("lang", at("languages").value));
at("variants").addEventListener("change", () => choose("variant", at("variants").value));
at("page").addEventListener("keydown", (event) => {
  if (event.key === "Enter") goPage();
});
at("page").addEventListener("focus", () => at("page").select());
at("keys-on").checked = stored("keys", "1") === "1";
at("keys-on").addEventListener("change", () => store("keys", at("keys-on").checked ? "1" : ""));

const scroll = (by) => () => main.scrollBy({ top: by });
// A screen on; where a page is no higher than that, a page.
const turn = (by) => () => {
  const room = main.clientHeight - place.covered();
  if (sheets.all[place.index()]?.paper.offsetHeight <= room) place.step(by);
  else main.scrollBy({ top: by * room * 0.9 });
};
const leave = () => {
  if (card.hide() || messages.hide()) return;
  if (narrow.matches && sideIsOn()) side(false);
  main.focus({ preventScroll: true });
};
const inPages = true;
new Keys(
  [
    { keys: ["j", "ArrowRight"], shown: ["j", "→"], says: "Next page", task: () => place.step(1), inPages },
    { keys: ["k", "ArrowLeft"], shown: ["k", "←"], says: "Previous page", task: () => place.step(-1), inPages },
    { keys: ["PageDown"], shown: ["Page Down", "Page Up"], says: "A screen on, a screen back", task: turn(1), inPages },
    { keys: ["PageUp"], task: turn(-1), inPages },
    { keys: ["ArrowDown"], task: scroll(60), inPages },
    { keys: ["ArrowUp"], task: scroll(-60), inPages },
    { keys: ["Home"], shown: ["Home", "End"], says: "First page, last page", task: () => place.go(0), inPages },
    { keys: ["End"], task: () => place.go(sheets.all.length - 1), inPages },
    { keys: ["g"], shown: ["g"], says: "Go to page", task: () => at("page").focus() },
    { keys: ["n"], shown: ["n"], says: "Next change", task: goChange },
    { keys: ["e"], shown: ["e"], says: "Next error or warning", task: () => at("wrong").click() },
    { keys: ["b"], shown: ["b", "B"], says: "Next paragraph, previous one; Enter opens it", task: () => goBlock(1) },
    { keys: ["B"], task: () => goBlock(-1) },
    { keys: ["+", "="], shown: ["+", "−", "0"], says: "Larger, smaller, 100 %", task: () => zoom(sheets.level(1)) },
    { keys: ["-", "−"], task: () => zoom(sheets.level(-1)) },
    { keys: ["0"], task: () => zoom("1") },
    { keys: ["a"], shown: ["a", "w", "f"], says: "Automatic size, fit width, fit page", task: () => zoom("auto") },
    { keys: ["w"], task: () => zoom("width") },
    { keys: ["f"], task: () => zoom("page") },
    { keys: ["s"], shown: ["s"], says: "Spreads or single pages", task: () => spreads(!sheets.spreads) },
    { keys: ["c"], shown: ["c"], says: "Contents and messages", task: () => side(!sideIsOn()) },
    { keys: ["o"], shown: ["o"], says: "What is written, and what is to come", task: () => overview.show() },
    { keys: ["p"], shown: ["p"], says: "Portal page", task: () => portal(!portalIsOn()) },
    { keys: ["Escape"], shown: ["Esc"], says: "Close what is open; back to the pages", task: leave },
    { keys: ["?"], shown: ["?"], says: "These keys", task: () => at("ask").click() },
  ],
  at("keys"),
  () => at("keys-on").checked,
);

zoom(stored("zoom", "auto"), false);
portal(stored("portal", "") === "1");
sheets.spreads = stored("spreads", "") === "1";
at("spreads").setAttribute("aria-pressed", String(sheets.spreads));
side(!narrow.matches && stored("side", "1") === "1");
main.focus({ preventScroll: true });
window.name ||= "mgi-preview";
show();
