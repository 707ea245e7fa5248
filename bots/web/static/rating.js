// What a guest thinks of an answer: three quiet buttons under it, of which the last one pressed
// counts.

const FACES = { good: "👍", bad: "👎", unlike: "" };
const PATIENCE_MS = 15000;

export class Rating {
  // *said* is the key of the answer. *told(line)* hears what went wrong, or that nothing did.
  constructor(said, words, told) {
    this.said = said;
    this.words = words;
    this.told = told;
    this.chosen = ""; // what is shown as pressed
    this.kept = ""; // what the house has
    this.sent = Promise.resolve();
    this.buttons = new Map(Object.keys(FACES).map((verdict) => [verdict, this.button(verdict)]));
    this.element = document.createElement("div");
    this.element.className = "rating";
    this.element.setAttribute("aria-live", "off"); // nobody wants buttons read out with each answer
    this.element.append(...this.buttons.values());
  }

  button(verdict) {
    const made = document.createElement("button");
    made.type = "button";
    made.setAttribute("aria-pressed", "false");
    made.textContent = FACES[verdict] || this.words[verdict];
    if (FACES[verdict]) {
      made.className = "face";
      made.setAttribute("aria-label", this.words[verdict]);
    }
    made.addEventListener("click", () => this.press(verdict));
    return made;
  }

  // One after the other, so that the house hears the newest word last.
  press(verdict) {
    this.show(verdict);
    this.sent = this.sent.then(() => this.send(verdict));
  }

  show(verdict) {
    this.chosen = verdict;
    for (const [one, button] of this.buttons) {
      button.setAttribute("aria-pressed", String(one === verdict));
    }
  }

  async send(verdict) {
    if (verdict !== this.chosen) return; // another one was pressed meanwhile
    const trouble = await this.trouble(verdict);
    if (!trouble) this.kept = verdict;
    if (verdict !== this.chosen) return;
    if (trouble) this.show(this.kept);
    this.told(trouble);
  }

  // Why *verdict* could not be kept, or nothing.
  async trouble(verdict) {
    try {
      const answer = await fetch("/rate", {
        method: "POST",
        headers: { "content-type": "application/json", "x-anima": "1" },
        body: JSON.stringify({ said: this.said, verdict }),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      if (answer.status === 401) location.reload();
      return answer.ok ? "" : (await answer.text()) || this.words.later;
    } catch {
      return this.words.later;
    }
  }
}
