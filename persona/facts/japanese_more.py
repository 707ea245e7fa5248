"""What of Japanese needs more than one look: names at a greeting, ages, birthdays, wishes."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from collections.abc import Iterator
from typing import Final

from persona.facts.japanese_words import KIN, PARTNER, PET, SELF, SIGN, SURNAME, TRADE
from persona.facts.rule import Clause, Draft, Wished

_GREETS: Final = re.compile(
    r"(?:はじめまして|初めまして|こんにちは|こんばんは|どうも|ども|やあ|ちわ|自己紹介|よろしく)[^。\n]{0,6}\Z"
)
_BEHIND: Final = re.compile(
    r"\s*[、。!,\s]*(?:\d+歳|[^、。]{1,8}(?:出身|在住|人です)|大学生|高校|大学|中学|社会人|会社員|主婦|よろしく|宜しく|[0-9]{2}です|仲良く|初見)"
)
_NAME: Final = re.compile(
    rf"(?:{SELF}(?:は|って|、|\s)?\s*)?(?P<v>[一-鿿々ァ-ヺー]{{2,8}}" r"|[ぁ-ゖー]{2,6}?|[一-鿿]{1,4}[ぁ-ゖー]{1,4}?|[A-Z][a-z]{2,10})(?P<is>です|だよ|っす|といいます|って言います|と申します|でーす|ですっ)?[ー~]?\Z"
)
_NO_NAME: Final = re.compile(
    rf"(?!{SURNAME}\Z)(?:{TRADE}|{KIN}|{PARTNER}|{PET}|[男女](?:性|子)?|学生|大学生|高校生" r"|社会人|日本人|\w+人|\w+[歳才]|\w+出身|\w+在住|初見|初|元気|大丈夫|久しぶり|初めて|本気|最高|初心者|新人|新参|人見知り|独身|暇|眠|今日|明日|昨日|今|本当|無理|お?久しぶり|そう|こちら|よろしく|はじめまして|こんにちは|こんばんは|おはよう|ありがとう|お疲れ|お世話|質問|相談|名前|趣味|自己紹介|ビーガン|ベジタリアン|ファン|オタク|ゲーマー|ハーフ|クォーター|ニート|ぼっち|ども|どうも|はい|いいえ|さん|みんな|皆|一人|\w*(?:座|型|県|市|区|府|道|都|部|科|生|年|月|日|派|好き|嫌い|中|的|様|目|病|症)|\w*(?:ない|たい|した|する|です|ます))\Z"
)
_AGE: Final = re.compile(
    r"(?:今年で|今年|もう|まだ|今|現在|\A|[、\s])*(?P<v>\d{1,2}|[二三四五六七八九]?十[一二三四五六七八九]?)(?:歳|才|さい)(?P<is>です|だよ|だ(?!った|と|って)|に(?:なった|なりました|なります|なる)|の(?!時|とき|頃|ころ|誕生日|娘|息子|子|弟|妹|犬|猫|夫|妻|彼)|なん|で(?!、?(?:初|結婚|卒業|\w+した))|\Z|[、,])"
)
_TURNS: Final = re.compile(
    r"(?:今年で|来月で|今月で)(?P<v>\d{2})(?:歳)?に(?:なります|なる|なった|なりました)"
)
_AGED: Final = re.compile(
    rf"(?:うちの|私の)?(?P<s>{KIN}|{PARTNER})(?:の[一-鿿ぁ-ゖァ-ヺー]{{1,6}}?)?(?" r":は|が|も|、)?(?:もう|今|今年)?(?P<v>\d{1,3})歳(?:です|だよ|だ|に(?:なっ|なり|なる)|なん|\Z)"
)
_BORN: Final = re.compile(r"誕生日|バースデー|たんじょうび|誕プレ|生まれ")
_NOT_BORN: Final = re.compile(
    r"誕生日(?:プレゼント|ケーキ|パーティ|会|席|おめでと|祝い|カード|ソング|の歌|に(?!な)|を祝)|(?:友達|友人|先生|彼|推し|上司|先輩|後輩|弟子|あの子|あなた|君|お前|犬|猫|息子|娘)\w{0,4}の?(?:お)?誕生日|\A(?:今日|明日)?は?(?:友達|彼[女氏]?)"
)
_OF: Final = re.compile(
    rf"(?P<kin>{KIN}|{PARTNER})の(?:お)?(?:誕生日)" r"|(?P<named>[ァ-ヺーA-Za-z一-鿿ぁ-ゖ]{1,8}?(?:さん|ちゃん|くん|君)|[ァ-ヺー]{2,8})の(?:お)?誕生日"
)
_SELF_OF: Final = re.compile(rf"{SELF}の(?:お)?誕生日")
_NAMED_IT: Final = re.compile(
    r"(?:名前|なまえ)(?:は|って|も)?\s*(?P<v>[一-鿿々ぁ-ゖァ-ヺーA-Za-z・]{1,12}?)(?:です|だよ|だ|に(?:し(?:た|まし)|決め|なり)|って(?:い|言|名|つけ)|という|と(?:い|言|名)|ね|笑|\Z)"
)
_TAKEN_IN: Final = re.compile(
    rf"(?P<k>{PET})(?:を|が|も)?[^。\n]{{0,8}}?(?:飼|迎え|拾|もら|引き取|来た" r"|きた|い(?:る|て|ます))"
)
_AND: Final = re.compile(r"と(?![うてり])|、|&")
_OTHER: Final = (
    re.compile(rf"(?:{SELF}は?)?(?:\d月生まれの)?(?P<v>{SIGN})(?:です|だよ|だ|の|なん|\Z)"),
    re.compile(r"(?:血液型は)?(?P<v>[A-ZＡ-Ｚ]{1,2}型|AB型)(?:です|だよ|だ|なん|\Z)"),
    re.compile(r"(?P<v>[IE][NS][TF][JP])(?:です|だよ|だ|なん|型|\Z)"),
    re.compile(rf"(?:{SELF}は?)?(?P<v>(?:ヴィーガン|ビーガン|ベジタリアン" r"|菜食主義(?:者)?|左利き|両利き|クリスチャン|イスラム教徒|ムスリム|仏教徒|カトリック))(?:です|だよ|だ|なん|\Z)"),
    re.compile(r"身長(?:は)?(?P<v>1\d\d ?cm|1\d\d(?:センチ)?)"),
)
_NOT_ANY_MORE: Final = re.compile(
    r"(?:もう)?(?P<v>(?:ヴィーガン|ビーガン|ベジタリアン|菜食))(?:は|を)?(?:もう)?(?:やめ(?:た|まし)|じゃな)"
)
_PROMISE: Final = (
    re.compile(r"(?:絶対|必ず|ちゃんと)?(?:に)?(?P<v>[^、。!?\n]{2,30}?)(?:って|と|を|こと)+約束(?:する|します|した)(?!っけ)"),
    re.compile(r"約束(?:する|します)?(?:よ|ね)?[、,!\s]+(?:もう|絶対)?(?P<v>[^、。!?\n]{2,30}?)(?:から|よ|ね)?\Z"),
    re.compile(r"(?:絶対|必ず)(?:に)?(?P<v>[^、。!?\n]{2,30}?)(?:から|よ|ね)?[、,!\s]+約束(?:する|ね|だ|\Z)"),
)
_ALLERGY: Final = re.compile(r"アレルギー(?:で|だから|なので|があって|なんだ|です|持ち|\Z)")
_ALLERGIC: Final = re.compile(
    r"(?P<v>[^、,。!?\sはがもを]{1,12}?)(?:は|が|も|を)?(?:食べ(?:ら)?れない|食べ(?:ら)?れません|食えない|ダメ|だめ|無理)(?:んだ|んです|なの|なんだ)?(?:けど|から)?[、,\s]*\Z"
)


def more(clause: Clause) -> Iterator[Draft]:
    """What the rules of single patterns leave."""
    yield from _called(clause)
    yield from _pet_called(clause)
    yield from _aged(clause)
    yield from _others(clause)
    cannot = _ALLERGIC.search(clause.before) if _ALLERGY.match(clause.said) else None
    if cannot:
        yield Draft("allergy", cannot["v"])


def _called(clause: Clause) -> Iterator[Draft]:
    found = _NAME.match(clause.said)
    if found is None or _NO_NAME.match(found["v"]):
        return
    own = re.match(rf"{SELF}(?:は|って|、|\s)?", clause.said)
    greeted = bool(_GREETS.search(clause.before)) and (found["is"] or "自己紹介" in clause.before)
    known = re.fullmatch(SURNAME, found["v"])
    told = (known or bool(_BEHIND.match(clause.after))) and (found["is"] or own)
    if (greeted and found["is"] is not None) or told or (greeted and "自己紹介" in clause.before):
        yield Draft("name", clause.text[found.start("v") : found.end("v")])


def _pet_called(clause: Clause) -> Iterator[Draft]:
    pets = [*_TAKEN_IN.finditer(clause.before)]
    found = _NAMED_IT.match(clause.said) if pets else None
    if found is None:
        return
    start = found.start("v")
    for name in _AND.split(clause.text[start : found.end("v")]):
        yield Draft("pet", name, pets[-1]["k"])


def _aged(clause: Clause) -> Iterator[Draft]:
    if of := _AGED.match(clause.said):
        yield Draft("other", of["v"], "age", of["s"])
        return
    found = _TURNS.search(clause.said) or _AGE.match(clause.said)
    if found is None:
        own = re.match(rf"{SELF}(?:は|も|、)?", clause.said)
        found = _AGE.match(clause.said, own.end()) if own else None
    if found and not re.search(
        r"(?:娘|息子|子供|弟|妹|兄|姉|母|父|犬|猫|うちの|彼|がいる|い(?:て|る)よ?)[^。\n]*\Z",
        clause.before,
    ):
        yield Draft("other", found["v"], "age")


def _others(clause: Clause) -> Iterator[Draft]:
    for pattern in _OTHER:
        if found := pattern.match(clause.said):
            yield Draft("other", found["v"])
    if gone := _NOT_ANY_MORE.match(clause.said):
        yield Draft("other", gone["v"], negated=True)


def born(said: str) -> str | None:
    """Whose birthday the clause *said* tells; None: nobody's."""
    if not _BORN.search(said):
        return None
    of = _OF.search(said)
    if of and not _SELF_OF.search(said):
        return of["kin"] or of["named"]
    return None if _NOT_BORN.search(said) else ""


_REMEMBER: Final = (
    re.compile(r"(?:覚えて(?:おいて|といて|いて)|覚えといて|メモして(?:おいて)?|記憶して(?:おいて)?|メモ)[:、,\s]+(?P<v>[^\n]{3,})\Z"),
    re.compile(r"(?:ちゃんと|お願いだから|ずっと)?(?P<v>[^\n]{2,80}?)(?:ってこと|ということ|だって|こと|の|んだ|って|を|は|だから|から)*[、,\s]*(?:ちゃんと|ずっと|絶対|一応)?(?:覚えて(?:おいて|といて|てて|ておいて|てね|ください|おけ)|覚えといて|覚えて(?=ね|\Z|よ)|忘れないで|メモして(?:おいて|ね|\Z)|記憶して(?:おいて)?|覚えててね|覚えてて)"),
)
_FORGET: Final = (
    re.compile(r"(?:これは?|今のは?|この話は?)?(?:覚えないで|記録しないで|メモしないで|記憶しないで)[:、,\s]+(?P<v>[^\n]{3,})\Z"),
    re.compile(r"(?:さっきの|今言った|前に言った)?(?P<v>[^\n]{1,60}?)(?:ってこと|ということ|は|を|も)*[、,\s]*(?:もう|全部|全て|すべて|記憶から|メモリから|記録から)*(?:忘れて(?:ください|下さい|ね|ほしい|欲しい|くれ|よ|\Z|\W)|記録しないで|覚えないで|覚えなくて(?:いい|良い|OK)|メモしないで|消して(?:ください|下さい|ほしい|ね|くれ|おいて|\Z|\W)|記憶しないで|削除して)"),
)
_NO_MATTER: Final = re.compile(
    r"(?:もう(?:いい)?(?:や|よ)?|いいから|なんでもない|嫌なことは?|今日は(?:全部)?|仕事のことは|辛いことは|\w*(?:うちに|前に|電気|ファイル|アプリ|写真|メッセージ|消しゴム)\w*)[、,\s]*\Z|.*(?:[うくすつぬむるぐぶ]の|持ってくるの)\Z"
)


def wished(said: str) -> Wished | None:
    """What the sentence *said* wants remembered or forgotten."""
    for pattern in _FORGET:
        found = pattern.match(said)
        if found and not _NO_MATTER.match(found["v"]):
            return Wished("forget", *found.span("v"))
    for pattern in _REMEMBER:
        found = pattern.match(said)
        if (
            found
            and not re.search(r"[うくすつぬむるぐぶ](?:の|こと)?\Z", found["v"])
            and "覚えて" not in found["v"]
        ):
            return Wished("remember", *found.span("v"))
    return None


def promised(said: str) -> tuple[int, int] | None:
    """Where in the sentence *said* stands what is promised."""
    for pattern in _PROMISE:
        if found := pattern.search(said):
            return found.span("v")
    return None
