"""The files of which the page is made, and how they are filled in."""

from pathlib import Path
from typing import Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from bots.web.face import Face
from bots.web.tongues import Words, languages, words_for

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"


class Leaves:
    """The pages of *face*. All that is filled in is escaped."""

    def __init__(self, face: Face) -> None:
        self._face = face
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def chat(self, request: Request, *, begins: bool) -> str:
        """The page on which one talks; where that *begins* it shows the greeting."""
        return self._filled("chat.html", words_for(request), request, begins=begins)

    def door(self, request: Request, line: str) -> str:
        """The page that asks for the password; *line* says what was wrong with the last one."""
        return self._filled("door.html", words_for(request), request, line=line)

    def _filled(self, name: str, words: Words, request: Request, **more: object) -> str:
        language, greeting = self._face.greets(languages(request))
        return self._templates.get_template(name).render(
            face=self._face,
            name=self._face.called(words.code),
            words=words,
            greeting=greeting,
            greeting_language=language,
            **more,
        )
