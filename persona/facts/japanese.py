"""How Japanese tells facts of oneself, its particles spoken or dropped."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from persona.facts.japanese_body import OF_BODY
from persona.facts.japanese_home import OF_HOME
from persona.facts.japanese_more import born, more, promised, wished
from persona.facts.japanese_taste import OF_TASTE
from persona.facts.japanese_words import KIN, PARTNER, PET, SELF
from persona.facts.japanese_work import OF_WORK
from persona.facts.rule import Head, Tongue

_FRAMED: Final = re.compile(
    r"もし(?!もし)|もしも|仮に|ロールプレイ|なりき|ごっこ|設定で|という設定|翻訳|訳して|訳すと|って(?:英語|日本語|中国語|何語)|(?:詩|小説|物語|歌詞|話|歌|文章|手紙|文)を?(?:書いて|作って|考えて)|主人公|登場人物|キャラ(?:の|が|は|名)|台詞|セリフ|歌詞|夢(?:で|の中|を見)|の中で|ドラマ|アニメで|漫画で|映画で|小説で|ゲームで|本で|\Z(?!)"
)
_VOID: Final = re.compile(
    r"らしい|だって(?:\s*\Z|さ|ね|よ)|なんだって(?!さ?[ぁ-ん])|んだってさ?\Z|(?<![一-鿿々ァ-ヺー])って言いま|(?<!あ)って(?:言(?:[っう]|い(?!ます))|いった|聞い|きい|さ\Z|\Z|話\Z)|と(?:言って[たい]|言われ|聞い)|たらな?[ぁあ]?\Z|たら(?:いい|よかった|どう|な[ぁあ])|れば(?:いい|よかった|な[ぁあ])|だったら|だとして|としたら|のに(?:な|ね)?[ぁあ]?\Z(?<!嫌いなのに)(?<!好きなのに)|(?:君|きみ|あなた|お前|おまえ|あんた|貴方)[のはがっとにをも、]|みたい(?:って|だ|に|な)|かも(?:しれ|\Z|ね|なぁ?)|かな[ぁあ]?\Z|だろう|でしょ|(?:彼|彼ら|あいつ|あの人|あの子|あの家|隣|隣人|上司|同僚|近所|知り合い)(?:[はがのも、]|って|犬)|(?<!\w)彼女[はがも、](?!い|で|の|欲|ほ|募)|(?:た|て)い(?:な[ぁあー]?|です|と思|けど|んだ|よ)?(?:\s|\Z)(?<!冷たい)(?<!つめたい)(?<!重たい)(?<!眠たい)(?<!痛い)(?<!会いたい)(?<!話したくない)|欲しい|ほしいな|おうかな|ようかな|か迷って|か悩んで|そう(?:です|だ)\Z|ふり|振りを|嘘(?:だよ|です)?\Z|冗談|なわけ|わけ(?:が|じゃ)?な|人って|ってどう"
)
_CUT: Final = re.compile(
    r"(?:、(?![ぁ-ゖァ-ヺー]{2,8}(?:って(?:い|言|名)|という名))(?!(?:もう|今は?|昔から|やっぱり?|ほんとに?|本当に|めっちゃ|すごく|あんまり)?(?:大?好き|大?嫌い|苦手|きらい))|[,;\x00()（）【】\[\]…]|(?<![A-Za-z0-9])\s(?![A-Za-z0-9]))+|(?:だけど|ですけど|ますけど|けれど(?:も)?|けど|(?<=[るただす])から(?=[^、。来き\s])|なのに|(?<=[るたいだ])のに(?!な)|(?<=[いだたるす])し(?=[^てたなまいかろちんょゃっ、]))[、,\s]*"
)
_NO_THING = (
    rf"(?!{SELF}[、,]|(?:うん|いや|はい|いいえ|ええ?|えー*と|えっと|あの|その|でも|まあ?|実は"
    r"|ねえ|ねぇ|じゃあ?|あと"
    r"|昔|以前|前|最近|今|今日|昨日|特に|例えば|たとえば|やっぱり?|ありがとう|ごめん"
    r"|こん\w{2,3}は|はじめまして|初めまして|よろしく"
    r"|おはよう|なるほど|へえ?|ほんと|本当|そう\w*|もちろん|確かに|ちなみに"
    r"|\w{1,6}(?:さん|ちゃん|くん|君))[、,])"
)
_THING = (
    rf"{_NO_THING}[^\W、はがをも]{{1,10}}(?<![たてでるよねにくす])(?<!ない)(?<!から)"
    r"(?<!けど)(?<!だし)"
)
_SERIES: Final = re.compile(
    rf"(?<![^\s、。はも]){_THING}[、,](?:{_THING}[、,])*(?:とか)?[^\W、はがをも]{{1,10}}?(?:[とや、,]|とか)" r"[^\W、はがをも]{1,10}?(?:が|は|も|の|に|とか)?(?:[^\W、]{0,5})?(?:好き|嫌い|きらい|苦手|アレルギー|食べ|得意|話せ|弾け)|(?:趣味|特技|好きな\w{1,8}|得意なの)は[、]?[^\W、はがを]{1,10}(?:、[^\W、はがを]{1,10}){1,5}(?=\Z|[。!\n])"
)
_FILL = re.compile(
    r"(?:(?:実は|ちなみに|あと|でも|まあ|えっと|えーと|あの[、ー]|てか|ていうか|そういえば|うん|はい|いや|やっと|ついに|とうとう|今は|今(?![日年朝夜週月晩度回])|最近は?|もう|昔から|ずっと|一応|普段は?|やっぱり?|話変わるけど|ねえ|ねぇ|あのね|聞いて|あー|わー|昨日|今日|先週|先月|去年|今年|一昨年|この前|こないだ|現在|一番|ほんと|本当に|マジで|まじで|正直|個人的に|結局|とりあえず|改めて|どうも|ども|おはよう|こんにちは|こんばんは|\d+年前(?:から|に)?|\d+[ヶかケ]月前(?:から|に)?|\d{4}年に|\d+月に|数年前に|8月に|先日|さっき|\d{1,2}[歳才]の)[、,\s]*)*"
)
_SELF = re.compile(
    rf"{SELF}(?:って|には|は|も|が|の(?=名前|誕生日|出身|趣味|仕事|職業|好きな" r"|専攻|地元|実家))?[、,\s]*"
)
_KIN = re.compile(
    rf"(?:(?:うち|私|わたし|僕|俺|自分)の)?(?P<s>{KIN}|{PARTNER})(?:(?:の(?P<n>[一-鿿々ぁ-ゖァ-ヺー]{{2,6}}?))?(?:って|は|が|も" r"|[、,\s])|の(?=誕生日|仕事|名前|出身))[、,\s]*"
)
_NAMED = re.compile(
    r"(?:(?:(?:私|僕|俺)の)?(?:友達|友人|親友|同僚|先輩|後輩|幼馴染|同級生|ルームメイト|いとこ|上司|部下|知り合い|ダチ)の?(?P<s>[一-鿿々ぁ-ゖァ-ヺーA-Za-z]{2,8}?)|(?P<t>[一-鿿々ぁ-ゖァ-ヺーA-Za-z]{1,8}?(?:さん|ちゃん|くん|君|先輩)|(?!アレルギ|ペット)[ァ-ヺー]{2,8}))(?:って|は|が(?!好|嫌|苦|得|でき|あ)|の(?=誕生日))[、,\s]*"
)
_PERSON = re.compile(
    rf"(?:{KIN}|{PARTNER}|{PET}|みなさん|皆さん|お客さん|店員さん|たくさん" r"|赤ちゃん|お(?:医者|花屋|巡り|まわり)さん|うちの子|コーヒー|ビール|\w*(?:ゲーム|アニメ|ラーメン|カレー|ライブ|バイト|テスト|カフェ|ホラー|サプライズ|マラソン|オリーブ|カラオケ|ピザ|ギター|ピアノ|ジム|アプリ|スマホ|ネット|テレビ|パソコン|チーズ|トマト|パクチー))\Z"
)


def _heads(said: str) -> Sequence[Head]:
    fill = _FILL.match(said)
    start = fill.end() if fill else 0
    if own := _SELF.match(said, start):
        behind = _FILL.match(said, own.end())
        return [Head("self", "", behind.end() if behind else own.end())]
    heads = []
    if kin := _KIN.match(said, start):
        heads.append(Head("kin", kin["s"], kin.end()))
    elif (named := _NAMED.match(said, start)) and not _PERSON.match(named["s"] or named["t"]):
        heads.append(Head("named", named["s"] or named["t"], named.end()))
    return [*heads, Head("bare", "", start)]


_LEAD = re.compile(
    r"(?:(?:今は?|実は|もう|最近|ちょっと|でも|あと|昔から|ずっと|本当に|ほんとに?|マジで|まじで|めっちゃ|すごく|とても|特に|やっぱり?|私は?|僕は?|俺は?|たぶん|多分|ボロい|新しい|いろんな|大体|主に|うちの|お隣の|なんか|一番|基本|まだ|っていうか|てか|いつも|毎日|たまに)[、,\s]*)+|[「『\"“]"
)
_TAIL = re.compile(
    r"(?:[、,\s」』\"”]|だけは|には|では|とか|など|みたいなの|って(?:こと|感じ)?|という(?:の|名前)?|っていう(?:の|名前)?|[はがをもにでね]|なの|なん|です|だよ?|だね|さえ|すら|ばっか|ばかり|くらい|ぐらい|関係|全部|ぜんぶ|両方|どっちも|(?<=.)どれも|(?<=[一-鿿ァ-ヺー])の|笑|w+)+\Z"
)


def _trimmed(said: str, start: int, end: int) -> tuple[int, int]:
    if lead := _LEAD.match(said, start, end):
        start = lead.end() if lead.end() < end else start
    tail = _TAIL.search(said[start:end])
    if tail and tail.start() > 0 and not re.fullmatch(r"[ぁ-ゖー]{2,5}", said[start:end]):
        end = start + tail.start()
    return start, end


JAPANESE: Final = Tongue(
    code="ja",
    framed=_FRAMED,
    cut=_CUT,
    series=_SERIES,
    void=_VOID,
    heads=_heads,
    rules=(*OF_HOME, *OF_WORK, *OF_TASTE, *OF_BODY),
    listed=re.compile(r"とか(?!に)[、,]?|と(?=かに)|と(?!う|て|い|か|り|っ|も)|や(?!す|き|さ|ま|っ)|[&・、,]|(?<=[一-鿿ァ-ヺー])も(?=[一-鿿ァ-ヺー])"),
    trimmed=_trimmed,
    refused=re.compile(r"(?:それ|これ|あれ|そこ|ここ|あそこ|どこ|何|なに|誰|だれ|君|きみ|あなた|お前|あんた|彼|みんな|こと|もの|そう|そういう(?:の|とこ)?|こういう(?:の|とこ)?|私|僕|俺|自分|人|家|うち|全部|全然|どっち|どれ|どちら|なん|[ぁ-ゖ]|でも|だから|だけ|昔|前|以前|今|今日|明日|昨日)\Z|(?:そういう|あなた|君|お前|彼(?![氏女])|彼女.|あの|そんな|こんな|どんな|何)"),
    more=more,
    wished=wished,
    promised=promised,
    born=born,
    tag=re.compile(r"[、,\s]*(?:いい|ok|OK|お願い)\Z(?<![んたどが]いい)"),
    plain=MappingProxyType({}),
    begs=re.compile(r"(?:覚えて(?:おいて|といて)?|覚えといて|忘れて|消して|メモして)(?:くれ(?:る|ます|ない|ません)|もら(?:え|って)|ほしい|いただけ)"),
    stops=re.compile(r"もし|\A(?:彼|あいつ|上司|隣)"),
)
