"""Who a persona is: the card, read from its folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from anima.errors import ConfigError
from anima.ports import Trouble
from persona.cardfile import parse
from persona.slip_words import Stance

_LARGEST_BYTES = 256 * 1024  # a profile is a page or some, and it is sent with every prompt


@dataclass(frozen=True, slots=True)
class Card:
    """A persona as its folder describes it. Mappings are by language: `en`, `zh`, `ja`.

    *names* are all it is called, the usual one first; *address* is what it calls those it talks
    with; *sorry* its own words for trouble; *brief* what small minds are told instead of the
    profile, under `""` for every language; *revision* changes with any word of the folder.
    *stance* is what it says of being an AI, *feedback* whether it asks how people like its
    answers, *tools* names what it can do besides speaking.
    """

    name: str
    languages: tuple[str, ...]
    names: Mapping[str, tuple[str, ...]]
    address: Mapping[str, str]
    manners: Mapping[str, str]
    greeting: Mapping[str, str]
    sorry: Mapping[Trouble, Mapping[str, str]]
    profile: str
    examples: str
    brief: Mapping[str, str]
    revision: str
    stance: Stance = "open"
    feedback: bool = False
    tools: tuple[str, ...] = ()

    @property
    def called(self) -> tuple[str, ...]:
        """Every name it goes by, in any language, each once."""
        names = (name for known in self.names.values() for name in known)
        return tuple(dict.fromkeys((self.name, *names)))


def load(path: Path) -> Card:
    """The persona in the folder *path*. Raises `ConfigError`, one line for the first mistake."""
    if not path.is_dir():
        raise ConfigError(f"persona {str(path)!r} is no folder; it should hold persona.toml")
    toml, profile = _read(path / "persona.toml"), _read(path / "profile.md")
    examples = _read(path / "examples.md") if (path / "examples.md").exists() else ""
    if not profile.strip():
        raise ConfigError(f"{path / 'profile.md'} is empty; it should say who the persona is")
    file = parse(toml, path / "persona.toml")
    brief = _briefs(path, file.languages)
    return Card(
        name=file.name,
        languages=tuple(file.languages),
        names=MappingProxyType({code: tuple(names) for code, names in file.names.items()}),
        address=MappingProxyType(file.address),
        manners=MappingProxyType({code: text.strip() for code, text in file.manners.items()}),
        greeting=MappingProxyType(file.greeting),
        sorry=MappingProxyType(
            {
                "server": file.sorry.server,
                "connection": file.sorry.connection,
                "refused": file.sorry.refused,
                "late": file.sorry.late,
                "forbidden": file.sorry.forbidden,
            }
        ),
        profile=profile.strip(),
        examples=examples.strip(),
        brief=MappingProxyType(brief),
        revision=_revision(toml, profile, examples, *(x for pair in brief.items() for x in pair)),
        stance=file.ai.stance,
        feedback=file.feedback,
        tools=tuple(file.tools),
    )


def _briefs(path: Path, languages: Sequence[str]) -> dict[str, str]:
    """The brief forms in the folder: of one language each, and one for all others."""
    files = {f"brief.{code}.md": code for code in languages} | {"brief.md": ""}
    here = sorted(file.name for file in path.glob("brief*.md"))
    if strange := next((name for name in here if name not in files), None):
        raise ConfigError(
            f"{path / strange} is of no language that it speaks; name it brief.md, or as one of"
            f" {', '.join(languages)}: brief.{languages[0]}.md"
        )
    read = {files[name]: _read(path / name).strip() for name in here}
    return {code: text for code, text in read.items() if text}


def _revision(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:12]


def _read(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            content = stream.read(_LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise ConfigError(f"{file} is missing; a persona has persona.toml and profile.md") from None
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST_BYTES:
        raise ConfigError(f"{file} is larger than {_LARGEST_BYTES // 1024} KiB; keep to the person")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise ConfigError(f"{file}, line {line}: not UTF-8; save the file as UTF-8") from error
