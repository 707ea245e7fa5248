"""`/replay`: what another version would have said."""

from dataclasses import dataclass, replace
from typing import Final

from anima.model import Scene
from anima.orders import Obeyed
from anima.roles import Cast
from memory.past import PastTurn
from service.commands.aside import Aside
from service.commands.known import Past
from service.commands.mistakes import MISSING
from service.commands.parts import short
from service.commands.table import Wish
from service.commands.words import Words
from service.souls import Souls

_TURNS: Final = 5
_BEGINNING: Final = 60
_FORM: Final = "/replay TURN|last NAME"
_UNKNOWN: Final = "?"
"""A turn that broke before anybody answered has no version."""

_NOTHING: Final = Words(
    en="Nothing has been answered here yet.",
    zh="这里还没有回答过什么。",
    ja="ここではまだ何も答えていません。",
)
_HOW: Final = Words(
    en="Again with another version: {form}",
    zh="换个版本重来：{form}",
    ja="別の版でもう一度：{form}",
)
_ELSEWHERE: Final = Words(
    en="“{turn}” is not one of this talk; /replay shows the last ones.",
    zh="“{turn}” 不是这里的对话；/replay 会列出最近的。",
    ja="「{turn}」はここの会話のものではありません。/replay で最近のものが見られます。",
)
_NOBODY: Final = Words(
    en="“{turn}” answered nobody, so there is nothing to ask again.",
    zh="“{turn}” 不是对谁的回答，没有可以重问的。",
    ja="「{turn}」は誰かへの返事ではないので、聞き直すことがありません。",
)
_THEN: Final = Words(en="{name} · then", zh="{name} · 当时", ja="{name} · 当時")
_UNSAID: Final = Words(en="[nothing]", zh="[什么都没说]", ja="[何も言わなかった]")


@dataclass(frozen=True, slots=True)
class Replay:
    """Asks a version what was asked in an earlier turn of the same conversation."""

    souls: Souls
    past: Past
    cast: Cast
    aside: Aside

    async def replay(self, wish: Wish) -> Obeyed:
        """`/replay` lists the last turns, `/replay TURN NAME` asks one of them again."""
        reference, name = wish.given.get("turn"), wish.given.get("version")
        if reference is None:
            return Obeyed(await self._last(wish))
        if name is None:
            return Obeyed(MISSING.to(wish.language, argument="NAME", form=_FORM))
        turn = await self.past.turn(wish.order.claim.id, reference)
        if turn is None:
            return Obeyed(_ELSEWHERE.to(wish.language, turn=short(reference)))
        if not turn.heard:
            return Obeyed(_NOBODY.to(wish.language, turn=short(reference)))
        title = _THEN.to(wish.language, name=turn.soul or _UNKNOWN)
        said = turn.said or (_UNSAID.to(wish.language),)
        role = self.cast.of(wish.order.claim)
        scenes = [replace(self._scene(wish, turn, name), persona=role.name)]
        now = await self.aside.answers(role.persona, scenes, wish.language)
        return Obeyed("\n\n".join(["\n".join([title, *said]), *now]))

    async def _last(self, wish: Wish) -> str:
        turns = await self.past.last(wish.order.claim.id, _TURNS)
        if not turns:
            return _NOTHING.to(wish.language)
        lines = [_beginning(turn, wish) for turn in turns]
        return "\n".join([*lines, _HOW.to(wish.language, form=_FORM)])

    def _scene(self, wish: Wish, turn: PastTurn, name: str) -> Scene:
        """The scene as it was then, the time of day included."""
        claim = wish.order.claim
        return Scene(
            conversation=claim.conversation,
            private=claim.private,
            title=claim.title,
            lines=turn.lines,
            heard=turn.heard,
            now=turn.at,
            souls=(self.souls.alone(name),),
        )


def _beginning(turn: PastTurn, wish: Wish) -> str:
    words = turn.said or (_UNSAID.to(wish.language),)
    return f"{turn.reference} · {turn.soul or _UNKNOWN} · {short(' '.join(words), _BEGINNING)}"
