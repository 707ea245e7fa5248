"""WeChat's codes for its faces: Chinese in both scripts and English, each with its emoji."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

# A line is an emoji and the names of the faces that it stands for.
_FACES: Final = """
😊 微笑|Smile
😕 撇嘴|Grimace
😍 色|Drool
😶 发呆|發呆|Scowl
😎 得意|CoolGuy
😢 流泪|流淚|Sob
☺️ 害羞|Shy
🤐 闭嘴|閉嘴|Silent
😴 睡|Sleep
😭 大哭|Cry
😅 尴尬|尷尬|Awkward
😡 发怒|發怒|Angry
😜 调皮|調皮|Tongue
😁 呲牙|龇牙|Grin
😲 惊讶|驚訝|Surprise
🙁 难过|難過|Frown
🆒 酷|Ruthless
😰 冷汗|囧|Blush
😫 抓狂|Scream
🤮 吐|Puke
🤭 偷笑|Chuckle
😊 愉快|可爱|可愛|Joyful
🙄 白眼|Slight
😤 傲慢|Smug
😋 饥饿|饑餓|Hungry
😪 困|累|Drowsy
😨 惊恐|驚恐|Panic
😓 流汗|Sweat
😄 憨笑|大笑|笑|Laugh
😌 悠闲|悠閑|大兵|Commando|Loafer
💪 奋斗|奮鬥|Determined
🤬 咒骂|咒罵|Scold
❓ 疑问|疑問|Shocked
🤫 嘘|噓|Shhh
😵 晕|暈|Dizzy
🤪 疯了|瘋了|折磨|Tormented
😞 衰|Toasted|BadLuck
💀 骷髅|骷髏|骷髏頭|Skull
🔨 敲打|Hammer
👋 再见|再見|Wave|Bye
😅 擦汗|Speechless|Relief
👃 抠鼻|摳鼻|NosePick|DigNose
👏 鼓掌|Clap
😖 糗大了|羞辱|Shame
😏 坏笑|壞笑|Trick
😤 左哼哼|右哼哼|Bah！L|Bah！R|Bah!L|Bah!R
🥱 哈欠|Yawn
😒 鄙视|鄙視|Pooh-pooh|Lookdown
🥺 委屈|Shrunken|Wronged
😿 快哭了|TearingUp|Puling
😈 阴险|陰險|Sly
😘 亲亲|親親|Kiss
😱 吓|嚇|Wrath
🥹 可怜|可憐|Whimper
🔪 菜刀|Cleaver
🍉 西瓜|Watermelon
🍺 啤酒|Beer
🏀 篮球|籃球|Basketball
🏓 乒乓|PingPong
☕ 咖啡|Coffee
🍚 饭|飯|Rice
🐷 猪头|豬頭|Pig
🌹 玫瑰|Rose
🥀 凋谢|枯萎|Wilt
💋 嘴唇|示爱|示愛|Lips
❤️ 爱心|愛心|Heart
💔 心碎|BrokenHeart
🎂 蛋糕|Cake
⚡ 闪电|閃電|Lightning
💣 炸弹|炸彈|Bomb
🗡️ 刀|Dagger
⚽ 足球|Soccer
🐞 瓢虫|甲蟲|Ladybug
💩 便便|Poop
🌙 月亮|Moon
☀️ 太阳|太陽|Sun
🎁 礼物|禮物|Gift
🤗 拥抱|擁抱|Hug
👍 强|強|ThumbsUp
👎 弱|ThumbsDown
🤝 握手|Shake
✌️ 胜利|勝利|Peace
🙏 抱拳|Fight|Salute
☝️ 勾引|Beckon
✊ 拳头|拳頭|Fist
👎 差劲|差勁|Pinky
🤟 爱你|愛你|RockOn
🙅 NO|Nuh-uh
👌 OK
💑 爱情|愛情|InLove
😘 飞吻|飛吻|Blowkiss
💃 跳跳|Waddle
🥶 发抖|發抖|Tremble
😠 怄火|噴火|Aaagh!
🌀 转圈|轉圈|Twirl
🙇 磕头|磕頭|Kotow
👀 回头|回頭|Dramatic
🪢 跳绳|跳繩|JumpRope
🏳️ 投降|挥手|揮手|Surrender
🤩 激动|激動|Hooray
🕺 乱舞|亂舞|街舞|Meditate|HeyHey
😚 献吻|獻吻|Smooch
☯️ 左太极|左太極|右太极|右太極|TaiChi L|TaiChi R|TaiJi L|TaiJi R
🥳 嘿哈|吼嘿|Hey
🤦 捂脸|掩面|Facepalm
😏 奸笑|Smirk
🤓 机智|機智|Smart
😣 皱眉|皺眉|Moue|Concerned
✌️ 耶|歐耶|Yeah!
🍵 茶|Tea
🧧 红包|紅包|Packet
🕯️ 蜡烛|蠟燭|Candle
🧨 福|Blessing
🐔 鸡|小雞|Chick
😄 笑脸|笑臉|Happy
😷 生病|Sick
😂 破涕为笑|破涕為笑|Lol
😝 吐舌
😳 脸红|臉紅|Flushed
😱 恐惧|恐懼|Terror
😔 失望|Let Down|LetDown
😒 无语|無語|Duh
👻 鬼魂|Ghost
🙏 合十|Worship
💪 强壮|強壯|Strong
🎉 庆祝|慶祝|Party
🍉 吃瓜|吃西瓜|Onlooker
💪 加油|加油！|加油!|GoForIt
💦 汗|Sweats
😱 天啊|OMG
🫤 Emm|一言難盡
🫡 社会社会|社會社會|失敬失敬|Respect
🐶 旺柴|Doge
👌 好的|NoProb
👋 打脸|打臉|MyBad
💪 加油加油|KeepFighting
🤩 哇|Wow
🀅 發|发|Rich
🤔 让我看看|讓我看看|LetMeSee
😮‍💨 叹气|嘆氣|Sigh
😟 苦涩|苦澀|Hurt
😑 裂开|裂開|Broken
🤨 翻白眼|Boring
😎 666|Awesome
🎆 烟花|煙花|Fireworks
🧨 爆竹|鞭炮|Firecracker
"""


def _codes() -> Iterator[tuple[str, str]]:
    for line in _FACES.strip().splitlines():
        emoji, names = line.split(" ", 1)
        yield from ((f"[{name}]", emoji) for name in names.split("|"))


EMOTES: Final[Mapping[str, str]] = MappingProxyType(dict(_codes()))
"""What a person is shown for each code."""
