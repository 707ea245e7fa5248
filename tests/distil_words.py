"""A few lines of talk, and operations about them as a model would write them."""

import json
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from persona.distil.told import Known, Told

TOKYO: Final = ZoneInfo("Asia/Tokyo")
MONDAY: Final = datetime(2026, 1, 5, 8, tzinfo=TOKYO)
ANN: Final = "telegram:1"
BOB: Final = "telegram:2"
OURS: Final = "Kokoro"


def told(*said: tuple[str, str], name: str = "Ann", other: str = "Bob") -> list[Told]:
    """Lines a minute apart, each a speaker and what they said; nobody: it was ours."""
    names = {ANN: name, BOB: other, "": OURS}
    return [
        Told(number, speaker, names[speaker], text, MONDAY + number * timedelta(minutes=1))
        for number, (speaker, text) in enumerate(said, 1)
    ]


TALK: Final = told(
    (ANN, "I moved to Lisbon, and my birthday is 3 May. Tomorrow at 9:30 I see the dentist!"),
    (BOB, "Ann is allergic to nuts. 我住在巴黎，有一只猫叫小黑"),
    ("", "I promise to send you the recipe. I recommend Cafe Luna."),
    (ANN, "我下个月要搬去上海"),
    (BOB, "来年から京都大学で働きます。うちの母は鹿児島にいます"),
)
KNOWN: Final = (
    Known(70, ANN, "", "lives_in", "Ann lives in Porto"),
    Known(71, BOB, "", "lives_in", "Bob lives in Rome"),
    Known(72, BOB, "Ann", "allergy", "Ann is allergic to milk", hearsay=True),
    Known(73, BOB, "Ann", "likes", "Ann likes tea"),
)
LISBON: Final = {
    "op": "add",
    "turn": 1,
    "quote": "I moved to Lisbon",
    "subject": "Ann",
    "slot": "lives_in",
    "value": "Lisbon",
    "text": "Ann lives in Lisbon.",
    "lang": "en",
}


def answer(*ops: object) -> str:
    """The JSON of these operations."""
    return json.dumps({"ops": ops}, ensure_ascii=False)
