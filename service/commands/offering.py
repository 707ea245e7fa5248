"""The table as ring 0 knows it, from which every platform builds its own form."""

from anima.offers import Help, Offer, OfferedArgument, Offers
from service.commands.called import CALLED
from service.commands.table import Argument, Command, Table
from service.commands.words import Words


def offers(table: Table) -> Offers:
    """All that *table* offers, in its order."""
    return tuple(_offer(one) for one in table)


def _offer(command: Command) -> Offer:
    return Offer(
        command.name,
        _help(command.help),
        command.who,
        tuple(_argument(one) for one in command.arguments),
        offers(command.subcommands),
        alone=command.alone,
        aloud=command.aloud,
        speech=command.speech,
        only=command.only,
        called=_called(command.name),
    )


def _argument(one: Argument) -> OfferedArgument:
    return OfferedArgument(
        one.name,
        one.kind,
        one.shown,
        _help(one.help),
        one.options,
        required=one.required,
        called=_called(one.name),
        otherwise=one.otherwise,
    )


def _called(name: str) -> Help:
    """Its own names in Chinese and Japanese, where it has some."""
    chinese, japanese = CALLED.get(name, ("", ""))
    return {"zh": chinese, "ja": japanese} if chinese else {}


def _help(words: Words) -> Help:
    return {"en": words.to("en"), "zh": words.to("zh"), "ja": words.to("ja")}
