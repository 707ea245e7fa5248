"""Chinese rules on what one likes, and what one does not want."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

from typing import Final

from persona.facts.chinese_parts import ADV, END, LETTER, MARK, rule, value
from persona.facts.rule import BARE, MINE, NEAR, SELF, Rule

_LOVE: Final = "(?:喜欢|喜爱|热爱|钟爱|偏爱|痴迷|沉迷于?|迷上|爱上|迷恋|酷爱|中意|着迷于|迷|爱)"
_VAGUE: Final = "[你您他她它这那]|自己|我|的|上了?\\Z|就好|过|上你|一个人\\Z|人\\Z|国|情|心|死|莫能助|咋|哭|笑\\Z|美|谁|某|不|一下|得|着|上一个|信|答|说\\Z|来|去\\Z|管|慕|护|吃吃|理|在一起|别人|女生|男生|女孩|男孩|有"
_VALUE: Final = r"\s?(?P<v>(?:[^\W_]|[·+&.'-]|(?<=[A-Za-z0-9]) (?=[A-Za-z0-9])){1,18}?)"

TASTE: Final[tuple[Rule, ...]] = (
    rule("likes", rf"(?:以前|曾经|之前|原来|过去|小时候)(?:也|很|挺|特别|超|最|非常|真的|还)*{_LOVE}{_VALUE}(?=[,,]?\s?(?:但|可|不过)?(?:是)?现在(?:已经)?(?:不|没|无感|讨厌|戒|腻))", NEAR, negated=True, refused=_VAGUE),
    rule("likes", rf"{ADV}(?:已经|早就|现在)*(?:不再|不(?:怎么)?)(?:喜欢|爱|迷){_VALUE}了", NEAR, negated=True, refused=_VAGUE),
    rule("dislikes", rf"{ADV}(?:并|是|从来)?(?:不(?:是)?(?:太|怎么|是?很|大|是特别|那么)?(?:喜欢|爱|中意)|欣赏不来)(?!也不|哪){_VALUE}{END}", NEAR, many=True, refused=_VAGUE + "|这样|这么"),
    rule("dislikes", rf"{ADV}(?:最|很|真的|特别|超|超级|非常|真|好|巨|贼|极其|也|都)*(?:讨厌|厌恶|反感|憎恨|最烦|(?<=最)烦|恨透了?|受不了|忍不了|接受不了|无法接受|吃不惯|吃不了|喝不惯|吃不来|害怕|恐惧|(?<=最)怕|(?<=很)怕|(?<=特别)怕){_VALUE}{END}", NEAR, many=True, refused=_VAGUE.replace("|别人", "") + "|被|失去|死"),
    rule("dislikes", rf"{ADV}对\s?{value(1, 10)}(?:真的|完全|一点都?|实在|并|根本)*(?:不感冒|无感|不感兴趣|没(?:有)?(?:什么|啥)?兴趣|提不起兴趣|没感觉)", NEAR, refused="[你您他她这那我]|人家"),
    rule("dislikes", rf"{ADV}(?:从来|从|一直|都|真的)?不(?:吃|碰|沾){_VALUE}{END}", SELF | BARE, refused="[了你您他她这那到饭不]|早|晚|午|夜|亏|醋|惯|太多|撑|饱|完|得|一口|药|消|力|香\\Z|回头草|这一套|东西|苦\\Z|下"),
    rule("likes", rf"(?:的|最|平时|平常|业余)*(?:兴趣)?(?:爱好|兴趣|嗜好|业余爱好|hobby)(?:就?是|有|:|包括|是各种)?\s?{_VALUE}{END}", MINE | SELF | BARE, many=True, refused="[你您什么很也没不之]|广泛|太|特别多|是什么"),
    rule("likes", rf"(?:的)?(?:最|超|特别)?(?:喜欢|爱|爱吃|爱喝|爱看)的(?P<k>[\u4e00-\u9fff]{{1,6}})(?:就?是|:|当然是|一直是|永远是|还是){_VALUE}{END}", MINE | NEAR, refused=_VAGUE),
    rule("likes", rf"(?:是|作为)(?:一?个|一名|一枚)?{_VALUE}的?(?:十年|多年|忠实|死忠|骨灰级|铁杆|资深|老)*(?:铁粉|粉丝|粉|死忠粉|歌迷|球迷|影迷|迷妹|迷弟|爱好者|发烧友|脑残粉|狂热爱好者)(?=,|,|{END[3:-1]})", SELF, refused="[你您他她]|个|忠实"),
    rule("likes", rf"(?:是)(?:一?个)?(?P<v>[\u4e00-\u9fffA-Za-z]{{1,5}}?)(?:控|党|派)(?=,|,|{END[3:-1]})", SELF, refused="考研|夜猫|学生|颜\\Z|早起|上班|乐天|行动|共产|熬夜|帮"),
    rule("likes", rf"(?:比起|相比|跟|和)(?:于)?{LETTER}{{1,8}}?(?:比|相比|来说|,)*\s?(?:我)?(?:还是)?更(?:喜欢|爱|偏爱|倾向于?){_VALUE}{END}", NEAR, refused=_VAGUE),
    rule("likes", rf"{ADV}(?:是)?(?:真的|很|最|特别|超级?|好|非常|比较|更|也|一直|都|挺|蛮|可|贼|巨|老|痴迷|最最|超超|简直|无敌|从小|还)*{_LOVE}(?:了)?(?:上(?!班|学|海|网|课)了?)?(?:上了)?{_VALUE}(?:无法自拔|不可自拔)?{END}", NEAR, many=True, refused=_VAGUE),
    rule("likes", rf"{ADV}(?:对)\s?{value(2, 10)}(?:真的|很|非常|特别|超级?|比较|挺|一直|最近)*(?:感兴趣|着迷|上头|上瘾|情有独钟|毫无抵抗力|没有抵抗力)", NEAR, refused="[你您他她这那我什]"),
    # what one does not want
    rule("boundary", rf"(?:请|以后|拜托|麻烦|你|您|千万|求你|能不能|可以|可不可以|也|再也|都)*(?:别|不要|不许|不准|勿|少)(?:再|总是|老是|老|一直)*(?P<v>叫我(?!起|名|去|来|做|吃|回|帮|干|别)[\u4e00-\u9fffA-Za-z]{{1,8}}?|(?:跟|和|对|向|在)我(?:面前)?(?:提|聊|说|谈|讲|发|开)(?!话|了|这|那|再见|谎|对不起|谢|什么)[\u4e00-\u9fffA-Za-z]{{2,14}}?|问我?(?!了|我\Z|这|那|为什么|怎么|什么)(?:我)?(?:的)?(?:关于)?[\u4e00-\u9fffA-Za-z]{{2,12}}?|(?:提|聊|谈)(?!了|这|那|什么|前|醒|高|他\Z)(?:我的?)?[\u4e00-\u9fffA-Za-z]{{2,12}}?|(?:给我)?发(?!了|呆|脾气|火|疯|愁|生|烧|怒)[\u4e00-\u9fffA-Za-z]{{2,8}}?(?:给我)?|剧透[\u4e00-\u9fff]{{0,6}}?|催我[\u4e00-\u9fff]{{0,4}}?)(?=(?:了|啦|哦|啊|好吗|行吗|谢谢|呀|吧)*(?:{MARK}))", frozenset(("bare", "other", "self")), importance=4),
    rule("boundary", rf"{ADV}(?:不想|不愿意?|不方便|不太想|不喜欢|拒绝|不要)(?:跟你|和你|跟人|和别人|再|在这里)*(?P<v>(?:聊|谈|提|说|讨论|谈论)(?:起|到|关于)*(?!话|了|这|那|再|什么|你|他|她|太多|天\Z)(?:我)?[\u4e00-\u9fffA-Za-z]{{2,12}}?){END}", SELF | BARE, importance=4),
)
