"""A prompt looked at: what each layer costs, whether it stays, and what was cut and why."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from anima.model import Scene, Soul
from persona.brief import small
from persona.card import Card
from persona.compose import laid, room
from persona.laid import Cut, Name, Page, Role
from persona.late import answered_in
from persona.lore_shelf import shelf
from persona.lore_told import FEW, SHARE
from persona.steady import steady
from persona.tokens import MESSAGE_TOKENS, Counting
from persona.toolpage import page as tool_page
from persona.tools import offered
from service.prompt_talk import following


@dataclass(frozen=True, slots=True)
class Row:
    """One layer of a message. *stable*: the next turn begins with it too, to the letter."""

    name: Name
    text: str
    tokens: int
    stable: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One message; *stable* are those of its *tokens* with which the next turn begins too."""

    role: Role
    tokens: int
    stable: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A prompt for *soul*, answered in *language*, where *room* tokens are left for it.

    *cut* tells what found no room, and *why* the same in a line each.
    """

    card: Card
    scene: Scene
    soul: Soul
    language: str
    room: int
    sheets: tuple[Sheet, ...]
    cut: Cut
    why: tuple[str, ...]

    @property
    def tokens(self) -> int:
        """What all of it costs."""
        return sum(sheet.tokens for sheet in self.sheets)

    @property
    def stable(self) -> int:
        """What of it the next turn begins with too."""
        return sum(sheet.stable for sheet in self.sheets)

    @property
    def share(self) -> float:
        """The stable part of all of it."""
        return self.stable / self.tokens


def report(card: Card, scene: Scene, soul: Soul, count: Counting) -> Report:
    """What *soul* would be told, and what stays of it in the next turn."""
    listed = offered(card.tools, private=scene.private) if soul.form == "prompt" else ()
    tools = tool_page(listed)
    now = laid(card, scene, soul, tools=tools, count=count)
    later = laid(card, following(scene), soul, tools=tools, count=count)
    pages = now.pages
    stays = steady(pages, later.prompt)
    sheets = tuple(_sheet(*one, count) for one in zip(pages, stays, strict=True))
    told = Report(card, scene, soul, answered_in(card, scene), room(soul), sheets, now.cut, ())
    return replace(told, why=tuple(_why(told)))


def _sheet(page: Page, stays: tuple[bool, ...], count: Counting) -> Sheet:
    rows = [
        Row(layer.name, layer.text.strip("\n"), count(layer.text), same)
        for layer, same in zip(page.layers, stays, strict=True)
    ]
    kept = "".join(layer.text for layer, same in zip(page.layers, stays, strict=True) if same)
    whole = count(page.message.content) + MESSAGE_TOKENS
    stable = whole if all(stays) else count(kept) + MESSAGE_TOKENS if kept else 0
    return Sheet(page.role, whole, stable, tuple(rows))


def _why(told: Report) -> Iterator[str]:
    cut = told.cut
    full = f"there is room for {max(told.room, 0)} tokens"
    if cut.lines:
        yield f"the talk: the {cut.lines} oldest of {len(told.scene.lines)} lines; {full}"
    if cut.lore:
        yield f"lore that made room for the talk: {', '.join(cut.lore)}"
    if cut.passed:
        yield f"lore: {', '.join(cut.passed)}; {_lore_rule(told)}"
    if cut.examples:
        yield f"the examples; {full}"
    if cut.shortened:
        count = f"{cut.shortened} of {len(told.scene.heard)} messages"
        yield f"the middle of what was just heard, in {count}; {full}"
    if (over := told.tokens - (told.soul.context - told.soul.max_tokens)) > 0:
        yield f"not enough: nothing more can go, and it is {over} tokens too long"


def _lore_rule(told: Report) -> str:
    if small(told.soul):
        return f"a small model is told {FEW} entries at most"
    most = shelf(told.card).lore.tokens
    return f"it may take {most} tokens, and a part in {SHARE} of the room for talk"
