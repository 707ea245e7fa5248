"""Chinese rules on where one lives, with whom, what one has and can do."""
# ruff: noqa: E501 - a rule or a list of words is one row of a table
# fmt: off

from typing import Final

from persona.facts.chinese_parts import ADV, END, LETTER, SHARP, rule, value
from persona.facts.chinese_words import COUNT, KIN, LANGUAGE, MUSIC, PARTNER, PET, PLACE
from persona.facts.rule import ANY, BARE, MINE, NEAR, SELF, Rule

_PLACE: Final = rf"\s?(?P<v>(?:{PLACE}[\u4e00-\u9fff]{{0,6}}?|{LETTER}{{2,12}}?))"
_NOT_PLACE: Final = "[你您他她那这哪谁]|一起|一块|一楼|心里|酒店|医院|院|宿舍|隔壁|外面|家里|家|梦|同一|楼|\\d+楼?|[一二三四五六七八九十]+楼|手机|学校|我|了|过|一个|里|对面|附近|别人|朋友|公司|得|的|不|校|手机里|海边|桥洞|男|女|爸|妈|奶|外婆|爷|下|上铺|下铺|好|新家|新房|路"
_NAME: Final = r"\s?(?P<n>(?![了你我他她着过不得好])[\u4e00-\u9fff]{1,4}?|[A-Z][\w'-]*|[A-Za-z]{2,12})"
_NAMED: Final = rf"(?:的)?(?:,|\s)?(?:的)?(?:名字|大名|小名)?(?:就)?(?:叫做?|取名|起名|名叫|是叫)\s?{_NAME}{SHARP}"
_THING: Final = "[台辆部把双架套艘只款块张件支颗间栋幅枚]"
_NOT_THING: Final = "[你您他她]|水果|菜|吃|喝|饭|奶茶|咖啡|书|票|单|药|好|东西|一杯|衣服|早餐|午餐|晚餐|零食|蛋糕|花|礼物|猫粮|狗粮|水|彩票|面包|保险|股票|基金|菜|瓜|烧烤|教训|鸟|鱼|鸡|鸭|羊|牛|猪|天|脸|心|事"

HOME: Final[tuple[Rule, ...]] = (
    # where
    rule("lives_in", rf"{ADV}不(?:再)?(?:住|在){_PLACE}(?:住|生活)?了", NEAR, negated=True, importance=4, refused="[这那你]|家|学校|一起|公司"),
    rule("lives_in", rf"{ADV}(?:家)?(?:是|都)?(?:住|居住|定居|常驻|现居|长居|旅居|移居|侨居|蜗居)(?:在|于|的是|的地方是)?{_PLACE}(?=的|,|附近|这边|那边|旁边|已?经?{COUNT}|快|好几|多年|离|有|这里|{END[3:-1]})", ANY | MINE, importance=4, refused=_NOT_PLACE),
    rule("lives_in", rf"(?:以前|之前|曾经|过去)(?:一直|都)?住(?:在|过)?{_PLACE}{END}", NEAR, negated=True, importance=4, refused=_NOT_PLACE),
    rule("lives_in", rf"(?:的)?家(?:住|就住)?在{_PLACE}(?=的|,|附近|这边|那边|旁边|{END[3:-1]})", MINE | SELF | BARE | frozenset(("kin",)), importance=4, refused=_NOT_PLACE),
    rule("lives_in", rf"{ADV}(?:是)?(?:一直|都)?在{_PLACE}(?:生活|定居|租房|安家|居住|住|北漂|沪漂|漂|落户|长住|买房)(?:着|了|很多年|{COUNT}年)?{END}", ANY, importance=4, refused=_NOT_PLACE),
    rule("lives_in", rf"(?:{ADV}人(?:现在|目前|已经)?在|坐标(?:是|:)?|定位|base在?|现居|目前在|现住)\s?{_PLACE}{END}", BARE | SELF, importance=4, refused=_NOT_PLACE + "|江湖|囧途|家|路上|公司|外面|床"),
    rule("lives_in", rf"{ADV}(?:(?:从|由){LETTER}{{2,8}}?)?(?:刚|刚刚|已经|就|一个人)*(?:搬|移民|搬家|迁)(?:到|去|来|回|至)了?{_PLACE}(?=的|,|住|来|去|生活|已经|{COUNT}|快|{END[3:-1]})", ANY, importance=4, refused=_NOT_PLACE),
    # partner
    rule("partner", rf"(?:{ADV})?(?:(?:和|跟|与|同)\w{{0,5}}?)?{ADV}(?:分手|离婚|离异|闹掰|掰)(?:了|啦|,|{SHARP})|{ADV}(?:被甩|被绿|恢复单身)了?", frozenset(("self", "bare", "other")), negated=True, importance=4),
    rule("partner", rf"的?(?P<v>(?P<k>{PARTNER}){_NAMED})", MINE | SELF | BARE, importance=4),
    rule("partner", rf"{ADV}有(?:了)?(?:一?个)?(?P<v>{PARTNER})(?=了|的|,|{END[3:-1]})", SELF, importance=4),
    rule("partner", rf"(?:和|跟|与)(?:我)?(?P<v>{PARTNER})(?:已经|都|在一起|结婚|恋爱|异地|谈)", SELF | BARE, importance=4, refused="吵"),
    rule("partner", rf"(?:是)?{ADV}(?P<v>结婚|已婚|订婚|领证|单身狗?|母胎单身|母胎solo|单着|脱单|未婚|丧偶|恋爱中|异地恋)(?=了|,|{COUNT}|的|多年|好几|中|{END[3:-1]})", SELF | BARE, importance=4),
    # family
    rule("family", rf"{ADV}(?:家里?)?(?:还)?有(?:了)?(?P<v>{COUNT}?(?:[个位名对])?(?:[大小亲双胞胎龙凤上读岁\d的]*)(?P<k>{KIN}|双胞胎|龙凤胎|孩子))(?=,|和|在|叫|的|了|,|还|{END[3:-1]})", SELF | MINE | BARE, importance=4, refused="你"),
    rule("family", rf"(?:的)?(?P<v>(?P<k>{KIN}){_NAMED})", MINE | SELF | BARE, importance=4),
    rule("family", rf"(?P<v>(?P<k>{KIN})(?:去年|今年|前年|上个?月|上周|昨天|早就|已经|很早就|在我\w{{1,6}}时?|几年前|前几年|\w{{1,3}}年前|因病|生病)*(?:去世|过世|走了|不在了|离世|病逝|没了))", MINE | SELF, importance=4),
    rule("family", rf"(?:是)?{ADV}(?:家里的?|家中)?(?:一?个)?(?P<v>独生子女?|独生女|独苗|双胞胎|龙凤胎|单亲妈妈|单亲爸爸|单亲家庭|[二三两]个孩子的[妈爸]|孩子他?[妈爸]|宝妈|二胎妈妈)(?=的|,|{END[3:-1]})", BARE, importance=4),
    rule("family", rf"(?:家)?(?:里|中)?(?:一共)?(?:有)?(?P<v>(?:排行)?老[大二三四五]|[一二三四五六七八九两\d]口(?:人|之家))(?=,|{END[3:-1]})", MINE | SELF | BARE, importance=4, refused="老大\\Z(?<!排行老大)"),
    rule("family", rf"{ADV}(?P<v>(?:当|做)(?:妈妈?|爸爸?|爹|奶奶|爷爷|外公|外婆|舅舅|姑姑|姨妈|叔叔))了", SELF | BARE, importance=4),
    # pets
    rule("pet", rf"(?:的|家的?|养的)*(?:那只|那条)?(?P<v>(?P<k>{PET}))(?:刚刚?|昨[天晚]|今[天早]|前天|上周|上个?月|去年|已经|突然|还是|生病)*(?:死了?|去世|走|没|走丢|丢|离开我|去喵星|去汪星|过世)了", MINE | SELF, negated=True),
    rule("pet", rf"(?:的|家的?|家里?的?|养的)*(?P<v>(?P<k>{PET})(?:\w{{1,2}})?{_NAMED})", MINE | SELF | BARE),
    rule("pet", rf"{ADV}(?:家里?|家)?(?:还)?(?:在)?(?:养|领养|收养|捡|接|抱|买|收编|有|收留|抱养)(?:了|着|到|回来?)?(?:一|{COUNT})?(?:个|[只条匹窝头隻尾羽])?(?P<v>{COUNT}?[只条匹窝头]?(?:叫\w{{1,4}}的)?(?:[\u4e00-\u9fff]{{0,3}}?的)?(?P<k>{PET})(?:{_NAMED})?)(?!粮|砂|肉|头|爬架|毛|咖|场|蛋|汤|展|片|病|排|车|爪|咬|叫|骨头|公园|舍|店)(?=,|和|在|了|的|,|已|还|特|很|超|{COUNT}|{END[3:-1]})", BARE | MINE),
    rule("pet", rf"(?:家)?(?:里|中)?(?:一共)?(?:还)?有(?P<v>{COUNT}[只条匹窝头](?:[\u4e00-\u9fff]{{0,3}}?)?(?P<k>{PET})(?:{_NAMED})?)(?=,|和|在|了|,|{END[3:-1]})", MINE | SELF | BARE),
    rule("pet", rf"(?P<v>[一两二三四五\d][只条](?:[\u4e00-\u9fff]{{0,2}})?(?P<k>{PET}))的(?:主人|铲屎官|爸爸|妈妈|麻麻)", SELF),
    # skills
    rule("skill", rf"{ADV}不会(?P<v>游泳|开车|做饭|骑车|骑自行车|唱歌|跳舞|打字|喝酒|滑雪|滑冰|下厨|做菜|画画|{MUSIC})(?={END[3:-1]}|也)", SELF | BARE, negated=True),
    rule("skill", rf"{ADV}(?:会|能|可以|懂|精通|擅长|学过|会一点|略懂|熟练)(?:一点点?|点)?(?P<v>(?:说|讲|写|懂)?(?:一点点?|一些|流利的?|点)?(?:{LANGUAGE})(?:(?:和|跟|、|,还有|还有|以及|还会)(?:一点点?|一些|点)?(?:{LANGUAGE}))*)", NEAR, many=True),
    rule("skill", rf"{ADV}(?:会|在学|学过|能|擅长|练过?|正在学|自学过?)(?:了?{COUNT}年)?(?P<v>[弹拉吹打敲演奏]*{MUSIC}(?:(?:和|跟|、)[弹拉吹打]?{MUSIC})*)", NEAR, many=True),
    rule("skill", rf"{ADV}(?:在)?(?:自学|学习?)(?:着|过|了)?(?:{COUNT}年)?(?:的)?(?P<v>{LANGUAGE}|{MUSIC}|画画|素描|油画|水彩|书法|编程|摄影|舞蹈|街舞|芭蕾|拉丁舞|游泳|滑雪|瑜伽|跆拳道|拳击|剪辑|烘焙|插花|开车|配音|播音|国画|篆刻)(?!的人|好难|太难|真难|课)", NEAR),
    rule("skill", rf"{ADV}会(?P<v>游泳|开车|做饭|做菜|下厨|修车|修电脑|编程|写代码|画画|唱歌|跳舞|跳街舞|下围棋|下象棋|滑雪|滑冰|溜冰|滑板|冲浪|骑马|书法|写书法|剪视频|剪辑|织毛衣|钩针|烘焙|做蛋糕|变魔术|口技|武术|太极|跆拳道|空手道|潜水|射箭|打羽毛球|打篮球|踢足球|打乒乓球|打网球|手语|速记|心算|倒立|后空翻|魔术|做甜品)(?=和|、|,|,|也|的|{END[3:-1]})(?!就)", NEAR),
    rule("skill", rf"{ADV}(?:最)?(?:擅长|拿手的?是|精通){value(2, 10)}{END}", NEAR, refused="什么|的|这"),
    # things
    rule("owns", rf"{ADV}把(?:我的?)?(?P<v>(?:[\u4e00-\u9fff]{{0,3}}?)(?:车|车子|房子?|吉他|钢琴|相机|电脑|手机|摩托|自行车|平板|游戏机|switch|PS5|iPad|ipad))(?:给)?(?:卖|送人?|丢|扔|当)(?:了|掉)", BARE, negated=True, refused="你"),
    rule("owns", rf"{ADV}(?:(?:新)?买|入手|入|换|提|拿下|喜提|购入|剁手|下单|拥有|收|置办)(?:了|到)?(?:一|{COUNT})?(?:{_THING}|个)?\s?(?P<v>(?:新|二手|全新)?(?:的)?{LETTER}{{0,10}}?(?:车|房子?|吉他|钢琴|相机|电脑|笔记本|手机|平板|耳机|手表|键盘|显卡|摩托|自行车|单车|游戏机|沙发|镜头|无人机|咖啡机|投影仪|电视|switch|Switch|PS[45]|ps[45]|Xbox|xbox|iPad|ipad|iPhone ?\d*\w*|MacBook|macbook|Kindle|kindle|特斯拉|比亚迪|宝马|奔驰|奥迪|本田|丰田|小鹏|蔚来|理想|电动车|小提琴|尤克里里|贝斯|滑板|帐篷))(?=,|了|的|,|来|\s|{END[3:-1]})(?!票|贷|险|壳|膜|钱)", BARE, refused="房票|.*(?:火车|公交车|停车|打车)\\Z"),
    rule("owns", rf"{ADV}(?:还)?有(?P<v>(?:一|{COUNT})(?!个)(?:台|辆|部|把|双|架|套|艘|间|栋|块|款)(?!好)\s?{LETTER}{{1,10}}?){END}", SELF, refused=_NOT_THING + "|.*(?:事|话|题|路|戏|肉)\\Z"),
)
