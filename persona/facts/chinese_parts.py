"""Parts that the rules for Chinese are put together from."""

# one rule a row
# fmt: off

import re
from collections.abc import Iterable
from typing import Final

from persona.facts.kinds import Slot
from persona.facts.rule import Rule, Who

SELF: Final[tuple[Who, ...]] = ("self", "bare")
OWN: Final[tuple[Who, ...]] = ("self",)
NEAR: Final[tuple[Who, ...]] = ("self", "bare", "kin")
ANY: Final[tuple[Who, ...]] = ("self", "bare", "kin", "named")

X: Final = r"[^,。!?;:、\x00\n]"
END: Final = r"(?=[了啦呢哦呀啊吧的哈嘛~]*(?:\Z|\W))"
ADV: Final = (
    r"(?:现在|目前|最近|今年|其实|也|还|就|都|一直|真的|特别地?|超级?|很|非常|已经"
    r"|刚刚?|从小就?|平时|终于|又|确实|比较|蛮|挺|最|太|巨|贼|好|有点|有些|可能是"
    r"|算是|一向|老是|总是|经常|偶尔|主要|只|更|极其|相当|超+|真|这辈子|个人|本来"
    r"|本身|明明|毕竟|可|打小|打从小|从来|天生|甚至|尤其|特|们|家|这边|这人|这个人"
    r"|这几年|前几年|小时候就|今天|昨天|上周|上个?月|前天|去年|前年|上星期|上礼拜"
    r"|半年前|[一二三四五六七八九十几两\d]+[年月天周]前|\d{4}年|\d{1,2}月份?"
    r"|[一二三四五六七八九十]+月份?|早就|居然|竟然|突然|已|常年)*"
)
NAME: Final = r"(?:[一-鿿·]{1,4}?|[A-Za-z][A-Za-z.' -]{0,20}?|[一-鿿]{1,2}[A-Za-z]{1,8})"
NAMED: Final = rf"[「『“\"]?(?P<v>{NAME})[」』”\"]?"
COUNT: Final = r"(?:[一二两三四五六七八九十几\d]+|好几|好多)?(?:只|条|隻|匹|头|个|窝|对|缸)?"
KEEPS: Final = "(?:还|也|新)*(?:养|领养|收养|捡|抱养|买|救助|有)(?:了|着|过着|到|的)*"
NO_NAME = re.compile(
    r"(?:[他她它你您]|了|车|外卖|人|醒|不|个|什么|啥|救护车|滴滴|我|这|那|来|去|出|号|床|停|苦|好|板|名字|大家|妈|爸|老师|快递|滴|奶茶|代驾|一声|吃|回|起|干|唤|嚣|骂|喊|卖|得|着|过|绝|屈|我们|一|是|有|在|做|她|学生|同学)"
)
NO_PET_NAME = re.compile(
    r"(?:[他她它你您我]|了|醒|不|个|什么|啥|得|着|过|一声|一天|这|那|来|春|苦|声|唤|嚣|是|有|在|大家|名字|爸|妈|起床|出来|回来)"
)
NO_PLACE = re.compile(
    r"(?:一起|一个人|家里?|宿舍|学校|公司|单位|[一二三四五六七八九十\d]+楼|服务器|酒店|城堡|这|那|哪|外面|里面|一块|同一|里|医院|隔壁|对面|楼上|楼下|海边|山上|村里|市中心|城里|乡下|农村|手机|古堡|你|他|她|朋友|我|爸妈|父母|附近|新家|新房|出租屋|别墅|学生|校|地下室|帐篷|心|梦|过去|未来|不|了|完|床)"
)
NO_TASTE = re.compile(
    r"(?:你|您|他|她|它|这|那|我(?!国|的世界|是)|了|上(?!网|课|班|海|学)|的|人家|谁|什么|啥|过|着|得|不|是|到|死|爱|就|哭|自己|大家|别人\Z|某人|所有|任何|一切|同一|老婆|老公|吗|么|吧|看你|听你|跟你|和你|有(?:点|些)|呢|也|还|都|极|疯)"
)
NO_HATE = re.compile(rf"{NO_TASTE.pattern}|工作|上班|死|闷|恼|人\Z|躁|透|心|这种|你")
TASTE: Final = (
    r"(?:喜欢上|喜欢|喜爱|热爱|酷爱|钟爱|偏爱|迷恋|爱好|爱上|迷上|入坑|沉迷于?"
    r"|痴迷于?|着迷于?|热衷于?|中意|爱(?!情|人|国|心|豆|好|莫|尔|丽|迪|上了?你))"
)
NOT: Final = (
    r"(?:不(?:是)?(?:太|怎么|很|大|咋)?(?:喜欢|爱(?!好|情)|能接受"
    r"|待见)(?![^,。]*了(?:\Z|[,。!]))|没(?:那么)?喜欢过?|讨厌|最烦|超烦|好烦|厌恶"
    r"|痛恨|憎恨|恨透了?|反感|嫌弃|受不了|无法忍受|接受不了|忍不了|欣赏不来|害怕"
    r"|最怕|超怕|很怕|怕(?!是|不|就|的|什么|麻烦你))"
)
BACK: Final = (
    r"(?=[了啦呢哦呀啊吧哈嘛~]*(?:\Z|[^\w、,]|但|不过|可是|因为|所以|尤其|特别是|而且"
    r"|就是|甚至|死了|得要死))"
)


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
    """A rule of which the letters may be of either case."""
    return Rule(
        slot, re.compile(pattern, re.IGNORECASE), frozenset(who), side, negated, many, refused
    )
