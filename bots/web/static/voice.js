// A voice note in the page: a button that plays it, and its levels, along which one can seek.

const STEP_S = 5;
const BARS = 48;
const HIGH = 255;

export class Voice {
  // *url* is where the sound is; *words* are the page's own, *gone()* hears that it is no more, and
  // *more()* that some of what was said did not fit into it.
  constructor(url, words, gone, more) {
    this.words = words;
    this.audio = new Audio();
    this.audio.preload = "none";
    this.audio.src = url;
    this.seconds = 0;
    this.element = part("div", "voice");
    this.element.setAttribute("role", "group");
    this.element.setAttribute("aria-label", words.voice);
    this.button = part("button", "play");
    this.button.type = "button";
    this.button.addEventListener("click", () => this.press());
    this.slider = part("div", "wave");
    this.slider.tabIndex = 0;
    this.slider.setAttribute("role", "slider");
    this.slider.setAttribute("aria-label", words.position);
    this.slider.setAttribute("aria-valuemin", "0");
    this.slider.addEventListener("keydown", (event) => this.key(event));
    this.slider.addEventListener("pointerdown", (event) => this.point(event));
    this.time = part("span", "length");
    this.element.append(this.button, this.slider, this.time);
    for (const name of ["play", "pause", "ended", "timeupdate"]) {
      this.audio.addEventListener(name, () => this.show());
    }
    this.audio.addEventListener("error", gone);
    this.show();
    this.load(`${url}/levels`, gone, more);
  }

  async load(url, gone, more) {
    try {
      const answer = await fetch(url);
      if (!answer.ok) return gone();
      const { seconds, levels, rest } = await answer.json();
      if (rest) more();
      this.seconds = seconds;
      this.slider.setAttribute("aria-valuemax", String(Math.ceil(seconds)));
      this.slider.replaceChildren(...bars(levels).map(bar));
      this.show();
    } catch {
      this.show(); // the network is away; it can be played when it is back
    }
  }

  press() {
    if (!this.audio.paused) return this.audio.pause();
    for (const other of document.querySelectorAll(".voice")) {
      if (other !== this.element) other.dispatchEvent(new Event("hush"));
    }
    this.element.addEventListener("hush", () => this.audio.pause(), { once: true });
    this.audio.play().catch(() => this.show());
  }

  key(event) {
    const at = this.audio.currentTime;
    const places = {
      ArrowLeft: at - STEP_S,
      ArrowDown: at - STEP_S,
      ArrowRight: at + STEP_S,
      ArrowUp: at + STEP_S,
      Home: 0,
      End: this.seconds,
    };
    if (event.key === " " || event.key === "Enter") this.press();
    else if (event.key in places) this.seek(places[event.key]);
    else return;
    event.preventDefault();
  }

  point(event) {
    const box = this.slider.getBoundingClientRect();
    this.seek(((event.clientX - box.left) / box.width) * this.seconds);
  }

  seek(seconds) {
    this.audio.currentTime = Math.min(Math.max(seconds, 0), this.seconds);
    this.show();
  }

  show() {
    const playing = !this.audio.paused;
    const at = this.audio.currentTime;
    this.button.textContent = playing ? "❚❚" : "▶";
    this.button.setAttribute("aria-label", playing ? this.words.pause : this.words.play);
    this.time.textContent = clock(playing || at ? at : this.seconds);
    this.slider.setAttribute("aria-valuenow", String(Math.round(at)));
    this.slider.setAttribute("aria-valuetext", `${clock(at)} / ${clock(this.seconds)}`);
    const played = this.seconds ? (at / this.seconds) * this.slider.children.length : 0;
    [...this.slider.children].forEach((one, place) => one.classList.toggle("played", place < played));
  }
}

// At most so many of *levels* as there is room for, each the highest of its part.
function bars(levels) {
  const step = Math.max(1, levels.length / BARS);
  const found = [];
  for (let from = 0; from < levels.length; from += step) {
    found.push(Math.max(...levels.slice(Math.floor(from), Math.ceil(from + step))));
  }
  return found;
}

// A style of its own is forbidden by the page's rules; a class for each height is not.
function bar(level) {
  const made = part("i", `h${Math.max(1, Math.round((level / HIGH) * 8))}`);
  return made;
}

function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

function part(name, kind) {
  const made = document.createElement(name);
  made.className = kind;
  return made;
}
