"""One call in every dress that models put it in, and speech that only looks like one."""

TEXT = "Bo likes tea"
_ARGS = '{"text": "Bo likes tea"}'
_STRING = _ARGS.replace('"', '\\"')

PLAIN = {
    "bare": '{"tool": "remember", "text": "Bo likes tea"}',
    "name": f'{{"name": "remember", "arguments": {_ARGS}}}',
    "parameters": f'{{"name": "remember", "parameters": {_ARGS}}}',
    "function": f'{{"type": "function", "function": {{"name": "remember", "arguments": {_ARGS}}}}}',
    "flat function": '{"function": "remember", "text": "Bo likes tea"}',
    "arguments as a text": f'{{"name": "remember", "arguments": "{_STRING}"}}',
    "by its name": f'{{"remember": {_ARGS}}}',
    "single quotes": "{'tool': 'remember', 'text': 'Bo likes tea'}",
    "wide signs": "{“tool”：“remember”，“text”：“Bo likes tea”}",
    "a list": '[{"tool": "remember", "text": "Bo likes tea"}]',
    "a fence": '```json\n{"tool": "remember", "text": "Bo likes tea"}\n```',
    "a nameless fence": '```\n{"tool": "remember", "text": "Bo likes tea"}\n```',
    "ticks": '`{"tool": "remember", "text": "Bo likes tea"}`',
    "Qwen": f'<tool_call>\n{{"name": "remember", "arguments": {_ARGS}}}\n</tool_call>',
}

VENDORS = {
    "Llama": f"<function=remember>{_ARGS}</function>",
    "Llama's tag": f'<|python_tag|>{{"name": "remember", "parameters": {_ARGS}}}',
    "Llama's Python": '<|python_tag|>remember.call(text="Bo likes tea")',
    "Python": '[remember(text="Bo likes tea")]',
    "Python without a name": '[remember("Bo likes tea")]',
    "Gemma": '```tool_code\nprint(remember(text="Bo likes tea"))\n```',
    "Mistral": f'[TOOL_CALLS] [{{"name": "remember", "arguments": {_ARGS}}}]',
    "Mistral's newer": f"[TOOL_CALLS]remember[ARGS]{_ARGS}",
    "DeepSeek": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>remember\n"
    f"```json\n{_ARGS}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "DeepSeek's newer": "<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>remember<｜tool▁sep｜>"
    f"{_ARGS}<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "DeepSeek's newest": '<｜DSML｜function_calls>\n<｜DSML｜invoke name="remember">\n'
    '<｜DSML｜parameter name="text" string="true">Bo likes tea</｜DSML｜parameter>\n'
    "</｜DSML｜invoke>\n</｜DSML｜function_calls>",
    "Kimi": "<|tool_calls_section_begin|><|tool_call_begin|>functions.remember:0"
    f"<|tool_call_argument_begin|>{_ARGS}<|tool_call_end|><|tool_calls_section_end|>",
    "Qwen Coder": "<tool_call>\n<function=remember>\n<parameter=text>\nBo likes tea\n</parameter>\n"
    "</function>\n</tool_call>",
    "GLM": "<tool_call>remember\n<arg_key>text</arg_key>\n<arg_value>Bo likes tea</arg_value>\n"
    "</tool_call>",
    "invoke": '<invoke name="remember"><parameter name="text">Bo likes tea</parameter></invoke>',
    "OpenAI's list": '{"tool_calls": [{"function": {"name": "remember", "arguments": '
    f'"{_STRING}"}}}}]}}',
}

SPEECH = (
    "hello",
    "hi {>_<} ok",
    "{{>_<}}",
    '{"name": "Bob"}',
    '```json\n{"name": "Bob", "age": 3}\n```',
    "a {b} c [1] [x](http://y) <b>bold</b> 1 < 2 <3 `code` ``x``",
    '```python\nx = {"tool": "remember", "text": 1}\nprint(x)\n```\nok',
    '```\n[{"tool": "hammer"}]\n```\n```sh\nls\n```',
    '{"name": "recall", "year": 2012}',
    '{"tool": "hammer", "price": 3}',
    "the tag `<tool_call>` opens",
    "<tool_call> is a tag",
    "<tool_call> is what some models write before they ask for something, I was told",
    '"Hello" she said',
    '"tool" is a word',
    "[remember me] yes",
    "[TOOL time",
    "{笑} haha",
    "｛笑｝",
    '{"title": "a", "tool": {"x": 1}}',
    "“好的”，我说",
    "{ x | x > 0 }",
    "#include <functional>\nint x;",
    "x <y and {z}",
    "```\nplain\n```\n",
    "I said ```{}``` ok",
    '{"text": "hi"}',
    '{"text": "hi',
    "<",
    "`",
    "{",
    "[",
    "[x",
    '{"text": [[[[[[[[[[[[[',
    '[greet("x")] is a call in Python',
    "[[1, 2], [x]]",
    "```",
    "[TOOL_CALL",
    '"to',
    '<div class="x">{y}</div>',
    "{{name}} hello",
    '{"type": "object", "properties": {}}',
    '{"a": [1, 2, {"b": "c"}], "d": null}\n{"name": "Z"}',
    "{'name': 'Bob', 'text': 'x'}",
    "f'{x}' {0} {}",
    "[[[[[[[[[[[[{",
    "(see [this](url) and {that})\n\n- `{x}`\n- <i>y</i>",
)
