"""The picture of a card among the files of its CHARX."""

from typing import Final

from persona.charcard import CharCard, Sheet
from persona.jsonspans import Spot, changed

USUAL: Final = "assets/icon/images/main.png"
_SCHEME: Final = "embeded://"  # so the standard spells it; some write it right
_SCHEMES: Final = (_SCHEME, "embedded://")


def place(sheet: Sheet) -> str:
    """The path of the picture of *sheet*; empty where none is embedded."""
    at = _main(sheet)
    uri = str(sheet.assets[at].get("uri", "")) if at < len(sheet.assets) else ""
    return next((uri.removeprefix(form) for form in _SCHEMES if uri.startswith(form)), "")


def embedded(card: CharCard) -> tuple[str, dict[str, bytes]]:
    """The JSON and the files of *card* with its picture among them."""
    files, path = dict(card.files), place(card.sheet)
    if not card.picture:
        return card.text, files
    if path.lower().endswith(".png"):
        return card.text, files | {path: card.picture}
    return changed(card.text, _named(card.sheet)), files | {USUAL: card.picture}


def _named(sheet: Sheet) -> dict[Spot, object]:
    """The changes that name the usual place as the one of the picture."""
    at = _main(sheet)
    asset = {"type": "icon", "uri": f"{_SCHEME}{USUAL}", "name": "main", "ext": "png"}
    if not sheet.assets:
        return {("data", "assets"): [asset]}
    if at == len(sheet.assets):
        return {("data", "assets", at): asset}
    return {("data", "assets", at, key): asset[key] for key in ("uri", "ext")}


def _main(sheet: Sheet) -> int:
    """The index of the main icon, or where it would be added."""
    icons = [at for at, asset in enumerate(sheet.assets) if asset.get("type") == "icon"]
    mains = (at for at in icons if sheet.assets[at].get("name") == "main")
    return next(mains, icons[0] if icons else len(sheet.assets))
