"""What a character card says of its character in prose, and `profile.md` of a folder."""

import re
from collections.abc import Mapping
from typing import Final

HEADINGS: Final[Mapping[str, str]] = {
    "personality": "Personality",
    "scenario": "Scenario",
    "system_prompt": "Instructions",
}
"""The fields that get a heading; the description stands above them."""

_NOBODY: Final = "{{char}}"  # of whom a card tells nothing, a folder still tells the name
_HEADING: Final = re.compile(rf"^## ({'|'.join(HEADINGS.values())})$", re.MULTILINE)


def to_profile(fields: Mapping[str, str]) -> str:
    """The profile that *fields* make: description, personality, scenario and system prompt."""
    parts = [fields["description"].strip()]
    for field, heading in HEADINGS.items():
        if text := fields[field].strip():
            parts.append(f"## {heading}\n{text}")
    return "\n\n".join(filter(None, parts)) or _NOBODY


def to_fields(profile: str) -> dict[str, str]:
    """By field, what *profile* says; without our headings all of it is the description."""
    above, *parts = _HEADING.split(profile)
    said = dict(zip(parts[::2], map(str.strip, parts[1::2]), strict=True))
    fields = {field: said.get(heading, "") for field, heading in HEADINGS.items()}
    return {"description": "" if above.strip() == _NOBODY else above.strip(), **fields}
