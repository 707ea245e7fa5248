"""The table: every command that the house knows, in the order in which help tells of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from anima.ids import Ids
from anima.mandate import Mandates
from anima.orders import Obeyed
from anima.ports import BotName, Clock
from anima.sound import Voicing
from service.commands.aside import Aside
from service.commands.audit import AUDIT_PAGE
from service.commands.business import Business
from service.commands.casting import PERSONA, Casting, Company
from service.commands.compare import Compare
from service.commands.info import Info
from service.commands.initiative import First, initiative
from service.commands.known import Past, Register
from service.commands.language import LANGUAGE, Preference
from service.commands.later import Later, said_later
from service.commands.listing import Listing
from service.commands.memory import Memories, memory
from service.commands.model import Switch
from service.commands.replay import Replay
from service.commands.table import Argument, Command, Table, Wish, at
from service.commands.talk import DIAL, Dial
from service.commands.thread import Opens, thread
from service.commands.voice import Aloud
from service.commands.welcome import CODE, Greeting, page
from service.commands.whom import ALLOWED, REASON, WHO
from service.commands.why import Why
from service.commands.words import Words
from service.entry import Entry
from service.souls import Souls

_VERSION_HELP: Final = Words(en="the version", zh="版本", ja="版")
VERSION: Final = Argument("version", "version", "NAME", _VERSION_HELP)
_ANY_VERSION: Final = Argument(
    "version", "version", "NAME", _VERSION_HELP, required=False, retired=True
)
_PERHAPS_VERSION: Final = Argument("version", "version", "NAME", _VERSION_HELP, required=False)
WHERE: Final = Argument(
    "where",
    "choice",
    "here|everywhere",
    Words(
        en="only here, or everywhere", zh="只在这里，还是所有地方", ja="ここだけか、すべての場所か"
    ),
    options=("here", "everywhere"),
    required=False,
)
SHARE: Final = Argument(
    "share", "share", "10%|off", Words(en="of the conversations", zh="对话的比例", ja="会話の割合")
)
FIRST: Final = Argument("first", "version", "A", _VERSION_HELP)
SECOND: Final = Argument(
    "second", "version", "B", Words(en="the other version", zh="另一个版本", ja="もう一つの版")
)
TEXT: Final = Argument(
    "text", "text", "TEXT", Words(en="what both are asked", zh="问它们的话", ja="両方に聞くこと")
)
TURN: Final = Argument(
    "turn",
    "turn",
    "TURN|last",
    Words(en="which answer", zh="哪一次回答", ja="どの返事か"),
    required=False,
    otherwise="last",
)

ASK: Final = Command(
    "ask",
    Words(en="say something to me", zh="跟我说句话", ja="私に話しかける"),
    arguments=(
        Argument("words", "text", "WORDS", Words(en="what you say", zh="你说的话", ja="言うこと")),
    ),
    aloud=True,
    speech=True,
    only=("discord",),
)
"""Where somebody brought us to a place that we are not in, nothing else that they say is heard."""


def offered(  # noqa: PLR0917 - each is one part of the house
    company: Company,
    souls: Souls,
    register: Register,
    past: Past,
    memories: Memories,
    ids: Ids,
    clock: Clock,
    entry: Entry,
    mandates: Mandates,
    openers: Mapping[BotName, Opens],
    later: Later,
    first: First,
    *,
    voicing: Voicing | None = None,
) -> Table:
    """The commands over these parts.

    *openers* open threads, *later* knows what is said at a time and to many, *first* of writing
    first. *voicing* is when people are answered aloud who have not chosen; None: never.
    """
    aside, who = Aside(clock), entry.doorway.who

    async def tell(wish: Wish) -> Obeyed:
        heard = wish.order.heard
        return Obeyed(page(at(heard.speaker.platform, table), who(heard), wish.language))

    table = (
        Command(
            "start",
            Words(en="we begin", zh="开始聊天", ja="話しはじめる"),
            arguments=(CODE,),
            how=Greeting(company, entry.invitations.invited).start,
            open_ended=True,
            aloud=True,
        ),
        Command(
            "help",
            Words(en="this list", zh="显示这段说明", ja="この説明"),
            how=tell,
            open_ended=True,
        ),
        ASK,
        thread(openers),
        *_manners(Preference(clock), Why(past, company, who), Dial(clock)),
        *initiative(first, clock, who),
        Aloud(clock, voicing).command,
        *memory(memories, company, clock, who),
        _model(
            Switch(souls, ids, clock),
            Listing(souls, register),
            Info(souls, register),
            Compare(souls, company, aside),
        ),
        _personas(Casting(company, souls, clock)),
        Business(mandates, clock).command,
        Command(
            "replay",
            Words(
                en="the last answers; or one of them again, by another version",
                zh="最近的回答；或者换个版本重答其中一次",
                ja="最近の返事。または別の版でもう一度",
            ),
            who="admins",
            arguments=(TURN, _PERHAPS_VERSION),
            how=Replay(souls, past, company, aside).replay,
            alone=True,
        ),
        *said_later(later, clock),
        *_people(entry),
    )
    return table


def _people(entry: Entry) -> Table:
    """Who may talk with it, and how the house does."""
    letting = entry.letting
    return (
        Command(
            "allow",
            Words(
                en="let somebody in; lists; invitations",
                zh="同意某人进来；名单；邀请",
                ja="だれかを入れる。一覧や招待も",
            ),
            who="admins",
            arguments=(ALLOWED,),
            how=letting.allow,
        ),
        Command(
            "ban",
            Words(en="hear somebody no more", zh="不再理会某人", ja="だれかの言葉を聞かない"),
            who="admins",
            arguments=(replace(WHO, otherwise="-"), REASON),
            how=letting.ban,
        ),
        Command(
            "unban",
            Words(en="hear them again", zh="重新理会某人", ja="また聞くようにする"),
            who="admins",
            arguments=(WHO,),
            how=letting.unban,
        ),
        Command(
            "stats",
            Words(
                en="today and the last seven days",
                zh="今天和最近七天的统计",
                ja="今日とこの七日間の数字",
            ),
            who="admins",
            how=entry.stats.stats,
            alone=True,
        ),
        Command(
            "audit",
            Words(en="who did what to me", zh="谁对我做过什么", ja="だれが何をしたか"),
            who="admins",
            arguments=(AUDIT_PAGE,),
            how=entry.auditing.audit,
            alone=True,
        ),
    )


def _personas(casting: Casting) -> Command:
    """Who plays."""
    return Command(
        "persona",
        Words(en="who you talk with", zh="在和谁聊天", ja="だれと話すか"),
        who="admins",
        subcommands=(
            Command(
                "list",
                Words(en="everybody in this house", zh="这里都有谁", ja="ここにいるのはだれか"),
                how=casting.list,
            ),
            Command(
                "use",
                Words(
                    en="who plays here from now on",
                    zh="从现在起这里由谁来聊",
                    ja="今からここでだれが話すか",
                ),
                arguments=(PERSONA,),
                how=casting.use,
            ),
            Command(
                "reload",
                Words(
                    en="read the personas' folders again",
                    zh="重新读取人设文件夹",
                    ja="人格のフォルダーを読み直す",
                ),
                how=casting.reload,
            ),
        ),
    )


def _manners(preference: Preference, why: Why, dial: Dial) -> Table:
    """What people want of it, and why it did as it did."""
    return (
        Command(
            "language",
            Words(
                en="in which language I answer you",
                zh="我用哪种语言回答你",
                ja="どの言語で答えるか",
            ),
            arguments=(LANGUAGE,),
            how=preference.language,
        ),
        Command(
            "why",
            Words(
                en="why I spoke last, or kept silent",
                zh="我刚才为什么说话，或为什么没说",
                ja="さっき話した理由、黙っていた理由",
            ),
            how=why.why,
        ),
        Command(
            "talk",
            Words(
                en="how readily I speak in a group",
                zh="我在群里有多主动",
                ja="グループでどれだけ話すか",
            ),
            who="admins",
            arguments=(DIAL,),
            how=dial.talk,
        ),
    )


def _model(switch: Switch, listing: Listing, info: Info, compare: Compare) -> Command:
    """`/model` and all that belongs to it."""
    return Command(
        "model",
        Words(en="versions of the soul", zh="灵魂的版本", ja="魂の版"),
        who="admins",
        subcommands=(
            Command(
                "list",
                Words(en="all versions", zh="所有版本", ja="すべての版"),
                how=listing.list,
            ),
            Command(
                "use",
                Words(en="who speaks from now on", zh="从现在起由谁说话", ja="今から誰が話すか"),
                arguments=(VERSION, WHERE),
                how=switch.use,
            ),
            Command(
                "info",
                Words(
                    en="what a version is, and how it does",
                    zh="一个版本的资料和表现",
                    ja="版の中身と評判",
                ),
                arguments=(_ANY_VERSION,),
                how=info.info,
            ),
            Command(
                "rollback",
                Words(
                    en="take the last choice back", zh="撤回上一次选择", ja="最後の選択を取り消す"
                ),
                arguments=(WHERE,),
                how=switch.rollback,
            ),
            Command(
                "canary",
                Words(
                    en="try a version in a share of the conversations",
                    zh="在一部分对话里试用一个版本",
                    ja="一部の会話で版を試す",
                ),
                arguments=(_PERHAPS_VERSION, SHARE),
                how=switch.canary,
            ),
            Command(
                "compare",
                Words(
                    en="two answers side by side",
                    zh="两个版本的回答放在一起看",
                    ja="二つの返事を並べて見る",
                ),
                arguments=(FIRST, SECOND, TEXT),
                how=compare.compare,
                alone=True,
            ),
        ),
    )
