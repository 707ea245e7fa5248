// The chat page: what is typed goes out once, what is said comes in once.

import { Lines, languageOf } from "./lines.js";
import { render } from "./markdown.js";
import { Outbox } from "./outbox.js";
import { Stream } from "./stream.js";

const TYPING_MS = 7000;
const NEAR_PX = 120;
const MIND_MS = 1500;

const words = document.body.dataset;
const at = (id) => document.getElementById(id);
const view = at("view");
const lines = new Lines(at("log"), words, showTrouble, press);
const shown = { online: false, typing: false, timer: 0 };

function showState() {
  const text = !shown.online ? words.reconnecting : shown.typing ? words.typing : words.online;
  if (at("state").textContent !== text) at("state").textContent = text;
  document.body.classList.toggle("offline", !shown.online);
  at("dots").hidden = !(shown.online && shown.typing && at("draft").hidden);
  joinSoon();
}

// What is being written stands where it will stand as a line, so that nothing jumps then.
function joinSoon() {
  const soon = !at("dots").hidden || !at("draft").hidden;
  const joins = soon && Boolean(lines.all.at(-1)?.classList.contains("ours"));
  at("log").classList.toggle("followed", joins);
  for (const one of [at("dots"), at("draft")]) one.classList.toggle("joined", joins);
}

// Do something to the talk; who was at its end stays there.
function keepingPlace(change) {
  const near = view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_PX;
  const fresh = change();
  if (near) view.scrollTop = view.scrollHeight;
  else if (fresh) at("newest").hidden = false;
}

function toEnd() {
  view.scrollTop = view.scrollHeight;
  at("newest").hidden = true;
}

function showTrouble(text) {
  at("trouble").textContent = text;
  at("trouble").hidden = !text;
}

function setTyping(on) {
  clearTimeout(shown.timer);
  shown.typing = on;
  if (on) {
    lines.allRead();
    shown.timer = setTimeout(() => keepingPlace(() => setTyping(false)), TYPING_MS);
  }
  showState();
}

function showDraft(text) {
  at("draft").hidden = !text;
  const bubble = at("draft").firstElementChild;
  bubble.replaceChildren(render(text));
  bubble.lang = languageOf(text, words.language);
  showState();
}

const outbox = new Outbox((message, state, line) => {
  lines.put({ ...message, ours: false, state });
  showTrouble(line);
});

const stream = new Stream(() => lines.newest, {
  found() {
    shown.online = true;
    showTrouble("");
    showState();
    outbox.flush();
  },
  lost() {
    shown.online = false;
    shown.typing = false;
    showDraft("");
    showState();
  },
  line(line) {
    keepingPlace(() => {
      if (line.ours) showDraft("");
      else outbox.forget(line.key);
      return lines.put(line) && line.ours;
    });
  },
  marks: (states) => lines.marks(states),
  typing: ({ on }) => keepingPlace(() => setTyping(on)),
  draft: ({ text }) =>
    keepingPlace(() => {
      showDraft(text);
      setTyping(true);
    }),
});

async function history() {
  const log = at("log");
  log.setAttribute("aria-busy", "true"); // nobody wants the past read out
  const fromEnd = view.scrollHeight - view.scrollTop;
  try {
    const answer = await fetch(`/history?before=${lines.oldest}`);
    if (!answer.ok) return false;
    const past = await answer.json();
    for (const line of past.lines) lines.put(line);
    at("older").hidden = past.start;
    if (at("greeting")) at("greeting").hidden = !past.start;
    view.scrollTop = view.scrollHeight - fromEnd;
    return true;
  } catch {
    return false;
  } finally {
    log.removeAttribute("aria-busy");
  }
}

async function older() {
  if (at("older").hidden || at("older").disabled) return;
  at("older").disabled = true;
  await history();
  at("older").disabled = false;
}

function say() {
  const text = at("text").value.trim();
  if (!text) return;
  at("text").value = "";
  grow();
  send(text);
}

function press(text) {
  send(text);
  if (matchMedia("(pointer: fine)").matches) at("text").focus();
}

function send(text) {
  const message = outbox.add(text);
  lines.put({ ...message, ours: false, state: "unsent" });
  toEnd();
  outbox.flush();
}

function grow() {
  at("text").style.height = "auto";
  at("text").style.height = `${at("text").scrollHeight}px`;
}

async function mind() {
  let state = { state: "ready", percent: null, line: "" };
  try {
    state = (await (await fetch("/state")).json()).mind;
  } catch {
    state.state = "loading"; // asked again
  }
  const bar = at("mind").querySelector("progress");
  at("mind").hidden = !state.line;
  if (at("mind").firstElementChild.textContent !== state.line) {
    at("mind").firstElementChild.textContent = state.line;
  }
  bar.hidden = state.state !== "fetching" || state.percent === null;
  bar.value = state.percent ?? 0;
  if (state.state === "fetching" || state.state === "loading") setTimeout(mind, MIND_MS);
}

at("say").addEventListener("submit", (event) => {
  event.preventDefault();
  say();
  at("text").focus();
});
at("text").addEventListener("input", grow);
at("text").addEventListener("keydown", (event) => {
  // Enter also ends a word in Chinese and Japanese; 229 is how some browsers tell it
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  say();
});
at("older").addEventListener("click", older);
at("newest").addEventListener("click", toEnd);
view.addEventListener("scroll", () => {
  if (view.scrollTop < 80) older();
  if (view.scrollHeight - view.scrollTop - view.clientHeight < NEAR_PX) at("newest").hidden = true;
});

async function begin() {
  while (!(await history())) await new Promise((again) => setTimeout(again, 2000));
  for (const message of outbox.waiting) lines.put({ ...message, ours: false, state: "unsent" });
  toEnd();
  stream.open();
  mind();
  if (matchMedia("(pointer: fine)").matches) at("text").focus();
}

at("say").querySelector("button").disabled = false; // until here it would only load the page anew
begin();
