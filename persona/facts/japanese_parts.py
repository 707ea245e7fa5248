"""Parts that the rules for Japanese are put together from."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Iterable
from typing import Final

from persona.facts.japanese_words import (
    KIN,
    PARTNER,
    SURNAME,
)
from persona.facts.kinds import Slot
from persona.facts.rule import Rule, Who

SELF: Final[tuple[Who, ...]] = ("self", "bare")
NEAR: Final[tuple[Who, ...]] = ("self", "bare", "kin")
ANY: Final[tuple[Who, ...]] = ("self", "bare", "kin", "named")

X: Final = r"[^、,。!?\x00はがを]"
V: Final = r"(?P<v>[^、,。!?\x00]{1,24}?)"
LISTED: Final = r"(?P<v>[^。!?\x00]{1,32}?)"
IS: Final = (
    r"(?:です|でした|だ(?![っろ])|なん(?:です|だ)|なの|っす|やねん|や(?=\W|\Z)|じゃ(?=\Z)|である)"
)
TO_BE: Final = (
    rf"(?={IS}|[で笑w]*(?:\W|\Z)|だよ|かな|よね?\b|ね\b|の(?=\Z)|だから|なので"
    r"|から\Z|が\Z|で\Z|やって|して)"
)
IN_LIST: Final = TO_BE.replace(r"(?:\W|\Z)|だよ", r"(?:[^\w、]|\Z)|だよ")
VERY: Final = (
    r"(?:本当に|ほんとに?|ほんまに|マジで|まじで|めっちゃ|めちゃくちゃ|めちゃ"
    r"|すごく|すっごく|とても|超|ちょー?|かなり|一番|いちばん|何より|昔から"
    r"|だいぶ|結構|けっこう|絶対|死ぬほど|わりと|割と|普通に|やっぱり?|特に"
    r"|あんまり?|あまり|そんなに|全然|もう|今も|まだ|ずっと|実は|ガチで"
    r"|ちょっと|少し|どうしても|だけは?)*"
)
ON: Final = (
    r"(?:い?ます|い?る(?!人|ひと|時|とき|子|奴|やつ|友|の[はがを]|みたい|と思"
    r"|よね\?)|おります|い?て(?:\W|\Z)|んだ|んです|\d)"
)
NAME: Final = r"[一-鿿々ぁ-ゖァ-ヺーA-Za-z・]{1,12}?"
WORDY = re.compile(
    rf"(?!{SURNAME}\Z).*(?:する|した|して|です|ます|ない|られ|くて|こと|もの|とき|時|ところ|感じ" r"|中|何|未定|まだ|っぽい)\Z|.*[はをがに].*"
)
NO_PLACE = re.compile(
    r"(?:地方|田舎|都会|海外|郊外|外国|ここ|そこ|あそこ|どこ|家|自宅|在宅|外|近く|一緒|未来|過去|後ろ|前|朝|夜|毎日|そのまま|みんな|二人|ふたり|1人|一人|\w*(?:マンション|アパート|団地|一軒家|実家|寮|社宅)|\w*(?:ために|ように|から|まで|とき|時|頃|ころ|[歳年月日前後夏冬春秋]|週間?))\Z|[ぁ-ゖ]{1}\Z"
)
NO_TASTE = re.compile(
    r"(?:友達|友人|親友|みんな|先輩|後輩|同僚|上司|\w+さん|\w+ちゃん|\w+くん)[はが].|.*(?:アレルギー|から.|ので.|けど.)|(?:[ぁ-ゖ]|それ|これ|大|仕事|バイト|学校|勉強|会社|今日|明日|昨日|月曜\w*|今|私|\w*のこと|\w*(?:さん|ちゃん|くん)|(?:お?[母父姉兄])\w*|" rf"{KIN}|{PARTNER}|\w*(?:してくれる|される|した|言って|思って|ところ|とこ" r"|する人|人)|でも|だから|みんな|誰も|自分|世界|そういうとこ\w*|なんか)\Z|(?:君|あなた|お前|そういう|その|この|あの|そんな|こんな)"
)
NO_SKILL = re.compile(
    r"(?:\w*(?:彼[氏女]|恋人|友達|赤ちゃん|子供|準備|予約|用意|我慢|理解|納得|信じ|連絡|集中|ニキビ|口内炎|あざ|虫歯|何|なに|なんでも|これ|それ|あれ|誰|話|返事|約束|時間|貯金|行列|仕事|感謝|お店|店|安心|想像|覚悟|今日|明日)|[ぁ-ゖ])\Z"
)
SCHOOL: Final = (
    r"(?:[一-鿿ァ-ヺーA-Za-z]{1,12}(?:大学院?|大|高校|高専|専門学校|中学校?"
    r"|小学校|学園|女子大|美大|芸大|医大|農大|外大|塾)|早稲田|慶[應応]|東大|京大"
    r"|阪大|一橋"
    r"|東工大|上智|明治|青学|立教|法政|中央|同志社|立命館|関学|関大|近大|日大"
    r"|東洋|駒澤|専修|理科大|MIT|NYU|ハーバード|スタンフォード)"
)
COUNT: Final = r"(?:(?:[1-9一二三四五六七八九十]+|数)[匹羽頭](?:の|を|も)?|ひき)?"


def rule(
    slot: Slot,
    pattern: str,
    who: Iterable[Who] = SELF,
    *,
    side: str = "",
    negated: bool = False,
    many: bool = False,
    refused: re.Pattern[str] | None = None,
) -> Rule:
    """A rule."""
    return Rule(slot, re.compile(pattern), frozenset(who), side, negated, many, refused)
