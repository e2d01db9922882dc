// Where one is: keeps the place while pages change, and goes to others.

const EYE = 0.3; // of the window's height, where one reads
const ABOVE = 12; // CSS pixels over a page that one goes to

export class Place {
  constructor(main, sheets, alarm) {
    this.main = main;
    this.sheets = sheets;
    this.alarm = alarm;
  }

  covered() {
    return this.alarm.hidden ? 0 : this.alarm.offsetHeight;
  }

  // The page under the eye, as an index; in spreads the one that was gone to, or the left one.
  index() {
    const { top, height } = this.main.getBoundingClientRect();
    const eye = top + height * EYE;
    const all = this.sheets.all;
    let best = 0;
    let nearest = Infinity;
    for (let index = 0; index < all.length; index += 1) {
      const rect = all[index].figure.getBoundingClientRect();
      const away = rect.top > eye ? rect.top - eye : rect.bottom < eye ? eye - rect.bottom : 0;
      if (away < nearest || (away === nearest && all[index].key === this.asked)) {
        nearest = away;
        best = index;
      }
    }
    return best;
  }

  take() {
    const sheet = this.sheets.all[this.index()];
    if (!sheet) return null;
    const main = this.main.getBoundingClientRect();
    const rect = sheet.paper.getBoundingClientRect();
    const eye = main.top + main.height * EYE;
    return {
      key: sheet.key,
      atTop: this.main.scrollTop === 0,
      index: this.sheets.all.indexOf(sheet),
      share: (eye - rect.top) / rect.height,
      across: (main.left + main.width / 2 - rect.left) / rect.width,
    };
  }

  restore(place) {
    const all = this.sheets.all;
    if (!place || !all.length) return;
    if (place.atTop) {
      this.main.scrollTop = 0;
      return;
    }
    const found = all.find(({ key }) => key === place.key);
    const sheet = found ?? all[Math.min(place.index, all.length - 1)];
    const main = this.main.getBoundingClientRect();
    const rect = sheet.paper.getBoundingClientRect();
    const eye = main.top + main.height * EYE;
    this.main.scrollTop += rect.top + place.share * rect.height - eye;
    const middle = main.left + main.width / 2;
    this.main.scrollLeft += rect.left + place.across * rect.width - middle;
  }

  // Do something that moves pages, and stay where one is.
  keep(task) {
    const place = this.take();
    const done = task();
    this.restore(place);
    return done;
  }

  go(index, share = 0) {
    const sheet = this.sheets.all[Math.min(Math.max(index, 0), this.sheets.all.length - 1)];
    if (!sheet) return;
    this.asked = sheet.key;
    const main = this.main.getBoundingClientRect();
    const rect = sheet.paper.getBoundingClientRect();
    const lead = share ? main.height * 0.2 : ABOVE;
    const target = rect.top + share * rect.height - main.top - lead - this.covered();
    this.main.scrollTop += target;
  }

  step(by) {
    const all = this.sheets.all;
    const now = this.index();
    if (!this.sheets.spreads) {
      this.go(now + by);
      return;
    }
    // The page with an even folio and the odd one after it lie side by side.
    const row = (index) => Math.floor(all[index].page.folio / 2);
    let target = now;
    while (target + by >= 0 && target + by < all.length && row(target) === row(now)) target += by;
    while (target > 0 && row(target - 1) === row(target)) target -= 1;
    this.go(target);
  }
}
