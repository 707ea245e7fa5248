"""Chinese rules on health."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

from typing import Final

from persona.facts.chinese_parts import ADV, END, LETTER, rule, value
from persona.facts.chinese_words import COUNT, HEALTH, PLACE
from persona.facts.rule import ANY, BARE, NEAR, Rule

_NAME: Final = r"\s?(?P<v>[\u4e00-\u9fff·]{1,5}|[A-Za-z][\w'-]*(?: [A-Z][\w'-]*)?)"
_NO_NAME: Final = r"[你您他她它们了不大人谁什么上来醒车个到过一这那外滴出顺的别起去回吃做帮快叫干骂救喊冤苦停啥错好]|.*[吗呢吧了的啥么]\Z"
_NUMBER: Final = r"(?:\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE: Final = r"(?P<v>[\d一二三四五六七八九十年月日号/.\-零〇元旦圣诞万平安夜情人节愚]{3,16})"
_MEASURE: Final = "(?:一?[名个位枚]|做|干|当|搞|个小|一个小|一名)?"
_UNREAL: Final = "[猪狗谁]|你|说|真|认|来|不|最|第|唯一|这|那"
_WHERE: Final = rf"\s?(?P<v>(?!{PLACE}(?:里|那边|这边)?(?:当|做|任|上班|工作|打工|实习)|家|路上|学校门|楼下|外面|线|努力|认真|拼命|好好|那|这|哪|一起|想){LETTER}{{1,16}}?)"
_KNOWN: Final = "(?:大学|学院|中学|高中|初中|小学|职高|中专|[一二三四五六七八九十]中|大|附中|外国语|NYU|MIT|UCL|[A-Z]{2,5})"
_FIELD: Final = "(?:计算机|软件|金融|会计|法律|法学|医|临床医学|护理|药学|英语|日语|中文|汉语言|新闻|传媒|心理学?|物理|化学|数学|生物|历史|哲学|社会学|经济学?|管理|工商管理|市场营销|机械|电气|电子|土木|建筑|设计|美术|音乐|舞蹈|体育|教育|师范|学前教育|农学|地理|天文|统计|人工智能|AI|自动化|通信|材料|环境|食品|政治|国际关系|CS|cs|服装|动画|播音|表演|导演)"

HEALTH_RULES: Final[tuple[Rule, ...]] = (
    # health
    rule("allergy", rf"{ADV}对\s?{value(1, 8)}(?:并|其实|完全)?不过敏", NEAR, negated=True, importance=5),
    rule("allergy", rf"{ADV}对\s?(?P<v>[^\W你您]{{1,10}}?(?:[、和跟][^\W]{{1,6}})?)(?:严重|有点|轻度|重度|也|都|特别|很|会|是|超级|中度|有)*过敏", ANY, importance=5, many=True, refused="你|您|早起|上班|工作|学习|上学|男|女|爱情|周一|努力|运动|钱|什么|啥|人|周|考试|数学|加班|所有|感情|世界|早八|他|她|这|傻|恋爱"),
    rule("allergy", rf"{ADV}(?:有|是)?(?:严重的?|轻度|重度|先天性?|点)?\s?(?P<v>(?!对|皮肤|季节|有|没|不|很|会|又|可能|严重|好像|容易|吃|去|抗|脱|今|怎|为|脸|我|他|轻|重|最|春|真|鼻子|换季)[\u4e00-\u9fffA-Za-z]{{1,5}}?)(?<!对)(?<!会)(?<!人)(?<!就)(?<!又)(?<!易)(?<!不)(?<!在)(?<!也)(?<!都)(?<!被)(?:严重|重度|轻度)?过敏(?=体质|吃|不能|没法|碰|的|者|,|啊|啦|了|症|不|{END[3:-1]})", BARE, importance=5, refused="早起|上班|工作|学习|男|女|爱情|周一|努力|运动|抗"),
    rule("allergy", rf"{ADV}(?:有|是)?(?P<v>乳糖|麸质|果糖|酒精)不耐(?:受)?(?:症)?", NEAR, importance=5),
    rule("health", rf"{ADV}(?:有|得了?|得过|患有?|患上|确诊了?|查出(?:来)?了?|被?诊断(?:为|出|有)了?|犯了?|是)?(?:了)?(?:轻度|重度|中度|严重的?|点|慢性|一点|一些|过敏性|先天性|红绿|的是?|Ⅱ型|[12]型|有)*(?P<v>{HEALTH})(?:患者|人)?(?:多年|\d年|[一二三四五六七八九十]年)?(?=[,,]|的|了|你|在|患|{END[3:-1]})", NEAR, importance=4, refused="社恐附体"),
    rule("health", rf"{ADV}(?P<v>(?:怀孕|怀上|有喜)(?:了)?(?:{COUNT}+(?:个多?月|周))?)(?=了|,|{END[3:-1]})", frozenset(("self", "bare", "kin")), importance=4),
    rule("health", rf"{ADV}(?:把)?(?P<v>(?:左|右)?(?:小|大)?(?:腿|脚|脚踝|手|手腕|手臂|胳膊|肋骨|锁骨|膝盖|腰|手指|脚趾|鼻梁|韧带)(?:骨折|摔断|扭伤|断|撕裂|拉伤|骨裂|脱臼))", NEAR),
    rule("health", rf"(?:是)?{ADV}(?P<v>近视|远视|弱视|散光)(?=[\d一二三四五六七八九两]|眼|,|{END[3:-1]})", NEAR),
)
