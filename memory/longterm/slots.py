"""What kind of fact a question is after: who asks "what do I do for a living?" is after a job.

A fact is indexed under a mark of its slot besides its words, and such a question is looked for
under the same mark. So the fact is found though it shares no word with the question.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Final

from memory.longterm.naming import is_of_us
from persona.facts.kinds import Slot

_Patterns = Sequence[tuple[str, re.Pattern[str]]]

_SPELLED: Final[Mapping[Slot, str]] = MappingProxyType(
    {
        "name": r"my (?:full |first |last |sur)?name\b|what am i called|who am i\b",
        "nickname": r"nickname|call me\b",
        "birthday": r"birthday|born\b|how old\b|my age\b",
        "lives_in": r"live\b|living in\b|my (?:home|house|flat|address|city|town)\b|move[ds]?\b",
        "from": r"where\b.*\bfrom\b|home ?town|gr[eo]w up\b|originally\b",
        "job": r"jobs?\b|work(?:s|ed|ing)?\b|for a living\b|profession|occupation|career|employ"
        r"|boss\b",
        "school": r"school|university|college|stud(?:y|ied|ying|ent)\b|major\b",
        "partner": r"husband|wife\b|spouse|partner|(?:boy|girl)friend|fianc|married|dating\b",
        "family": r"kids?\b|child|daughter|sons?\b|mother|mu?m\b|mom\b|father|dad\b"
        r"|my (?:boy|girl)\b|parents?\b|brother|sister|sibling|family|grand(?:ma|pa)|aunt"
        "|uncle|cousin|niece|nephew",
        "pet": r"pets?\b|dogs?\b|cats?\b|pupp|kitten|hamster|rabbit|parrot",
        "likes": r"favou?rite|do i (?:like|love|enjoy)|i (?:like|love|enjoy|prefer)\b"
        r"|hobb(?:y|ies)|my interests?\b",
        "dislikes": "hate|dislike|can'?t (?:i )?stand|don'?t (?:i )?like|detest",
        "allergy": "allerg|intoleran|(?:can'?t|cannot|can'?t i|can i|not|must i not) eat"
        r"|foods?\b.*\bavoid|avoid\b.*\b(?:eating|foods?)\b",
        "health": "health|illness|disease|medic(?:ine|ation)|diagnos|my condition",
        "skill": r"instrument|do i (?:play|speak)|good at\b|languages?\b|my skills?"
        "|i (?:am |was )?learn",
        "owns": r"my (?:car|bike|boat)\b|do i (?:own|drive|have)\b",
        "plan": r"appointment|my plans?\b|when (?:do|am|will|should) (?:i|we)\b"
        r"|when(?:'s| is) my\b|my schedule|am i (?:doing|going|planning)\b",
        "promise": "promis",
        "boundary": "boundar|(?:not|n't) (?:want to )?talk about",
    }
)
"""What is asked in English, where a word begins."""

_OTHERS: Final[Mapping[Slot, str]] = MappingProxyType(
    {
        "name": "我的?(?:名字|姓名)|我叫(?:什么|啥)|我姓|我是谁|(?<!の)名前(?:は|を|って|、)"
        "|(?:僕|私|俺|わたし|ぼく|あたし)の名前"
        "|(?:僕|私|俺|わたし|ぼく|あたし)(?:は|って)(?:だれ|誰)",
        "nickname": "外号|昵称|小名|怎么叫我|あだ名|ニックネーム|なんて呼",
        "birthday": "生日|几岁|多大|年龄|哪年生|誕生日|何歳|いくつだ|いくつにな|生まれ|年齢",
        "lives_in": "住|搬|家在|地址|引っ越|暮ら",
        "from": "老家|家乡|哪里人|哪儿人|来自|出身|故郷|地元|実家",
        "job": "工作|职业|上班|(?:做|干)什么的|靠什么(?:生活|吃饭|过)|仕事|職業|職場|働|勤め"
        "|何をして(?:暮|生|い)",
        "school": "学校|大学|读书|专业|毕业|専攻|卒業",
        "partner": "老公|老婆|(?<!大)丈夫|妻子|[男女](?:朋)?友|对象|结婚|单身"
        "|(?<!丈)夫(?:は|の|が|って)|妻|旦那|奥さん|彼氏|彼女|恋人|結婚|独身",
        "family": "孩子|女儿|儿子|妈|爸|母亲|父亲|父母|[哥姐弟妹]|家人|爷爷|奶奶|外公|外婆|子供"
        "|娘|息子|母|父|両親|[兄姉]|家族|祖[母父]|おばあ|おじい",
        "pet": "宠物|[狗猫]|兔子|仓鼠|鹦鹉|ペット|犬|うさぎ|ハムスター|飼",
        "likes": "喜欢|最爱|爱好|兴趣|爱[吃喝看听]|好き|趣味|お気に入り|好み|推し",
        "dislikes": "讨厌|不(?:喜欢|爱|吃)|受不了|嫌い|苦手|好きじゃない|食べ(?:ら)?れない",
        "allergy": "过敏|不能[吃碰喝]|忌口|吃不了|アレルギー|食べ(?:られ|ちゃ|ては|れ)ない"
        "|食べられる",
        "health": "我.*病|健康|身体(?:怎么|好)|吃.*药|病気|体調|持病|何の薬|薬を",
        "skill": "我会(?:什么|说|弹)|在学|学什么|乐器|擅长|楽器|得意|特技|習(?:って|い)|話せ|弾け",
        "owns": "我的?.{0,2}车|我有什么|(?:僕|私|俺)の車|何を持って",
        "plan": "计划|打算|预约|安排|什么时候|几点|日程|予定|予約|いつ|何時|計画",
        "promise": "答应|承诺|说好|約束",
        "boundary": "别提|不想聊|話したくない",
    }
)
"""And in Chinese and Japanese."""


def mark(slot: str) -> str:
    """The token of facts in *slot*, which nobody says."""
    return f"slot0{slot.replace('_', '')}"


def marks_asked(question: str) -> tuple[str, ...]:
    """The marks of what *question* is after; who asks for something of ours gets none."""
    if is_of_us(question):
        return ()
    words = question.lower()
    spelled, others = _patterns()
    patterns = spelled if words.isascii() else (*spelled, *others)
    return tuple(dict.fromkeys(token for token, one in patterns if one.search(words)))


@cache
def _patterns() -> tuple[_Patterns, _Patterns]:
    """Those of letters, and the others. Made when somebody first asks: a start does without."""
    spelled = [(mark(slot), re.compile(rf"\b(?:{one})")) for slot, one in _SPELLED.items()]
    return spelled, [(mark(slot), re.compile(one)) for slot, one in _OTHERS.items()]
