"""What of a prompt another one begins with: a prefix cache need not read that again."""

from collections.abc import Iterator, Sequence

from anima.model import Message, Prompt
from persona.laid import Page

_NOTHING = Message("user", "")


def steady(pages: Sequence[Page], later: Prompt) -> Iterator[tuple[bool, ...]]:
    """By page, whether each of its layers stands in *later* too, as does all before it."""
    same = True
    for at, page in enumerate(pages):
        theirs = later[at] if at < len(later) else _NOTHING
        same = same and theirs.role == page.role
        told, found = "", list[bool]()
        for layer in page.layers:
            told += layer.text
            same = same and theirs.content.startswith(told)
            found.append(same)
        same = same and theirs.content == told
        yield tuple(found)
