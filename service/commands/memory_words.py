"""What `/memory` and `/private` say."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from service.commands.words import Words

SLOTS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "name": Words(en="Name", zh="名字", ja="名前"),
        "nickname": Words(en="Nickname", zh="昵称", ja="呼び名"),
        "birthday": Words(en="Birthday", zh="生日", ja="誕生日"),
        "lives_in": Words(en="Lives in", zh="住在", ja="住まい"),
        "from": Words(en="Comes from", zh="来自", ja="出身"),
        "job": Words(en="Work", zh="工作", ja="仕事"),
        "school": Words(en="School", zh="学校", ja="学校"),
        "partner": Words(en="Partner", zh="伴侣", ja="パートナー"),
        "family": Words(en="Family", zh="家人", ja="家族"),
        "pet": Words(en="Pets", zh="宠物", ja="ペット"),
        "likes": Words(en="Likes", zh="喜欢", ja="好きなもの"),
        "dislikes": Words(en="Dislikes", zh="不喜欢", ja="苦手なもの"),
        "allergy": Words(en="Allergies", zh="过敏", ja="アレルギー"),
        "health": Words(en="Health", zh="健康", ja="健康"),
        "skill": Words(en="Skills", zh="会做的", ja="できること"),
        "owns": Words(en="Owns", zh="拥有", ja="持ち物"),
        "plan": Words(en="Plans", zh="计划", ja="予定"),
        "promise": Words(en="Promises", zh="约定", ja="約束"),
        "boundary": Words(en="Please don't", zh="请别这样", ja="してほしくないこと"),
        "other": Words(en="Besides", zh="其他", ja="そのほか"),
    }
)

ABOUT: Final = Words(
    en="What I know of you, as far as it may be told here:",
    zh="我知道的关于你的事（能在这里说的）：",
    ja="あなたについて知っていること（ここで話せる分）：",
)
NOTHING_KNOWN: Final = Words(
    en="I know no facts about you yet. Tell me something, if you like.",
    zh="我还没有记下关于你的什么事。愿意的话，跟我说说吧。",
    ja="あなたについて覚えていることはまだありません。よかったら教えてください。",
)
FACT: Final = Words(
    en="· {slot}: {text} (#{id}, {day}{marks})",
    zh="· {slot}：{text}（#{id}，{day}{marks}）",
    ja="· {slot}：{text}（#{id}、{day}{marks}）",
)
OVER: Final = Words(en=", no longer so", zh="，现在不是了", ja="、今は違う")
HEARSAY: Final = Words(en=", somebody else said so", zh="，听别人说的", ja="、人から聞いた")
TALKS: Final = Words(en="What we talked about:", zh="我们聊过的：", ja="話したこと：")
TALK: Final = Words(en="· {day}: {text}", zh="· {day}：{text}", ja="· {day}：{text}")
LINES: Final = Words(
    en="Lines of our talks that I remember: {count}, since {day}.",
    zh="我记得我们聊过的 {count} 句话，从 {day} 开始。",
    ja="{day} からの会話を {count} 行覚えています。",
)
NO_LINES: Final = Words(
    en="I remember no line of our talks.",
    zh="我没有记下我们聊过的话。",
    ja="会話は一行も覚えていません。",
)
PAGE: Final = Words(
    en="Page {page} of {pages}; the next one: /memory what {next}",
    zh="第 {page} 页，共 {pages} 页；下一页：/memory what {next}",
    ja="{pages} ページ中 {page} ページ目。次：/memory what {next}",
)
NEXT_BUTTON: Final = Words(en="Next page", zh="下一页", ja="次のページ")
SILENCED: Final = Words(
    en="Nothing of what is said here is remembered just now (/memory on ends that).",
    zh="现在这里说的话都不会被记住（/memory on 可以恢复）。",
    ja="いまここでの話は覚えません（/memory on で戻ります）。",
)
NO_PAGE: Final = Words(
    en="There is no page {page}; the last one is {pages}. Like this: /memory what {pages}",
    zh="没有第 {page} 页，最后一页是第 {pages} 页。写法：/memory what {pages}",
    ja="{page} ページはありません。最後は {pages} ページです。書き方：/memory what {pages}",
)

NO_ANSWER: Final = Words(
    en="I have not answered anything here yet.",
    zh="我在这里还没有回答过什么。",
    ja="ここではまだ何も答えていません。",
)
NOTHING_BEHIND: Final = Words(
    en="My last answer rests on nothing from long ago: only on this talk and on who I am.",
    zh="我上一次的回答没有用到以前的记忆，只依据这段对话和我自己。",
    ja="さっきの返事に昔の記憶は使っていません。この会話と、私自身だけがもとです。",
)
BEHIND: Final = Words(
    en="When I answered last, I had this in mind:",
    zh="我上一次回答时想起了这些：",
    ja="さっき答えたとき、思い浮かべていたこと：",
)
LINE_BEHIND: Final = Words(
    en="· #{id} {day}, {who}: “{text}”",
    zh="· #{id} {day}，{who}：“{text}”",
    ja="· #{id} {day}、{who}：「{text}」",
)
FACT_BEHIND: Final = Words(
    en="· #{id} {day}, {slot}: {text} — from “{quote}”",
    zh="· #{id} {day}，{slot}：{text} —— 出自“{quote}”",
    ja="· #{id} {day}、{slot}：{text} — もとの言葉「{quote}」",
)
EPISODE_BEHIND: Final = Words(
    en="· #{id} {day}, a talk of ours: {text}",
    zh="· #{id} {day}，我们的一次聊天：{text}",
    ja="· #{id} {day}、ある日の会話：{text}",
)
ME: Final = Words(en="I", zh="我", ja="私")
FORGET_BUTTON: Final = Words(en="Forget #{id}", zh="忘掉 #{id}", ja="#{id} を忘れる")
WRONG_BUTTON: Final = Words(en="#{id} is wrong", zh="#{id} 不对", ja="#{id} は違う")
HOW_TO: Final = Words(
    en="To forget one: /memory forget #{id} · if one is wrong: /memory wrong #{id}",
    zh="忘掉一条：/memory forget #{id} · 有一条不对：/memory wrong #{id}",
    ja="忘れさせる：/memory forget #{id} · 間違っていたら：/memory wrong #{id}",
)

CORRECTED: Final = Words(
    en="I no longer hold that for true. Just tell me how it is.",
    zh="好的，我不再当真了。直接告诉我正确的就好。",
    ja="わかりました、もう本当とは思いません。正しくはどうか、そのまま教えてください。",
)
NO_SUCH: Final = Words(
    en="I know nothing called #{id} that may be changed here. /memory what shows what there is.",
    zh="这里没有可以改的 #{id}。用 /memory what 看看有哪些。",
    ja="ここで変えられる #{id} はありません。/memory what で一覧が見られます。",
)
NO_NUMBER: Final = Words(
    en="“{word}” is no number. Like this: /memory wrong #12",
    zh="“{word}” 不是编号。写法：/memory wrong #12",
    ja="「{word}」は番号ではありません。書き方：/memory wrong #12",
)

FOUND: Final = Words(
    en="This would be forgotten for good: {counts}.",
    zh="将永远忘掉：{counts}。",
    ja="完全に忘れるもの：{counts}。",
)
SAMPLE: Final = Words(en="· “{text}”", zh="· “{text}”", ja="· 「{text}」")
MORE: Final = Words(en="· and {count} more", zh="· 还有 {count} 条", ja="· ほか {count} 件")
CONFIRM: Final = Words(
    en="It cannot be undone. To do it: {form}",
    zh="无法撤销。确定的话：{form}",
    ja="元に戻せません。実行するには：{form}",
)
YES_BUTTON: Final = Words(en="Yes, forget it", zh="确定忘掉", ja="はい、忘れて")
NOTHING_FOUND: Final = Words(
    en="I found nothing of the kind that is yours to forget.",
    zh="没有找到属于你、可以忘掉的内容。",
    ja="あなたのもので忘れられる内容は見つかりませんでした。",
)
FORGET_WHAT: Final = Words(
    en='Forget what? Like this: /memory forget this · /memory forget "a word" · /memory forget'
    " here · /memory forget all",
    zh="要忘掉什么？写法：/memory forget this · /memory forget “词” · /memory forget here ·"
    " /memory forget all",
    ja="何を忘れますか？書き方：/memory forget this · /memory forget 「言葉」 · /memory forget"
    " here · /memory forget all",
)
FORGOTTEN: Final = Words(
    en="Forgotten for good: {counts}.",
    zh="已经永远忘掉：{counts}。",
    ja="完全に忘れました：{counts}。",
)
CANNOT: Final = Words(
    en="What I cannot undo: {remains}.",
    zh="我无法撤回的：{remains}。",
    ja="私には取り消せないもの：{remains}。",
)
REMAINS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "backups": Words(
            en="backups that were made before", zh="之前做的备份", ja="以前のバックアップ"
        ),
        "souls": Words(
            en="a soul that was trained on it", zh="用它训练过的灵魂", ja="それで学習した魂"
        ),
        "platform": Words(
            en="what this platform itself keeps of our chat",
            zh="平台自己保存的聊天记录",
            ja="このプラットフォーム自身の履歴",
        ),
        "shared": Words(
            en="answers of mine that were for others, too",
            zh="我同时也在回答别人的那些话",
            ja="ほかの人への返事でもあった私の言葉",
        ),
        "log": Words(
            en="copies in the database's log, until its readers are done (soon)",
            zh="数据库日志里的副本（很快会清掉）",
            ja="データベースのログに残る写し（まもなく消えます）",
        ),
        "server": Words(
            en="pages that the database server overwrites in its own time",
            zh="数据库服务器稍后才会覆盖的页面",
            ja="データベースサーバーが後で上書きする領域",
        ),
    }
)
COUNTS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "lines": Words(en="lines: {count}", zh="{count} 句话", ja="{count} 行"),
        "answers": Words(
            en="answers of mine: {count}", zh="我的 {count} 句回答", ja="私の返事 {count} 件"
        ),
        "facts": Words(en="facts: {count}", zh="{count} 条事实", ja="事実 {count} 件"),
        "episodes": Words(en="summaries: {count}", zh="{count} 段摘要", ja="要約 {count} 件"),
        "notes": Words(en="notes: {count}", zh="{count} 条笔记", ja="メモ {count} 件"),
        "threads": Words(
            en="things that lay ahead: {count}",
            zh="{count} 件惦记的事",
            ja="気にかけていたこと {count} 件",
        ),
        "reminders": Words(
            en="reminders: {count}", zh="{count} 个提醒", ja="リマインダー {count} 件"
        ),
        "links": Words(
            en="linked platforms: {count}", zh="{count} 个关联的平台", ja="繋がり {count} 件"
        ),
        "relations": Words(en="how we stand", zh="我们的关系", ja="二人の間柄"),
    }
)

EXPORTED: Final = Words(
    en="Everything I remember of you, as far as it is yours (lines: {lines}, facts: {facts}).",
    zh="我记得的、属于你的一切：{lines} 句话，{facts} 条事实。",
    ja="あなたについて覚えているすべて：{lines} 行、事実 {facts} 件。",
)
OFF: Final = Words(
    en="From now on I remember nothing of what is said here. /memory on ends that; what I know"
    " already stays (/memory forget here).",
    zh="从现在起，这里说的话我都不会记住。/memory on 可以恢复；"
    "已经记住的还在（可用 /memory forget here）。",
    ja="これからここでの話は覚えません。/memory on で戻ります。"
    "すでに覚えたことは残ります（/memory forget here）。",
)
ON: Final = Words(
    en="From now on I remember again what is said here.",
    zh="从现在起，我会重新记住这里说的话。",
    ja="これからはまた、ここでの話を覚えます。",
)
AS_IT_IS: Final = Words(
    en="It is that way already.", zh="已经是这样了。", ja="もうそうなっています。"
)
ADMINS_ONLY: Final = Words(
    en="In a group only those who look after me decide that.",
    zh="在群里，只有管理我的人能决定。",
    ja="グループでは、私の世話をしている人だけが決められます。",
)
PRIVATE: Final = Words(
    en="Just between us, and not even I will remember: from here until /private off, or until we"
    " have been silent for an hour. Then these words are erased.",
    zh="接下来只说给你我听，连我也不会记住：直到 /private off，"
    "或一小时没说话为止，之后这些话会被抹掉。",
    ja="ここからは二人だけの話で、私も覚えません。/private off か、一時間話さなくなるまで。"
    "そのあと言葉は消します。",
)
PRIVATE_OVER: Final = Words(
    en="The private talk is over, and its words are erased.",
    zh="私密谈话结束，说过的话已经抹掉。",
    ja="内緒の話はおしまい。言葉は消しました。",
)
NOT_PRIVATE: Final = Words(
    en="There is no private talk going on. /private begins one.",
    zh="现在没有私密谈话。/private 可以开始。",
    ja="内緒の話は始まっていません。/private で始められます。",
)

TOGETHER: Final = Words(
    en="What you tell me in one private talk I may now know in your other private talks with me,"
    " never in a group.",
    zh="好的，你在一个私聊里说的，我在你的其他私聊里也可以知道，群里绝不会。",
    ja="ある個人チャットで聞いたことを、あなたとのほかの個人チャットでも知っていてよくなりました。グループでは決して。",
)
APART: Final = Words(
    en="Each of your private talks is on its own again.",
    zh="你的每个私聊又各自独立了。",
    ja="あなたの個人チャットはまたそれぞれ別々です。",
)
