"""Memories that somebody carried away are brought in again: wholly, or not at all."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn

from pydantic import ValidationError
from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from anima.errors import ConfigError
from anima.model import Conversation
from memory.database import Database
from memory.longterm.carried import (
    RECORD,
    VERSION,
    FactRecord,
    Header,
    LineRecord,
    PlaceRecord,
    Record,
    RelationRecord,
    WishRecord,
)
from memory.longterm.keeping import keep
from memory.longterm.keeping_facts import Learned, keep_fact
from memory.longterm.kept import Saying
from memory.longterm.ownership import is_theirs_alone, spoke_in
from memory.longterm.scope import Origin
from memory.place import IS_IT, named, placed
from memory.tables import consent, conversation, memory, relation

_PLACE: Final = select(conversation.c.id, conversation.c.private).where(*IS_IT)
_NEWEST: Final = select(memory.c.id).order_by(memory.c.id.desc()).limit(1)
_KNOWN_FACT: Final = select(memory.c.id).where(
    memory.c.kind == "fact",
    memory.c.conversation_id == bindparam("place"),
    memory.c.persona == bindparam("whose"),
    memory.c.digest == bindparam("called"),
    memory.c.at == bindparam("then", type_=memory.c.at.type),
)

Numbered = tuple[int, Record]


@dataclass(frozen=True, slots=True)
class Brought:
    """How many lines and facts are new, stood there already, or were forgotten and stay so."""

    new: int = 0
    known: int = 0
    forgotten: int = 0


class Bringing:
    """Brings memories into the database. *speakers* are those whom the one who asks is."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def bring(self, lines: Iterable[str], speakers: Collection[str]) -> Brought:
        """Keep the records in *lines* as far as they are those of *speakers*.

        Raises `ConfigError`, which names the line, where one is not; then nothing is kept. Raises
        `LedgerUnavailable`.
        """
        records = _checked(lines, frozenset(speakers))
        return await self._database.write(
            lambda connection: _Bringing(connection, frozenset(speakers)).take(records)
        )


def _checked(lines: Iterable[str], speakers: Collection[str]) -> Sequence[Numbered]:
    records = [
        (number, _read(number, line)) for number, line in enumerate(lines, 1) if line.strip()
    ]
    if not records:
        raise ConfigError("line 1: there is nothing; an export begins with a header")
    _check_header(*records[0])
    places: dict[int, PlaceRecord] = {}
    for number, one in records[1:]:
        _check(number, one, places, speakers)
    return records[1:]


def _read(number: int, line: str) -> Record:
    try:
        return RECORD.validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"][1:])
        told = f"{where}: {first['msg']}" if where else first["msg"]
        raise ConfigError(f"line {number}: {told[:1].lower()}{told[1:]}") from None


def _check_header(number: int, one: Record) -> None:
    if not isinstance(one, Header):
        _wrong(number, "an export begins with a header of the kind 'anima memory'")
    if one.version != VERSION:
        _wrong(number, f"version {one.version} is not known here; {VERSION} would be right")


def _check(
    number: int, one: Record, places: dict[int, PlaceRecord], speakers: Collection[str]
) -> None:
    match one:
        case Header():
            _wrong(number, "a second header; one file is one export")
        case PlaceRecord():
            places[one.number] = one
        case LineRecord() | FactRecord():
            if one.place not in places:
                _wrong(number, f"place {one.place} has not been described before")
            _check_speaker(number, one, places[one.place], speakers)
        case _:
            _check_theirs(number, one.speaker, speakers)


def _check_speaker(
    number: int, one: LineRecord | FactRecord, place: PlaceRecord, speakers: Collection[str]
) -> None:
    if one.speaker or isinstance(one, FactRecord):
        _check_theirs(number, one.speaker, speakers)
    elif not place.private:
        _wrong(number, "what we said in company is nobody's to bring")


def _check_theirs(number: int, speaker: str, speakers: Collection[str]) -> None:
    if speaker not in speakers:
        _wrong(number, f"{speaker!r} is not one of those whose memories are brought")


def _wrong(number: int, why: str) -> NoReturn:
    raise ConfigError(f"line {number}: {why}")


def _where(one: PlaceRecord) -> Conversation:
    return Conversation(
        one.platform, one.bot, one.chat, connection=one.connection, thread=one.thread
    )


@dataclass(slots=True)
class _Bringing:
    """One file in one transaction; what is wrong with a place is found before anything is kept."""

    connection: Connection
    speakers: frozenset[str]
    new: int = 0
    known: int = 0
    forgotten: int = 0
    _places: dict[int, tuple[int, bool]] = field(default_factory=dict)
    _lines: dict[str, int] = field(default_factory=dict)

    def take(self, records: Sequence[Numbered]) -> Brought:
        """All of it."""
        places = [(number, one) for number, one in records if isinstance(one, PlaceRecord)]
        for number, place in places:
            self._check(number, place)
        for _, place in places:
            self._find(place)
        self._keep([one for _, one in records if isinstance(one, LineRecord)])
        for _, one in records:
            self._add(one)
        return Brought(self.new, self.known, self.forgotten)

    def _check(self, number: int, one: PlaceRecord) -> None:
        """A private place stays one, and stays theirs; so does company."""
        row = self.connection.execute(_PLACE, named(_where(one))).first()
        if row is None:
            return
        theirs = not spoke_in(self.connection, row.id) or is_theirs_alone(
            self.connection, row.id, self.speakers
        )
        if row.private != one.private or (one.private and not theirs):
            _wrong(number, f"the place {one.chat!r} is not theirs alone here")

    def _find(self, one: PlaceRecord) -> None:
        row = placed(self.connection, _where(one), private=one.private, title=one.title)
        self._places[one.number] = row.id, row.private

    def _keep(self, lines: Sequence[LineRecord]) -> None:
        before = self.connection.execute(_NEWEST).scalar() or 0
        sayings = [self._saying(one) for one in lines]
        for saying, kept in zip(sayings, keep(self.connection, sayings), strict=True):
            if kept is None:
                self.forgotten += 1
            elif kept > before and saying.digest not in self._lines:
                self.new += 1
            else:
                self.known += 1
            if kept is not None:
                self._lines[saying.digest] = kept

    def _saying(self, one: LineRecord) -> Saying:
        return Saying(self._origin(one), one.name, one.text, one.at, one.language)

    def _origin(self, one: LineRecord | FactRecord) -> Origin:
        place, private = self._places[one.place]
        return Origin(one.persona, place, private, one.speaker)

    def _add(self, one: Record) -> None:
        match one:
            case FactRecord():
                self._learn(one)
            case RelationRecord():
                self._once(relation, one.model_dump(exclude={"kind"}), ("persona", "speaker"))
            case WishRecord():
                row = {"speaker": one.speaker, "kind": one.wish, "at": one.at}
                self._once(consent, row, ("speaker", "kind"))
            case _:
                pass

    def _learn(self, one: FactRecord) -> None:
        """A fact of which any line was forgotten is forgotten, too."""
        origin = self._origin(one)
        told = one.model_dump(exclude={"kind", "place", "persona", "sources"})
        learned = Learned(**told)
        asked = {"place": origin.place, "whose": one.persona, "called": learned.digest}
        if any(digest not in self._lines for digest in one.sources) or not one.sources:
            self.forgotten += 1
        elif self.connection.execute(_KNOWN_FACT, {**asked, "then": one.at}).first():
            self.known += 1
        else:
            sources = [self._lines[digest] for digest in one.sources]
            keep_fact(self.connection, [origin], learned, sources)
            self.new += 1

    def _once(self, table: Any, row: dict[str, Any], same: tuple[str, ...]) -> None:
        on_disk = self.connection.dialect.name == "sqlite"
        put = sqlite.insert(table) if on_disk else postgresql.insert(table)
        self.connection.execute(put.on_conflict_do_nothing(index_elements=same), row)
