// What was written here and is not known to have arrived. It outlives the page and the network:
// each message keeps its key, so that however often it is sent, it is said once.

const PLACE = "anima.unsent";
const FIRST_MS = 1000;
const LONGEST_MS = 30000;
const PATIENCE_MS = 15000;

export class Outbox {
  // *settled(message, state, line)* hears what became of each message.
  constructor(settled) {
    this.settled = settled;
    this.sending = false;
    this.delay = FIRST_MS;
    this.timer = 0;
  }

  get waiting() {
    try {
      const kept = JSON.parse(localStorage.getItem(PLACE) || "[]");
      return Array.isArray(kept) ? kept : [];
    } catch {
      return this.memory || [];
    }
  }

  set waiting(messages) {
    this.memory = messages;
    try {
      localStorage.setItem(PLACE, JSON.stringify(messages));
    } catch {
      // no room, or not allowed: then it lives as long as the page
    }
  }

  add(text) {
    const message = { key: uuid(), text, at: new Date().toISOString() };
    this.waiting = [...this.waiting, message];
    return message;
  }

  forget(key) {
    this.waiting = this.waiting.filter((message) => message.key !== key);
  }

  async flush() {
    if (this.sending) return;
    this.sending = true;
    clearTimeout(this.timer);
    try {
      for (let next = this.waiting[0]; next; next = this.waiting[0]) {
        if (!(await this.send(next))) {
          this.timer = setTimeout(() => this.flush(), this.delay);
          this.delay = Math.min(this.delay * 2, LONGEST_MS);
          return;
        }
        this.delay = FIRST_MS;
      }
    } finally {
      this.sending = false;
    }
  }

  // Whether the message is settled, for good or ill; what the network or the house could not
  // take just now is tried again.
  async send(message) {
    let answer;
    try {
      answer = await fetch("/say", {
        method: "POST",
        headers: { "content-type": "application/json", "x-anima": "1" },
        body: JSON.stringify({ key: message.key, text: message.text }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch {
      return false;
    }
    if (answer.status === 401) location.reload();
    if (answer.status === 401 || answer.status === 429 || answer.status >= 500) {
      this.settled(message, "unsent", answer.status === 401 ? "" : await answer.text());
      return false;
    }
    this.forget(message.key);
    this.settled(message, answer.ok ? "waiting" : "failed", answer.ok ? "" : await answer.text());
    return true;
  }
}

// randomUUID is there on https and on this machine only
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
