// The line to the house: it comes back by itself and asks for what was missed.

const FIRST_MS = 1000;
const LONGEST_MS = 15000;
const ASLEEP_MS = 20000;

export class Stream {
  // *after()* is the newest line that the page has; *heard* has a function for each event.
  constructor(after, heard) {
    this.after = after;
    this.heard = heard;
    this.delay = FIRST_MS;
    this.hiddenAt = 0;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.heard.lost());
    document.addEventListener("visibilitychange", () => this.woke());
  }

  open() {
    clearTimeout(this.timer);
    if (this.source) this.source.close();
    const source = new EventSource(`/events?after=${this.after()}`);
    this.source = source;
    source.onopen = () => {
      this.delay = FIRST_MS;
      this.heard.found();
    };
    source.onerror = () => this.failed(source);
    for (const name of ["line", "marks", "typing", "draft"]) {
      source.addEventListener(name, (event) => this.heard[name](JSON.parse(event.data)));
    }
  }

  // The browser tries again by itself unless it was told no.
  failed(source) {
    if (source !== this.source) return;
    this.heard.lost();
    if (source.readyState !== EventSource.CLOSED) return;
    this.timer = setTimeout(() => this.open(), this.delay);
    this.delay = Math.min(this.delay * 2, LONGEST_MS);
    this.shut();
  }

  // Perhaps the door was shut meanwhile: the page as a whole asks for the password.
  async shut() {
    try {
      if ((await fetch("/state")).status === 401) location.reload();
    } catch {
      // nobody there; we go on trying
    }
  }

  // A phone that slept does not notice that the line is dead.
  woke() {
    if (document.hidden) {
      this.hiddenAt = Date.now();
    } else if (
      this.source?.readyState !== EventSource.OPEN || Date.now() - this.hiddenAt > ASLEEP_MS
    ) {
      this.open();
    }
  }
}
