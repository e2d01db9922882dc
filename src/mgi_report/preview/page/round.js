// A round: what was proposed, what is decided, and what can be taken back.

const GONE = "The preview was stopped. The page waits for it; nothing was decided.";
const MOST = 200; // steps that can be taken back

export class Round {
  // `tell` is called after each change with the ids of the proposals that are others now, or with
  // nothing when there may be other proposals; `wrong` with what is to be said.
  constructor(tell, wrong) {
    this.tell = tell;
    this.wrong = wrong;
    this.proposals = new Map();
    this.queue = Promise.resolve();
    this.past = [];
  }

  async read(number) {
    const asked = number ? `?round=${number}` : "";
    let said;
    try {
      const response = await fetch(`/round${asked}`);
      said = await response.json();
    } catch {
      return this.wrong(GONE);
    }
    if (said.messages.length) {
      const [{ message, hint, place }] = said.messages;
      this.wrong([place && `${place}:`, message, hint].filter(Boolean).join(" "));
      if (!said.proposals) return this.tell();
    }
    const same = this.number === said.round && this.sameSet(said.proposals);
    const changed = same ? said.proposals.filter((each) => this.differs(each)).map(({ id }) => id) : [];
    this.facts = said;
    this.number = said.round;
    this.stamp = said.stamp;
    this.blocks = new Map(said.blocks.map((block) => [block.name, block]));
    this.proposals = new Map(said.proposals.map((each) => [each.id, each]));
    this.take(said.conflicts);
    if (!same) this.remember();
    this.tell(same ? changed : undefined);
  }

  sameSet(proposals) {
    return proposals.length === this.proposals.size && proposals.every(({ id }) => this.proposals.has(id));
  }

  differs(proposal) {
    return JSON.stringify(this.proposals.get(proposal.id)) !== JSON.stringify(proposal);
  }

  take(conflicts) {
    this.conflicts = new Map();
    for (const [one, other] of conflicts) {
      for (const [first, second] of [[one, other], [other, one]]) {
        if (!this.conflicts.has(first)) this.conflicts.set(first, new Set());
        this.conflicts.get(first).add(second);
      }
    }
  }

  get decided() {
    return [...this.proposals.values()].filter(({ status }) => status !== "open").length;
  }

  // Decide about proposals, one write after the other; give whether it was done. `wanted` holds
  // {id, status, text, answer}, of which the last three may be missing.
  decide(wanted, { keep = true } = {}) {
    const done = this.queue.then(() => this.send(wanted, keep));
    this.queue = done.catch(() => {});
    return done;
  }

  async send(wanted, keep) {
    const decisions = wanted.map((each) => {
      const { status, text, answer } = this.proposals.get(each.id) ?? {};
      return { seen: [status ?? "", text ?? "", answer ?? ""], ...each };
    });
    let response;
    let said;
    try {
      response = await fetch("/decide", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ round: this.number, decisions }),
      });
      said = response.headers.get("content-type")?.includes("json")
        ? await response.json()
        : { message: "Nothing was decided: the preview did not understand the page. Load it anew." };
    } catch {
      this.wrong(GONE);
      return false;
    }
    if (!response.ok) {
      this.wrong(said.message);
      if (response.status === 409) await this.read(this.number);
      return false;
    }
    const before = said.proposals.map(({ id }) => this.proposals.get(id));
    for (const each of said.proposals) this.proposals.set(each.id, each);
    this.take(said.conflicts);
    this.stamp = said.stamp;
    if (keep) {
      // What somebody else decides meanwhile is not taken back with it.
      const seen = said.proposals.map(({ status, text, answer }) => [status, text, answer]);
      const step = before.map(({ id, status, text, answer }, at) => ({ id, status, text, answer, seen: seen[at] }));
      this.past.push(step);
      this.past.splice(0, this.past.length - MOST);
      this.note();
    }
    this.tell(said.proposals.map(({ id }) => id));
    return true;
  }

  // Take back what was decided last in this tab; give the proposals, or nothing.
  async undo() {
    const last = this.past.pop();
    if (!last) return null;
    this.note();
    if (await this.decide(last, { keep: false })) return last;
    return null;
  }

  get key() {
    return `preview.undo.${this.number}.${this.facts.title}`;
  }

  note() {
    sessionStorage.setItem(this.key, JSON.stringify(this.past));
  }

  remember() {
    this.past = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
  }
}
