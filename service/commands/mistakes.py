"""What is wrong with a command, each in one line that ends with the right form."""

from typing import Final

from service.commands.words import Words

NO_SUBCOMMAND: Final = Words(
    en="/{command} what? I know {known}. Like this: {form}",
    zh="/{command} 要做什么？可以用：{known}。写法：{form}",
    ja="/{command} で何をしますか？使えるのは {known} です。書き方：{form}",
)
UNKNOWN_SUBCOMMAND: Final = Words(
    en="There is no /{command} {word}; I know {known}. Like this: {form}",
    zh="没有 /{command} {word}，可以用：{known}。写法：{form}",
    ja="/{command} {word} はありません。使えるのは {known} です。書き方：{form}",
)
MISSING: Final = Words(
    en="{argument} is missing. Like this: {form}",
    zh="缺少 {argument}。写法：{form}",
    ja="{argument} がありません。書き方：{form}",
)
TOO_MUCH: Final = Words(
    en="“{word}” does not belong there. Like this: {form}",
    zh="“{word}” 是多余的。写法：{form}",
    ja="「{word}」は余分です。書き方：{form}",
)
NO_SUCH_VERSION: Final = Words(
    en="There is no {word}; I have {known}. Like this: {form}",
    zh="没有 {word}，现有：{known}。写法：{form}",
    ja="{word} はありません。あるのは {known} です。書き方：{form}",
)
NO_SUCH_OPTION: Final = Words(
    en="“{word}” is not one of {known}. Like this: {form}",
    zh="“{word}” 不行，只能是：{known}。写法：{form}",
    ja="「{word}」は使えません。使えるのは {known} です。書き方：{form}",
)
NO_SHARE: Final = Words(
    en="“{word}” is not a share from 0% to 100%. Like this: {form}",
    zh="“{word}” 不是 0% 到 100% 的比例。写法：{form}",
    ja="「{word}」は 0% から 100% までの割合ではありません。書き方：{form}",
)
ALONE: Final = Words(
    en="That is for the two of us alone: write /{command} to me in a private chat.",
    zh="这个只能私下用：请在私聊里给我发 /{command}。",
    ja="これは二人だけのときに：個別のチャットで /{command} と送ってください。",
)
