"""Who a persona is: the card, read from its folder."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from anima.errors import ConfigError
from anima.ports import Trouble
from persona.cardfile import CardFile, parse
from persona.charcard import Book
from persona.charcard import parse as parse_card
from persona.charcard_folder import CARD, TOML
from persona.charcard_lore import kept, own
from persona.filling import Filling
from persona.folder import PROFILE, Folder, read
from persona.macros import greeted
from persona.nature import Nature
from persona.naturefile import nature_of
from persona.reactions import face
from persona.slip_words import Stance
from persona.timbre import Timbre, timbre_of


@dataclass(frozen=True, slots=True)
class Card:
    """A persona as its folder describes it. Mappings are by language: `en`, `zh`, `ja`.

    *names* are all it is called, the usual one first; *address* is what it calls those it talks
    with; *sorry* its own words for trouble; *brief* what small minds are told instead of the
    profile, under `""` for every language; *revision* changes with any word of the folder.
    *stance* is what it says of being an AI, *feedback* whether it asks how people like its
    answers, *tools* names what it can do besides speaking. *note* is told anew in each turn; *book*
    are the entries of a character card's `character_book`, as they stand there, *rules* what that
    says besides, *lore* the texts of all other files in `lore/`, by their path. *nature* is what
    it is like: its traits, habits and rhythm. *welcome* are those greetings that know the name of
    who is greeted, with `{{user}}` in its place. *stickers* are its pictures, by their codes,
    *reactions* the faces by which it reacts to a message, and *voice* is how it sounds.
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
    note: str = ""
    book: tuple[Mapping[str, object], ...] = ()
    rules: Mapping[str, object] = field(default_factory=dict)
    lore: Mapping[str, str] = field(default_factory=dict)
    welcome: Mapping[str, str] = field(default_factory=dict)
    nature: Nature = field(default_factory=Nature)
    stickers: Mapping[str, Path] = field(default_factory=dict)
    reactions: tuple[str, ...] = ()
    voice: Timbre = field(default_factory=Timbre)

    @property
    def called(self) -> tuple[str, ...]:
        """Every name it goes by, in any language, each once."""
        names = (name for known in self.names.values() for name in known)
        return tuple(dict.fromkeys((self.name, *names)))


def load(path: Path) -> Card:
    """The persona in *path*, a folder or a character card.

    Raises `ConfigError`, a line for each mistake.
    """
    folder = read(path)
    file, book, brief = _told(folder)
    filling = Filling(file)
    texts = filling.pages({**folder.texts, CARD: ""})
    welcome = filling.welcome(file.greeting)
    greeting = {code: greeted(text, "", code) for code, text in welcome.items()}
    return Card(
        name=file.name,
        languages=tuple(file.languages),
        names=MappingProxyType({code: tuple(names) for code, names in file.names.items()}),
        address=MappingProxyType(file.address),
        manners=MappingProxyType(filling.texts(file.manners)),
        greeting=MappingProxyType(greeting),
        welcome=MappingProxyType({c: text for c, text in welcome.items() if text != greeting[c]}),
        sorry=MappingProxyType(
            {
                "server": filling.texts(file.sorry.server),
                "connection": filling.texts(file.sorry.connection),
                "refused": filling.texts(file.sorry.refused),
                "late": filling.texts(file.sorry.late),
                "forbidden": filling.texts(file.sorry.forbidden),
            }
        ),
        profile=texts[PROFILE],
        examples=texts.get("examples.md", ""),
        brief=MappingProxyType(filling.texts(brief)),
        revision=_revision(folder.texts, folder.stickers),
        stance=file.ai.stance,
        feedback=file.feedback,
        tools=tuple(file.tools),
        note=texts.get("note.md", ""),
        book=tuple(map(filling.entry, kept(book.entries, folder.texts))),
        rules=MappingProxyType(book.rules),
        lore=MappingProxyType(filling.pages(own(book.entries, folder.texts))),
        nature=nature_of(file),
        stickers=folder.stickers,
        reactions=tuple(dict.fromkeys(map(face, file.reactions))),
        voice=timbre_of(file.voice, path),
    )


def _told(folder: Folder) -> tuple[CardFile, Book, dict[str, str]]:
    """What *folder* says in its settings, its book of lore and its brief forms."""
    file = folder.tried(TOML, parse)
    card = folder.tried(CARD, lambda text, _: parse_card(text.encode())[1])
    brief = _briefs(folder, file.languages) if file else {}
    if not folder.texts.get(PROFILE, PROFILE).strip():
        folder.mistakes.append(f"{folder.place(PROFILE)} is empty; it should say who it is")
    if folder.mistakes or file is None:
        raise ConfigError("\n".join(folder.mistakes))
    return file, card.character_book if card else Book(), brief


def _briefs(folder: Folder, languages: Sequence[str]) -> dict[str, str]:
    """The brief forms in the folder: of one language each, and one for all others."""
    codes = {f"brief.{code}.md": code for code in languages} | {"brief.md": ""}
    here = {name: text for name, text in folder.texts.items() if name.startswith("brief")}
    folder.mistakes += (
        f"{folder.place(name)} is of no language that it speaks; name it brief.md, or as one of"
        f" {', '.join(languages)}: brief.{languages[0]}.md"
        for name in here
        if name not in codes
    )
    return {
        codes[name]: text.strip() for name, text in here.items() if name in codes and text.strip()
    }


def _revision(texts: Mapping[str, str], stickers: Iterable[str]) -> str:
    told = "\0".join([*(text for pair in sorted(texts.items()) for text in pair), *stickers])
    return sha256(told.encode()).hexdigest()[:12]
