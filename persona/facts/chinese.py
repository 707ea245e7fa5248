"""How Chinese, in both scripts, tells who one is, where, and with whom."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table

import re
from typing import Final

from persona.facts.chinese_frames import (
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
from persona.facts.chinese_health import HEALTH_RULES
from persona.facts.chinese_home import HOME
from persona.facts.chinese_self import NAMES, NATURE
from persona.facts.chinese_taste import TASTE
from persona.facts.chinese_words import KIN, PARTNER, SIMPLE
from persona.facts.chinese_work import WORK
from persona.facts.rule import Subject, Tongue

_FRIEND: Final = (
    "(?:最好的|好|老)?(?:朋友|同事|闺蜜|同学|室友|邻居|哥们儿?|学长|学姐|学弟|学妹|基友)"
)
_OTHERS: Final = "[他她它你您]|大家|有人|人家|别人|谁|这|那|某|每个|所有|一些|隔壁|老板|领导|公司|学校|老师(?!的我)|医生(?!的我)|警察|国家|有些|孩子们|人们|男人|女人|我们(?:老师|公司|学校|班|老板|领导|分头)"

CHINESE: Final = Tongue(
    code="zh",
    head=HEAD,
    fill=FILL,
    subjects=(
        Subject(
            re.compile(rf"(?P<s>(?:我|俺|咱)们?家?的?(?:{KIN}|{PARTNER}))(?!控|党)的?\s*"), "kin"
        ),
        Subject(
            re.compile(rf"(?P<s>{PARTNER}|{KIN})(?=[是在对也会住喜爱生过叫最很])(?!控|党)的?\s*"),
            "kin",
        ),
        Subject(
            re.compile(
                rf"(?:我的?{_FRIEND}|{_FRIEND})?的?(?P<s>[小老阿](?!家|板|师|时|学|说|公|婆|爸|妈|爹|娘|姨|是|猫|狗|区|城|弟|妹|哥|姐|了|人)[\u4e00-\u9fff]|[A-Z][a-z]{{1,10}}(?=\s?[\u4e00-\u9fff]))(?=\s?[住在对是的会养从])(?:的)?\s*"
            ),
            "named",
        ),
        Subject(
            re.compile(
                rf"(?:我|咱|俺|本人)(?!们|{_FRIEND}|(?:的|家)(?:{KIN}|{PARTNER}))(?:的|家的?|自己(?!喜)|这个人|这人)?\s*"
            ),
            "self",
        ),
        Subject(re.compile(r"我们(?=家|养|结婚|有[两三一]|住在|搬)\s*"), "self"),
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
    letters=SIMPLE,
)
