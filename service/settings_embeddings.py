"""What the settings of memory can get wrong together."""

from collections.abc import Iterator

from backend.headers import carried
from service.settings_minds import Memory


def embeddings(memory: Memory) -> Iterator[str]:
    """What must be put right in *memory* before anything starts, a line each."""
    if memory.embeddings == "openai":
        yield from _server(memory)
    elif memory.base_url and "embeddings" not in memory.model_fields_set:
        yield 'memory.embeddings: missing; with memory.base_url it is "openai"'
    if memory.second and memory.embeddings == "off":
        yield (
            "memory.second: there is no second model without a first; set it to false, or"
            ' memory.embeddings to "builtin"'
        )


def _server(memory: Memory) -> Iterator[str]:
    if not memory.base_url:
        yield "memory.base_url: missing; say where the server is, like https://host/v1"
    if not memory.model:
        yield "memory.model: missing; say which of the server's models makes vectors of texts"
    if not carried(memory.api_key.get_secret_value()):
        yield "memory.api_key: holds what no HTTP header can carry; it is plain letters and digits"
