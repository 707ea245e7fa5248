"""How Chinese tells work and school."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from typing import Final

from persona.facts.chinese_parts import (
    ADV,
    ANY,
    END,
    NEAR,
    SELF,
    X,
    rule,
)
from persona.facts.chinese_words import (
    CITY,
    MAJOR,
    PARTNER,
    PLACE,
    TRADE,
)

OF_WORK: Final = (
    # work
    rule("job", rf"{ADV}(?:是|当|做|当了|做了)(?:一?[名个位]|一枚|个)?(?:普通的?|苦逼的?" r"|资深的?|小)?(?:(?P<job__at>(?!老板|领导|总裁|朋友|明星" rf"|[你他她我])[^,。!?\s是的]{{2,8}}?)的)?(?P<v>(?![做搞干]){TRADE})(" r"?:的)?(?=[了啦呢哦呀啊吧哈嘛~]*(?:\Z|\W|在|兼|做了|[一二三四五六七八九十几两\d]+年|快|已经|一枚|一个|不过|但|教))", ANY, refused=re.compile(r".*(?:的老师|你们?老板|[我你他她]的)")),
    rule("job", rf"{ADV}在(?P<v>{X}{{2,14}}?)(?:上班|工作|打工|任职|就职|做事|兼职|实习" r"|搬砖|干活|当差)(?!的人|过|时|那|,不|不)", ANY, side="at", refused=re.compile(r"(?:家|这|那|一起|外面|外地|你|努力|认真|忙着|自己|加班|哪|同一|一个|里|老家|国内|国外|海外|\w+楼|线上|网上|农村|当地|本地|周末" rf"|晚上)|{CITY}\Z|{PLACE}\Z")),
    rule("job", rf"{ADV}在(?:{CITY}|{PLACE}|(?P<job__at>{X}{{2,10}}?))?(?:里|那边|这边)?(?:当|做|担任|是)(?:一?[名个位])?(?P<v>{TRADE})(?:的)?{END}", ANY),
    rule("job", rf"{ADV}(?:是|本职是|主业是)?(?:做|搞|干|从事)(?P<v>{X}{{2,8}}?)(?:这?一?行|工作|方面|行业|相关|类)*(?:工作)?的{END}", ("self", "bare", "kin"), refused=re.compile(r"(?:这|那|什么|啥|的|饭|梦|事|错|自己|不|好|同样|一样|坏|到|了|过|家务|得|作业|我|你|出来|爱|完)")),
    rule("job", rf"{ADV}从事(?P<v>{X}{{2,8}}?)(?:行业|工作|方面|这行|相关)", NEAR),
    rule("job", r"(?:的)?(?:职业|工作|本职(?:工作)?)(?:是" rf"|:)(?:一?[名个位])?(?P<v>{X}{{2,10}}?)(?:的)?{END}", ("self", "bare", "kin"), refused=re.compile(r"(?:还行|很|什么|有|没|不|太|最|为了|我|他|你|双休|一|挺|每|需要|在|早|忙|朝|\d)")),
    rule("job", rf"{ADV}(?:是|在)?(?P<v>待业(?:在家|中)?|失业(?:中|在家)|无业(?:游民)?" r"|自由职业|退休(?!金)|已退休|全职带娃|全职在家|gap(?: year)?中?" rf"|啃老)(?:中|状态|者)?[了啦]?{END}", NEAR),
    rule("job", rf"{ADV}(?:和{PARTNER}|跟{PARTNER}|和朋友|跟朋友|自己|一起|合伙" r"|夫妻俩)*(?P<v>(?:开|经营)(?:了|着)?(?:一?[家间个])?(?:小" rf"|网)?{X}{{0,4}}?(?:店|馆|公司|工作室|餐厅|咖啡厅|民宿|超市|厂|农场" r"|诊所|酒吧|奶茶店|面包店|书店|花店|律所))(?!吗|的)", NEAR),
    rule("job", rf"{ADV}(?:在{X}{{2,8}}?)?(?P<v>教(?:小学|初中|高中|大学)?(?:语文|数学" r"|英语|物理|化学|生物|历史|地理|政治|音乐|美术|体育|[一二三四五六]年级" rf"|钢琴|舞蹈|瑜伽|画画|编程|日语|韩语|法语|中文))(?:的)?{END}", ("self", "kin")),
    rule("job", rf"{ADV}(?:升职|升|晋升|提拔)(?:当|成|为|到)了?(?P<v>{X}{{2,6}}?)(?:了|啦|\Z|\W)", NEAR),
    rule("job", rf"{ADV}(?:入职|跳槽到|跳槽去|跳到)了?(?P<v>{X}{{2,8}}?)(?:了|啦|\Z|\W)", NEAR, side="at", refused=re.compile(r"(?:第|一|新|\d|才|刚|快|满|时|那|培训|体检|手续)")),
    rule("job", rf"(?:我)?{ADV}(?:刚|今天|昨天|上周|上个?月|已经|终于|就)*(?:裸辞|辞职" r"|离职|辞了工作|被裁员?|被炒(?:鱿鱼)?|被优化|丢了工作|失业)(?:了|啦|\Z|,)", negated=True),
    rule("job", rf"{ADV}(?:已经|早就|早)?不在(?P<v>{X}{{2,10}}?)(?:上班|工作|干|做|任职)了", NEAR, side="at", negated=True),
    rule("job", rf"{ADV}(?:已经|早就|早)?不(?:再)?(?:做|当|干|是)(?P<v>{TRADE})了", NEAR, negated=True),
    # school
    rule("school", rf"{ADV}在(?P<v>{X}{{2,10}}?)(?:读书|上学|念书|上大学|读大学|读研|读博|读本科|读硕|念研|留学|就读|求学|深造|学(?P<school__major>{MAJOR}))", NEAR, refused=re.compile(rf"(?:家|学校|这|那|外地|哪|国外|海外|一起|努力|里|{CITY}\Z|{PLACE}\Z)")),
    rule("school", rf"{ADV}在(?P<v>{X}{{2,10}}?)(?:读|念|修)(?P<school__major>{MAJOR})", NEAR, refused=re.compile(rf"(?:家|学校|这|那|外地|哪|国外|海外|{CITY}\Z|{PLACE}\Z)")),
    rule("school", rf"{ADV}(?:就读于|就读|考上了?|考进了?|录取到)(?P<v>{X}{{2,10}}?)(?:的?(?P<school__major>{MAJOR})(?:系|专业))?{END}", NEAR, refused=re.compile(r"(?:了|大学\Z|研|公务员|编|驾照|哪|这)")),
    rule("school", rf"{ADV}(?:是|读|念)(?P<v>[一-鿿A-Z]{{2,6}}?(?:大学|大|学院|理工|师范|医学院|中学|一中|外国语))(?:的)?(?:(?P<school__major>{MAJOR})(?:系" r"|专业)?(?:的)?)?(?:(?P<school__year>大[一二三四]|研[一二三]|博[一二三四])的?)?(?:学生|在读|本科生?|硕士生?|博士生?|研究生|新生|毕业生|\Z|的\Z)", NEAR, refused=re.compile(r"(?:这|那|什么|多|很|老)")),
    rule("school", rf"{ADV}(?:正?在|上|读|念|是|在读|快)?(?P<v>高[一二三]|初[一二三]" r"|大[一二三四](?!岁|点)|研[一二三]|博[一二三四]|小[一二三四五六]|[一二三四五六]年级|博士在读|硕士在读|研究生在读)(?:在读|的学生|学生" rf"|生|党|狗|的|文科|理科|牲)?(?:学(?P<school__major>{MAJOR})的?)?[了啦]?{END}", NEAR, side="year"),
    rule("school", rf"{ADV}(?:是)?(?:一?[名个枚])?(?P<v>大学生|高中生|初中生|中学生|小学生" r"|研究生|硕士生?|博士生?|留学生|考研党|考研狗|艺考生|艺术生|体育生" rf"|医学生|法学生|高考生|复读生|专科生|职高生)(?:一枚|一个|在读)?{END}", NEAR, side="year"),
    rule("school", rf"(?:的)?{ADV}(?:专业是|专业:|学的是|读的是|念的是|主修的?是?|本科学的?|本科读的?|大学学的?|大学读的?)(?P<v>{X}{{2,8}}?)(?:的|专业|系)?{END}", NEAR, side="major", refused=re.compile(r"(?:什么|啥|哪|很|冷门)")),
    rule("school", rf"{ADV}(?:是)?(?:学|读|念)(?P<v>{MAJOR}|[一-鿿]{{2,6}}(?=专业))(?:专业)?(?:的)?{END}", ("self", "kin"), side="major"),
    rule("school", rf"{ADV}(?:是)?(?:学|读|念)(?P<v>{MAJOR})(?:专业)?的{END}", side="major"),
    rule("school", rf"(?:的)?(?P<v>{MAJOR})(?:系|专业)(?:的)?(?:学生|在读|大[一二三四]|研[一二三]|\Z)", NEAR, side="major"),
    rule("school", rf"{ADV}毕业于(?P<v>{X}{{2,10}}?)(?:大学)?(?:(?P<school__major>{MAJOR})(?:系|专业))?{END}", NEAR),
    rule("school", rf"{ADV}(?:是|从)(?P<v>[一-鿿A-Z]{{2,8}}?)毕业(?:的|了)?{END}", NEAR, refused=re.compile(r"(?:大学|学校|刚|去年|今年|明年|哪|什么)\Z")),
    rule("school", rf"{ADV}(?:大学|高中)?(?:退学|辍学|肄业)(?:了|啦|\Z)", SELF, negated=True),
)
