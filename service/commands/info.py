"""`/model info`: what a version is, and how it does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from anima.model import Soul
from anima.orders import Obeyed
from memory.figures import Figures
from memory.register import Version
from service.commands import info_words as say
from service.commands.figures import interval
from service.commands.known import Register
from service.commands.listing import Listing
from service.commands.model_words import NOTED
from service.commands.reading import no_such_version
from service.commands.table import Wish
from service.commands.words import Language, listed
from service.souls import Souls, meant


@dataclass(frozen=True, slots=True)
class Info:
    """Tells what the settings, the register and people's ratings know of a version."""

    souls: Souls
    register: Register

    async def info(self, wish: Wish) -> Obeyed:
        """`/model info [NAME]`; without a name it is the one that speaks here."""
        claim, language = wish.order.claim, wish.language
        wanted = wish.given.get("version") or self.souls.here(claim, claim.choices)
        registered = {version.name: version for version in await self.register.versions()}
        known = tuple(dict.fromkeys([*self.souls.names, *registered]))
        name = meant(wanted, known)
        if name is None:
            return Obeyed(no_such_version(wanted, known, "/model info [NAME]", language).text)
        version, soul = registered.get(name), self.souls.get(name)
        what = version or soul
        roles = listed(Listing(self.souls, self.register).roles(name, claim, language), language)
        figures = await self.register.figures(name)
        lines = [
            NOTED.to(language, line=name, notes=roles) if roles else name,
            *(_what_it_is(what, soul, language) if what else ()),
            *(_what_is_known(version, language) if version else ()),
            *_how_it_does(figures, language),
        ]
        return Obeyed("\n".join(lines))


def _what_it_is(it: Version | Soul, soul: Soul | None, language: Language) -> Iterator[str]:
    yield say.BACKEND.to(language, backend=it.backend)
    if it.model:
        yield say.MODEL.to(language, model=it.model)
    if it.adapter:
        yield say.ADAPTER.to(language, adapter=it.adapter)
    values = list(_sampling(it, soul))
    if values:
        yield say.SAMPLING.to(language, values=listed(values, language))
    if soul and soul.fallback:
        yield say.FALLBACK.to(language, names=listed(soul.fallback, language))


def _sampling(it: Version | Soul, soul: Soul | None) -> Iterator[str]:
    """What is in force where it is served; else what the register says of it."""
    of = soul or it
    if of.temperature is not None:
        yield f"temperature {of.temperature:g}"
    if of.top_p is not None:
        yield f"top_p {of.top_p:g}"
    if of.max_tokens is not None:
        yield f"max_tokens {of.max_tokens}"


def _what_is_known(version: Version, language: Language) -> Iterator[str]:
    if version.dataset:
        yield say.DATASET.to(language, dataset=version.dataset)
    if version.notes:
        yield say.NOTES.to(language, notes=version.notes)
    yield say.REGISTERED.to(language, at=_moment(version.registered_at))
    if version.retired_at:
        yield say.RETIRED.to(language, at=_moment(version.retired_at))


def _how_it_does(figures: Figures, language: Language) -> Sequence[str]:
    lines = [say.ANSWERS.to(language, count=figures.answers)]
    good, bad, unlike = figures.good, figures.bad, figures.unlike
    if rated := good + bad + unlike:
        low, high = interval(good, rated)
        rates = {"rate": _percent(good / rated), "low": _percent(low), "high": _percent(high)}
        lines.append(say.RATINGS.to(language, good=good, bad=bad, unlike=unlike))
        lines.append(say.WIN_RATE.to(language, **rates))
    if figures.first_p95_s:
        times = {"median": f"{figures.first_median_s:.2f}", "p95": f"{figures.first_p95_s:.2f}"}
        lines.append(say.LATENCY.to(language, **times))
    refused, failed, slips = figures.refused, figures.failed, figures.slips
    lines.append(say.TROUBLES.to(language, refused=refused, failed=failed, slips=slips))
    return lines


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _percent(rate: float) -> str:
    return f"{rate:.0%}"
