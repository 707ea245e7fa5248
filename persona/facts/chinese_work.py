"""Chinese rules on school and work."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

from typing import Final

from persona.facts.chinese_parts import ADV, END, LETTER, MARK, rule, value
from persona.facts.chinese_words import COUNT, PLACE, TRADE
from persona.facts.rule import ANY, BARE, MINE, NEAR, SELF, Rule

_NAME: Final = r"\s?(?P<v>[\u4e00-\u9fff·]{1,5}|[A-Za-z][\w'-]*(?: [A-Z][\w'-]*)?)"
_NO_NAME: Final = r"[你您他她它们了不大人谁什么上来醒车个到过一这那外滴出顺的别起去回吃做帮快叫干骂救喊冤苦停啥错好]|.*[吗呢吧了的啥么]\Z"
_NUMBER: Final = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE: Final = r"(?P<v>[\d一二三四五六七八九十年月日号/.\-零〇元旦圣诞万平安夜情人节愚]{3,16})"
_MEASURE: Final = "(?:一?[名个位枚]|做|干|当|搞|个小|一个小|一名)?"
_UNREAL: Final = "[猪狗谁]|你|说|真|认|来|不|最|第|唯一|这|那"
_WHERE: Final = rf"\s?(?P<v>(?!{PLACE}(?:里|那边|这边)?(?:当|做|任|上班|工作|打工|实习)|家|路上|学校门|楼下|外面|线|努力|认真|拼命|好好|那|这|哪|一起|想){LETTER}{{1,16}}?)"
_KNOWN: Final = "(?:大学|学院|中学|高中|初中|小学|职高|中专|[一二三四五六七八九十]中|大|附中|外国语|NYU|MIT|UCL|[A-Z]{2,5})"
_FIELD: Final = "(?:计算机|软件|金融|会计|法律|法学|医|临床医学|护理|药学|英语|日语|中文|汉语言|新闻|传媒|心理学?|物理|化学|数学|生物|历史|哲学|社会学|经济学?|管理|工商管理|市场营销|机械|电气|电子|土木|建筑|设计|美术|音乐|舞蹈|体育|教育|师范|学前教育|农学|地理|天文|统计|人工智能|AI|自动化|通信|材料|环境|食品|政治|国际关系|CS|cs|服装|动画|播音|表演|导演)"

WORK: Final[tuple[Rule, ...]] = (
    # school
    rule("school", rf"{ADV}(?:退学|辍学|休学)了?", BARE, negated=True),
    rule("school", rf"(?:是)?{ADV}(?:在读)?(?P<v>(?:大|高|初|研|博)[一二三四](?!三班)|大学生|研究生|博士生|本科生|高中生|初中生|中学生|小学生|高考生|考研党|留学生|医学生|师范生|艺术生|体育生|准大学生|复读生)(?:在读)?(?=学生|生|狗|党|的|了|在|,|{END[3:-1]})(?:(?:学生)?,?学(?P<subject>{_FIELD})的)?", BARE, side="year", importance=4),
    rule("school", rf"{ADV}(?:在|就读于|就读|考上了?|考进了?|上的|保送到?|就读的是|毕业于|读的是?)\s?(?P<v>(?:[\u4e00-\u9fff]{{1,10}}?|[A-Za-z ]{{0,12}}){_KNOWN}|{PLACE}|清华|北大|复旦|交大|浙大|哈佛|剑桥|牛津|斯坦福)\s?(?:的)?(?=(?:读书|读研|读博|读|念书?|上学|上大学|学习?(?!了)|就读|留学|求学|毕业|研究生|在读|交换)|(?<=大学)|(?<=学院))(?:读书?研?博?|念|上学|学习?|就读|留学|毕业|求学|研究生|在读)?(?P<subject>{_FIELD})?", BARE, side="at", importance=4, refused="上|念|读"),
    rule("school", rf"毕业于\s?{value(2, 16)}{END}", NEAR, side="at", importance=4),
    rule("school", rf"(?:的)?(?:大学|本科|研究生|硕士|博士)?(?:专业|学的|读的|念的|主修)(?:是|学的是|就是|:)\s?{value(1, 10)}(?:专业)?{END}", BARE | MINE, side="studies", importance=4, refused="什么|啥"),
    rule("school", rf"{ADV}(?:学|读|念|主修|攻读)\s?(?P<v>{_FIELD}系?)(?:专业)?(?=的|专业|系|{END[3:-1]})", BARE, side="studies", importance=4),
    # work
    rule("job", rf"{ADV}(?:辞职|离职|裸辞|辞了工作|被裁员?|被优化|被炒|被炒鱿鱼|被开除?|被辞退|下岗|丢了工作|丢工作)(?:了|掉|啦|{END[3:-1]})", BARE, negated=True, importance=4),
    rule("job", rf"{ADV}不(?:再|是)?在{_WHERE}(?:上班|工作|干|做|当)[\u4e00-\u9fff]{{0,3}}了", NEAR, side="at", negated=True, importance=4),
    rule("job", rf"{ADV}不(?:再)?(?:当|做|是){_MEASURE}(?P<v>[\u4e00-\u9fff]{{0,4}}?{TRADE})了", NEAR, negated=True, importance=4),
    rule("job", rf"{ADV}在{_WHERE}(?:里)?\s?(?:当|做|任|担任){_MEASURE}\s?(?P<trade>[\u4e00-\u9fff]{{0,6}}?{TRADE})", ANY, side="at", importance=4, refused="游戏|梦"),
    rule("job", rf"{ADV}在{_WHERE}(?:里面?)?\s?(?:上班|工作|打工|实习|任职|就职|搬砖|当差|做事|干活|兼职|供职)(?!的时候|好累|太累|压力)", ANY, side="at", importance=4, refused="家|游戏|梦|一起|北京出差"),
    rule("job", rf"{ADV}(?:在{LETTER}{{1,8}}?)?(?P<v>教(?:英语|数学|语文|物理|化学|生物|历史|地理|政治|音乐|美术|体育|钢琴|吉他|舞蹈|瑜伽|编程|日语|中文|书法|小学|初中|高中|大学)[\u4e00-\u9fff]{{0,3}}?)(?:的)?(?={END[3:-1]}|,)", BARE | frozenset(("kin",)), importance=4),
    rule("job", rf"{ADV}(?:入职|就职于|供职于|任职于|跳槽到|跳槽去|加入)了?\s?{value(2, 12)}{END}", NEAR, side="at", importance=4, refused="新公司|了|一个月|你"),
    rule("job", rf"(?:是|就是|也是)?{ADV}(?:在{PLACE})?(?:一[名个位枚]|个|名|位)?(?:是|做|当|干|成为|转行做|改行做|转做|从事)\s?{_MEASURE}(?P<v>(?:[\u4e00-\u9fffA-Za-z+ ]{{0,16}}?)(?:{TRADE}|engineer|developer|designer|manager|PM))(?=的|了|工作|一枚|,|已经|十|{COUNT}|{END[3:-1]})", ANY, importance=4, refused=_UNREAL + "|什么|.*(?:的好?老板|我老板)"),
    rule("job", rf"{ADV}(?:是)?(?:做|搞|干|从事)\s?(?P<v>[\u4e00-\u9fffA-Za-z+]{{2,8}}?(?:开发|设计|运营|销售|外贸|电商|金融|教育|互联网|自媒体|IT|餐饮|装修|建筑|物流|直播|科研|研究|翻译|传媒|广告|游戏|媒体|美容|护理|审计|行政|投资|保险|算法|测试|代购|生意|IT))(?:的|工作|行业)(?=(?:了|啊|呀|嘛)?(?:{MARK}))", NEAR, importance=4),
    rule("job", rf"(?:的)?(?:本职)?(?:工作|职业|职务|主业)(?:就?是|:)\s?(?P<v>[\u4e00-\u9fffA-Za-z+]{{2,10}}?)(?:的)?{END}", MINE | SELF, importance=4, refused="什么|啥|不|很|一坨|最|摸鱼|真|太|为了"),
    rule("job", rf"{ADV}(?P<v>开(?:出租车?|滴滴|货车|大货车?|网约车|公交车?|卡车|校车|挖掘机)|送外卖|跑外卖|送快递|摆地摊|摆摊)(?:的|了|为生|\d|十|好几|几)", BARE, importance=4),
    rule("job", rf"{ADV}(?:开|经营|运营|创办)(?:了|着)?\s?(?P<v>(?:一)?[家间个]?[\u4e00-\u9fff]{{0,8}}?(?:店|馆|公司|工作室|酒吧|清吧|铺子?|工厂|农场|诊所|民宿|餐厅|饭店|花店|网店|书吧))(?!里|的时候|门|长)", BARE, importance=4),
    rule("job", rf"(?:是)?{ADV}(?P<v>待业|失业|退休|自由职业者?|无业(?:游民)?|全职妈妈|全职太太|家庭主妇|啃老|gap year)(?:在家)?(?=的|了|在|中|{END[3:-1]})", NEAR, importance=4),
)
