"""How Chinese, in both scripts, tells facts of oneself and of others."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Sequence
from typing import Final

from persona.facts.chinese_body import OF_BODY
from persona.facts.chinese_home import OF_HOME
from persona.facts.chinese_more import born, more, promised, wished
from persona.facts.chinese_parts import NOT, TASTE
from persona.facts.chinese_taste import OF_TASTE
from persona.facts.chinese_words import KIN, PARTNER, SIMPLE, SURNAME
from persona.facts.chinese_work import OF_WORK
from persona.facts.rule import Head, Tongue

_FRAMED: Final = re.compile(
    r"角色扮演|扮演|翻译|怎么说\Z|用[日英韩法德]语|(?:帮我|给我)?写一?[首篇个段封]|帮我写|剧本|小说里|歌词|书里|电影里|游戏里|剧里|动漫里|梦到|梦见|做梦|角色(?:叫|名|是)|主角|男主|女主|台词|设定(?:是|里)|想象一下|想像|假设|假如|假装|假裝|如果|要是|万一|讲个|编个|造句|开玩笑的?|骗你的"
)
_VOID: Final = re.compile(
    r"就好了|多好(?:啊|呀|\Z)|的话|(?:听|据)说|(?:[他她]|[他她]们|老板|朋友|同学|同事|网友|老师|医生|有人|别人|大家|人家|我(?:妈|爸|哥|姐|弟|妹|老公|老婆|闺蜜|室友))[^,]{0,4}(?:说|觉得|以为|告诉|问|老是说|总说|嫌|让|叫我(?=[^\w]|回|去|来|吃))|(?:好|真|很|超|特别|也|还|又|都|最|老|一直|有点|突然|就|我)想(?!我的)|(?:我|也|还|就|都)?(?:想要|想养|想买|想去|想学|想当|想做|想吃|想有|希望|幻想|梦想|打算|考虑|准备|计划|决定|要不要|可能|也许|说不定|大概会|差点)(?!症)|是不是|有没有|会不会|能不能|要不(?:要|然)|难道|怎么(?!都|也)|为什么|什么(?!都|也)|谁(?!都|也)|哪(?!都|怕|里都)|像个?(?=.*一样)|好像(?:是)?我|仿佛|似的|看起来像|觉得(?:我|自己)(?:是|像)|以为(?:我|自己)|假的|不是说|我也不知道|忘了我(?:是|在)|感觉(?:我|自己)(?:是|像)|又不是"
)
_CUT: Final = re.compile(
    r"(?:[,;()\x00【】]|(?<![A-Za-z0-9])\s(?![A-Za-z0-9]))+|(?<=[^,\s])(?=(?:但是|不过(?!敏)|所以|因为|可是|而且|然后|虽然|但(?!愿|丁)|结果|导致|其实|话说|对了))"
)
_SERIES: Final = re.compile(
    rf"(?:{TASTE}|{NOT}|过敏的?有|会说?)(?:吃|喝|看|玩|听)?[^\W你您他她它我这那不也很]{{1,6}}(?:[,、][^\W你您他她它我这那不也很]{{1,6}})*,(?:还有|以及|和)" r"[^\W你您他她它我这那不也很]{1,6}(?=\Z|[,。!])"
)
_FILL = re.compile(
    r"(?:(?:大家好|哈喽|嗨|你好|您好|hi+|hello|对了|其实|话说(?:回来)?|那个|嗯+|啊|哦|噢|喔|就是|而且|但是|但|不过(?!敏)|所以|因为|可是|然后|另外|还有|顺便(?:说一下)?|说起来|今天|昨天|上周|上个?月|去年|前年|刚刚|终于|没想到|原来|老实说|说实话|讲真|真的|我跟你讲|我跟你说|跟你说|跟你讲|告诉你|没错|是的|对啊|好吧|哈+|呜+|害|唉|哎|诶|欸|先|自我介绍一下|纠正一下|更正一下|更正|说来话长|后来|毕业后|毕业以后|之后|虽然|可惜|结果|反正|总之|毕竟|突然想起来?|想起来|才想起来?|戴了手套才想起来|今年|现在|最近|目前|记住|记得|记着|请记住|别忘了|不要忘了|不要忘记|你要记得|你要记住|请你记住|帮我记一下|记一下|别忘|请|拜托|麻烦|btw|ps|p\.s\.|ok|okk+|虽说|讲道理|不瞒你说|坦白说|实不相瞒|大概|应该|甚至|至于|说到[^,]{1,6})[,:!~\s]*)*",
    re.IGNORECASE,
)
_KIN = re.compile(
    rf"(?P<s>(?:我(?:们)?(?:的|家)?|俺|咱)(?:那个|那|亲)?(?:{KIN}|{PARTNER}))(?!气|娘家|子|手|校|会|人|友|生|上(?!班|海|学)|妈咪" r"|宝宝巴士)(?:[A-Z][a-z]+|小[一-鿿](?=[^时候])|([一-鿿])\2(?=[^\2]))?"
)
_BARE_KIN = re.compile(
    rf"(?P<s>(?:{KIN}|老公|老婆|男朋友|女朋友|男友|女友))(?=在|是|对|今年|住|叫" r"|也|都|最|很|特别|喜欢|\d)(?<!爸在)(?<!孩子)(?<!宝宝)"
)
_NAMED = re.compile(
    r"(?:我?(?:的|有个|有一个|那个)?(?:好|男性|女性|大学|高中|初中)?(?:朋友|闺蜜|基友|哥们儿?|死党|发小|同事|同学|室友|舍友|前同事|学长|学姐|学弟|学妹|上司|下属|网友|搭子|饭搭子|表哥|表姐|表弟|表妹)(?P<s>[A-Z][a-z]+|[阿小老大][一-鿿](?:[^\W在是对住喜特很今也最超养有会讨A-Za-z\d](?=在|是|对|住|喜欢|特别))?" rf"|{SURNAME}[一-鿿]{{1,2}}?(?=在|是|对|住|喜欢|特别|很|今|也|最|超|养|有|会" r"|讨))|(?P<t>(?:[A-Z][a-z]+|[阿小老](?!家|师|板|是|说|学|时|公|婆|妈|爸|姐|哥|弟|妹|猫|狗|区|心|人|样|实|子|孩|家|总|年|外|天|道|百|大|二|三|四|五|幺|鼠|虎|伙|气|偷|朋|吃|丑|腿|票|程|众|白脸|了|乡|鸟|想)[一-鿿])(?=(?:现在|最近|目前|今年|其实|也|还|一直|已经|从小|真的)*(?:在(?=.{1,10}(?:上班|工作|打工|当|做|住|读))|是(?=.{1,10}(?:人|师|员|生|家|士|长)\Z)|对(?=.{1,10}过敏)|住在|喜欢|讨厌|养了))))"
)
_SELF = re.compile(
    rf"(?:我们|我(?!{KIN}(?!在))|咱们?|俺|本人|在下|吾|偶|老娘(?!舅)|老子|小弟" r"|小妹我|人家(?=[喜讨对最]))(?:家(?=[的里]?[一-鿿]*(?:猫|狗|犬|兔|鼠|叫|有|养)))?(?:自己|个人|本人|这边|这人|呢|嘛|吧|啊|呀)?[,:]?\s*"
)
_OTHERS = re.compile(
    r"(?:你|您|他|她|它|牠|祂|祢|这(?!边|里|辈)|那(?!年|时)|隔壁|邻居|老板|老师|医生|同事(?!们?都叫)|朋友(?!们?都叫)|室友|网友|客户|房东|领导|大家(?!都?叫)|别人|有人|人家(?![喜讨对最])|谁|公司(?!在)|学校|对方|男人|女人|小孩|现在的人|很多人|每个人|所有人|有的人|前任|前男友|前女友)"
)


def _heads(said: str) -> Sequence[Head]:
    fill = _FILL.match(said)
    start = fill.end() if fill else 0
    if kin := _KIN.match(said, start) or _BARE_KIN.match(said, start):
        own = Head("self", "", start + 1) if said[start] == "我" else Head("self", "", start)
        return [Head("kin", kin["s"], kin.end()), own]
    if (named := _NAMED.match(said, start)) and (name := named["s"] or named["t"]):
        return [Head("named", name, named.end())]
    if own_word := _SELF.match(said, start):
        behind = _FILL.match(said, own_word.end())
        at = behind.end() if behind else own_word.end()
        return [
            Head("self", "", own_word.end()),
            *([Head("self", "", at)] if at > own_word.end() else []),
        ]
    if _OTHERS.match(said, start):
        return (
            []
            if not re.match(r"(?:你们?|大家|朋友|同学|同事|别人)", said[start:])
            else [Head("bare", "", start)]
        )
    return [Head("bare", "", start), *([Head("bare", "", 0)] if start else [])]


_LEAD = re.compile(
    r"(?:[一二两三四五六七八九十几\d]+(?:只|条|匹)|的|了|着|过|一个|一些|一点|点|那种|这种(?=.{3})|那些|在|去|[「『“\"]|所有|各种|:|\s)+"
)
_TAIL = re.compile(
    r"(?:[\s,、」』”\"~]|[了啦呢哦呀啊吧哈嘛哟咯噢喔诶嗎吗]|的(?=\Z)|之类|什么|等等|hhh+|www+|lol|233+|这种|那种|这样|死了|来着|而已|这件事|这个|一枚|得不行|得要死|极了|到不行|啥|来的?|XD|qwq|QAQ|orz)+\Z"
)


def _trimmed(said: str, start: int, end: int) -> tuple[int, int]:
    if (lead := _LEAD.match(said, start, end)) and lead.end() < end:
        start = lead.end()
    tail = _TAIL.search(said[start:end])
    return (start, start + tail.start()) if tail and tail.start() > 0 else (start, end)


CHINESE: Final = Tongue(
    code="zh",
    framed=_FRAMED,
    cut=_CUT,
    series=_SERIES,
    void=_VOID,
    heads=_heads,
    rules=(*OF_HOME, *OF_WORK, *OF_TASTE, *OF_BODY),
    listed=re.compile(r"[,、]?(?:以及|还有|或者)|和(?!平|谐|服|尚|牛)|跟(?!风)|、|或|,"),
    trimmed=_trimmed,
    refused=re.compile(r"(?:你|您|他|她|它|这|那|这个|那个|什么|谁|啥|哪|某|不|也|都|就|又|我|很|太)\Z|(?:你|您|他|她|它)(?:们|的)"),
    more=more,
    wished=wished,
    promised=promised,
    born=born,
    tag=re.compile(r"[,\s]*(?:好吗|行吗|可以吗|好不好|行不行|好么|ok吗?|OK吗?|谢谢|拜托了?|好嘛)\Z", re.IGNORECASE),
    begs=re.compile(r"(?:能|可以|可不可以|能不能)你?(?:帮我)?(?:把|记住|记一下|记下|忘|删|别记|不要记)"),
    stops=re.compile(r"如果|要是|听说|据说|说\Z|说:|(?:他|她|有人|网友|朋友)[^,]{0,4}说"),
    plain=SIMPLE,
)
