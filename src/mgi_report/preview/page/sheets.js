// The pages: their nodes, pictures, marks of change, and blocks that can be clicked.

const POINT = 96 / 72; // CSS pixels to a point at 100 %
const COMFORT = 1.5; // the largest that pages become by themselves
const LEVELS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4];
const FOLIO = 60; // CSS pixels around a page that fits: the folio below it, and air
const SMALLEST = 32; // pixels that a picture may be wide, as in drawing.py
const LARGEST = 4000;
const RETRIES = 4;
const SETTLE = 140; // milliseconds without a new zoom, before pictures are asked for

export const element = (name, { text, ...rest } = {}, ...children) => {
  const node = document.createElement(name);
  if (text !== undefined) node.textContent = text;
  for (const [key, value] of Object.entries(rest)) {
    if (value === undefined || value === null || value === false) continue;
    node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children);
  return node;
};

const put = (node, [left, top, right, bottom]) => {
  node.style.left = `${left * 100}%`;
  node.style.top = `${top * 100}%`;
  node.style.width = `${(right - left) * 100}%`;
  node.style.height = `${(bottom - top) * 100}%`;
};

class Sheet {
  constructor(key, observer) {
    this.key = key;
    this.near = false;
    this.digest = null; // of what is to be seen
    this.address = null; // of the picture that is there or on its way
    this.failures = 0; // to get the picture, one after the other
    this.blocksText = "";
    this.news = null; // null, or {box}
    this.figure = element("figure", { class: "sheet", tabindex: "-1" });
    this.paper = element("div", { class: "paper" });
    this.blocks = element("div", { class: "blocks" });
    this.folio = element("span", { class: "folio" });
    this.word = element("span", { class: "news" });
    this.word.hidden = true;
    this.picture = null;
    this.coming = null; // the picture that is on its way
    this.paper.append(this.blocks);
    this.figure.append(this.paper, element("figcaption", {}, this.folio, this.word));
    this.figure.sheet = this;
    observer.observe(this.figure);
  }

  take(page, title) {
    this.page = page;
    this.digest = page.digest;
    this.title = title;
    this.folio.textContent = page.folio;
    this.figure.dataset.folio = page.folio;
    this.figure.setAttribute("aria-label", `Page ${page.folio}`);
    this.figure.classList.toggle("recto", page.folio % 2 === 1);
    this.figure.classList.toggle("verso", page.folio % 2 === 0);
    if (this.picture) this.picture.alt = this.alt();
    this.layBlocks();
  }

  alt() {
    return `Page ${this.page.folio}, ${this.title}`;
  }

  size(scale) {
    const ratio = window.devicePixelRatio || 1;
    // The same sum as in drawing.py, so that pixels of picture and screen fall together.
    const wide = Math.max(Math.round(this.page.width * scale * ratio), SMALLEST);
    const high = Math.ceil((this.page.height * (wide - 0.01)) / this.page.width);
    this.pixels = Math.min(wide, LARGEST);
    this.paper.style.width = `${wide / ratio}px`;
    this.paper.style.height = `${high / ratio}px`;
  }

  // Ask for the picture, and put it in the old one's place when it can be shown at once.
  draw() {
    if (!this.near) return;
    const address = `/page/${this.digest}/${this.pixels}.png`;
    if (address === this.address) return;
    this.address = address;
    this.stop();
    const picture = element("img", { alt: this.alt(), draggable: "false", decoding: "async" });
    picture.src = address;
    this.coming = picture;
    const digest = this.digest;
    const put = () => {
      if (this.address !== address) return;
      this.coming = null;
      if (this.picture) this.picture.replaceWith(picture);
      else this.paper.prepend(picture);
      this.picture = picture;
      this.failures = 0;
      this.figure.dataset.shown = digest;
    };
    picture.decode().then(put, () => {
      if (this.address !== address) return;
      if (picture.complete && picture.naturalWidth) {
        put(); // it is there, but was not made ready
        return;
      }
      // The server is gone, or has gone on: it is asked again in a while, and with the next news.
      this.address = this.picture?.getAttribute("src") ?? null;
      this.failures += 1;
      if (this.failures <= RETRIES) setTimeout(() => this.draw(), 500 * 2 ** this.failures);
    });
  }

  // A picture that nobody waits for any more is not drawn: its place in the row is another's.
  stop() {
    this.coming?.removeAttribute("src");
    this.coming = null;
  }

  drop() {
    this.stop();
    this.picture?.remove();
    this.picture = null;
    this.address = null;
  }

  layBlocks() {
    const text = this.near ? JSON.stringify(this.page.blocks) : "";
    if (text === this.blocksText) return;
    this.blocksText = text;
    const at = [...this.blocks.children].indexOf(document.activeElement);
    // They come larger before smaller, as they lie on each other; here they are in reading order.
    const blocks = this.near ? this.page.blocks.map((block, layer) => ({ ...block, layer })) : [];
    blocks.sort(({ box: one }, { box: other }) => one[1] - other[1] || one[0] - other[0]);
    this.blocks.replaceChildren(
      ...blocks.map((block) => {
        const button = element("button", {
          type: "button",
          class: "block",
          tabindex: "-1",
          "data-block": block.id,
          "data-place": block.place,
          "aria-label": `${block.words ? `${block.words} … ` : ""}Open ${block.place}`,
        });
        put(button, block.box);
        button.style.zIndex = block.layer;
        return button;
      }),
    );
    if (at >= 0) (this.blocks.children[at] ?? this.figure).focus({ preventScroll: true });
  }

  // Mark as changed, or (null) no longer.
  mark(news, word) {
    this.news = news;
    this.word.hidden = !news;
    this.figure.classList.toggle("touched", Boolean(news));
    this.word.textContent = news ? word : "";
    this.bar?.remove();
    this.bar = null;
    if (!news) return;
    this.bar = element("span", { class: "change", "aria-hidden": "true" });
    const [, top, , bottom] = news.box ?? [0, 0, 1, 1];
    this.bar.style.top = `${top * 100}%`;
    this.bar.style.height = `${Math.max(bottom - top, 0.006) * 100}%`;
    this.paper.append(this.bar);
  }

  glow(box) {
    const light = element("span", { class: "glow", "aria-hidden": "true" });
    put(light, box);
    light.addEventListener("animationend", () => light.remove());
    setTimeout(() => light.remove(), 2000);
    this.paper.append(light);
  }
}

export class Sheets {
  constructor(desk, main) {
    this.desk = desk;
    this.main = main;
    this.all = [];
    this.zoom = "auto";
    this.spreads = false;
    this.scale = 1;
    this.observer = new IntersectionObserver((seen) => this.seen(seen), {
      root: main,
      rootMargin: "120% 0px 160% 0px",
    });
  }

  seen(entries) {
    for (const { target, isIntersecting } of entries) {
      const { sheet } = target;
      sheet.near = isIntersecting;
      if (!sheet.page) continue;
      sheet.layBlocks();
      if (isIntersecting) sheet.draw();
      else sheet.drop();
    }
  }

  // Take the pages as they are now. Those that are as they were keep their nodes and pictures.
  // Where they are `others`, of another language, nothing has changed.
  take(pages, sections, others = false) {
    const first = others || this.all.length === 0;
    const old = new Map(this.all.map((sheet) => [sheet.key, sheet]));
    const changed = [];
    const added = [];
    const all = pages.map((page) => {
      const sheet = old.get(page.key) ?? new Sheet(page.key, this.observer);
      old.delete(page.key);
      const before = sheet.digest;
      sheet.take(page, sections[page.section]?.title ?? "");
      if (before === null) added.push(sheet);
      else if (before !== page.digest) changed.push([sheet, page.was === before ? page.change : null]);
      return sheet;
    });
    for (const sheet of old.values()) {
      this.observer.unobserve(sheet.figure);
      sheet.figure.remove();
    }
    all.forEach((sheet, index) => {
      const there = this.desk.children[index];
      if (there !== sheet.figure) this.desk.insertBefore(sheet.figure, there ?? null);
    });
    this.all = all;
    const done = { first, changed: changed.map(([sheet]) => sheet), added, gone: old.size };
    if (first) Object.assign(done, { changed: [], added: [], gone: 0 });
    if (others || done.changed.length || done.added.length || done.gone) {
      for (const sheet of all) sheet.mark(null);
      for (const [sheet, box] of others ? [] : changed) sheet.mark({ box }, "changed");
      for (const sheet of done.added) sheet.mark({ box: null }, "new");
    }
    this.fit();
    return done;
  }

  fit() {
    if (!this.all.length) return;
    const wide = Math.max(...this.all.map(({ page }) => page.width)) * (this.spreads ? 2 : 1);
    const high = Math.max(...this.all.map(({ page }) => page.height));
    const gap = Number.parseFloat(getComputedStyle(this.desk).paddingLeft);
    const room = Math.max(this.main.clientWidth - 2 * gap, 80) / wide;
    const fits = {
      auto: Math.min(room, COMFORT * POINT),
      width: room,
      page: Math.min(room, Math.max(this.main.clientHeight - FOLIO, 80) / high),
    };
    this.scale = fits[this.zoom] ?? Number(this.zoom) * POINT;
    this.desk.classList.toggle("spreads", this.spreads);
    for (const sheet of this.all) {
      const before = sheet.pixels;
      sheet.size(this.scale);
      if (before === undefined) sheet.draw();
    }
    clearTimeout(this.settling);
    if (this.all.some((sheet) => sheet.address && !sheet.address.endsWith(`/${sheet.pixels}.png`))) {
      this.settling = setTimeout(() => this.draw(), SETTLE);
    } else {
      this.draw();
    }
  }

  draw() {
    for (const sheet of this.all) sheet.draw();
  }

  percent() {
    return Math.round((this.scale / POINT) * 100);
  }

  // The level after the one that is shown.
  level(step) {
    const now = this.scale / POINT;
    const found =
      step > 0
        ? LEVELS.find((level) => level > now + 0.005)
        : LEVELS.findLast((level) => level < now - 0.005);
    return String(found ?? (step > 0 ? LEVELS.at(-1) : LEVELS[0]));
  }

  block(id) {
    return this.desk.querySelector(`[data-block="${CSS.escape(id)}"]`);
  }
}
