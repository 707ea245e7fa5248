"""What is written around words to set them: markdown, links, code. The words alone stay."""

import re
from typing import Final

_CUTS: Final = (
    (re.compile(r"(?s)(`{3,}|~{3,}).*?(?:\1|\Z)"), "\n"),
    (re.compile(r"(?s)<(script|style|pre|code)\b.*?</\1>"), " "),
    (re.compile(r"(?s)\$\$.+?\$\$"), " "),
    (re.compile(r"`[^`\n]+`"), " "),
    (re.compile(r"!\[[^\]\n]*\]\([^)\n]*\)"), " "),
    (re.compile(r"\[([^\]\n]+)\]\((?:[^()\n]|\([^()\n]*\))*\)"), r"\1"),
    (re.compile(r"(?m)^\s*\[[^\]\n]+\]:\s*\S+.*$"), ""),
    (
        re.compile(
            r"<?\b[A-Za-z][A-Za-z0-9+.-]{1,19}://[^\s<>()（）「」，。！？]*[^\s<>()（）「」，。！？.,!?;:'\"]>?"
        ),
        " ",
    ),
    (re.compile(r"\b(?:www\.)[^\s<>()（）「」，。！？]+"), " "),
    (re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b"), " "),
    (re.compile(r"<[@#][!&]?\d+>|<t:\d+(?::\w)?>"), " "),
    (re.compile(r"~~[^~\n]+~~"), " "),
    (re.compile(r"\|\|([^|\n]+)\|\|"), r"\1"),
    (re.compile(r"(\*\*\*|\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?m)^\s*(?:[-*_=]\s*){3,}$"), ""),
    (re.compile(r"(?m)^\s*\|?[\s:|-]*-{3,}[\s:|-]*$"), ""),
    (re.compile(r"(?m)^\s*\|(.+)\|\s*$"), r"\1"),
    (re.compile(r"(?m)^\s{0,3}(?:#{1,6}\s+|(?:>\s?)+|-#\s+)"), ""),
    (re.compile(r"(?m)^\s*[-*+•·]\s+(?:\[[ xX]\]\s+)?"), ""),
    (re.compile(r"(?m)^\s*(\d{1,3})[.)]\s+"), r"\1, "),
    (re.compile(r"</?[A-Za-z][^<>\n]{0,200}>"), " "),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!|~>])"), r"\1"),
)


def unset(text: str) -> str:
    """*text* as plain words; code and addresses are gone, a link's name stays."""
    for form, put in _CUTS:
        text = form.sub(put, text)
    return text.replace("|", ", ")
