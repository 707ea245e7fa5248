"""Chinese rules on who one is: names, birthdays, descent, belief."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

from typing import Final

from persona.facts.chinese_parts import ADV, END, LETTER, MARK, SHARP, rule, value
from persona.facts.chinese_words import PLACE, SURNAME
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

NAMES: Final[tuple[Rule, ...]] = (
    # names
    rule("name", rf"的?(?:名字|大名|全名|真名|本名|姓名)(?:是|叫做?|:)\s?{_NAME}{SHARP}", MINE | BARE, importance=5, refused=_NO_NAME),
    rule("name", rf"(?:就|的?名字)?叫(?:做|作)?\s?{_NAME}{SHARP}", SELF, importance=5, refused=_NO_NAME),
    rule("name", rf"姓(?P<v>[\u4e00-\u9fff]{{1,2}}){SHARP}", SELF, importance=5, refused="什么|啥|名"),
    rule("name", rf"(?:就?是)?(?P<v>(?:{SURNAME})[\u4e00-\u9fff]{{1,2}}){SHARP}", SELF, importance=5, refused=r"..?[老师学生座族人员师者党控粉家们的系岁]|.*[族座人生师员控党]\Z|高中|金牛|黄种|孔雀|雷锋|钱|马上|龙|林妹|汤|李白粉|石头|毛|江南|向|田|夏天|白"),
    rule("name", rf"就?是\s?(?P<v>阿[\u4e00-\u9fff]|[A-Z][a-z]{{1,10}}){SHARP}", SELF, importance=5, refused="阿[姨婆公爸妈]|Gay|Vegan|Les|Bi|Beta|Alpha"),
    rule("name", rf"(?P<v>(?:{SURNAME})[\u4e00-\u9fff]{{1,2}})(?=,\s?\d\d岁?(?:{MARK}))", frozenset(("bare",)), importance=5),
    rule("nickname", rf"(?:[你您]们?|大家|朋友们?|同学们?|同事们?|别人|家人|家里人|身边人|网友|粉丝|他们|都|可以|就|请|以后|也|一般|通常|叫我的话|平时|直接|总)*叫我\s?(?P<v>(?!起床|名字|滚|一声|去|来|别|回|吃|做|帮|过|出|干|上|下|打|买|给|睡|怎|如|一下|声|爸爸|主人|的|什么|好|大名|全名|起|我)[\w·]{{1,8}}?)(?=(?:就?好|就?行|就可以|吧|啦|就|~|哦|呀|了)*(?:{MARK}))", frozenset(("bare", "other")), importance=4),
    rule("nickname", rf"的?(?:网名|外号|小名|昵称|绰号|英文名|花名|艺名|笔名|乳名)(?:是|叫|:)?{_NAME}{SHARP}", MINE | BARE | SELF, importance=4, refused=_NO_NAME),
    # birthdays
    rule("birthday", rf"(?:的)?(?:阳历|公历|新历)?(?:生日|出生日期|生辰)(?:是|在|就?是在|:|就在)?\s?{_DATE}", ANY | MINE, importance=5),
    rule("birthday", rf"(?:出?生于|出生在|是)?\s?{_DATE}(?:出生|生的?|生日|生人)", NEAR, importance=5),
    rule("birthday", r"(?P<v>今天|明天|后天)(?:就|正好|刚好)?(?:是|过)(?:我的?)?(?:生日|\d+岁生日)", frozenset(("bare", "self")), importance=5),
    rule("birthday", rf"(?P<v>今天|明天|昨天|前天)?(?:是我的?|过)(?P<x>\d+岁)?生日(?={END[3:-1]})", frozenset(("bare", "self")), importance=5),
    rule("birthday", r"(?P<v>今天|昨天|前天|明天)(?:就)?(?:是)?我(?:的)?(?:刚刚?|要)?过?(?:\d+岁)?生日", frozenset(("bare",)), importance=5),
    rule("other", rf"{ADV}(?:快|马上|今年|刚满|满|刚过|虚岁|都|已经|也)*\s?(?P<v>{_NUMBER})(?:周?岁)(?:多|半)?(?!的时候|时|那年|开始|以?前|就|之前|以后|起|左右的)", NEAR, side="age"),
    rule("other", r"(?:今年|都|已经|马上|快)+(?P<v>[二三四五六]十[一二三四五六七八九]?)(?:多|好几)?(?=了)", SELF, side="age"),
    rule("other", rf"(?:是)?(?P<v>[5-9]\d|0\d|1\d)(?P<x>年的|后)(?=(?:的|了|宝宝|一枚|女生|男生|嘛|啊)?(?:{MARK}))", SELF, side="year"),
    rule("other", rf"(?P<v>[1-6]\d)岁?(?=\s?(?:{MARK}))", frozenset(("bare",)), side="age"),
)
NATURE: Final[tuple[Rule, ...]] = (
    rule("from", rf"(?:是)?{ADV}(?:一?个|土生土长的?|地地道道的?|地道的?|正宗的?|纯正的?|老|半个|典型的?|地道|纯|在|从)*(?P<v>{PLACE}|[\u4e00-\u9fff]{{1,4}}[省市县州])(?:本地)?(?:人|仔|妹子|姑娘|汉子|伢|妹|囡囡)(?=在|,|也|诶|不|,|{END[3:-1]})", frozenset(("self", "bare", "kin", "named")), importance=4, refused="在"),
    rule("from", rf"(?:的)?(?:老家|家乡|籍贯|祖籍|故乡)(?:是|在|于|:|就是|就在)\s?{value(2, 10)}(?=的|,|那边|一个|{END[3:-1]})", MINE | SELF | BARE, importance=4, refused="没|很|好|离|不|那|过|有|什么|哪|话|今"),
    rule("from", rf"{ADV}(?:来自于?|出生于|出生在|生于|生在|老家在|从小在|小时候在)\s?(?P<v>(?!\d|一个|这|那)(?:{PLACE}(?:[\u4e00-\u9fff]{{1,6}}?)?|{LETTER}{{2,12}}?))(?:长大|的|那边|出生)*{END}", ANY, importance=4, refused="未来|地狱|火星|外星|天堂|灵魂|内心|心底|[一二三四五六七八九十]月|农村\\Z|过"),
    rule("from", rf"{ADV}(?:是)?(?:从小)?(?:就)?(?:在|于)\s?(?P<v>{PLACE}(?:[\u4e00-\u9fff]{{1,5}}?)?)(?:长大|出生|土生土长|生的)", ANY, importance=4),
    rule("other", r"(?:是)?(?:个|一个|一只|一枚|典型的?|标准的?|妥妥的?)*(?P<v>(?:白羊|牡羊|金牛|双子|巨蟹|狮子|处女|天秤|天蝎|射手|摩羯|魔羯|水瓶|双鱼)(?:座|男|女))", NEAR | frozenset(("named",))),
    rule("other", rf"属(?P<v>[鼠牛虎兔龙蛇马羊猴鸡狗猪])(?={END[3:-1]}|的)", BARE, side="zodiac"),
    rule("other", rf"(?:是)?(?:个|一个)?(?P<v>左撇子|左利手|素食主义者?|素食者?|纯素(?:主义者)?|基督徒|天主教徒|穆斯林|佛教徒|无神论者|不婚主义者?|丁克|Rh阴性|[IE][NS][FT][PJ]|[ie][ns][ft][pj]|(?:汉|回|满|壮|苗|维吾尔|藏|蒙古|彝|土家|朝鲜|侗|瑶|白|傣|黎)族)(?=人|{END[3:-1]})", NEAR),
    rule("other", r"(?:的)?身高(?:是|有)?\s?(?P<v>1?\d{2}(?:cm|公分|厘米)?|一米[一二三四五六七八九]\w?)", NEAR | MINE, side="height"),
    rule("other", r"(?:的)?血型(?:是)?\s?(?P<v>AB|A|B|O)型?", NEAR | MINE, side="blood"),
    rule("other", rf"{ADV}(?P<v>信佛|信基督教?|信教|信天主教?|信伊斯兰教|吃素|吃全素|茹素|吃斋)(?={END[3:-1]}|很多年|多年|\d|好几)", NEAR, refused="不"),
)
