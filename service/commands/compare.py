"""`/model compare A B TEXT`: what two versions would say to the same words."""

from dataclasses import dataclass, replace

from anima.model import Scene
from anima.orders import Obeyed
from anima.roles import Cast, Role
from service.commands.aside import Aside
from service.commands.table import Wish
from service.souls import Souls


@dataclass(frozen=True, slots=True)
class Compare:
    """Lets two versions answer side by side."""

    souls: Souls
    cast: Cast
    aside: Aside

    async def compare(self, wish: Wish) -> Obeyed:
        """`/model compare A B TEXT`."""
        names = (wish.given["first"], wish.given["second"])
        scenes = [self._scene(wish, name) for name in names]
        return Obeyed(
            "\n\n".join(await self.aside.answers(self._role(wish).persona, scenes, wish.language))
        )

    def _scene(self, wish: Wish, name: str) -> Scene:
        """Nothing but the words, as if they were the first ones."""
        claim = wish.order.claim
        return Scene(
            conversation=claim.conversation,
            private=claim.private,
            title=claim.title,
            lines=(),
            heard=(replace(wish.order.heard, text=wish.given["text"]),),
            now=self.aside.clock.now(),
            souls=(self.souls.alone(name),),
            persona=self._role(wish).name,
        )

    def _role(self, wish: Wish) -> Role:
        return self.cast.of(wish.order.claim)
