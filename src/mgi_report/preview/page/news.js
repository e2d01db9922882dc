// Brings the server's news. Browsers keep few connections to a server, so of all tabs that show the
// same one has the stream and tells the others; a tab that nobody sees has none, and asks when it
// is seen again.

const AGAIN = 1000; // milliseconds after which a stream that was given up is asked for anew

export class News {
  // `tell` takes "state" or "working" with what the server said, or "gone" when it cannot be had.
  constructor(tell) {
    this.tell = tell;
    this.address = null;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.leave() : this.join()));
  }

  follow(address) {
    this.leave();
    this.address = address;
    if (!document.hidden) this.join();
  }

  join() {
    if (this.channel || !this.address) return;
    const { address } = this;
    const id = crypto.randomUUID();
    const channel = new BroadcastChannel(address);
    this.channel = channel;
    channel.addEventListener("message", ({ data: { to, from, kind, said } }) => {
      if (kind === "ask") this.answer(from);
      else if (!to || to === id) this.tell(kind, said);
    });
    channel.postMessage({ kind: "ask", from: id });
    // Whoever has the lock has the stream; when it leaves or is closed, the next one gets it.
    this.waiting = new AbortController();
    navigator.locks
      .request(address, { signal: this.waiting.signal }, () => this.channel === channel && this.hold())
      .catch(() => {}); // it was left meanwhile
  }

  leave() {
    this.waiting?.abort();
    this.source?.close();
    this.channel?.close();
    this.release?.();
    Object.assign(this, { waiting: null, source: null, channel: null, release: null });
  }

  // Have the stream, until this is left.
  hold() {
    this.last = {};
    this.listen();
    return new Promise((done) => (this.release = done));
  }

  listen() {
    const source = new EventSource(this.address);
    this.source = source;
    for (const kind of ["state", "working"]) {
      source.addEventListener(kind, ({ data }) => this.spread(kind, JSON.parse(data)));
    }
    source.addEventListener("error", () => {
      this.spread("gone");
      // Most browsers ask again by themselves; some give up.
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(() => this.source === source && this.listen(), AGAIN);
    });
  }

  spread(kind, said) {
    this.last[kind] = said;
    this.channel.postMessage({ kind, said });
    this.tell(kind, said);
  }

  // Tell a tab that has just come what was said last.
  answer(to) {
    if (!this.source) return;
    for (const [kind, said] of Object.entries(this.last)) {
      if (kind !== "gone") this.channel.postMessage({ to, kind, said });
    }
  }
}
