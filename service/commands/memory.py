"""`/memory` and `/private` as the table knows them: what people may know, correct and erase."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from anima.model import Heard
from anima.ports import Clock
from anima.roles import Cast
from service.commands.exporting import Exporting, Exports
from service.commands.forgetting import Forgets, Lately, Oblivion
from service.commands.hushing import Consents, Hushing, Quiet
from service.commands.link import Linking, Links, link
from service.commands.remembering import Eyes, Knows, Remembering, Views
from service.commands.table import Argument, Command, Table, Who
from service.commands.words import Words

_PAGE: Final = Argument(
    "page", "text", "PAGE", Words(en="which page", zh="第几页", ja="何ページ目か"), required=False
)
_MEMORY: Final = Argument("memory", "text", "#ID", Words(en="which one", zh="哪一条", ja="どれか"))
_WHAT: Final = Argument(
    "what",
    "text",
    'this|"text"|#ID|here|all',
    Words(
        en="the last exchange, what has these words, all of this place, or all that is yours",
        zh="刚才这段、含有这些字的、这里的全部，或属于你的全部",
        ja="いまのやりとり、その言葉を含むもの、ここ全部、またはあなたのものすべて",
    ),
)
_SWITCH: Final = Argument(
    "switch",
    "choice",
    "on|off",
    Words(en="on or off", zh="开或关", ja="オンかオフ"),
    options=("on", "off"),
    required=False,
)


@dataclass(frozen=True, slots=True)
class Memories:
    """What the commands ask of long-term memory."""

    views: Views
    knows: Knows
    forgets: Forgets
    lately: Lately
    hushing: Hushing
    consents: Consents
    exports: Exports
    links: Links


def memory(memories: Memories, cast: Cast, clock: Clock, who: Callable[[Heard], Who]) -> Table:
    """The commands over these parts. *who* tells what somebody is to the house."""
    eyes = Eyes(memories.views, cast)
    quiet = Quiet(memories.hushing, memories.consents, who)
    remembering = Remembering(memories.knows, eyes, memories.hushing, clock)
    oblivion = Oblivion(memories.forgets, memories.lately, eyes)
    exporting = Exporting(memories.exports, eyes)
    return (
        Command(
            "memory",
            Words(en="what I remember of you", zh="我记得你的什么", ja="あなたについての記憶"),
            subcommands=(
                *_looking(remembering, exporting),
                *_erasing(remembering, oblivion),
                *_wishing(quiet),
            ),
        ),
        Command(
            "private",
            Words(
                en="a talk that I forget when it is over",
                zh="一段说完就忘掉的谈话",
                ja="終わったら忘れる内緒の話",
            ),
            arguments=(_SWITCH,),
            how=quiet.private,
            alone=True,
        ),
        *link(Linking(memories.links, memories.exports)),
    )


def _looking(remembering: Remembering, exporting: Exporting) -> Table:
    return (
        Command(
            "what",
            Words(en="what I know of you", zh="我知道你的什么", ja="あなたについて知っていること"),
            arguments=(_PAGE,),
            how=remembering.what,
        ),
        Command(
            "why",
            Words(
                en="what I had in mind at my last answer",
                zh="我上次回答时想起了什么",
                ja="さっきの返事で思い浮かべていたこと",
            ),
            how=remembering.why,
        ),
        Command(
            "export",
            Words(
                en="all that I remember of you, as files",
                zh="把我记得的你的一切导出成文件",
                ja="あなたについての記憶をファイルで",
            ),
            how=exporting.export,
            alone=True,
        ),
    )


def _erasing(remembering: Remembering, oblivion: Oblivion) -> Table:
    return (
        Command(
            "forget",
            Words(en="forget it for good", zh="永远忘掉", ja="完全に忘れる"),
            arguments=(_WHAT,),
            how=oblivion.forget,
        ),
        Command(
            "wrong",
            Words(en="say that a fact is wrong", zh="有一条不对", ja="間違っている事実"),
            arguments=(_MEMORY,),
            how=remembering.wrong,
        ),
    )


def _wishing(quiet: Quiet) -> Table:
    return (
        Command(
            "off",
            Words(
                en="remember nothing of what is said here",
                zh="不再记住这里说的话",
                ja="ここでの話を覚えない",
            ),
            how=quiet.off,
        ),
        Command(
            "on",
            Words(en="remember again", zh="重新开始记住", ja="また覚える"),
            how=quiet.on,
        ),
        Command(
            "together",
            Words(
                en="let your private talks know each other",
                zh="让你的私聊互相知道",
                ja="あなたの個人チャットどうしで覚えを共有する",
            ),
            arguments=(_SWITCH,),
            how=quiet.together,
            alone=True,
        ),
    )
