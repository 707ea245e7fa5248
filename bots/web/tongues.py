"""The page's own few words, in the browser's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from bots.web.mind import State


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the page besides the talk. The names of its parts are the same everywhere."""

    code: str
    online: str
    typing: str
    reconnecting: str
    placeholder: str
    you: str
    sent: str
    read: str
    waiting: str
    failed: str
    today: str
    yesterday: str
    older: str
    newest: str
    transcript: str
    no_script: str
    password: str
    enter: str
    ask: str
    wrong: str
    patience: str
    elsewhere: str
    too_many: str
    later: str
    fetching: str
    loading: str
    stand_in: str
    good: str
    bad: str
    unlike: str
    voice: str
    play: str
    pause: str
    position: str
    words: str

    def about(self, state: State) -> str:
        """One line about the model, where there is something to say."""
        lines = {"fetching": self.fetching, "loading": self.loading, "stand-in": self.stand_in}
        return lines.get(state, "")


_ENGLISH: Final = Words(
    code="en",
    online="online",
    typing="typing…",
    reconnecting="reconnecting…",
    placeholder="Write a message",
    you="You",
    sent="Sent",
    read="Read",
    waiting="Waiting for the network",
    failed="Not sent",
    today="Today",
    yesterday="Yesterday",
    older="Earlier messages",
    newest="New messages",
    transcript="Conversation",
    no_script="This page needs JavaScript.",
    password="Password",  # noqa: S106 (a label)
    enter="Come in",
    ask="Please say the password to come in.",
    wrong="That is not the password.",
    patience="Too many wrong tries. Please wait {seconds} s.",
    elsewhere="Please come in from this page itself.",
    too_many="That was a lot at once. Please wait a moment.",
    later="This cannot be kept right now. Please try again in a moment.",
    fetching="The model is being fetched, this once. You can write already.",
    loading="The model is waking up. You can write already.",
    stand_in="No model is here yet; a scripted stand-in answers.",
    good="I like this answer",
    bad="I don't like this answer",
    unlike="Not like me",
    voice="Voice message",
    play="Play",
    pause="Pause",
    position="Position",
    words="Words",
)
_CHINESE: Final = Words(
    code="zh",
    online="在线",
    typing="正在输入…",
    reconnecting="正在重新连接…",
    placeholder="写点什么吧",
    you="你",
    sent="已发送",
    read="已读",
    waiting="等待网络",
    failed="未发送",
    today="今天",
    yesterday="昨天",
    older="更早的消息",
    newest="新消息",
    transcript="对话",
    no_script="这个页面需要 JavaScript。",
    password="密码",  # noqa: S106 (a label)
    enter="进入",
    ask="请输入密码。",
    wrong="密码不对。",
    patience="错误次数太多，请等 {seconds} 秒。",
    elsewhere="请从本页面进入。",
    too_many="发得太快了，请稍等一下。",
    later="现在没能保存，请稍后再试。",
    fetching="正在下载模型，只需这一次。你可以先写。",
    loading="模型正在启动。你可以先写。",
    stand_in="现在还没有模型，由预设的替身来回答。",
    good="我喜欢这个回答",
    bad="我不喜欢这个回答",
    unlike="不像我",
    voice="语音消息",
    play="播放",
    pause="暂停",
    position="位置",
    words="文字",
)
_JAPANESE: Final = Words(
    code="ja",
    online="オンライン",
    typing="入力中…",
    reconnecting="再接続しています…",
    placeholder="メッセージを書く",
    you="あなた",
    sent="送信済み",
    read="既読",
    waiting="接続を待っています",
    failed="未送信",
    today="今日",
    yesterday="昨日",
    older="以前のメッセージ",
    newest="新しいメッセージ",
    transcript="会話",
    no_script="このページには JavaScript が必要です。",
    password="パスワード",  # noqa: S106 (a label)
    enter="入る",
    ask="パスワードを入力してください。",
    wrong="パスワードが違います。",
    patience="間違いが続きました。{seconds} 秒お待ちください。",
    elsewhere="このページから入ってください。",
    too_many="少し速すぎます。しばらくお待ちください。",
    later="今は保存できませんでした。少し後でもう一度お試しください。",
    fetching="モデルを取得しています（初回のみ）。先に書いておけます。",
    loading="モデルを起動しています。先に書いておけます。",
    stand_in="モデルはまだありません。台本どおりの代役が答えます。",
    good="この回答が好きです",
    bad="この回答は好きではありません",
    unlike="私らしくない",
    voice="ボイスメッセージ",
    play="再生",
    pause="一時停止",
    position="再生位置",
    words="文字",
)
_ALL: Final[Mapping[str, Words]] = {one.code: one for one in (_ENGLISH, _CHINESE, _JAPANESE)}


def languages(request: Request) -> list[str]:
    """The primary codes of the browser's languages, the one it likes best first."""
    wishes = []
    for place, wish in enumerate(request.headers.get("accept-language", "").split(",")[:20]):
        code, _, rest = wish.partition(";")
        primary = code.strip().partition("-")[0].lower()
        if primary.isalpha() and primary.isascii():
            wishes.append((-_liking(rest), place, primary))
    return [primary for liking, _, primary in sorted(wishes) if liking]


def words_for(request: Request) -> Words:
    """The page's words in the first language of the browser's that we have; else English."""
    known = (_ALL[code] for code in languages(request) if code in _ALL)
    return next(known, _ENGLISH)


def _liking(rest: str) -> float:
    try:
        return float(rest.strip().removeprefix("q=")) if rest.strip() else 1.0
    except ValueError:
        return 0.0
