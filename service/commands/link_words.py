"""What `/link` and `/unlink` say."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

WHERE: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "telegram": Words(en="Telegram", zh="Telegram", ja="Telegram"),
        "discord": Words(en="Discord", zh="Discord", ja="Discord"),
        "web": Words(en="the web page", zh="网页", ja="ウェブページ"),
        "console": Words(en="the terminal", zh="终端", ja="ターミナル"),
    }
)
SIDE: Final = Words(en="“{name}” on {where}", zh="{where}上的“{name}”", ja="{where}の「{name}」")

CODE: Final = Words(
    en="Your code: {code}\nWrite to me on the other platform within {minutes} minutes: /link {code}"
    "\nIt works once. Give it to nobody: whoever uses it will know here what you tell me alone.",
    zh="你的代码：{code}\n请在 {minutes} 分钟内，在另一个平台上给我发：/link {code}"
    "\n只能用一次。不要给别人：用它的人会知道你私下跟我说的话。",
    ja="あなたのコード：{code}\n{minutes} 分以内に、もう一つのプラットフォームで"
    "私に送ってください：/link {code}\n使えるのは一度だけです。だれにも渡さないでください。"
    "使った人には、二人だけの話が知られてしまいます。",
)
LINKED_WITH: Final = Words(
    en="Here you are one person for me with {others}.\nTo undo it: /unlink"
    "\nTo add another platform: write /link to me there, and bring the code here.",
    zh="在我这里，你和{others}是同一个人。\n要解除：/unlink"
    "\n要再加一个平台：在那边给我发 /link，然后把代码发到这里。",
    ja="私にとって、あなたは{others}と同じ人です。\n解除するには：/unlink"
    "\nほかのプラットフォームを加えるには、そこで /link と送り、コードをここで送ってください。",
)
FOUND: Final = Words(
    en="This code is from {others}. Is that you? Then you will be one person for me: what you told"
    " me there I will know here, too, and what you told me here I will know there. Only when we"
    " are alone, never in a group.\nIf it is not you, leave it: whoever that is would come to know"
    " what you tell me.\nTo do it: {form}",
    zh="这个代码来自{others}。那是你吗？是的话，在我这里你们就是同一个人："
    "你在那边跟我说过的，我在这里也会知道；你在这里跟我说过的，我在那边也会知道。"
    "只在私聊里，群里绝不会。\n如果不是你，请不要继续：对方会知道你跟我说的话。\n确定的话：{form}",
    ja="このコードは{others}のものです。それはあなたですか？そうなら、私にとって同じ人になります。"
    "あちらで聞いたことはここでも、ここで聞いたことはあちらでも覚えています。"
    "二人だけのときに限り、グループでは決して。\nあなたでなければ、やめてください。"
    "その人に、あなたの話が知られてしまいます。\n実行するには：{form}",
)
YES_BUTTON: Final = Words(en="Yes, that is me", zh="是的，那是我", ja="はい、私です")
LINKED: Final = Words(
    en="You are one person for me now, with {others}. What you told me there I know here, too."
    " To undo it: /unlink",
    zh="好的，现在你和{others}在我这里是同一个人了。你在那边跟我说过的，我在这里也知道。"
    "要解除：/unlink",
    ja="これであなたは{others}と同じ人になりました。あちらで聞いたことはここでも覚えています。"
    "解除するには：/unlink",
)
SAME: Final = Words(
    en="You are one person for me already, with {others}.",
    zh="你和{others}在我这里已经是同一个人了。",
    ja="あなたはもう{others}と同じ人になっています。",
)
OWN: Final = Words(
    en="That is your own code from here. Write it to me on the other platform: /link {code}",
    zh="这是你自己在这里拿到的代码。请在另一个平台上给我发：/link {code}",
    ja="それはここで出したあなた自身のコードです。もう一つのプラットフォームで送ってください："
    "/link {code}",
)
WRONG: Final = Words(
    en="This code is not right, or no longer. Write /link to me on the other platform for a new"
    " one.",
    zh="这个代码不对，或者已经失效。请在另一个平台上给我发 /link，拿一个新的。",
    ja="このコードは正しくないか、もう使えません。もう一つのプラットフォームで /link と送って、"
    "新しいコードをもらってください。",
)
NO_CODE: Final = Words(
    en="“{word}” is no code; one looks like this: ABCD-2345. /link by itself gives you one.",
    zh="“{word}” 不是代码，代码是这样的：ABCD-2345。只发 /link 可以拿到一个。",
    ja="「{word}」はコードではありません。ABCD-2345 のような形です。/link だけを送るともらえます。",
)
WAIT: Final = Words(
    en="There were too many wrong codes. Please try again in {minutes} min.",
    zh="错误的代码太多了，请过 {minutes} 分钟再试。",
    ja="間違ったコードが続きました。{minutes} 分後にもう一度試してください。",
)

PARTED: Final = Words(
    en="Done: {others} and you are no longer one person for me. Each keeps what was said there,"
    " and I know nothing here of the other any more.",
    zh="好了：{others}和你在我这里不再是同一个人。各自说过的话各自保留，我在这里不再知道另一边的事。",
    ja="解除しました。{others}とあなたは、もう同じ人ではありません。"
    "話したことはそれぞれの側に残り、ここでは相手側のことはもう知りません。",
)
NOT_LINKED: Final = Words(
    en="You are linked with nobody. /link gives you a code for that.",
    zh="你还没有和任何平台关联。发 /link 可以拿到代码。",
    ja="まだどことも繋がっていません。/link でコードがもらえます。",
)
NOT_THERE: Final = Words(
    en="You are not linked with anybody on {where}, only with {others}.",
    zh="你没有和{where}上的人关联，只有{others}。",
    ja="{where}とは繋がっていません。繋がっているのは{others}だけです。",
)

TOLD_LINKED: Final = Words(
    en="{others} and you are one person for me from now on: what you tell me here I know there,"
    " too. If that was not you, undo it at once: /unlink",
    zh="从现在起，{others}和你在我这里是同一个人：你在这里跟我说的，我在那边也会知道。"
    "如果不是你做的，请马上解除：/unlink",
    ja="これから、{others}とあなたは私にとって同じ人です。ここで聞いたことはあちらでも覚えています。"
    "心当たりがなければ、すぐに解除してください：/unlink",
)
TOLD_PARTED: Final = Words(
    en="{others} and you are no longer one person for me. What was said there I do not know here"
    " any more.",
    zh="{others}和你在我这里不再是同一个人。那边说过的话，我在这里不再知道。",
    ja="{others}とあなたは、もう同じ人ではありません。あちらで聞いたことは、ここではもう知りません。",
)
