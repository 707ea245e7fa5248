"""What kind of fact a question is after: who asks "what do I do for a living?" is after a job.

A fact is indexed under a mark of its slot besides its words, and such a question is looked for
under the same mark. So the fact is found though it shares no word with the question.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from memory.longterm.naming import is_of_us
from persona.facts.kinds import Slot

_ASKED: Final[Mapping[Slot, str]] = MappingProxyType(
    {
        "name": r"\bmy (?:full |first |last |sur)?name\b|what am i called|\bwho am i\b"
        r"|我的?(?:名字|姓名)|我叫(?:什么|啥)|我姓|我是谁"
        r"|(?<!の)名前(?:は|を|って|、)|(?:僕|私|俺|わたし|ぼく|あたし)の名前"
        r"|(?:僕|私|俺|わたし|ぼく|あたし)(?:は|って)(?:だれ|誰)",
        "nickname": r"\bnickname|\bcall me\b|外号|昵称|小名|怎么叫我|あだ名|ニックネーム|なんて呼",
        "birthday": r"\bbirthday|\bborn\b|\bhow old\b|\bmy age\b|生日|几岁|多大|年龄|哪年生"
        r"|誕生日|何歳|いくつだ|いくつにな|生まれ|年齢",
        "lives_in": r"\blive\b|\bliving in\b|\bmy (?:home|house|flat|address|city|town)\b"
        r"|\bmove[ds]?\b|住|搬|家在|地址|引っ越|暮ら",
        "from": r"\bwhere\b.*\bfrom\b|\bhome ?town|\bgr[eo]w up\b|\boriginally\b"
        r"|老家|家乡|哪里人|哪儿人|来自|出身|故郷|地元|実家",
        "job": r"\bjobs?\b|\bwork(?:s|ed|ing)?\b|\bfor a living\b|\bprofession|\boccupation"
        r"|\bcareer|\bemploy|\bboss\b|工作|职业|上班|(?:做|干)什么的|靠什么(?:生活|吃饭|过)"
        r"|仕事|職業|職場|働|勤め|何をして(?:暮|生|い)",
        "school": r"\bschool|\buniversity|\bcollege|\bstud(?:y|ied|ying|ent)\b|\bmajor\b"
        r"|学校|大学|读书|专业|毕业|専攻|卒業",
        "partner": r"\bhusband|\bwife\b|\bspouse|\bpartner|\b(?:boy|girl)friend|\bfianc|\bmarried"
        r"|\bdating\b|老公|老婆|(?<!大)丈夫|妻子|[男女](?:朋)?友|对象|结婚|单身"
        r"|(?<!丈)夫(?:は|の|が|って)|妻|旦那|奥さん|彼氏|彼女|恋人|結婚|独身",
        "family": r"\bkids?\b|\bchild|\bdaughter|\bsons?\b|\bmother|\bmu?m\b|\bmom\b|\bfather"
        r"|\bdad\b|\bmy (?:boy|girl)\b|\bparents?\b|\bbrother|\bsister|\bsibling|\bfamily"
        r"|\bgrand(?:ma|pa)|\baunt|\buncle|\bcousin|\bniece|\bnephew|孩子|女儿|儿子|妈|爸|母亲|父亲|父母|[哥姐弟妹]|家人"
        r"|爷爷|奶奶|外公|外婆|子供|娘|息子|母|父|両親|[兄姉]|家族|祖[母父]|おばあ|おじい",
        "pet": r"\bpets?\b|\bdogs?\b|\bcats?\b|\bpupp|\bkitten|\bhamster|\brabbit|\bparrot"
        r"|宠物|[狗猫]|兔子|仓鼠|鹦鹉|ペット|犬|うさぎ|ハムスター|飼",
        "likes": r"\bfavou?rite|\bdo i (?:like|love|enjoy)|\bi (?:like|love|enjoy|prefer)\b"
        r"|\bhobb(?:y|ies)|\bmy interests?\b|喜欢|最爱|爱好|兴趣|爱[吃喝看听]"
        r"|好き|趣味|お気に入り|好み|推し",
        "dislikes": r"\bhate|\bdislike|\bcan'?t (?:i )?stand|\bdon'?t (?:i )?like|\bdetest"
        r"|讨厌|不(?:喜欢|爱|吃)|受不了|嫌い|苦手|好きじゃない|食べ(?:ら)?れない",
        "allergy": r"\ballerg|\bintoleran|\b(?:can'?t|cannot|can'?t i|can i|not|must i not) eat"
        r"|\bfoods?\b.*\bavoid|\bavoid\b.*\b(?:eating|foods?)\b|过敏|不能[吃碰喝]|忌口|吃不了"
        r"|アレルギー|食べ(?:られ|ちゃ|ては|れ)ない|食べられる",
        "health": r"\bhealth|\billness|\bdisease|\bmedic(?:ine|ation)|\bdiagnos|\bmy condition"
        r"|我.*病|健康|身体(?:怎么|好)|吃.*药|病気|体調|持病|何の薬|薬を",
        "skill": r"\binstrument|\bdo i (?:play|speak)|\bgood at\b|\blanguages?\b|\bmy skills?"
        r"|\bi (?:am |was )?learn|我会(?:什么|说|弹)|在学|学什么|乐器|擅长"
        r"|楽器|得意|特技|習(?:って|い)|話せ|弾け",
        "owns": r"\bmy (?:car|bike|boat)\b|\bdo i (?:own|drive|have)\b|我的?.{0,2}车|我有什么"
        r"|(?:僕|私|俺)の車|何を持って",
        "plan": r"\bappointment|\bmy plans?\b|\bwhen (?:do|am|will|should) (?:i|we)\b"
        r"|\bwhen(?:'s| is) my\b|\bmy schedule|\bam i (?:doing|going|planning)\b"
        r"|计划|打算|预约|安排|什么时候|几点|日程|予定|予約|いつ|何時|計画",
        "promise": r"\bpromis|答应|承诺|说好|約束",
        "boundary": r"\bboundar|\b(?:not|n't) (?:want to )?talk about|别提|不想聊|話したくない",
    }
)


def mark(slot: str) -> str:
    """The token of facts in *slot*, which nobody says."""
    return f"slot0{slot.replace('_', '')}"


def marks_asked(question: str) -> tuple[str, ...]:
    """The marks of what *question* is after; who asks for something of ours gets none."""
    if is_of_us(question):
        return ()
    return tuple(token for token, pattern in _patterns() if pattern.search(question))


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Made when somebody first asks: a start does without."""
    slots = (re.compile(one, re.IGNORECASE) for one in _ASKED.values())
    return list(zip(map(mark, _ASKED), slots, strict=True))
