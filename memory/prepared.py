"""Statements that are compiled once: each message runs twenty, and most of what they cost is that.

On SQLite a statement of SQLAlchemy costs 0.15 ms besides what the database does for it. What is
prepared here is written down once for each number of values that it is given in a list, and then
goes straight to the driver. On PostgreSQL SQLAlchemy runs it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from types import SimpleNamespace
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Select, UpdateBase
from sqlalchemy.sql.compiler import SQLCompiler

from memory.driver import changed, fetched

_KINDS: Final = 256
_SHAPES: Final = 1_024
"""Few statements have lists of many lengths."""

Statement = Select[Any] | UpdateBase
Change = Callable[[Any], Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A *statement* whose values are given by name each time it is run."""

    statement: Statement

    def rows(self, connection: Connection, values: Values) -> Sequence[Any]:
        """What it finds, with the columns by name."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self.statement, values).all()
        written = self._written(connection, values)
        return [*written.read(fetched(connection, written.text, written.bound(values)))]

    def run(self, connection: Connection, values: Values) -> int:
        """How many rows it changes."""
        if connection.dialect.name != "sqlite":
            return connection.execute(self.statement, values).rowcount
        written = self._written(connection, values)
        return changed(connection, written.text, written.bound(values))

    def _written(self, connection: Connection, values: Values) -> "_Written":
        return _written(self.statement, connection.dialect, tuple(values), _shape(values))


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement as the driver takes it.

    *places* has, for each value, its name and what has to be changed in it. What a list in the
    values is made of goes by the names in *lists*, and *constants* are in the statement itself.
    """

    text: str
    places: Sequence[tuple[str, Change | None]]
    lists: Mapping[str, Sequence[str]]
    constants: Values
    columns: Sequence[str]
    changes: Sequence[tuple[int, Change]]

    def bound(self, values: Values) -> list[Any]:
        """*values* in their order, as the driver takes them."""
        known = {**self.constants, **values}
        for name, parts in self.lists.items():
            known.update(zip(parts, _flat(values[name]), strict=True))
        return [change(known[one]) if change else known[one] for one, change in self.places]

    def read(self, found: Iterable[Sequence[Any]]) -> Iterator[Any]:
        """What was *found*, as it was before it was written down."""
        for one in found:
            row = list(one)
            for place, change in self.changes:
                row[place] = change(row[place])
            yield SimpleNamespace(**dict(zip(self.columns, row, strict=True)))


def _shape(values: Values) -> tuple[Any, ...]:
    """*values* without what they are: in the place of each stands None, in lists as well."""
    return tuple(_blank(one) if isinstance(one, list | tuple) else None for one in values.values())


def _blank(values: Sequence[Any]) -> tuple[Any, ...]:
    return tuple((None,) * len(one) if isinstance(one, tuple) else None for one in values)


def _flat(values: Iterable[Any]) -> Iterator[Any]:
    for one in values:
        if isinstance(one, tuple):
            yield from one
        else:
            yield one


@lru_cache(maxsize=_SHAPES)
def _written(
    statement: Statement, dialect: Dialect, names: tuple[str, ...], shape: tuple[Any, ...]
) -> _Written:
    """*statement* for values of these *names* and that *shape*."""
    compiled = _compiled(statement, dialect, names)
    state = compiled.construct_expanded_state(dict(zip(names, shape, strict=True)))
    kinds = {name: bind.type.dialect_impl(dialect) for name, bind in compiled.binds.items()}
    taken = {name: kind.bind_processor(dialect) for name, kind in kinds.items()}
    taken.update(state.processors)
    columns = [(str(column.key), column.type) for column in statement.exported_columns]
    given = [kind.dialect_impl(dialect) for _, kind in columns]
    changes = [(place, kind.result_processor(dialect, None)) for place, kind in enumerate(given)]
    lists = {name: each for name, each in state.parameter_expansion.items() if name in names}
    given_later = {*names, *chain.from_iterable(lists.values())}
    return _Written(
        state.statement,
        [(one, taken.get(one)) for one in state.positiontup or ()],
        lists,
        {name: one for name, one in state.parameters.items() if name not in given_later},
        [name for name, _ in columns],
        [(place, change) for place, change in changes if change],
    )


@lru_cache(maxsize=_KINDS)
def _compiled(statement: Statement, dialect: Dialect, names: tuple[str, ...]) -> SQLCompiler:
    compiled: SQLCompiler = statement.compile(dialect=dialect, column_keys=list(names))
    if compiled.insert_prefetch or compiled.update_prefetch:
        raise LookupError(f"a default of ours would not be filled in: {compiled}")
    return compiled
