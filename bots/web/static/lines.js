// The transcript on the page: each line once, in order, in groups as people read them.

import { Choices, link } from "./beside.js";
import { render } from "./markdown.js";
import { Rating } from "./rating.js";
import { Voice } from "./voice.js";

const GROUP_MS = 5 * 60 * 1000;

export class Lines {
  // *told(line)* hears why a verdict could not be kept, or that one was; *say(text)* says what a
  // button says.
  constructor(log, words, told, say) {
    this.log = log;
    this.words = words;
    this.told = told;
    this.say = say;
    this.byKey = new Map();
    this.texts = new Map();
    this.choices = new Map();
    this.clock = new Intl.DateTimeFormat(words.language, {
      hour: "2-digit",
      minute: "2-digit",
      hourCycle: "h23",
    });
    this.calendar = new Intl.DateTimeFormat(words.language, {
      weekday: "long",
      day: "numeric",
      month: "long",
    });
  }

  // All but the greeting, which is nobody's line yet.
  get all() {
    return [...this.log.children].filter((line) => line.dataset.at);
  }

  get newest() {
    let newest = 0n;
    for (const line of this.all) if (line.dataset.id) newest = later(newest, line);
    return newest;
  }

  get oldest() {
    const first = this.all.find((line) => line.dataset.id);
    return first ? first.dataset.id : "";
  }

  // Put a line where it belongs; what is there already only learns its id and its state.
  put({ id = "", key, ours, text, at, state, asks = false, buttons = [], file = null, voice = "" }) {
    const name = `${ours ? "ours" : "mine"} ${key}`;
    const known = this.byKey.get(name);
    const line = known || this.make(ours, text);
    if (!known) {
      this.texts.set(line, text.trim());
      this.bring(line, buttons, file);
      if (voice) this.voice(line, voice);
      if (asks) this.ask(line, key);
    }
    this.byKey.set(name, line);
    if (id && line.dataset.id !== id) {
      line.dataset.id = id;
      this.date(line, at);
      this.place(line);
    } else if (!known) {
      this.date(line, at);
      this.log.append(line);
    }
    this.mark(line, state);
    this.group();
    this.settle();
    return !known;
  }

  // What became of a line of ours: {key: state}.
  marks(states) {
    for (const [key, state] of Object.entries(states)) {
      const line = this.byKey.get(`mine ${key}`);
      if (line) this.mark(line, state);
    }
  }

  // Who is writing an answer has read what was sent.
  allRead() {
    for (const line of this.log.querySelectorAll('.mine[data-state="waiting"]')) {
      this.mark(line, "answered");
    }
  }

  make(ours, text) {
    const line = document.createElement("div");
    line.className = `line ${ours ? "ours" : "mine"}`;
    const day = part("div", "day", "");
    const bubble = part("div", "bubble", "");
    bubble.append(render(text));
    bubble.lang = languageOf(text, this.words.language);
    const foot = part("div", "foot", "");
    foot.append(part("time", "", ""), part("span", "mark", ""));
    line.append(day, part("span", "who", ours ? this.words.name : this.words.you), bubble, foot);
    return line;
  }

  ask(line, key) {
    line.classList.add("asks");
    line.querySelector(".foot").append(new Rating(key, this.words, this.told).element);
  }

  // What was said aloud is heard; its words are there for whoever would rather read them.
  voice(line, url) {
    const bubble = line.querySelector(".bubble");
    const words = document.createElement("details");
    words.append(part("summary", "", this.words.words), ...bubble.childNodes);
    const gone = () => {
      heard.element.remove();
      words.replaceWith(...[...words.childNodes].slice(1));
    };
    const heard = new Voice(url, this.words, gone, () => (words.open = true));
    bubble.append(heard.element, words);
  }

  bring(line, buttons, file) {
    const foot = line.querySelector(".foot");
    if (file) foot.before(link(file));
    if (!buttons.length) return;
    const choices = new Choices(buttons, this.say);
    this.choices.set(line, choices);
    foot.before(choices.element);
  }

  // What was asked last can be answered once, by a button or by the same words.
  settle() {
    if (!this.choices.size) return;
    const said = new Set();
    let newest = true;
    for (const line of this.all.reverse()) {
      const choices = this.choices.get(line);
      if (choices) {
        choices.show(newest, [...choices.says].some((words) => said.has(words)));
        newest = false;
      } else if (line.classList.contains("mine") && line.dataset.state !== "failed") {
        said.add(this.texts.get(line));
      }
    }
  }

  date(line, at) {
    const moment = new Date(at);
    line.dataset.at = moment.getTime();
    const time = line.querySelector("time");
    time.dateTime = moment.toISOString();
    time.textContent = this.clock.format(moment);
  }

  place(line) {
    let before = this.log.lastElementChild;
    while (before && (before === line || !precedes(before, line))) {
      before = before.previousElementSibling;
    }
    const next = before ? before.nextElementSibling : this.log.firstElementChild;
    if (next !== line) this.log.insertBefore(line, next);
  }

  mark(line, state) {
    line.dataset.state = state;
    if (line.classList.contains("ours")) return;
    const words = { unsent: this.words.waiting, failed: this.words.failed, waiting: this.words.sent };
    line.querySelector(".mark").textContent = words[state] || this.words.read;
  }

  group() {
    let before = null;
    for (const line of this.all) {
      const fresh = !before || dayOf(before) !== dayOf(line);
      const joined =
        !fresh && before.classList.contains("ours") === line.classList.contains("ours") &&
        line.dataset.at - before.dataset.at < GROUP_MS;
      line.classList.toggle("joined", joined);
      if (before) before.classList.toggle("last", !joined);
      line.querySelector(".day").textContent = fresh ? this.dayName(line) : "";
      before = line;
    }
    if (before) before.classList.add("last");
  }

  dayName(line) {
    const day = dayOf(line);
    const now = new Date();
    if (day === now.toDateString()) return this.words.today;
    now.setDate(now.getDate() - 1);
    if (day === now.toDateString()) return this.words.yesterday;
    return this.calendar.format(Number(line.dataset.at));
  }
}

export function languageOf(text, page) {
  if (/[\u3041-\u3096\u30a1-\u30fa]/.test(text)) return "ja";
  if (/\p{Script=Hangul}/u.test(text)) return "ko";
  if (/\p{Script=Han}/u.test(text)) return page === "ja" ? "ja" : "zh";
  return "";
}

function part(name, kind, text) {
  const made = document.createElement(name);
  if (kind) made.className = kind;
  made.textContent = text;
  return made;
}

function dayOf(line) {
  return new Date(Number(line.dataset.at)).toDateString();
}

function precedes(one, other) {
  return Boolean(one.dataset.id) && BigInt(one.dataset.id) < BigInt(other.dataset.id);
}

function later(newest, line) {
  const id = BigInt(line.dataset.id);
  return id > newest ? id : newest;
}
