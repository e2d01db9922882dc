// What stands beside and over the pages: contents, messages, the alarm, the card of a place.

import { element } from "./sheets.js";

const names = new Intl.DisplayNames([document.documentElement.lang], { type: "language" });

export const languageName = (tag) => {
  try {
    return names.of(tag) ?? tag;
  } catch {
    return tag;
  }
};

export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

// Fill a choice; where there is nothing to choose, it is not there.
export const fill = (select, values, chosen, name = (value) => value) => {
  select.parentElement.hidden = values.length < 2;
  const text = JSON.stringify(values);
  if (select.dataset.values !== text) {
    select.dataset.values = text;
    select.replaceChildren(
      ...values.map((value) => element("option", { value, text: name(value) })),
    );
  }
  select.value = chosen;
};

export class Contents {
  constructor(list, go) {
    this.list = list;
    this.go = go;
    this.text = "";
    list.addEventListener("click", (event) => {
      const link = event.target.closest("a");
      if (!link) return;
      event.preventDefault();
      this.go(Number(link.dataset.page), Number(link.dataset.top));
    });
  }

  take(state) {
    const text = JSON.stringify([state.sections, state.pages.map(({ folio }) => folio)]);
    if (text === this.text) return;
    this.text = text;
    const link = (title, page, top) =>
      element(
        "a",
        { href: `#page-${state.pages[page]?.folio}`, "data-page": page, "data-top": top },
        element("span", { class: "text", text: title }),
        element("span", { class: "folio", text: state.pages[page]?.folio }),
      );
    this.list.replaceChildren(
      ...state.sections.map((section) => {
        const item = element("li", {}, link(section.title, section.page, 0));
        if (section.headings.length) {
          const below = section.headings.map(({ text: title, page, top }) =>
            element("li", {}, link(title, page, top)),
          );
          item.append(element("ol", {}, ...below));
        }
        return item;
      }),
    );
  }

  // Show where one is, and which sections have changed.
  mark(section, changed) {
    [...this.list.children].forEach((item, index) => {
      const link = item.firstElementChild;
      const here = index === section;
      if (here !== item.classList.contains("here")) {
        item.classList.toggle("here", here);
        if (here) {
          link.setAttribute("aria-current", "location");
          this.reveal(item);
        } else {
          link.removeAttribute("aria-current");
        }
      }
      const dot = link.querySelector(".dot");
      if (changed.has(index) && !dot) {
        const mark = element("span", { class: "dot", title: "changed" });
        mark.append(element("span", { class: "unseen", text: "changed" }));
        link.insertBefore(mark, link.lastElementChild);
      } else if (!changed.has(index)) {
        dot?.remove();
      }
    });
  }

  reveal(item) {
    const side = this.list.closest("aside");
    if (side.contains(document.activeElement)) return; // do not move what somebody is in
    const seen = side.getBoundingClientRect();
    const rect = item.getBoundingClientRect();
    if (rect.top < seen.top) side.scrollTop += rect.top - seen.top - 40;
    else if (rect.bottom > seen.bottom) side.scrollTop += rect.bottom - seen.bottom + 40;
  }
}

const message = (said, index) =>
  element(
    "li",
    {},
    element(
      "button",
      { type: "button", class: `message ${said.severity}`, "data-message": said.place && index },
      element("span", { class: "mark", "aria-hidden": "true" }),
      element(
        "span",
        {},
        element("span", { class: "unseen", text: `${said.severity}: ` }),
        element("span", { class: "said", text: said.message }),
        ...(said.hint ? [element("span", { class: "hint", text: said.hint })] : []),
        ...(said.place ? [element("span", { class: "place", text: said.place })] : []),
      ),
    ),
  );

export class Messages {
  // `around` does something that moves the pages, and keeps the place on them.
  constructor({ panel, list, alarm, alarmTitle, alarmList, alarmHide }, open, around) {
    Object.assign(this, { panel, list, alarm, alarmTitle, alarmList, around });
    alarmHide.addEventListener("click", () => this.hide());
    this.text = "";
    for (const each of [list, alarmList]) {
      each.addEventListener("click", (event) => {
        const button = event.target.closest("[data-message]");
        if (button) open({ message: Number(button.dataset.message) });
      });
    }
  }

  take(state) {
    const errors = state.messages.filter(({ severity }) => severity === "error");
    const text = JSON.stringify([state.messages, state.current, state.pages.length > 0]);
    if (text === this.text) return errors.length;
    this.text = text;
    const old = [...this.lists()].indexOf(document.activeElement);
    this.list.replaceChildren(...state.messages.map(message));
    this.alarm.hidden = errors.length === 0;
    this.alarmTitle.textContent = errors.length
      ? count(errors.length, "error") +
        (state.pages.length && !state.current ? ". These are the last good pages." : ".")
      : "";
    this.alarmList.replaceChildren(...errors.map(message));
    this.sort();
    if (old >= 0) (this.lists()[old] ?? this.lists()[0])?.focus();
    return errors.length;
  }

  // Show the pages that the alarm covers, until there is other news.
  hide() {
    if (this.alarm.hidden) return false;
    const inside = this.alarm.contains(document.activeElement);
    this.around(() => {
      this.alarm.hidden = true;
      this.sort();
    });
    if (inside) this.alarm.closest("main").focus({ preventScroll: true });
    return true;
  }

  // Each message stands once: errors over the pages, or beside them when that is hidden.
  sort() {
    for (const item of this.list.children) {
      item.hidden = !this.alarm.hidden && item.querySelector(".error") !== null;
    }
    this.panel.hidden = [...this.list.children].every((item) => item.hidden);
  }

  lists() {
    return [...this.alarmList.querySelectorAll("button"), ...this.list.querySelectorAll("button")];
  }

  // The message after the one that has the focus.
  next() {
    const errors = [...this.alarmList.querySelectorAll("button")];
    const all = errors.length ? errors : [...this.list.querySelectorAll("button")];
    if (!all.length) return false;
    if (errors.length && this.alarm.hidden) {
      this.around(() => {
        this.alarm.hidden = false;
        this.sort();
      });
    }
    all[(all.indexOf(document.activeElement) + 1) % all.length].focus();
    return true;
  }
}

export class Card {
  constructor(node, { place, note, link, copy, close }) {
    Object.assign(this, { node, place, note, link });
    close.addEventListener("click", () => this.hide());
    link.addEventListener("click", () => this.hide());
    copy.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(this.place.textContent);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(this.place);
      }
      setTimeout(() => (copy.textContent = "Copy"), 1500);
    });
  }

  show(answer, from) {
    this.from = from;
    this.place.textContent = answer.place;
    this.note.textContent = answer.note ?? "There is no such file.";
    this.link.hidden = !answer.link;
    if (answer.link) this.link.href = answer.link;
    this.node.hidden = false;
    if (from?.matches?.(":focus-visible")) this.node.querySelector("a, button").focus();
  }

  hide() {
    if (this.node.hidden) return false;
    const inside = this.node.contains(document.activeElement);
    this.node.hidden = true;
    if (inside && this.from?.isConnected) this.from.focus({ preventScroll: true });
    return true;
  }
}
