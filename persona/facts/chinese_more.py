"""What of Chinese needs more than one look: names at a greeting, ages, birthdays, wishes."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Iterator
from typing import Final

from persona.facts.chinese_words import KIN, PARTNER, PET, PLACE, SIGN, SURNAME, TRADE
from persona.facts.kinds import Slot
from persona.facts.rule import Clause, Draft, Wished

_END: Final = r"(?=[了啦呢哦呀啊吧的哈嘛~]*(?:\Z|\W))"
_GREETS: Final = re.compile(
    r"(?:大家好|你们?好|您好|哈喽|哈啰|嗨|嘿|hi|hello|自我介绍|初次见面|新人报到|早上好|晚上好|介绍一下)[^。\n]{0,4}\Z",
    re.IGNORECASE,
)
_GREETING: Final = re.compile(
    r"(?:大家好|你们好|你好|嗨+|哈喽|哈啰|hi|hello)[,!~\s]*", re.IGNORECASE
)
_BEHIND: Final = re.compile(
    r"\s*[,。!\s]*(?:\d{1,2}岁|今年\d|[男女],|来自|坐标|请多|多多|幸会|很高兴|刚来|做\w{2,4}的|[^,。]{2,4}人(?:\Z|[,。]))"
)
_NAME: Final = re.compile(
    r"(?:我(?:是|叫)|本人|在下|这里是?|是)?\s*(?P<v>[A-Z][A-Za-z]{1,12}" rf"|[阿小老][一-鿿]{{1,2}}|{SURNAME}[一-鿿]{{1,2}}|欧阳[一-鿿]{{1,2}}|司马[一-鿿]{{1,2}}){_END}"
)
_OWN: Final = re.compile(r"我(?:是|叫)|本人|在下|这里是")
_NO_NAME: Final = re.compile(
    rf"(?:{TRADE}|.*(?:{PET}|{KIN}|{PARTNER}|[人生员师者家手座控粉迷党狗族版友伙伴迷民级岁年月日号楼班型])|{PLACE}" r"|小白|小号|小透明|小孩|小学|小说|小时|老家|老人|老是|老样|老板|老师|老手|小可爱|小仙女|阿里|老鸟|小姐姐|小哥哥|小萌新|萌新|新手|马上|高兴|高三|高一|高二|高考|时常|安全|安静|万一|白天|白痴|段子|方便|江湖|单身|温柔|金融|石头|路过|从来|成为|王者|王八|常常|何必|和|平时|水果|向来|应该|毕竟|严重|严格|龙的|黄了|周末|周[一二三四五六日天]|于是|谢谢|解释|施|都|时候|明天|古代|梁|空|花痴|马云|黄牛|易燃|连|于|安|那|吃|曾经|许多|文科|理科|关于|苗条|甘心|INFP|INTJ|[IE][NS][TF][JP]|Nice|OK|Ok)\Z"
)
_AGE: Final = re.compile(
    r"(?:我)?(?:今年|刚满|刚刚?|马上就?|快|都|已经|才|现在|也|还|是|就|要|一个|年龄|年方|芳龄|虚岁|周岁|个|实际|下个?月|明天|今天|:)*(?P<v>\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[二三四五六七八九]十)(?:周)?岁(?!的?时候?|那年|生日|以|之|左右的|前|后|开始|起|才|就|小孩|的(?:弟|妹|儿|女|猫|狗|孩|娃)|上|到)"
)
_AGE_BARE: Final = re.compile(
    r"我(?:今年|都|已经|马上就?要?|快|才|刚)*(?:满)?(?P<v>\d{2}|[二三四五六七]十[一二三四五六七八九]?)(?:了|啦|\Z|,)"
)
_AGE_INTRO: Final = re.compile(r"(?P<v>[1-6]\d)(?:岁)?\Z")
_AGED: Final = re.compile(
    rf"(?P<s>(?:我(?:的|家)?)(?:{KIN}|{PARTNER}))(?:(?!一个)[一-鿿]{{0,2}})(?:今" r"年|刚满|都|已经|才|快|也|马上)*(?P<v>\d{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九十])(?:周)?岁(?!的?时候?|那年)"
)
_AGED_ON: Final = re.compile(
    r"(?:[他她])?(?:今年|刚满|都|已经|才|快)+(?P<v>\d{1,3}|[一二三四五六七八九]?十?[一二三四五六七八九十])(?:周)?岁"
)
_KIN_BEFORE: Final = re.compile(rf"(?P<s>我(?:的|家)?(?:{KIN}|{PARTNER}))[^。\n]*,\s*\Z")
_BORN: Final = re.compile(r"生日|出生|生于|过生")
_NOT_BORN: Final = re.compile(
    r"生日(?:礼物|蛋糕|派对|会|快乐|贺卡|歌|聚会|愿望|惊喜|宴)|出生(?:在(?!\d)|证|率|地)|祝.{0,4}生日|(?:你|您|他|她|它|朋友|同学|同事|老板|偶像|爱豆|领导|老师|室友|闺蜜|人家)们?的?[^,]{0,4}(?:过?生日)|(?:狗|猫|儿子|女儿)的?生日"
)
_OF: Final = re.compile(
    rf"(?P<kin>(?:我(?:的|家)?)?(?:{KIN}|{PARTNER}))的?(?:过)?(?:生日)" r"|(?P<named>[阿小老][一-鿿](?:[一-鿿](?=的))?|[A-Z][a-z]+" rf"|{SURNAME}[一-鿿]{{1,2}}(?=的))的?(?:是|在)?[^,]{{0,4}}生日"
)
_NAMED_IT: Final = re.compile(
    r"(?:它|她|他)?(?:一只|另一只)?(?:的?名字)?(?:取名|起名|名叫|名为|叫做|叫作|叫|名字是|给它起了个名字叫|起了个名字叫|是)+\s*[「“\"]?(?P<v>[一-鿿A-Za-z]{1,6}?)(?:[」”\"])?(?:和|一只叫(?P<w>[一-鿿A-Za-z]{1,6}?))?[了啦呢哦呀啊吧的哈嘛~]*\Z"
)
_NAMED_TWO: Final = re.compile(
    r"(?:一[只个条])?叫(?P<v>[一-鿿A-Za-z]{1,4}?)[,、]?(?:另)?(?:一[只个条])叫(?P<w>[一-鿿A-Za-z]{1,4})\Z"
)
_TAKEN_IN: Final = re.compile(rf"(?:养|领养|收养|捡|买|抱|有)[^。\n]{{0,10}}?(?P<k>{PET})")
_KIN_IN: Final = re.compile(
    rf"有(?:了)?(?:一个|个)?[^,。\n]{{0,4}}?(?P<k>{KIN}|{PARTNER})[了啦]?[,\s]*\Z"
)
_CHANGED: Final = re.compile(
    "(?:换了?(?:个|份|新)*工作|跳槽|转行|换公司|入职|找到新?工作)了?[^。\\n]{0,6}\\Z"
)
_NOW_AT: Final = re.compile(
    r"(?:我)?(?:现在|目前|如今|已经)(?:人)?(?:在|去)了?(?P<v>[^\W这那家哪你他她忙等找做当干][^,。!?\s\x00]{1,9}?)(?:了|啦|呢)?\Z"
)
_NO_WORK: Final = re.compile(
    rf".*(?:{PLACE}|适应|学习|努力|试用期|培训|加班|路上|公司|上班|工作|(?<!阿)里)\Z"
)
_OTHER: Final = (
    re.compile(rf"(?:我)?(?:也|是|个|一个|一枚|典型的?)*(?P<v>{SIGN})(?:的|人|女|男|座的|\Z|\W)"),
    re.compile(r"(?:我)?(?:是|属于|测出来是)*(?P<v>[IE][NS][TF][JP])(?:人|型|\Z|\W)", re.IGNORECASE),
    re.compile(r"我?(?:是|是个)?(?P<v>(?:[6-9]\d|0\d)(?:年|后))(?:的|生|出生|\Z)"),
    re.compile(r"我?(?:是)?(?P<v>属[鼠牛虎兔龙蛇马羊猴鸡狗猪])(?:的|\Z|\W)"),
    re.compile(r"我?(?:是|也|一直|从小|现在|已经|也|个|一个)*(?P<v>素食主义者|素食者|吃素|纯素|左撇子|佛教徒|基督徒|天主教徒|穆斯林|回民|无神论者|信佛教?|信基督教?|信天主教?|信伊斯兰教?|(?:回|满|蒙古|藏|维吾尔|壮|苗|彝|土家|朝鲜|侗|瑶|白|哈尼|黎|畲|傣)族|丁克|信佛教?|信基督教?|信天主教?|信伊斯兰教?|(?:回|满|蒙古|藏|维吾尔|壮|苗|彝|土家|朝鲜|侗|瑶|白|傣)族)(?:的|了|\Z|\W|好)"),
    re.compile(r"我?(?:是)?(?P<v>(?:AB|[ABO])型血?)(?:的|\Z|\W)"),
    re.compile(r"(?:我)?(?:的)?身高(?:有|是|才)?(?P<v>1\d\d(?:cm|厘米)?|[一1]米[一二三四五六七八九\d]{1,2})"),
)
_NOT_OTHER: Final = re.compile(r"我?(?:已经|现在|早就)?不(?:再)?(?P<v>吃素|信教|信佛)了?")
_PROMISE: Final = (
    re.compile(r"(?:我)?(?:向你|跟你|和你)?(?:保证|答应(?:过?你们?)|承诺)[,:]?\s*(?:我)?(?:以后|一定|会|下次一定|再也)*(?P<v>[^。!?\n,]{2,24}?)[了啦哦呀啊吧的]*(?=\Z|[,。!])"),
    re.compile(r"我(?:发誓|保证|向天发誓)[,:]?\s*(?:我)?(?P<v>(?:以后|一定|会|再也|绝不|绝对不|要)[^。!?\n,]{2,24})"),
    re.compile(r"说好了[,:]?\s*(?:我)(?:会|一定|要)?(?P<v>[^。!?\n,]{2,24})"),
)


def more(clause: Clause) -> Iterator[Draft]:
    """What the rules of single patterns leave."""
    yield from _called(clause)
    yield from _others_called(clause)
    yield from _at_work(clause)
    yield from _aged(clause)
    for pattern in _OTHER:
        if found := pattern.match(clause.said):
            yield Draft("other", clause.text[found.start("v") : found.end("v")])
    if found := _NOT_OTHER.match(clause.said):
        yield Draft("other", clause.text[found.start("v") : found.end("v")], negated=True)


def _called(clause: Clause) -> Iterator[Draft]:
    greeting = _GREETING.match(clause.said)
    start = greeting.end() if greeting else 0
    found = _NAME.match(clause.said, start)
    if found is None or _NO_NAME.match(found["v"]):
        return
    own = _OWN.match(clause.said, start)
    greeted = start > 0 or bool(_GREETS.search(clause.before))
    introduced = bool(_BEHIND.match(clause.after)) or clause.said.startswith("本人")
    if (own and (greeted or introduced)) or (greeted and introduced):
        yield Draft("name", clause.text[found.start("v") : found.end("v")])


def _others_called(clause: Clause) -> Iterator[Draft]:
    """The name of a pet, or of somebody near, who was spoken of just before."""
    pets, kin = [*_TAKEN_IN.finditer(clause.before)], _KIN_IN.search(clause.before)
    found = _NAMED_TWO.match(clause.said) or _NAMED_IT.match(clause.said)
    whose = kin or next(reversed(pets), None)
    if found is None or whose is None:
        return
    side = clause.told[slice(*whose.span("k"))]
    near: Slot = "partner" if re.fullmatch(PARTNER, whose["k"]) else "family"
    slot: Slot = near if kin else "pet"
    for name in ("v", "w"):
        if found[name]:
            yield Draft(slot, clause.text[found.start(name) : found.end(name)], side)


def _at_work(clause: Clause) -> Iterator[Draft]:
    """Where somebody is who has just said that they changed jobs."""
    found = _NOW_AT.match(clause.said) if _CHANGED.search(clause.before) else None
    if found and not _NO_WORK.match(found["v"]):
        yield Draft("job", clause.text[found.start("v") : found.end("v")], "at")


def _aged(clause: Clause) -> Iterator[Draft]:
    if of := _AGED.match(clause.said):
        yield Draft("other", clause.text[of.start("v") : of.end("v")], "age", of["s"])
        return
    kin = _KIN_BEFORE.search(clause.before)
    if kin and (on := _AGED_ON.match(clause.said)):
        yield Draft("other", clause.text[on.start("v") : on.end("v")], "age", kin["s"])
        return
    found = _AGE.match(clause.said) or _AGE_BARE.match(clause.said)
    if (
        found is None
        and _GREETS.search(clause.before[: max(0, len(clause.before) - 3)] + "") is None
    ):
        found = (
            _AGE_INTRO.match(clause.said)
            if re.search(r"自我介绍|本人|我是", clause.before)
            else None
        )
    if found and not kin:
        yield Draft("other", clause.text[found.start("v") : found.end("v")], "age")


def born(said: str) -> str | None:
    """Whose birthday the clause *said* tells; None: nobody's."""
    if not _BORN.search(said) or _NOT_BORN.search(said):
        return None
    of = _OF.search(said)
    return (of["kin"] or of["named"]) if of else ""


_ASK: Final = (
    r"(?:请你?|你?(?:一定|千万)?要|你|帮我|给我|麻烦|拜托|一定要|千万|也|先|那|就"
    r"|以后|能不能|可不可以|可以|能)*"
)
_REMEMBER: Final = (
    re.compile(rf"{_ASK}(?:记住|记得|记一下|记下来?|记好|记着|记个事|备忘|存一下" r"|记录一下|记下)(?:了|哦|啊|吧)?[:,，\s]+(?P<v>[^\n]{3,}?)[吗嘛]?\Z"),
    re.compile(rf"{_ASK}(?:记住|记得|别忘了?|不要忘记?了?|不能忘了?|记着|记一下" r"|记下)(?:了)?(?P<v>(?:我|咱|俺)[^\n]{2,}?)[吗嘛]?\Z"),
)
_FORGET: Final = (
    re.compile(rf"{_ASK}(?:这个|这件?事|这段|这话|接下来的?)?(?:别记|不要记|不用记" r"|别记录|别记住|不要记住|别存)[:,]\s*(?P<v>[^\n]{3,})\Z"),
    re.compile(rf"{_ASK}(?:忘了|忘掉|忘记|别记住?|不用记住?|不要记住?|别记得|删掉|删除" r"|删了|清除|别存|不要存)(?P<v>[^\n]{1,40}?)(?:这件事|这事|的事情?)?[吧啦了哦啊好吗]*\Z"),
    re.compile(rf"{_ASK}(?:把|将)(?P<v>[^\n]{{1,40}}?)(?:都|全部?|全都|给我|给)*(?:忘了" r"|忘掉|忘记|删了|删掉|删除|清掉|清空|抹掉)[吧啦了哦啊好]*\Z"),
    re.compile(r"(?P<v>(?:我|刚才|刚刚|之前|上次|以前)[^\n,]{1,30}?)(?:你)?(?:就|都|全)?(?:忘了吧|忘掉吧|忘了它吧|别记|不要记|不用记|删了吧|删掉吧)[了哦啊]*\Z"),
)
_THIS: Final = re.compile(r"(?:吧|这个?|这件事|这些|这事|刚才的?|刚刚的?|它|我刚才说的|我说的)\Z")
_NO_MATTER: Final = re.compile(
    r"(?:吧|就|带|了|这个文件|照片|他|她|烦恼|不开心|那个人|过去|一切|密码\Z|聊天记录|微信|好友|游戏|软件|app)|.{0,6}(?:文件|视频|照片|软件|好友)"
)


def wished(said: str) -> Wished | None:
    """What the sentence *said* wants remembered or forgotten."""
    said = said.rstrip(" ,")
    for pattern in _FORGET:
        found = pattern.match(said)
        if found and not _NO_MATTER.match(found["v"]):
            start, end = found.span("v")
            return Wished("forget", start, start if _THIS.match(found["v"]) else end)
    for pattern in _REMEMBER:
        if found := pattern.match(said):
            return Wished("remember", *found.span("v"))
    return None


def promised(said: str) -> tuple[int, int] | None:
    """Where in the sentence *said* stands what is promised."""
    for pattern in _PROMISE:
        if found := pattern.search(said):
            return found.span("v")
    return None
