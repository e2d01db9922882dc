// The keys, and the list of them.

import { element } from "./sheets.js";

const typing = (target) => target.closest("input, textarea, select, [contenteditable]");

export class Keys {
  // `table` holds {keys, shown, says, task, inPages}; one without `shown` is told of elsewhere.
  constructor(table, list, enabled) {
    this.table = table;
    this.enabled = enabled;
    for (const { shown, says } of table.filter(({ shown }) => shown)) {
      list.append(
        element("dt", {}, ...shown.map((key) => element("kbd", { text: key }))),
        element("dd", { text: says }),
      );
    }
    document.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) && event.key !== "Escape") return;
    if (document.querySelector("dialog[open], :popover-open")) return;
    const found = this.table.find(({ keys }) => keys.includes(event.key));
    if (!found) return;
    if (event.key.length === 1 && !this.enabled()) return;
    // In a list, on a button or link, arrows and Enter are theirs.
    if (found.inPages && event.target.closest("aside, header, .card")) return;
    if (found.task(event) !== false) event.preventDefault();
  }
}
