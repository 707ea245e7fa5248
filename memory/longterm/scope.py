"""Who may see what: the one place that decides it.

A memory lies under *keys*, somebody who asks holds some, and the store is never read without. What
was said alone with somebody has the key of that place only; what was said in a group has the
group's, and that of who said it, so that people are known alone by what they said in company.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b

Key = int
"""A key, 62 bits of a hash: a number in any index, and no word that somebody could say."""

_MASK = 2**62 - 1


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is answered, by which *persona*, and where.

    *speakers* are the addresses of the one person who asks. *above* are the places of which this
    one is a part, as a topic is of its group. *together* are other private places of the same
    person, who wished that they know each other.
    """

    persona: str
    place: int
    private: bool
    speakers: tuple[str, ...] = ()
    above: tuple[int, ...] = ()
    together: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a memory comes from: its *place*, and who said it, an empty *speaker* for us."""

    persona: str
    place: int
    private: bool
    speaker: str = ""


def visible(viewer: Viewer) -> frozenset[Key]:
    """The keys that *viewer* holds."""
    if not viewer.private:
        return frozenset(_in(viewer.persona, place) for place in (viewer.place, *viewer.above))
    places = {_in(viewer.persona, place) for place in (viewer.place, *viewer.together)}
    return frozenset(places | {_by(viewer.persona, speaker) for speaker in viewer.speakers})


def keys(origin: Origin) -> tuple[Key, ...]:
    """The keys under which a memory of this *origin* lies."""
    here = _in(origin.persona, origin.place)
    if origin.private or not origin.speaker:
        return (here,)
    return here, _by(origin.persona, origin.speaker)


def narrowest(origins: Iterable[Origin]) -> tuple[Key, ...]:
    """The keys of what is made of several memories: those that all of them have."""
    first, *others = (keys(one) for one in origins)
    return tuple(key for key in first if all(key in other for other in others))


def _in(persona: str, place: int) -> Key:
    return _key("in", persona, str(place))


def _by(persona: str, speaker: str) -> Key:
    return _key("by", persona, speaker)


def _key(*parts: str) -> Key:
    digest = blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") & _MASK
