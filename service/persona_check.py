"""`anima persona check`: what a persona is, all that is wrong there, and what it lacks."""

from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from anima.errors import ConfigError, Inaudible, Unavailable
from persona import folder, lore_file
from persona.card import load
from persona.charcard_lore import LORE
from persona.lore_shelf import shelf
from persona.timbre import Timbre
from service.persona_hints import depth, hints, tokens
from service.shipped import found
from voice.sample import examine


def check(path: Path, write: TextIO) -> int:
    """Write what the persona at *path* is and what it lacks, or its mistakes; 1 for a mistake."""
    place = found(path)
    try:
        card = load(place)
    except ConfigError as mistakes:
        write.writelines(f"WRONG {line}\n" for line in str(mistakes).splitlines())
        write.writelines(f"WRONG {line}\n" for line in _of_lore(place))
        return 1
    lacks = [f"{place}/{line}" for line in shelf(card).mistakes if line.startswith(LORE)]
    if lacks:
        write.writelines(f"WRONG {line}\n" for line in lacks)
        return 1
    write.write(
        f"ok    {card.name}, languages: {', '.join(card.languages)}, first message: about "
        f"{tokens(card)} tokens, depth: {depth(card)}, revision: {card.revision}\n"
    )
    write.writelines(f"hint  {line}\n" for line in (*shelf(card).mistakes, *hints(card)))
    write.writelines(f"hint  {line}\n" for line in _of_voice(card.voice))
    return 0


def _of_voice(timbre: Timbre) -> Iterator[str]:
    """What the recording lacks, if there is one."""
    if timbre.sample is None:
        return
    try:
        yield from (f"{timbre.sample.name}: {line}" for line in examine(timbre.sample).faults())
    except (Inaudible, Unavailable) as error:
        yield f"{timbre.sample.name}: {error}"
    if not timbre.consent:
        yield "[voice] consent is missing; note who agreed that this voice is cloned, and when"


def _of_lore(place: Path) -> Iterator[str]:
    """The mistakes in the files of lore at *place*, where the card itself could not be read."""
    texts = folder.read(place).texts if place.is_dir() else {}
    for path, text in texts.items():
        if path.startswith(LORE):
            try:
                lore_file.read(path, text)
            except ConfigError as mistakes:
                yield from (f"{place / path}, {line}" for line in str(mistakes).splitlines())
