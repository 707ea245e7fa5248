"""What people send besides words: pictures in several sizes, files, albums."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.far_side.botapi.people import People
from tests.far_side.botapi.places import Group, Person
from tests.far_side.botapi.text import found_entities
from tests.far_side.botapi.wire import Json

_FIRST_ALBUM: Final = 13_000_000_000_000_000

Sizes = Mapping[int, bytes]
"""A picture as the platform keeps it: a file for each longest side."""


class Media(People):
    """People who show things."""

    def shows(
        self, chat: Person | Group, person: Person, sizes: Sizes, caption: str = "", **more: Any
    ) -> Json:
        """*person* sends a picture, of which there is a file for each of its *sizes*."""
        photo = [self._size(side, content) for side, content in sorted(sizes.items())]
        return self.says(chat, person, photo=photo, **_captioned(caption), **more)

    def album(
        self,
        chat: Person | Group,
        person: Person,
        pictures: Sequence[Sizes],
        caption: str = "",
        captioned: int = 0,
        **more: Any,
    ) -> list[Json]:
        """*person* sends *pictures* together, a message each, of which one is *captioned*."""
        name = str(_FIRST_ALBUM + self.world.inbox.next_id())
        return [
            self.shows(
                chat,
                person,
                sizes,
                caption if at == captioned else "",
                media_group_id=name,
                **more,
            )
            for at, sizes in enumerate(pictures)
        ]

    def sends(
        self,
        chat: Person | Group,
        person: Person,
        content: bytes,
        name: str,
        *,
        mime: str = "application/octet-stream",
        caption: str = "",
        **more: Any,
    ) -> Json:
        """*person* sends a file under its *name*."""
        file = self.keeps(content, name) | {"file_name": name, "mime_type": mime}
        return self.says(chat, person, document=file, **_captioned(caption), **more)

    def reactions(self, chat: Person | Group) -> dict[int, str]:
        """How the bot reacts to messages in *chat*, by their ids."""
        return self.world.places.at(chat.id).reactions

    def _size(self, side: int, content: bytes) -> Json:
        file = self.keeps(content, f"{side}.jpg")
        return file | {"width": side, "height": side * 3 // 4}


def _captioned(caption: str) -> Json:
    fields: Json = {"caption": caption} if caption else {}
    if entities := found_entities(caption):
        fields["caption_entities"] = list(entities)
    return fields
