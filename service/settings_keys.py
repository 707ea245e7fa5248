"""Every key that the settings know, read off the tables."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path as FilePath
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, get_args, get_origin

from pydantic import BaseModel, SecretStr
from pydantic.fields import FieldInfo

from service.settings_tables import Settings

ANY = "*"
"""Stands in a path for a name that the owner chooses, or for a place in a list."""

Kind = Literal[
    "text", "secret", "whole number", "number", "true or false", "list of texts", "table", "choice"
]
Path = tuple[str, ...]

_KINDS: Final[dict[object, Kind]] = {
    str: "text",
    FilePath: "text",
    SecretStr: "secret",
    int: "whole number",
    float: "number",
    bool: "true or false",
}


@dataclass(frozen=True, slots=True)
class Key:
    """One setting. *form* says what may be written there."""

    path: Path
    kind: Kind
    form: str
    default: Any
    meaning: str
    hidden: bool = False

    @property
    def environment(self) -> str:
        """The variable that sets it."""
        return "ANIMA_" + "__".join("NAME" if part == ANY else part.upper() for part in self.path)

    def fits(self, path: Path) -> bool:
        """Whether *path* is this key, under whatever name the owner chose."""
        return len(path) == len(self.path) and all(
            mine in (ANY, theirs) for mine, theirs in zip(self.path, path, strict=True)
        )


@cache
def keys() -> tuple[Key, ...]:
    """All keys, in the order of the tables, the tables among them."""
    return tuple(_below((), Settings))


def find(path: Path) -> Key | None:
    """The key at *path*, if there is one."""
    return next((key for key in keys() if key.fits(path)), None)


def nearest(path: Path) -> Path:
    """The known key that looks most like *path*."""
    known = [_named(key.path, path) for key in keys() if ANY not in _named(key.path, path)]
    return max(known, key=lambda candidate: _likeness(candidate, path))


def _likeness(one: Path, other: Path) -> float:
    whole = SequenceMatcher(None, ".".join(one), ".".join(other)).ratio()
    end = SequenceMatcher(None, one[-1], other[-1]).ratio()
    return max(whole, 0.9 * end)


def _named(path: Path, like: Path) -> Path:
    return tuple(
        like[index] if part == ANY and index < len(like) and path[:index] == like[:index] else part
        for index, part in enumerate(path)
    )


def _below(path: Path, table: type[BaseModel]) -> Iterator[Key]:
    for name, field in table.model_fields.items():
        yield from _key((*path, name), field)


def _key(path: Path, field: FieldInfo) -> Iterator[Key]:
    inner, places = _table(field.annotation)
    if inner is None:
        yield _leaf(path, field)
        return
    form = "list of tables" if get_origin(field.annotation) is tuple else "table"
    yield Key(path, "table", form, None, inner.__doc__ or "")
    if places:
        yield Key((*path, *places), "table", "table", None, inner.__doc__ or "")
    yield from _below((*path, *places), inner)


def _table(kind: object) -> tuple[type[BaseModel] | None, Path]:
    arguments: Sequence[object] = get_args(kind) or (kind,)
    for inner in arguments:
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            return inner, () if inner is kind else (ANY,)
    return None, ()


def _leaf(path: Path, field: FieldInfo) -> Key:
    kind = _kind(field.annotation)
    form = " or ".join(map(repr, get_args(field.annotation))) if kind == "choice" else kind
    default = None if field.is_required() else field.default
    hidden = kind == "secret" or not field.repr
    return Key(path, kind, form, default, field.description or "", hidden)


def _kind(annotation: object) -> Kind:
    origin = get_origin(annotation)
    if origin is UnionType:
        return _kind(next(kind for kind in get_args(annotation) if kind is not NoneType))
    if origin is Annotated:
        return _kind(get_args(annotation)[0])
    if origin is Literal:
        return "choice"
    if origin is tuple:
        return "list of texts"
    return _KINDS.get(annotation, "table")
