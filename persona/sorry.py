"""What the house says when something fails and a persona has no words of its own for it."""

from collections.abc import Mapping
from types import MappingProxyType

from anima.ports import Trouble
from persona.card import Card

_DEFAULTS: Mapping[Trouble, Mapping[str, str]] = MappingProxyType(
    {
        "server": {
            "en": "Sorry, a server error occurred, please try again later.",
            "zh": "抱歉，服务器出现错误，请稍后再试。",
            "ja": "申し訳ありません、サーバーエラーが発生しました。後でもう一度お試しください。",
            "ko": "죄송합니다, 서버 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.",
            "de": "Leider ist ein Serverfehler aufgetreten, bitte versuch es später noch einmal.",
            "fr": "Désolé, une erreur du serveur s'est produite, réessaie plus tard.",
            "es": "Lo siento, ha ocurrido un error del servidor, inténtalo más tarde.",
            "ru": "Извините, произошла ошибка сервера, попробуйте позже.",
        },
        "connection": {
            "en": "Sorry, a connection error occurred, please try again later.",
            "zh": "抱歉，连接出现错误，请稍后再试。",
            "ja": "申し訳ありません、接続エラーが発生しました。後でもう一度お試しください。",
            "ko": "죄송합니다, 연결 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.",
            "de": "Leider ist die Verbindung gestört, bitte versuch es später noch einmal.",
            "fr": "Désolé, une erreur de connexion s'est produite, réessaie plus tard.",
            "es": "Lo siento, ha ocurrido un error de conexión, inténtalo más tarde.",
            "ru": "Извините, произошла ошибка соединения, попробуйте позже.",
        },
        "refused": {
            "en": "Sorry, I can't answer that one. Ask me something else?",
            "zh": "抱歉，这个我没法回答。换个话题好吗？",
            "ja": "すみません、これにはお答えできません。別のお話をしませんか？",
            "ko": "죄송하지만 이건 대답할 수 없어요. 다른 이야기를 할까요?",
            "de": "Darauf kann ich leider nicht antworten. Reden wir über etwas anderes?",
            "fr": "Désolé, je ne peux pas répondre à cela. On parle d'autre chose ?",
            "es": "Lo siento, a eso no puedo responder. ¿Hablamos de otra cosa?",
            "ru": "Извините, на это я не могу ответить. Поговорим о другом?",
        },
        "late": {
            "en": "I was away for a while and could not answer in time. Please write again if it"
            " still matters.",
            "zh": "我离开了一阵子，没能及时回复。如果还需要，请再发给我一次。",
            "ja": "しばらく不在で、時間内にお返事できませんでした。よければ、また送ってください。",
            "ko": "한동안 자리를 비워서 제때 답하지 못했어요. 아직 필요하시면 다시 보내 주세요.",
            "de": "Ich war eine Weile weg und konnte nicht rechtzeitig antworten. Schreib mir gern"
            " noch einmal, wenn es noch wichtig ist.",
            "fr": "J'ai été absent un moment et n'ai pas pu répondre à temps. Réécris-moi si c'est"
            " encore utile.",
            "es": "Estuve fuera un rato y no pude responder a tiempo. Escríbeme otra vez si aún"
            " importa.",
            "ru": "Меня не было какое-то время, и ответить вовремя не получилось. Напишите снова,"
            " если это ещё важно.",
        },
        "forbidden": {
            "en": "That stays between me and the one who looks after me.",
            "zh": "这件事只有照看我的人才能决定哦。",
            "ja": "それは、私の面倒を見てくれている人とだけのお話です。",
            "ko": "그건 저를 돌봐 주는 분만 정할 수 있어요.",
            "de": "Das bleibt zwischen mir und dem Menschen, der sich um mich kümmert.",
            "fr": "Cela reste entre moi et la personne qui s'occupe de moi.",
            "es": "Eso queda entre la persona que me cuida y yo.",
            "ru": "Это останется между мной и тем, кто обо мне заботится.",
        },
    }
)


def sorry(card: Card, trouble: Trouble, language: str, reference: str) -> str:
    """One polite line in *language*, or in English, and the *reference* to the log if there is one.

    The card's own words come first, but never in a language that is not the person's.
    """
    own, house = card.sorry[trouble], _DEFAULTS[trouble]
    line = own.get(language) or house.get(language) or own.get("en") or house["en"]
    return f"{line} ({reference})" if reference else line
