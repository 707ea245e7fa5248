// What comes with a line besides its words: buttons that say something, and a file to keep.

export class Choices {
  // *say(text)* says in the guest's name what a button says.
  constructor(buttons, say) {
    this.says = new Set(buttons.map((one) => one.says.trim()));
    this.buttons = buttons.map((one) => button(one.shown, () => say(one.says)));
    this.element = document.createElement("div");
    this.element.className = "choices";
    this.element.append(...this.buttons);
  }

  // Only the newest ones are shown, and nobody presses them when they have been answered.
  show(newest, answered) {
    this.element.hidden = !newest;
    for (const one of this.buttons) one.disabled = answered;
  }
}

export function link({ url, name }) {
  const anchor = document.createElement("a");
  anchor.className = "file";
  anchor.href = url;
  anchor.download = name;
  anchor.textContent = name;
  return anchor;
}

function button(shown, press) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = shown;
  made.addEventListener("click", press);
  return made;
}
