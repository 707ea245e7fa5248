"""WeChat's codes: what people see of them, and what stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from persona.emote_codes import EMOTES
from persona.emotes import begun, shown
from tests.persona_fakes import UNHURRIED

CLASSIC = """
微笑 撇嘴 色 发呆 得意 流泪 害羞 闭嘴 睡 大哭 尴尬 发怒 调皮 呲牙 惊讶 难过 酷 冷汗 抓狂 吐 偷笑
愉快 白眼 傲慢 饥饿 困 惊恐 流汗 憨笑 悠闲 奋斗 咒骂 疑问 嘘 晕 疯了 衰 骷髅 敲打 再见 擦汗 抠鼻
鼓掌 糗大了 坏笑 左哼哼 右哼哼 哈欠 鄙视 委屈 快哭了 阴险 亲亲 吓 可怜 菜刀 西瓜 啤酒 篮球 乒乓
咖啡 饭 猪头 玫瑰 凋谢 嘴唇 爱心 心碎 蛋糕 闪电 炸弹 刀 足球 瓢虫 便便 月亮 太阳 礼物 拥抱 强 弱
握手 胜利 抱拳 勾引 拳头 差劲 爱你 NO OK 爱情 飞吻 跳跳 发抖 怄火 转圈 磕头 回头 跳绳 投降 激动
乱舞 献吻 左太极 右太极 嘿哈 捂脸 奸笑 机智 皱眉 耶 红包 蜡烛 福 鸡 笑脸 生病 破涕为笑 吐舌 脸红
恐惧 失望 无语 鬼魂 合十 强壮 庆祝 吃瓜 加油 汗 天啊 Emm 社会社会 旺柴 好的 打脸 加油加油 哇 發
让我看看 叹气 苦涩 裂开 666 翻白眼 烟花 爆竹 笑
"""
ENGLISH = """
Smile Grimace Drool Scowl CoolGuy Sob Shy Silent Sleep Cry Awkward Angry Tongue Grin Surprise
Frown Ruthless Blush Scream Puke Chuckle Joyful Slight Smug Hungry Drowsy Panic Sweat Laugh
Commando Determined Scold Shocked Shhh Dizzy Tormented Toasted Skull Hammer Wave Bye Speechless
NosePick Clap Shame Trick Yawn Pooh-pooh Shrunken TearingUp Sly Kiss Wrath Whimper Cleaver
Watermelon Beer Basketball PingPong Coffee Rice Pig Rose Wilt Lips Heart BrokenHeart Cake
Lightning Bomb Dagger Soccer Ladybug Poop Moon Sun Gift Hug ThumbsUp ThumbsDown Shake Peace
Fight Salute Beckon Fist Pinky RockOn Nuh-uh InLove Blowkiss Waddle Tremble Aaagh! Twirl Kotow
Dramatic JumpRope Surrender Hooray Meditate Smooch Hey Facepalm Smirk Smart Concerned Yeah!
Packet Candle Blessing Chick Onlooker GoForIt Sweats OMG Respect Doge NoProb MyBad KeepFighting
Wow Rich LetMeSee Sigh Hurt Broken Boring Awesome Fireworks Firecracker
"""


@pytest.mark.parametrize("name", [*CLASSIC.split(), *ENGLISH.split()])
def test_every_code_has_a_face(name: str) -> None:
    """Each of WeChat's faces is shown as an emoji and nothing of its code is left."""
    seen = shown(f"好[{name}]的")

    assert seen == f"好{EMOTES[f'[{name}]']}的"
    assert not set(seen) & set("[]")


EXAMPLES = {
    "the published one": ("今天不错[微笑]", "今天不错😊"),
    "in a row": ("[呲牙][呲牙]哈哈[捂脸]", "😁😁哈哈🤦"),
    "English": ("Well done[ThumbsUp] [Let Down]", "Well done👍 😔"),
    "traditional": ("[發呆]好吧[破涕為笑]", "😶好吧😂"),
    "with a full mark": ("[Bah！L][Bah!R]", "😤😤"),
    "unknown": ("[不存在] [smile] [ 微笑] [1] [x]", "[不存在] [smile] [ 微笑] [1] [x]"),
    "nothing": ("no code", "no code"),
    "half": ("[微笑 笑]", "[微笑 笑]"),
    "one in the other": ("[[微笑]]", "[😊]"),
    "a link": ("[OK](https://x.example/) [OK](笑)", "[OK](https://x.example/) 👌(笑)"),
    "escaped": (r"\[OK]", r"\[OK]"),
    "code": ("`[OK]` and [OK]", "`[OK]` and 👌"),
    "a block of code": ("```\n[OK]\n```\n[OK]", "```\n[OK]\n```\n👌"),
    "a block without an end": ("```\n[OK]", "```\n[OK]"),
}


@pytest.mark.parametrize(("text", "seen"), EXAMPLES.values(), ids=EXAMPLES)
def test_what_is_seen(text: str, seen: str) -> None:
    """Known codes become faces; all else, links and code stay to the letter."""
    assert seen == shown(text)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("好[", "好"),
        ("好[微", "好"),
        ("好[微笑", "好"),
        ("好[微笑]", "好😊"),
        ("[OK][Sm", "👌"),
        ("see [1", "see [1"),
        ("a [不存", "a [不存"),
        ("", ""),
    ],
)
def test_a_draft_shows_no_half_code(text: str, seen: str) -> None:
    """What may yet become a code is not shown before it has; what cannot be one is."""
    assert seen == begun(text)


@pytest.mark.slow
@UNHURRIED
@given(st.lists(st.sampled_from(["[微笑]", "[Smile]", "[", "]", "好", "[x]", "a b"]), max_size=8))
def test_drafts_only_grow(pieces: list[str]) -> None:
    """However a text is cut, what was shown of it stays its beginning."""
    text = "".join(pieces)

    beginnings = [begun(text[:end]) for end in range(len(text) + 1)]

    assert all(shown(text).startswith(beginning) for beginning in beginnings)


@UNHURRIED
@given(st.text(alphabet="[]微笑a`\\ ", max_size=60))
def test_nothing_else_is_lost(text: str) -> None:
    """Whatever is written, only whole codes change."""
    assert text.count("a") == shown(text).count("a")
    assert shown(text).replace("😊", "[微笑]").replace("😄", "[笑]") == text
