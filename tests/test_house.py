"""What the house says itself: who may come in, who may command, and the commands of everyone."""

from dataclasses import replace

import pytest

from anima.model import Heard, Speaker, Standing
from anima.orders import Obeyed, Order
from anima.steps import Knocked
from persona.card import load
from persona.engine import Engine
from service.house import FrontDoor
from service.settings import Settings
from service.shipped import found
from tests.counter import ANN, KEN, LI, NOBODY, TURN, Counter, claimed, says
from tests.persona_fakes import HandClock, Notebook, Script

OWNERS = ("telegram:7",)
AT_HOME = (Speaker("console", "ann", "ann"), Speaker("web", "guest", "Guest"))


def door(**access: object) -> FrontDoor:
    """The door under these settings of `[access]`, with no admins unless they are named."""
    return Counter(**{"admins": [], **access}).door


def kokoro(*answer: str | Exception) -> Engine:
    """The shipped persona, whose model says *answer* to whatever it is asked, twice."""
    clock = HandClock()
    model = Script(clock, answer, answer)
    return Engine(load(found(Settings().persona)), model, clock, Notebook())


def test_everyone_may_come_in() -> None:
    """Without a list nobody is turned away."""
    assert door().admits(says("Hi"))


def test_only_those_on_the_list_may() -> None:
    """With a list, they and the admins; the same number elsewhere is somebody else."""
    listed = door(who="listed", listed=["telegram:7"], admins=["telegram:8"])

    admitted = [
        listed.admits(says("Hi", one)) for one in (ANN, LI, KEN, Speaker("discord", "7", "Ann"))
    ]

    assert [True, True, False, False] == admitted


@pytest.mark.parametrize("owner", AT_HOME)
def test_whoever_is_at_home_is_always_let_in(owner: Speaker) -> None:
    """They sit at the owner's machine, or hold the owner's password."""
    assert door(who="listed").admits(says("Hi", owner))


@pytest.mark.parametrize(
    ("heard", "begins"),
    [
        (says("Hello, who are you?", KEN), "I only talk"),
        (says("你好，你是谁？"), "我只和"),
        (says("こんにちは、だれですか？"), "知っている人"),
        (says("/start", LI), "我只和"),
        (says("／start the is", LI), "我只和"),
        (says("/start", NOBODY), "I only talk"),
    ],
    ids=["en", "zh", "ja", "command", "wide command", "no language"],
)
async def test_a_stranger_is_told_once(heard: Heard, begins: str) -> None:
    """One polite line in their own language, which is remembered, and then nothing more."""
    listed = door(who="listed")

    first = await listed.refuse(Order(claimed(), heard, TURN), "stranger")
    again = await listed.refuse(Order(claimed(), replace(heard, standing="told"), TURN), "stranger")

    (knocked,) = first.steps
    assert first.text.startswith(begins)
    assert isinstance(knocked, Knocked)
    assert (heard.speaker.address, heard.speaker.name, "") == (
        knocked.address,
        knocked.name,
        knocked.ticket,
    )
    assert Obeyed("") == again


@pytest.mark.parametrize("who", ["everyone", "listed", "paired"])
async def test_who_is_shut_out_hears_nothing(who: str) -> None:
    """Neither are they let in, whatever they bring, nor told why."""
    house = door(who=who, listed=["telegram:7"])
    for text in ("Hi", "/start", "/start invite_BCDFGHJKMNPQ"):
        heard = replace(says(text), standing="banned")

        assert not house.admits(heard)
        assert Obeyed("") == await house.refuse(Order(claimed(), heard, TURN), "stranger")


@pytest.mark.parametrize("who", ["listed", "paired"])
def test_who_was_let_in_may_talk(who: str) -> None:
    """Though no setting names them; one who was only told may not."""
    house = door(who=who)
    standings: tuple[Standing, ...] = ("", "told", "allowed", "banned")

    admitted = [house.admits(replace(says("Hi", KEN), standing=one)) for one in standings]

    assert [False, False, True, False] == admitted


def test_an_owner_is_never_shut_out() -> None:
    """What the settings say of them counts for more than what was said of them once."""
    assert door(admins=OWNERS).admits(replace(says("Hi"), standing="banned"))


@pytest.mark.parametrize(
    ("text", "admitted"),
    [
        ("/start invite_BCDFGHJKMNPQ", True),
        ("／start@ku invite_x", True),
        ("/start ref_17", False),
        ("/start", False),
        ("/help invite_BCDFGHJKMNPQ", False),
        ("invite_BCDFGHJKMNPQ", False),
        ("/start invite_", False),
    ],
)
def test_whoever_brings_an_invitation_is_heard(text: str, *, admitted: bool) -> None:
    """What it is worth is found out when it is obeyed."""
    assert admitted == door(who="paired").admits(says(text, KEN))


def test_talk_is_no_command() -> None:
    """What does not begin with a command we know goes to the persona."""
    house = door()
    talk = ("Hi", "", "/unknown", "say /start", "/startle")

    assert [False] * 5 == [house.commands(says(text)) for text in talk]


def test_commands_are_known_to_everybody() -> None:
    """Also those that only an admin may use: for others they are no talk either."""
    house = door()
    texts = ("/start", "/help", "/model use KU5.0", "/replay", "／help@ku", "  /START x")

    assert [True] * 6 == [house.commands(says(text)) for text in texts]


async def test_talk_that_is_obeyed_all_the_same_has_no_answer() -> None:
    """Nobody asks for it; there is nothing to say and nothing to do."""
    assert Obeyed("") == await Counter().obey("Hi")


@pytest.mark.parametrize("text", ["/start", "/start ref_17", "／start  一 二", "/start@ku hello"])
@pytest.mark.parametrize("speaker", [ANN, LI, KEN, NOBODY])
async def test_start_is_answered_by_the_persona(text: str, speaker: Speaker) -> None:
    """In its own words, as a part of the talk; what a link brings along tells no language."""
    answer = await Counter(admins=[]).obey(text, speaker=speaker)

    assert Obeyed(f"welcome ({speaker.language})", talk=True) == answer


ENGLISH = [
    "Just write to me, as you would to anybody.",
    "/start [CODE]: we begin",
    "/help: this list",
    "/language [en|zh|ja|…|auto]: in which language I answer you",
    "/why: why I spoke last, or kept silent",
    "/quiet [22:00-08:00|3d|off|forever]: when I leave you alone",
    "/initiative on: I may write first",
    "/initiative off: I never write first",
    "/initiative why: what I have in mind, and what holds me back",
    "/voice [on|off|mirror]: whether I answer you aloud here",
    "/memory what [PAGE]: what I know of you",
    "/memory why: what I had in mind at my last answer",
    "/memory export: all that I remember of you, as files",
    '/memory forget this|"text"|#ID|here|all: forget it for good',
    "/memory wrong #ID: say that a fact is wrong",
    "/memory off: remember nothing of what is said here",
    "/memory on: remember again",
    "/memory together [on|off]: let your private talks know each other",
    "/private [on|off]: a talk that I forget when it is over",
    "/link [CODE]: be one person on several platforms",
    "/unlink [telegram|discord|web|console]: undo that",
    "/remind [WHEN WHAT|list|remove N]: remind you at a time",
    "/timezone [CITY|UTC+8|off]: by which clock you live",
]


@pytest.mark.parametrize(
    ("speaker", "lines"),
    [
        (ANN, ENGLISH),
        (
            LI,
            [
                "直接跟我说话就好。",
                "/start [CODE]：开始聊天",
                "/help：显示这段说明",
                "/language [en|zh|ja|…|auto]：我用哪种语言回答你",
                "/why：我刚才为什么说话，或为什么没说",
                "/quiet [22:00-08:00|3d|off|forever]：什么时候不打扰你",
                "/initiative on：可以主动找你",
                "/initiative off：不主动找你",
                "/initiative why：我想说什么，为什么没说",
                "/voice [on|off|mirror]：我在这里是否用语音回答你",
                "/memory what [PAGE]：我知道你的什么",
                "/memory why：我上次回答时想起了什么",
                "/memory export：把我记得的你的一切导出成文件",
                '/memory forget this|"text"|#ID|here|all：永远忘掉',
                "/memory wrong #ID：有一条不对",
                "/memory off：不再记住这里说的话",
                "/memory on：重新开始记住",
                "/memory together [on|off]：让你的私聊互相知道",
                "/private [on|off]：一段说完就忘掉的谈话",
                "/link [CODE]：让我在几个平台上把你当作同一个人",
                "/unlink [telegram|discord|web|console]：解除关联",
                "/remind [WHEN WHAT|list|remove N]：到时候提醒你",
                "/timezone [CITY|UTC+8|off]：你的时区",
            ],
        ),
        (
            KEN,
            [
                "ふつうに話しかけてください。",
                "/start [CODE]：話しはじめる",
                "/help：この説明",
                "/language [en|zh|ja|…|auto]：どの言語で答えるか",
                "/why：さっき話した理由、黙っていた理由",
                "/quiet [22:00-08:00|3d|off|forever]：そっとしておく時間",
                "/initiative on：こちらからも連絡する",
                "/initiative off：こちらからは連絡しない",
                "/initiative why：考えていることと、書かない理由",
                "/voice [on|off|mirror]：ここで声で答えるかどうか",
                "/memory what [PAGE]：あなたについて知っていること",
                "/memory why：さっきの返事で思い浮かべていたこと",
                "/memory export：あなたについての記憶をファイルで",
                '/memory forget this|"text"|#ID|here|all：完全に忘れる',
                "/memory wrong #ID：間違っている事実",
                "/memory off：ここでの話を覚えない",
                "/memory on：また覚える",
                "/memory together [on|off]：あなたの個人チャットどうしで覚えを共有する",
                "/private [on|off]：終わったら忘れる内緒の話",
                "/link [CODE]：複数のプラットフォームで同じ人として話す",
                "/unlink [telegram|discord|web|console]：それを解除する",
                "/remind [WHEN WHAT|list|remove N]：時間になったら知らせる",
                "/timezone [CITY|UTC+8|off]：あなたのタイムゾーン",
            ],
        ),
        (NOBODY, ENGLISH),
    ],
)
async def test_help_tells_what_everybody_may(speaker: Speaker, lines: list[str]) -> None:
    """In the language of the person's client, for a command has none itself."""
    answer = await Counter(admins=[]).obey("/help the model", speaker=speaker)

    assert lines == answer.text.splitlines()
    assert not answer.talk


SCHEDULING = (
    '/schedule add "30 9 * * 1-5" here|NAME TEXT|do: INTENTION:'
    " say something at a time, once or again and again"
)


@pytest.mark.parametrize("owner", [ANN, *AT_HOME])
async def test_help_tells_admins_more(owner: Speaker) -> None:
    """Every command of the table with its form, a line each."""
    lines = (await Counter(admins=OWNERS).told("/help", speaker=owner)).splitlines()

    assert [
        "/start [CODE]: we begin",
        "/help: this list",
        "/language [en|zh|ja|…|auto]: in which language I answer you",
        "/why: why I spoke last, or kept silent",
        "/talk [0-5]: how readily I speak in a group",
        *ENGLISH[5:-2],
        "/model list: all versions",
        "/model use NAME [here|everywhere]: who speaks from now on",
        "/model info [NAME]: what a version is, and how it does",
        "/model rollback [here|everywhere]: take the last choice back",
        "/model canary [NAME] 10%|off: try a version in a share of the conversations",
        "/model compare A B TEXT: two answers side by side",
        "/persona list: everybody in this house",
        "/persona use NAME|home: who plays here from now on",
        "/persona reload: read the personas' folders again",
        "/business [on|off] [NAME]: the chats of yours in which I write in your place",
        "/replay [TURN|last] [NAME]: the last answers; or one of them again, by another version",
        *ENGLISH[-2:],
        "/schedule list: all that waits",
        SCHEDULING,
        "/schedule remove N: take one back",
        "/say here|NAME|everyone TEXT: say something as I would",
        "/allow [CODE|WHO|list|invite]: let somebody in; lists; invitations",
        "/ban [WHO] [REASON]: hear somebody no more",
        "/unban [WHO]: hear them again",
        "/stats: today and the last seven days",
        "/audit [PAGE]: who did what to me",
    ] == lines[1:]


@pytest.mark.parametrize(
    "text",
    [
        "/model",
        "/model list",
        "/model use KU5.0",
        "/model use nonsense everywhere",
        "/model canary off",
        "/model compare KU1.0 KU5.0 hi",
        "／ＭＯＤＥＬ　use",
        "/model@ku rollback",
        "/replay",
        "/replay last KU5.0",
        "/talk",
        "/talk 5",
        "/allow BCDFGH",
        "/allow invite",
        "/ban telegram:5",
        "/unban telegram:5",
        "/stats",
        "/audit 2",
    ],
)
@pytest.mark.parametrize("private", [True, False])
async def test_who_is_no_admin_is_refused(text: str, private: bool) -> None:
    """By one line in the persona's voice, in their language, whatever the rest of it says."""
    counter = Counter(admins=OWNERS, who="listed", listed=["telegram:8"], plays={"KU1.0": ("x",)})

    answer = await counter.obey(text, speaker=LI, private=private)

    assert Obeyed("sorry (forbidden) zh-hans") == answer
    assert [] == counter.voice.scenes


@pytest.mark.parametrize(
    "impostor", [Speaker("discord", "7", "Ann"), Speaker("telegram", "77", "telegram:7")]
)
async def test_an_admin_is_known_by_the_whole_address(impostor: Speaker) -> None:
    """Neither the same number elsewhere nor the name counts."""
    answer = await Counter(admins=OWNERS).obey("/model use KU5.0", speaker=impostor)

    assert "sorry (forbidden) " == answer.text


@pytest.mark.parametrize("owner", AT_HOME)
async def test_whoever_is_at_home_may_command(owner: Speaker) -> None:
    """Without being named in the settings; the ledger is told who it was."""
    answer = await Counter(admins=[]).obey("/model use KU5.0", speaker=owner)

    (step, _) = answer.steps
    assert getattr(step, "by", "") == owner.address


@pytest.mark.parametrize(
    ("speaker", "word"), [(ANN, "Kokoro"), (LI, "心心"), (KEN, "こころ"), (NOBODY, "Kokoro")]
)
async def test_the_shipped_persona_greets_in_the_language_of_the_client(
    speaker: Speaker, word: str
) -> None:
    """What a link brings along is not taken for words."""
    house = Counter(persona=kokoro(), admins=[])

    assert word in await house.told("/start this is what the link says", speaker=speaker)


@pytest.mark.parametrize("speaker", [ANN, LI, KEN])
async def test_the_shipped_persona_refuses_in_the_language_of_the_client(speaker: Speaker) -> None:
    """Though the words of the command are English; in one line without a reference."""
    persona = kokoro()
    plain = says({"en": "Hello there", "zh-hans": "你好吗", "ja": "こんにちは"}[speaker.language])

    line = await Counter(persona=persona, admins=[]).told(
        "/model use the new one everywhere for me", speaker=speaker
    )

    assert persona.sorry("forbidden", [plain], "") == line
    assert 1 == len(line.splitlines())


async def test_comparing_shows_no_thoughts() -> None:
    """It is the persona that answers, with all that it keeps to itself."""
    house = Counter(persona=kokoro("<think>The user is ", "asking.</think>", "Hello, Sensei."))

    text = await house.told("/model compare KU5.0 KU6.0 Hi")

    assert "KU5.0 · 0.0 s\nHello, Sensei.\n\nKU6.0 · 0.0 s\nHello, Sensei." == text
