"""How an embedder finds plain talk, by which it is told what comes near to a question.

All questions are alike, and some lines are near to any of them, whatever is asked. So what is
common to plain questions is taken from each. What is usual then is needed where memories are few:
their own mean tells nothing, for what is asked for is a good part of them.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

from anima.ports import Embedder
from memory.longterm import dense, vectors

_COMMON: Final = 0.7
"""As much of it is taken. Measured in three languages: .5 to 1 do as well."""

_SAID: Final = (
    "The train was late again this morning.",
    "My neighbour is learning to play the cello.",
    "I had tomato soup for lunch.",
    "That is a strange colour for a door!",
    "昨晚我们看了一部老电影。",
    "明天要交房租了。",
    "这双鞋有点小。",
    "你听说过那个火山吗？",
    "お昼はうどんを食べた。",
    "犬がずっと吠えている。",
    "来週、健康診断があるんだ。",
    "新しい電球に替えた。",
)
_ASKED: Final = (
    "What did she do last year?",
    "When did he go there?",
    "Where does she live?",
    "What is his favourite thing?",
    "How long did it take?",
    "Who told her about it?",
    "Why did they do that?",
    "Did he ever try it?",
    "What kind of thing is it?",
    "How many were there?",
    "What does she plan to do?",
    "Who did he meet?",
    "她去年做了什么？",
    "他什么时候去的？",
    "她住在哪里？",
    "他最喜欢什么？",
    "花了多长时间？",
    "谁告诉她的？",
    "他们为什么这样做？",
    "他试过吗？",
    "那是什么样的？",
    "一共有多少个？",
    "她打算做什么？",
    "他见了谁？",
    "彼女は去年何をした？",
    "彼はいつ行ったの？",
    "彼女はどこに住んでいる？",
    "彼の一番好きなものは？",
    "どのくらいかかった？",
    "誰が彼女に教えた？",
    "なぜそうしたの？",
    "彼は試したことがある？",
    "どんなものだった？",
    "いくつあった？",
    "彼女は何をするつもり？",
    "彼は誰に会った？",
)


@dataclass(frozen=True, slots=True)
class _Bearings:
    """What is *common* to all questions, and how near to what is left a sentence is as *usual*."""

    common: Any
    usual: float


class Compass:
    """What is known of embedders by their names, by whichever stores they are used."""

    def __init__(self) -> None:
        self._known: dict[str, _Bearings] = {}
        self._taking = asyncio.Lock()

    async def take(self, embedder: Embedder) -> None:
        """Have *embedder* ready and get to know it, once. Raises `EmbeddingUnavailable`."""
        await embedder.prepare()
        async with self._taking:
            if await vectors.can_scan() and embedder.name not in self._known:
                self._known[embedder.name] = await _bearings(embedder)

    def turned(self, name: str, question: bytes) -> Any:
        """The vector *question*, of the embedder of that *name*, without what all have."""
        known, plain = self._known.get(name), vectors.as_vector(question)
        return plain if known is None else plain - known.common

    def usual(self, name: str) -> float | None:
        """How near to such a question a memory is that has nothing to do with it, if known."""
        known = self._known.get(name)
        return None if known is None else known.usual


async def _bearings(embedder: Embedder) -> _Bearings:
    found = list(map(vectors.as_vector, await embedder.embed((*_SAID, *_ASKED))))
    common = _COMMON * dense.middle(found[len(_SAID) :])
    said = dense.middle(found[: len(_SAID)])
    return _Bearings(common, (1 / _COMMON - 1) * float(said @ common))
