"""Which server an adapter belongs to."""

from collections.abc import Iterable
from hashlib import sha256


def placed(urls: Iterable[str], key: str) -> list[str]:
    """All *urls*, in the order in which *key* prefers them.

    Rendezvous hashing: each key ranks the servers by a number that only the two of them make, so
    the order of the list and the rest of the servers change nothing, and the keys of a server that
    is gone are spread over all that are left.
    """
    return sorted(urls, key=lambda url: sha256(f"{url}\n{key}".encode()).digest(), reverse=True)
