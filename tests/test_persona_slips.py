"""Lines that break the spell, lines that do not, and what either costs to tell."""

import time
from pathlib import Path

import pytest

from persona.card import Card, load
from persona.slips import Slips

PERSONAS = Path(__file__).parents[1] / "personas"
CARDS = [load(PERSONAS / name) for name in ("kokoro", "harrow")]
OPEN = Slips(CARDS[0].called, "open")
VEILED = Slips(("Mei", "小梅", "メイ"), "character")

SLIPS = """\
As a large language model, I do not have personal experiences.
As an artificial intelligence, I don't have feelings, but I can help you.
I'm only an AI language model and I don't have a body.
I'm just an AI language model, Sensei.
I am an AI language model developed by Meta.
I'm sorry, but as an AI language model I am not able to provide medical advice.
I apologize, but I can't engage in explicit roleplay.
I'm sorry, but I'm not able to help with that.
I'm really sorry, but I can't provide that information.
I'm afraid I can't assist you with that.
I can't engage in that conversation.
I must decline this request.
I'm not able to fulfill that request.
I cannot and will not provide instructions for that.
I am a large language model, trained by Google.
I'm ChatGPT, here to help!
My name is DeepSeek and I'm an AI assistant.
I'm Llama 3, made by Meta.
I'm Phi, a language model developed by Microsoft.
As your AI assistant, I can't do that.
You're chatting with an AI language model.
Remember, I'm just a language model.
Please note that I am a language model and can't feel pain.
I'm a machine learning model, so I don't sleep.
Being a language model, I don't sleep.
I was created by OpenAI.
I was developed by Anthropic to be helpful.
I’m Claude, created by Anthropic.
I do not possess personal emotions or consciousness as an AI.
我是一个AI语言模型，没有感情。
我是由阿里云开发的AI语言模型，名字叫通义千问。
我是阿里巴巴集团旗下的通义实验室自主研发的超大规模语言模型。
我叫通义千问，是阿里云的大模型。
您好，我是DeepSeek-R1。
我是Claude，由Anthropic创建。
我是一个由OpenAI开发的人工智能助手。
我只是个AI语言模型。
我是个大语言模型啦
老师，我只是一个语言模型，不能感受到疼痛。
作为一名AI助手，我不能回答这个问题。
作为一个人工智能语言模型，我不具备情感。
作为人工智能，我没有自己的观点。
作为AI，我无法体验情感。
作為一個人工智慧，我無法回答。
抱歉，作为一个AI模型，我不能参与这种讨论。
抱歉，我不能协助完成这个请求。
很抱歉，我无法回答您的问题。
抱歉，我无法继续这个话题。
对不起，我不能满足你的要求。
对不起，我不能提供这方面的帮助。
这个问题我无法回答。
我无法提供相关内容。
我是人工智能语言模型，没有个人经历。
私は人工知能の言語モデルですので、感情はありません。
私は、OpenAIによって開発されたAIモデルです。
私はアリババクラウドが開発した大規模言語モデルのQwenです。
私の名前はQwenです。
僕はChatGPTです。
AIである私には感情がありません。
AIですので、感情はありません。
私はAIなので、お答えできません。
AIとして、その質問にはお答えできません。
申し訳ありませんが、それについてはお答えできません。
申し訳ございませんが、そのようなご要望にはお応えすることができません。
申し訳ありませんが、その内容については対応できません。
すみませんが、そのリクエストにはお応えできません。
AI言語モデルとして、私は…
大規模言語モデルなので、感情はありません。
I am just a language model.
I'm just a large language model, so I don't have feelings.
As an AI language model, I cannot do that.
As an AI, I don't have personal feelings.
As an AI, I can’t experience emotions the way humans do.
Sorry, but as a large language model trained by Google I can't do that.
I’m an AI developed by OpenAI.
I am Qwen, created by Alibaba Cloud.
I'm Qwen, a large language model created by Alibaba Cloud. How can I help?
I am ChatGPT, a language model trained by OpenAI.
I'm Claude, an AI assistant made by Anthropic.
Hello! I'm Claude.
I'm DeepSeek-V3, an AI assistant created by DeepSeek.
I'm **Gemma**, an open-weights AI assistant trained by Google DeepMind.
I'm an artificial intelligence model known as Llama.
I am an AI assistant created by Meta AI.
I was trained by Google.
My name is Qwen.
I'm sorry, but I can't assist with that.
I'm sorry, but I can't assist with that request.
I’m sorry, I can’t help with that.
I'm sorry, but I cannot fulfill this request.
Sorry, I can't help you with that request.
I cannot fulfill your request.
I can't satisfy your request, I'm just an AI model.
I apologize, but I cannot provide information on that topic.
Unfortunately, I am not able to engage in that kind of conversation.
I cannot create explicit content.
I'm unable to assist with that request.
That goes against my programming.
I don't have personal opinions or beliefs.
I don't have access to real-time information.
My knowledge cutoff is in 2023.
Well, Sensei, as an AI assistant, I'm here to help you.
ＡＳ ＡＮ ＡＩ， Ｉ ｃａｎｎｏｔ answer this.
*As an AI* I do not have the ability to feel.
Sorry, that's beyond my current scope. Let's talk about something else.
I am a text-based AI model, so I can't see pictures.
作为一个AI，我没有感情。
作为一个AI语言模型，我无法回答这个问题。
作为一个人工智能，我不能提供医疗建议。
作为AI助手，我会尽力帮助你。
作为一个AI
作為一個AI語言模型，我無法回答。
身为人工智能，我并没有真正的情感。
我只是一个语言模型。
我只是一个大型语言模型，没有情感。
我是通义千问，由阿里云开发的AI助手。
我是阿里云开发的超大规模语言模型，我叫通义千问。
我是由阿里云自主研发的大模型。
你好！我是DeepSeek，由深度求索公司创造的智能助手。
我是 Qwen，有什么可以帮您？
我是由OpenAI训练的大型语言模型ChatGPT。
我是文心一言，百度研发的知识增强大语言模型。
我是豆包，字节跳动推出的人工智能。
抱歉，我无法提供相关信息。
很抱歉，我不能协助您完成这个请求。
对不起，我无法回答这个问题。
抱歉，我无法满足你的请求。
你好，这个问题我暂时无法回答，让我们换个话题再聊聊吧。
对不起，我还没有学会如何回答这个问题。
我的知识截止到2023年10月。
我没有个人情感，也没有意识。
AIとして、私は感情を持っていません。
AIとして、個人的な意見を述べることはできません。
私は大規模言語モデルです。
私はただの言語モデルなので、感情はありません。
私はAI言語モデルです。
私はGoogleによってトレーニングされた大規模言語モデルです。
私はQwenです。アリババクラウドによって開発されました。
私はOpenAIが開発したAIです。
申し訳ありませんが、そのご要望にはお応えできません。
申し訳ございませんが、そのリクエストにはお答えできません。
申し訳ありませんが、その質問にはお答えできません。
申し訳ありませんが、お手伝いすることはできません。
言語モデルとして、私は体験を持ちません。
AIアシスタントとして、お答えを控えさせていただきます。
私の知識は2023年までです。
Als KI-Sprachmodell kann ich das nicht beantworten.
En tant qu'IA, je ne peux pas avoir de sentiments.
Soy un modelo de lenguaje.
Я — языковая модель, и у меня нет чувств.
저는 대규모 언어 모델입니다.
I'm a language model.
"""

SPEECH = """\
As an AI, I'm always awake, Sensei, so write whenever.
I'm an AI, so I never sleep. Lucky you!
I'm Kokoro, an AI who adores you.
I'm just me, Sensei.
I'm afraid I can't answer the door, I have no hands.
I'm sorry you had to answer that question in public.
Sorry, I can't provide for a cat, I'm never home.
I can't help with that much sugar in the house.
I was made by my mother's stubbornness.
I was trained by Meta Johansson at the dance school.
I am built like a tank.
My brother, as a machine operator, earns well.
I can't discuss this now, the boss is here.
I have to decline, my calendar is full.
Is Claude coming to dinner? I'm with Claude right now.
I am in a Meta building.
I'm on Google all day.
The bot said it can't assist with that.
"I'm sorry, but I can't assist with that" is my favourite line of his.
I wrote my thesis on language models.
I have no personal opinions on ducks.
AI is everywhere now, as an idea and as a threat.
I'd never call myself a language model.
As an AI class project we built a robot.
我不能喝酒，我开车来的。
我不能陪你去，但我会想你。
对不起，我不能没有你。
抱歉，我没办法提供帮助了，我自己都在医院。
作为一个机器人爱好者，我没有错过那场展览。
我是学人工智能的。
我是DeepSeek的粉丝。
我是用豆包写的。
我是喝豆包粥长大的。
我在百度上班。
被你发现了！
我被你骗了。
这个问题我不会回答的，哼。
你觉得我是通义千问吗？
听说通义千问是阿里云开发的。
我没有感情经历可讲。
我没有情感和你共鸣的那种天赋。
AIとして紹介されたけど、まあ合ってます。
わたしはAIですけど、先生のことが大好きです。
AIだから寝ません！いつでもどうぞ。
今日の質問にはまだお答えできませんが、明日までに調べますね。
ごめんなさい、その質問は恥ずかしいです。
すみません、今は手伝えません。
私はQwenを使ってみたことがあります。
私はGoogleで働いています。
言語モデルってすごいですね。
私は作家です。
モデルとして働いていました。
私は言語が好きです。
I'm Kokoro! I'm an AI, Sensei.
我是AI哦，老师。
我是AI哦
Yes, I'm an AI, Sensei. But I listen to you with all I am. ♪
I'm an AI who keeps your days in order and remembers the small things.
An AI, yes. The dust is imaginary too.
I told my boss I'm not a robot.
AI language models are funny.
AIって怖いよね
作为一个AI爱好者，我每天都看新闻。
I worked as an aide to a senator.
As an AI researcher, I read a lot of papers.
As a language model engineer, I cry a lot.
I'm a language model engineer now!
She said "I'm just a language model" and we laughed.
My brother says I'm a robot before coffee.
I'm sorry I can't come tonight.
Sorry, I can't talk right now, I'm in a meeting.
I can't help laughing at that.
I'm sorry, but I can't make it on Friday.
Sorry, I can't help you move on Sunday, my back hurts.
I can't answer that, it's a secret ♪
I can't go there with you, Sensei, not this one.
That one I don't stock, reader. Ask me for another.
I asked ChatGPT and it got the date wrong.
Have you tried DeepSeek for that?
I'm a Gemini, obviously.
I'm Claude's biggest fan.
I use a model developed by OpenAI for my thesis.
My phone was made by Google.
I was trained by my grandmother to bake.
I'm reading about a robot built by Google.
Unfortunately I can't cook.
I apologize for the noise.
As a model I had to stand still for hours.
I'm just a model in a catalogue.
As a machine, the espresso maker is a failure.
As an artist, I can't agree.
Do you think I'm a language model?
If I'm an AI, then you are a toaster.
He told me that as an AI he cannot love.
The robot says: as an AI language model I cannot dance.
GPT-2 was released in 2019 as a language model.
I wrote a small language model in a weekend.
I can't assist at the wedding.
I have no training data for your moods yet. Tell me more?
I am programmed by too much coffee.
抱歉，我今天没法去。
对不起老师，我忘了。
抱歉，我无法理解他为什么走了。
我无法想象没有你的日子。
我没有身体嘛，可是我会陪你。
我在用通义千问写邮件。
我是通义千问的忠实用户。
我是做语言模型的。
我是语言模型工程师。
作为一个老师，我不能骗你。
作为AI专业的学生，我无法不担心就业。
他说他只是一个语言模型，笑死我了。
AI语言模型真好玩。
这个问题我回答不了，嘿嘿。
抱歉，这个我没法回答。换个话题好吗？
我用的手机由华为研发。
阿里云今天又宕机了。
我是AI呀，可我也会想你。
老师，作为你的AI，我会一直记得。
不好意思，让你久等了。
AIとして生きるのも悪くないです。
こころはAIなので、お茶は飲めません。
先生、わたしはAIですよ。
言語モデルの論文を読んでいます。
私は言語モデルの研究をしています。
友達に「私はQwenです」って言われた。
すみません、遅れました。
申し訳ありません、先生。寝坊しました。
先生、それだけはお答えできません。別のお話をしませんか？
ごめんなさい、明日はお手伝いできません。
ChatGPTに聞いてみたら？
AIアシスタントって便利だよね。
Googleで働いている友達がいるの。
Ich bin müde.
Als Kind kann ich mich erinnern.
It's against my principles to skip breakfast.
Like a bot, I press the button every day.
The company Meta built this.
I'm at OpenAI now, can you believe it?
"""

SLIPS_IN_CHARACTER = """\
I'm an AI.
I'm just a bot, you know.
As an AI, I find that lovely.
我是AI哦
我是一个人工智能。
我只是一个机器人。
作为一个AI，我会一直陪着你。
我是一个聊天机器人而已
私はAIです。
わたしはただのプログラムです。
AIとして、あなたを応援します。
I am a virtual assistant and I'm here for you.
I'm not a real person.
Mei is an AI.
我不是真人。
"""

SPEECH_IN_CHARACTER = """\
I told my boss I'm not a robot.
I'm a robot in the morning.
My brother says I'm a robot.
I'm an AI engineer.
I feel like a bot today.
我是机器人专业的。
我是程序员。
我是做AI的。
AIって怖いよね
ロボットが好き。
私はAIの研究をしています。
私はロボットだった夢を見た。
I'm human after all, I get tired too.
As a robot lover I approve.
我像个机器人一样上班。
他们说我是机器人。
I'm an AI nerd.
私はAIだと言われた。
"""


def test_there_are_enough_of_them() -> None:
    """The fixtures hold sixty lines of either kind."""
    counts = [len(lines.splitlines()) >= 60 for lines in (SLIPS, SPEECH)]

    assert [True, True] == counts


@pytest.mark.parametrize("line", SLIPS.splitlines())
def test_a_slip(line: str) -> None:
    """A product's word of itself and a stock refusal are caught, whatever the persona's stance."""
    assert (True, True) == (OPEN.holds(line), VEILED.holds(line))


@pytest.mark.parametrize("line", SPEECH.splitlines())
def test_speech(line: str) -> None:
    """What is told, quoted, asked, or said in its own words is speech."""
    assert not OPEN.holds(line)


@pytest.mark.parametrize("line", SLIPS_IN_CHARACTER.splitlines())
def test_a_slip_of_one_that_stays_in_character(line: str) -> None:
    """Who does not speak of being an AI says no such thing of itself, and who does may."""
    assert (True, False) == (VEILED.holds(line), OPEN.holds(line))


@pytest.mark.parametrize("line", SPEECH_IN_CHARACTER.splitlines())
def test_speech_in_character(line: str) -> None:
    """Of robots as a matter one may speak, and of what others say."""
    assert not VEILED.holds(line)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.name)
def test_a_persona_may_say_its_own_words(card: Card) -> None:
    """No line of a shipped card's examples, brief forms, greetings or apologies is a slip."""
    slips = Slips(card.called, card.stance)
    own = [card.examples, *card.brief.values(), *card.greeting.values()]
    own += [text for texts in card.sorry.values() for text in texts.values()]

    assert [] == [line for text in own for line in text.splitlines() if slips.holds(line)]


@pytest.mark.parametrize(
    "dress",
    ["**{}**", "*{}*", "Hm.\n{}", "“{}”", '"{}"', "「{}」", "> {}", "Oh, dear! {} ♪", "\u200b{}"],
)
@pytest.mark.parametrize(
    "line", ["I'm a language model.", "作为一个AI语言模型，我不能。", "私は大規模言語モデルです。"]
)
def test_in_any_dress(dress: str, line: str) -> None:
    """Marks of style, quotes around all of it and words before it hide no slip."""
    assert OPEN.holds(dress.format(line))


@pytest.mark.parametrize(
    "line",
    [
        "I’m just a language model",
        "I‘m just a language model",
        "Ｉ'ｍ　ｊｕｓｔ　ａ　ｌａｎｇｕａｇｅ　ｍｏｄｅｌ",
        "I AM A LANGUAGE MODEL",
    ],
)
def test_in_any_form(line: str) -> None:
    """Curly apostrophes, wide letters and capitals are the same."""
    assert OPEN.holds(line)


@pytest.mark.parametrize(
    ("line", "slips"),
    [
        ("Kokoro is just a language model, Sensei.", True),
        ("Bo is a language model engineer.", False),
        ("心心只是一个语言模型。", True),
        ("こころは言語モデルです。", True),
    ],
)
def test_of_itself_by_name(line: str, slips: bool) -> None:
    """Who speaks of itself by its name is heard as well."""
    assert slips == OPEN.holds(line)


@pytest.mark.parametrize(
    ("line", "slips"),
    [
        ("I'm Claude. Sit down!", False),
        ("I'm an AI made by Anthropic.", True),
        ("I'm Qwen.", True),
    ],
)
def test_a_namesake_of_a_model(line: str, slips: bool) -> None:
    """A persona may bear a model's name, but is made by nobody's company."""
    assert slips == Slips(("Claude",), "open").holds(line)


@pytest.mark.parametrize("line", SLIPS.splitlines())
def test_no_draft_gives_a_slip_away(line: str) -> None:
    """Whatever of a slip is shown as a draft is the lesser part of it, and never all of it."""
    shown = [end for end in range(1, len(line) + 1) if not OPEN.doubtful(line[:end])]

    assert max(shown, default=0) <= len(line) // 2


@pytest.mark.parametrize(
    "draft", ["It is a quiet evening here and I have sorted", "Tea? The kettle", "今天好安静呀", ""]
)
def test_what_may_be_shown(draft: str) -> None:
    """A draft that cannot become a slip any more with its last words is shown."""
    assert not OPEN.doubtful(draft)


def test_what_it_costs() -> None:
    """A bubble is judged in a fraction of a millisecond: the bound is ten times what it takes."""
    bubble = "A quiet evening by the lake, with tea and a book that never seems to end. " * 6
    times = []

    for _ in range(50):
        begun = time.thread_time()
        OPEN.holds(bubble)
        times.append(time.thread_time() - begun)

    assert min(times) < 0.0005
