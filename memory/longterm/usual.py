"""How near to each other an embedder finds texts that have nothing to do with each other.

Among many memories their mean tells it. Among few it does not: what is asked for is a good part of
them, and then nothing seems nearer than usual.
"""

from typing import Final

from anima.ports import Embedder
from memory.longterm import dense

_TEXTS: Final = (
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


async def usual(embedder: Embedder) -> float:
    """The mean of what *embedder* finds of pairs of such texts. Raises `EmbeddingUnavailable`."""
    return dense.alike(await embedder.embed(_TEXTS))
