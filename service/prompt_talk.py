"""The scene for a prompt that is only looked at: from a talk's file, or made up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Final

from pydantic import BeforeValidator

from anima.bursts import burst
from anima.errors import ConfigError
from anima.model import Conversation, Heard, Line, Scene, Speaker
from anima.turn import line
from persona.card import Card
from service.prompt_words import WORDS
from service.talk_file import TalkLine, lines

_NOBODY: Final = "Guest"
"""Whose name the file does not tell."""

_A_MINUTE: Final = timedelta(minutes=1)


def _moment(value: object) -> datetime:
    """*value* as a time of UTC. Raises `ValueError` for what is none."""
    try:
        at = datetime.fromisoformat(value if isinstance(value, str) else "")
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise ValueError('it is a time such as "2026-11-21T10:48:00+00:00"') from error


class SpokenLine(TalkLine):
    """A line, and who of several persons said it, and when."""

    name: str = ""
    at: Annotated[datetime, BeforeValidator(_moment)] | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the talk is: in a group with a *title*, or in private; *tongue* is chosen to answer."""

    now: datetime
    title: str | None = None
    tongue: str = ""


def read(file: Path, place: Place) -> Scene:
    """The scene in which the last words of the person in *file* are to be answered.

    Several names make a group: one of them is answered, and what others said is context. Raises
    `ConfigError` for what cannot be read, and where nobody waits for an answer.
    """
    said = [spoken for _, spoken in lines(file, SpokenLine)]
    if not said or said[-1].who == "persona":
        right = 'the last line has "who": "person"'
        raise ConfigError(f"{file}: nobody waits for an answer; {right}")
    times = [one.at for one in said if one.at]
    place = replace(place, now=times[-1] if times else place.now)
    return _scene(said, place)


def made_up(card: Card, place: Place) -> Scene:
    """A short scene in the first language of *card*, or in that of *place*."""
    code = place.tongue or card.languages[0]
    words = WORDS.get(code, WORDS["en"])
    tongue = place.tongue if code in WORDS else code
    greeting = card.greeting.get(code) or next(iter(card.greeting.values()))
    said = [
        SpokenLine(who="person", text=words.hello, name=words.one),
        SpokenLine(who="persona", text=greeting),
        SpokenLine(who="person", text=words.asked, name=words.one),
    ]
    if place.title is not None:
        said.insert(2, SpokenLine(who="person", text=words.aside, name=words.other))
    return _scene(said, replace(place, tongue=tongue))


def following(scene: Scene) -> Scene:
    """The turn after *scene*: it was answered, and a minute later the same person says it again."""
    answer = next((one.text for one in reversed(scene.lines) if one.speaker is None), "…")
    now = scene.now + _A_MINUTE
    return replace(
        scene,
        lines=(*scene.lines, *map(line, scene.heard), Line(None, answer, now)),
        heard=scene.heard[-1:],
        now=now,
    )


def _scene(said: Sequence[SpokenLine], place: Place) -> Scene:
    who = _speakers(said)
    names = dict.fromkeys(who[one.name].name for one in said if one.who == "person")
    private = place.title is None and len(names) == 1
    waiting = _waiting(said, who, place)
    heard = waiting if private else burst(waiting)
    remembered = [
        Line(who[one.name] if one.who == "person" else None, one.text, one.at or place.now)
        for one in said[: len(said) - len(waiting)]
    ]
    return Scene(
        conversation=Conversation("talk", "", ""),
        private=private,
        title=place.title or "",
        lines=(*remembered, *(line(one) for one in waiting if one not in heard)),
        heard=heard,
        now=place.now,
        souls=(),
    )


def _speakers(said: Sequence[SpokenLine]) -> Mapping[str, Speaker]:
    """Who is meant by each name; where the file names one person, all is theirs."""
    named = dict.fromkeys(one.name for one in said if one.who == "person" and one.name)
    nameless = next(iter(named)) if len(named) == 1 else _NOBODY
    who = {
        name: Speaker("talk", str(number), name)
        for number, name in enumerate(dict.fromkeys((*named, nameless)), 1)
    }
    return {**who, "": who[nameless]}


def _waiting(
    said: Sequence[SpokenLine], who: Mapping[str, Speaker], place: Place
) -> tuple[Heard, ...]:
    """What was said since the persona spoke last."""
    last = max((number for number, one in enumerate(said) if one.who == "persona"), default=-1)
    return tuple(
        Heard(
            id=number,
            speaker=who[one.name],
            text=one.text,
            at=one.at or place.now,
            heard_at=one.at or place.now,
            message=str(number),
            addressed=False,
            tongue=place.tongue,
        )
        for number, one in enumerate(said[last + 1 :], last + 1)
    )
