"""How Japanese tells who one is, where, and with whom."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table

import re
from typing import Final

from persona.facts.japanese_frames import (
    FILL,
    FORGET,
    FRAMED,
    HEAD,
    IDLE,
    LISTED,
    PROMISE,
    REFUSED,
    REMEMBER,
    SHUT,
    VOID,
)
from persona.facts.japanese_health import HEALTH_RULES
from persona.facts.japanese_home import HOME
from persona.facts.japanese_self import NAMES, NATURE
from persona.facts.japanese_taste import TASTE
from persona.facts.japanese_words import KIN, PARTNER, PET
from persona.facts.japanese_work import WORK
from persona.facts.rule import Subject, Tongue

_ME: Final = "(?:私|わたし|わたくし|あたし|僕|ぼく|ボク|俺|おれ|オレ|うち|ウチ|わい|ワイ|自分|拙者|当方|こちら)"
_OF_ME: Final = "(?:私|わたし|あたし|僕|ぼく|俺|おれ|オレ|うち|ウチ|わい|ワイ|自分)の"
_TOPIC: Final = r"(?:はね|は|も|って|が|、|,|ね|さ|なんか|的に|\s)+"
_FRIEND: Final = "(?:(?:親友|友達|友人|同僚|後輩|先輩|同級生|幼馴染|近所|クラスメイト)の)"
_OTHERS: Final = r"彼女?[はがもって]|あなた|君|きみ|お前|あいつ|あの人|あの子|あの|その|この|これ|それ|あれ|みんな|皆|誰|隣の|隣人|新しい(?:同僚|先生|上司|人)|上司|先生[はがも]|先輩[はがも]|後輩[はがも]|店員さん|友達[はがも]|友人[はがも]|同僚[はがも]|人間|世の中|普通の人|[^\s、。]{1,6}の人[はが]"

JAPANESE: Final = Tongue(
    code="ja",
    head=HEAD,
    fill=FILL,
    subjects=(
        Subject(
            re.compile(
                rf"(?:{_OF_ME})?(?P<s>{KIN}|(?!彼女は){PARTNER})(?:の(?=誕生日|名前|仕事|職業|趣味)|はね|は|が|も|って(?!言|呼|い)|、|\s)+(?!いない|いる|います|[^\s、。]{{1,3}}人(?:い|お|\Z))"
            ),
            "kin",
        ),
        Subject(
            re.compile(
                rf"(?:{_FRIEND}(?P<s>[\u4e00-\u9fffァ-ヺーA-Za-zぁ-ん]{{1,6}}?(?:さん|ちゃん|くん|君)?)|(?P<s2>[\u4e00-\u9fffァ-ヺーぁ-んA-Za-z]{{1,6}}?(?<!お母)(?<!お父)(?<!お姉)(?<!お兄)(?<!奥)(?<!皆)(?<!店員)(?<!みな)(?<!ばあ)(?<!じい)(?:さん|ちゃん|くん)))(?:は|が|って|も|、)"
            ),
            "named",
        ),
        Subject(re.compile(rf"{_ME}{_TOPIC}|{_ME}(?=[ァ-ヺ\u4e00-\u9fffA-Z])"), "self"),
        Subject(re.compile(rf"{_OF_ME}|(?={KIN}|{PARTNER}|{PET})"), "mine"),
        Subject(re.compile(_OTHERS), "other"),
    ),
    rules=(*NAMES, *WORK, *HEALTH_RULES, *NATURE, *HOME, *TASTE),
    framed=FRAMED,
    shut=SHUT,
    void=VOID,
    listed=LISTED,
    refused=REFUSED,
    remember=REMEMBER,
    forget=FORGET,
    promise=PROMISE,
    idle=IDLE,
)
