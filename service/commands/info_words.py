"""What is said about one version."""

from typing import Final

from service.commands.words import Words

BACKEND: Final = Words(en="Backend: {backend}", zh="后端：{backend}", ja="バックエンド：{backend}")
MODEL: Final = Words(en="Model: {model}", zh="模型：{model}", ja="モデル：{model}")
ADAPTER: Final = Words(en="Adapter: {adapter}", zh="适配器：{adapter}", ja="アダプター：{adapter}")
SAMPLING: Final = Words(en="Sampling: {values}", zh="采样：{values}", ja="サンプリング：{values}")
FALLBACK: Final = Words(
    en="When out of reach: {names}", zh="连不上时：{names}", ja="つながらないとき：{names}"
)
DATASET: Final = Words(
    en="Data set: {dataset}", zh="数据集：{dataset}", ja="データセット：{dataset}"
)
NOTES: Final = Words(en="Notes: {notes}", zh="备注：{notes}", ja="メモ：{notes}")
REGISTERED: Final = Words(en="Registered: {at}", zh="登记：{at}", ja="登録：{at}")
RETIRED: Final = Words(en="Retired: {at}", zh="退役：{at}", ja="引退：{at}")
ANSWERS: Final = Words(en="Answers: {count}", zh="回答：{count}", ja="回答：{count}")
RATINGS: Final = Words(
    en="Ratings: 👍 {good} · 👎 {bad} · not like me {unlike}",
    zh="评价：👍 {good} · 👎 {bad} · 不像我 {unlike}",
    ja="評価：👍 {good} · 👎 {bad} · らしくない {unlike}",
)
WIN_RATE: Final = Words(
    en="Win rate: {rate} (95%: {low} to {high})",
    zh="胜率：{rate}（95%：{low} 到 {high}）",
    ja="勝率：{rate}（95%：{low}〜{high}）",
)
LATENCY: Final = Words(
    en="First word: median {median} s, p95 {p95} s",
    zh="首字：中位数 {median} 秒，p95 {p95} 秒",
    ja="最初の言葉まで：中央値 {median} 秒、p95 {p95} 秒",
)
TROUBLES: Final = Words(
    en="Refused: {refused} · failed: {failed} · slips caught: {slips}",
    zh="拒绝：{refused} · 失败：{failed} · 拦下的出戏话：{slips}",
    ja="拒否：{refused} · 失敗：{failed} · 止めた失言：{slips}",
)
