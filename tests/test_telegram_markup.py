"""Markdown as models write it in chats, and what Telegram gets of it."""

import timeit
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bots.markdown import parse
from bots.telegram.markup import Entity, to_entities
from bots.text import utf16_len

SOUP = st.lists(
    st.sampled_from(
        [
            *("*", "**", "***", "_", "__", "~~", "~", "||", "|", "`", "``", "```", "\\", "[", "]("),
            *("(", ")", "> ", ">", "# ", "\n", "\n\n", " ", "https://a.b/c_d)", "```py\n"),
            *(
                "好",
                "重点",
                "かな",
                "word",
                "2",
                "，",
                "。",
                "😀",
                "👨‍👩‍👧",
                "ﾟ",
                "▽",
                "(*^▽^*)",
                "¯\\_(ツ)_/¯",
            ),
        ]
    ),
    max_size=40,
).map("".join)


def shown(markdown: str) -> list[tuple[str, str]]:
    """Each entity's kind with the words under it, cut out as Telegram cuts them."""
    rendered = to_entities(markdown)
    units = rendered.text.encode("utf-16-le")
    return [
        (e.kind, units[2 * e.offset : 2 * (e.offset + e.length)].decode("utf-16-le"))
        for e in rendered.entities
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "好呀好呀~ 今天真好",
        "好呀~~",
        "~~哈哈~~",
        "好呀~~走吧~~冲",
        "好呀！~~来啦来啦~~",
        "~~haha~~ ~~www~~",
        "~deleted~",
        "~~~",
        "snake_case_name and other_name",
        "_x",
        "__init__ and __main__",
        "fill ____ in ____",
        "2*3*4",
        "长*宽*高",
        "x**2 + y**2",
        "(x)**2 + (y)**2",
        "f(*args, **kwargs)",
        "f**k and s**t",
        "a||b||c",
        "if a || b || c",
        "(*^▽^*)",
        "(*^▽^*) 和 (*^▽^*)",
        "(*≧ω≦) (≧ω≦*)",
        "(*´∀`*) (*´∀`*)",
        "你好(´･ω･`)再见(´･ω･`)",
        "你好(・ω・`)再见(・ω・`)",
        "ヽ(`Д´)ﾉ ヽ(`Д´)ﾉ",
        "´ω` ´ω`",
        "*^_^* 你好 *^_^*",
        "*o* wow *o*",
        "(*T_T*)",
        "*T_T*",
        "_(:з」∠)_ 好累 _(:з」∠)_",
        "(｡>﹏<｡)",
        "(_ _) m(_ _)m",
        "*\\(^o^)/* *\\(^o^)/*",
        "¯\\_(ツ)_/¯",
        "¯\\_(ツ)_/¯ or ¯\\\\_(ツ)_/¯",
        "/\\_/\\\n( o.o )",
        "> < 呜",
        "> _ < 痛",
        ">_< *",
        ">>> x",
        "#tag #另一个",
        "**bold that never ends",
        "and `code that never ends",
        "** not bold **",
        "**第一行\n第二行**",
        "[微笑][捂脸]",
        "[x](javascript:alert(1))",
        "[x](file:///etc/passwd)",
        "[](https://a.b)",
        "\\[x](https://a.b)",
        "see https://a.b/_x_/*y and @_some_name_",
        "- one\n- two\n* three\n1. four",
        "```\n```",
        "```\n\n```",
        "a ``` b",
        "|a|b|\n|-|-|",
        "C:\\new_dir\\x",
    ],
)
def test_stays_as_typed(typed: str) -> None:
    """Faces, tildes, products, paths and unfinished marks go out as they were written."""
    rendered = to_entities(typed)

    assert (typed, ()) == (rendered.text, rendered.entities)


@pytest.mark.parametrize(
    ("typed", "text", "entities"),
    [
        ("这是**重点**哦", "这是重点哦", [("bold", "重点")]),
        ("**重点：**后文", "重点：后文", [("bold", "重点：")]),
        ("用Python**key**哦", "用Pythonkey哦", [("bold", "key")]),
        ("链接(说明)**重点**1个", "链接(说明)重点1个", [("bold", "重点")]),
        ("__とても大事__", "とても大事", [("bold", "とても大事")]),
        ("*轻轻抱住你* 嗯", "轻轻抱住你 嗯", [("italic", "轻轻抱住你")]),
        ("嗯*点头*", "嗯点头", [("italic", "点头")]),
        (
            "so _very_ nice, *really*!",
            "so very nice, really!",
            [("italic", "very"), ("italic", "really")],
        ),
        ("~~deleted~~ kept", "deleted kept", [("strikethrough", "deleted")]),
        ("~~he~~ we", "he we", [("strikethrough", "he")]),
        ("我才，~~不喜欢~~喜欢", "我才，不喜欢喜欢", [("strikethrough", "不喜欢")]),
        ("凶手是||管家||！", "凶手是管家！", [("spoiler", "管家")]),
        ("`x`和``a`b``", "x和a`b", [("code", "x"), ("code", "a`b")]),
        ("`**x**`", "**x**", [("code", "**x**")]),
        ("***both***", "both", [("bold", "both"), ("italic", "both")]),
        ("**a *b***", "a b", [("bold", "a b"), ("italic", "b")]),
        ("*a **b***", "a b", [("italic", "a b"), ("bold", "b")]),
        ("***a** b*", "a b", [("italic", "a b"), ("bold", "a")]),
        ("***a* b**", "a b", [("bold", "a b"), ("italic", "a")]),
        ("**a *b**", "a *b", [("bold", "a *b")]),
        ("2**3 是 **重点**", "2**3 是 重点", [("bold", "重点")]),
        ("**太好了(≧▽≦)**", "太好了(≧▽≦)", [("bold", "太好了(≧▽≦)")]),
        ("# 标题 **b** ", "标题 b ", [("bold", "标题 b")]),
        (
            "> 你说过\n> **再见**\n\n嗯",
            "你说过\n再见\n\n嗯",
            [("blockquote", "你说过\n再见"), ("bold", "再见")],
        ),
        ("> a\n>\n> b\n>\nc", "a\n\nb\n\nc", [("blockquote", "a\n\nb")]),
        ("> a\nb\n> c", "a\nb\nc", [("blockquote", "a"), ("blockquote", "c")]),
        (
            "👋 **粗体** 👨‍👩‍👧 *好的*",
            "👋 粗体 👨‍👩‍👧 好的",
            [("bold", "粗体"), ("italic", "好的")],
        ),
        ("\\*not\\* \\_x\\_ \\`y\\`", "*not* _x_ `y`", []),
        ("snake\\_case 2\\*3", "snake_case 2*3", []),
        ("\\# no heading\n\\> no quote", "# no heading\n> no quote", []),
        ("*[题](https://a.b)*", "题", [("italic", "题"), ("text_link", "题")]),
        ("**https://a.b/c_d_e**", "https://a.b/c_d_e", [("bold", "https://a.b/c_d_e")]),
    ],
)
def test_clear_markup(typed: str, text: str, entities: list[tuple[str, str]]) -> None:
    """What is clearly markup becomes entities over the right words, beside CJK and emoji too."""
    rendered = to_entities(typed)

    assert text == rendered.text
    assert sorted(entities) == sorted(shown(typed))


def test_fence_keeps_its_language() -> None:
    """A fence becomes one block of code that knows its language, and stars in it stay stars."""
    rendered = to_entities("see\n```python\nx = **y\n\n  z\n```\ndone")

    expected = (Entity("pre", 4, 12, language="python"),)
    assert ("see\nx = **y\n\n  z\ndone", expected) == (rendered.text, rendered.entities)


@pytest.mark.parametrize("typed", ["```\ncode", "```py\ncode", "````\ncode", "  ```\ncode\n  ```"])
def test_open_fence_is_code(typed: str) -> None:
    """A fence that the text ends in, as while it streams, is code already."""
    assert [("pre", "code")] == shown(typed)


@pytest.mark.parametrize(
    "url",
    ["https://a.b/c_(d)?e=*f*", "http://例え.jp/道", "tg://user?id=1", "mailto:me@example.org"],
)
def test_links(url: str) -> None:
    """A link shows its label and carries its address, brackets and marks included."""
    rendered = to_entities(f"看[**这里** ok]({url})。")

    assert "看这里 ok。" == rendered.text
    assert Entity("text_link", 1, 5, url=url) in rendered.entities


def test_exclamation_before_link() -> None:
    """An exclamation mark before a link is joy and no picture, so it stays."""
    assert "太好了!链接" == to_entities("太好了![链接](https://a.b)").text


def test_styles_go_round_code() -> None:
    """Telegram nests nothing with code: bold goes round it, and links and spoilers win over it."""
    assert [("bold", "a"), ("code", "b"), ("bold", "c")] == shown("**a `b` c**")
    assert [("code", "b")] == shown("**`b`**")
    assert [("text_link", "b")] == shown("[`b`](https://a.b)")
    assert [("spoiler", "secret b")] == shown("||secret `b`||")


@pytest.mark.parametrize(
    ("text", "length"),
    [("", 0), ("好", 1), ("😀", 2), ("👨‍👩‍👧", 8), ("e\u0301", 2), ("\ud83d", 1)],
)
def test_utf16_len(text: str, length: int) -> None:
    """Length is counted in UTF-16 units, even of half a character."""
    assert length == utf16_len(text)


@given(SOUP)
def test_nothing_is_lost(markdown: str) -> None:
    """The text is the source without recognised markers, and those hold nothing but marks."""
    parsed = parse(markdown)

    at, kept = 0, ""
    for start, end in parsed.removed:
        kept += markdown[at:start]
        at = end
        assert set(markdown[start:end]) <= set("*_~|`\\[]()> #\n\tpyhts:/a.bc_d")
    kept += markdown[at:]
    assert kept == to_entities(markdown).text
    assert bool(markdown.strip()) == bool(kept.strip())


@given(st.text(max_size=60) | SOUP)
def test_entities_are_sound(markdown: str) -> None:
    """Entities lie within the text, are not blank, split no character, and nest properly."""
    rendered = to_entities(markdown)
    units = rendered.text.encode("utf-16-le", "surrogatepass")

    ranges = [(e.offset, e.offset + e.length) for e in rendered.entities]
    assert ranges == sorted(ranges, key=lambda r: (r[0], -r[1]))
    for start, end in ranges:
        assert 0 <= start < end <= utf16_len(rendered.text)
        assert units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass").strip()
        for a, b in ranges:
            assert a >= end or b <= start or (a <= start and end <= b) or (start <= a and b <= end)


@given(st.text(alphabet="*_~|`[]()\\>#\n a好2^ω´", max_size=200))
def test_any_soup_is_read(markdown: str) -> None:
    """No mix of marks raises or takes a word away."""
    text = to_entities(markdown).text

    for kept in "a好2^ω´":
        assert markdown.count(kept) >= text.count(kept)
    assert markdown.count("好") == text.count("好")


@pytest.mark.parametrize(
    "part", ["**a ", "` ", "_a ", "(", "[", "[a", "*a", "`a", "> ", "***a", "||a"]
)
def test_hostile_text_is_read_in_time(part: str) -> None:
    """No repetition makes reading slow: four thousand characters take a moment."""
    markdown = part * (4000 // len(part))

    took = timeit.repeat(lambda: to_entities(markdown), timer=process_time, number=1, repeat=3)

    assert min(took) < 0.1


def test_plain_text_costs_nothing() -> None:
    """Text without marks is handed back in a few microseconds."""
    plain = "好呀好呀~ 今天天气真好呢！" * 28

    seconds = min(timeit.repeat(lambda: to_entities(plain), number=100, repeat=5)) / 100

    assert seconds < 50e-6  # 4 µs where it was written; the rest is for busy machines
