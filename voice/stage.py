"""Stage directions, in stars, brackets or italics: they are acted and not said."""

import re
from typing import Final

_ENGLISH: Final = (
    r"(?:\w+ly |still |just )?(?:laugh|smil|grin|giggl|chuckl|sigh|nod|wink|wav|blush|hug|whisper"
    r"|shrug|cr(?:y|ie)|sob|gasp|yawn|pat|bow|clap|danc|hum|paus|snort|smirk|frown|pout|stretch|blink"
    r"|cough|gigg|mutter|murmur|lean|look|tilt|shak|point|poke|kiss|sniff|squint|facepalm|sings?\b"
    r"|singing|think|rolls? |softly|quietly|gently|sarcas)[\w' -]*(?:,[\w' -]*)?[.!…~]*"
)
_CHINESE: Final = (
    r"笑|哭|叹|嘆|脸红|臉紅|点头|點頭|摇头|搖頭|挥手|揮手|小声|小聲|"
    r"轻声|輕聲|眨|歪头|歪頭|抱|摸|沉默|害羞|拍|看着|看著|转身|轉身|"
    r"低头|低頭|抬头|抬頭|耸肩|聳肩|鞠躬|吐舌|捂|跺脚|撇嘴|嘟嘴|伸懒腰|"
    r"打哈欠|咳|停顿|思考|挠头"
)
_JAPANESE: Final = (
    r"笑|泣|汗|爆|照れ|ため息|溜息|頷|うなず|手を振|苦笑|拍手|目を|"
    r"首を|小声|囁|ささや|頭を|抱きし|にっこり|ニコ|くすくす|しーん|沈黙"
)
_ACTED: Final = rf"{_CHINESE}|{_JAPANESE}"

_BRACKETED: Final = re.compile(
    rf"[(（\[【<](?i:\s*{_ENGLISH}\s*)[)）\]】>]"
    rf"|[(（\[【](?=[^()（）\[\]【】\n]{{0,40}}(?:{_ACTED}))[^()（）\[\]【】\n]{{1,40}}[)）\]】]"
)
_STARRED: Final = re.compile(r"(?<![*\w])([*_])(?![\s*_])([^*_\n]{1,200}?)(?<![\s*_])\1(?![*\w])")
_STARRED_HAN: Final = re.compile(r"(?<!\*)\*(?![\s*])([^*\n]{1,200}?)(?<![\s*])\*(?!\*)")
_LAUGHING: Final = re.compile(
    r"(?<![A-Za-z])[wｗ]{1,20}(?=[。！!？?\s]|$)|(?<=[。！!？?\s])草(?=[。\s]|$)"
)
_GOES_ON: Final = re.compile(r"\s*[a-z\u3040-\u30ff\u3400-\u9fff]|[.,!?;:。，！？、…]")
_LAST: Final = re.compile(r"[\w,，、]\s*$")


def unacted(text: str, language: str) -> str:
    """*text* without its stage directions; words that are only stressed stay."""
    text = _BRACKETED.sub(" ", text)
    text = _STARRED.sub(_stressed, text)
    text = _STARRED_HAN.sub(_stressed, text)
    return _LAUGHING.sub("", text) if language == "ja" else text


def _stressed(found: re.Match[str]) -> str:
    """What stands in the midst of a sentence is stressed, all else is acted."""
    words = found[found.lastindex or 0]
    before, after = found.string[: found.start()], found.string[found.end() :]
    if _LAST.search(before) and _GOES_ON.match(after) and not re.match(rf"(?i){_ENGLISH}$", words):
        return words
    return " "
