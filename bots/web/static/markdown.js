// Text as people in chats write it, made into nodes. Nothing of it is ever read as HTML.

const FENCE = /^[ \t]*```[^\n`]*\n([\s\S]*?)(?:\n?^[ \t]*```[ \t]*$|$(?![\s\S]))\n?/m;
const OPENS = String.raw`(?=[\p{L}\p{N}"'“‘「『(（¿¡])`;
const CLOSES = String.raw`(?<=[\p{L}\p{N}"'”’」』.!?…。！？,，:;~～)）])`;

// A face such as (*^▽^*) is no emphasis: what stands inside must begin and end like words.
const INLINE = new RegExp(
  [
    "`(?<code>[^`\\n]+)`",
    `\\*\\*${OPENS}(?<strong>[^\\n]+?)${CLOSES}\\*\\*(?!\\*)`,
    `(?<![*\\\\])\\*${OPENS}(?<em>[^*\\n]+?)${CLOSES}\\*(?!\\*)`,
    `(?<![\\p{L}\\p{N}_])_${OPENS}(?<under>[^_\\n]+?)${CLOSES}_(?![\\p{L}\\p{N}_])`,
    "\\[(?<label>[^\\]\\n]+)\\]\\((?<href>https?:\\/\\/[^\\s()]+(?:\\([^\\s()]*\\)[^\\s()]*)*)\\)",
    "(?<bare>https?:\\/\\/[^\\s<>\"'“”「」（）]*[^\\s<>\"'“”「」（）.,;:!?。，！？、)])",
  ].join("|"),
  "gu",
);

export function render(text) {
  const nodes = document.createDocumentFragment();
  let rest = text;
  for (let found = FENCE.exec(rest); found; found = FENCE.exec(rest)) {
    inline(nodes, rest.slice(0, found.index).replace(/\n$/, ""));
    const block = element("pre", []);
    block.append(element("code", [found[1]]));
    block.tabIndex = 0;
    nodes.append(block);
    rest = rest.slice(found.index + found[0].length);
  }
  inline(nodes, rest);
  return nodes;
}

function inline(into, text) {
  let at = 0;
  for (const found of text.matchAll(INLINE)) {
    into.append(text.slice(at, found.index), formatted(found.groups));
    at = found.index + found[0].length;
  }
  into.append(text.slice(at));
}

function formatted({ code, strong, em, under, label, href, bare }) {
  if (code) return element("code", [code]);
  if (href || bare) return link(href || bare, label || bare);
  const inside = document.createDocumentFragment();
  inline(inside, strong || em || under);
  return element(strong ? "strong" : "em", [inside]);
}

function link(href, label) {
  const anchor = element("a", [label]);
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer nofollow";
  return anchor;
}

function element(name, children) {
  const made = document.createElement(name);
  made.append(...children);
  return made;
}
