"""Character cards for tests: a whole one of version 3, and the files that carry cards."""

import base64
import json
import struct
import zlib
from typing import Any

from persona import png

WHOLE = r"""{"spec":"chara_card_v3", "spec_version":"3.0","data":{
"name":"Kokoron","nickname":"Koko",
"description":"{{char}} keeps <USER> company. caf\u00e9","personality":"warm","scenario":"at home",
"first_mes":"先生、おかえり！","mes_example":"<START>\n{{user}}: tired\n{{char}}: Rest, Sensei.",
"creator_notes":"CANARY notes","system_prompt":"{{original}} Stay in voice.",
"post_history_instructions":"Short lines, {{CHAR}}.","group_only_greetings":[],
"alternate_greetings":["Hello, {{user}}! What have you done today?",
"今天想聊什么呢？","また来たの？"],
"character_book":{"name":"b","scan_depth":2,"extensions":{},"entries":[
 {"keys":["exam","試験"],"content":"Finals are in June, {{user}}.","extensions":{"w":1.0},
  "enabled":true,"insertion_order":10,"use_regex":false,"constant":false,"id":1,"name":"exam"},
 {"keys":["off"],"content":"No.","extensions":{},"enabled":false,"insertion_order":1,
  "use_regex":false}]},
"tags":["CANARY tag"],"creator":"CANARY me","character_version":"CANARY 1",
"extensions":{"depth_prompt":{"prompt":"warm","depth":4.0,"role":"system"},"z":1e5,"a":"\u732b"},
"assets":[{"type":"icon","uri":"ccdefault:","name":"main","ext":"png"}],"x_unknown" : 1.50}}"""


def card(**fields: Any) -> dict[str, Any]:
    """A least card of version 2 with these *fields*."""
    return {"spec": "chara_card_v2", "spec_version": "2.0", "data": {"name": "Ku", **fields}}


def dumped(**fields: Any) -> bytes:
    """The same as a file."""
    return json.dumps(card(**fields)).encode()


def picture(*texts: tuple[bytes, bytes]) -> bytes:
    """A PNG with chunks of these kinds and contents."""
    chunks = b"".join(bytes(png.Chunk(kind, content)) for kind, content in texts)
    blank = png.blank()
    end = bytes(png.Chunk(b"IEND", b""))
    return blank.removesuffix(end) + chunks + end


def text(keyword: str, content: bytes | str) -> tuple[bytes, bytes]:
    """A text of a PNG that holds a card."""
    content = content.encode() if isinstance(content, str) else content
    return b"tEXt", keyword.encode() + b"\0" + base64.b64encode(content)


def packed(keyword: str, content: bytes) -> tuple[bytes, bytes]:
    """The same, packed."""
    return b"zTXt", keyword.encode() + b"\0\0" + zlib.compress(base64.b64encode(content))


def international(keyword: str, content: bytes, *, squeezed: bool) -> tuple[bytes, bytes]:
    """The same, in the form that knows languages."""
    encoded = base64.b64encode(content)
    head = keyword.encode() + b"\0" + struct.pack("BB", squeezed, 0) + b"en\0key\0"
    return b"iTXt", head + (zlib.compress(encoded) if squeezed else encoded)
