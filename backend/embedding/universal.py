"""What the Universal Sentence Encoder computes, with what it finds of a token by heart.

The package multiplies every token of a text with all its matrices. Half of that does not depend on
what stands beside it, and people ask with the same few hundred words, so a question takes half the
time; the vector is the same.
"""

from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

_WIDE: Final = 256
_REACHES: Final = ((0, 1), (-1, 0, 1), (-2, -1, 0, 1, 2))
"""Each of the three convolutions sees a token with so many before and after it."""

_EDGE: Final = 2
_PARTS: Final = len(_REACHES)
_STEPS: Final = [(part, away) for part, reach in enumerate(_REACHES) for away in reach]
_BLOCKS: Final = _PARTS + len(_STEPS)
"""What is known of a token by heart: itself, and what each convolution makes of it."""

MOST_KNOWN: Final = 1_200
"""Tokens that are known by heart, as many as people usually talk with; each takes 13 kB."""

_FORGOTTEN: Final = 200
"""As many make room at once, those that have not been needed for longest."""


class Encoder:
    """The sums of a *model* that the package has loaded, of which no more than these is kept."""

    def __init__(self, model: Any) -> None:
        self._table, self._scale, self._low = model.table, model.scale, model.lo
        self._project, self._projected = model.proj_W, model.proj_b
        self._even = model.ln_g_all, model.ln_b_all
        self._first = [_side_by_side(each) for each in model.w1]
        self._first_bias = np.array(model.b1)
        self._second = list(model.w2)
        self._second_bias = np.concatenate(model.b2)
        entry = np.concatenate([model.d0, model.p1], axis=1)
        self._head = model.ln_g[:, None] * (model.cnn_W @ entry)
        self._head_bias = (model.ln_b @ model.cnn_W + model.cnn_b) @ entry
        self._layers = model.d1, model.d2, np.concatenate([model.p3, model.d3])
        self._least = float(model.eps)
        self._known: dict[int, Floats] = {}
        self._beyond = [np.zeros((_BLOCKS, _WIDE), np.float32)] * _EDGE

    def __call__(self, tokens: Sequence[int]) -> Floats:
        """The vector of a text of these *tokens*, of length 1. Any thread may ask."""
        count = len(tokens)
        rows = np.array([*self._beyond, *self._rows(tokens), *self._beyond])
        near = rows[:, :_PARTS].copy()
        near[_EDGE:-_EDGE] += self._seen(rows[:, _PARTS:], count)
        wide = np.concatenate([self._own(np.array(tokens)), self._seen_again(near, count)], axis=1)
        return self._heard(self._all_levelled(wide), count)

    def _rows(self, tokens: Sequence[int]) -> list[Floats]:
        """What is found of each token, whatever stands beside it."""
        asked = dict.fromkeys(tokens)
        known = {one: row for one in asked if (row := self._known.pop(one, None)) is not None}
        if new := [one for one in asked if one not in known]:
            known |= zip(new, self._learnt(np.array(new)), strict=True)
        self._known |= known  # as the last ones
        if len(self._known) > MOST_KNOWN:
            for oldest in list(self._known)[:_FORGOTTEN]:
                self._known.pop(oldest, None)
        return [known[one] for one in tokens]

    def _own(self, tokens: NDArray[np.int64]) -> Floats:
        chunk = tokens % len(self._scale)
        own: Floats = self._table[tokens] * self._scale[chunk, None] + self._low[chunk, None]
        return own

    def _learnt(self, tokens: NDArray[np.int64]) -> list[Floats]:
        own = self._own(tokens)
        projected = self._levelled(own @ self._project + self._projected)
        parts = np.split(projected, _PARTS, axis=1)
        seen = [part @ each for part, each in zip(parts, self._first, strict=True)]
        whole = np.concatenate([projected, *seen], axis=1)
        return [row.reshape(_BLOCKS, _WIDE).copy() for row in whole]

    def _seen(self, found: Floats, count: int) -> Floats:
        """What the first convolutions make of each token and those around it."""
        seen = np.empty((count, _PARTS, _WIDE), np.float32)
        seen[:] = self._first_bias
        for block, (part, away) in enumerate(_STEPS):
            seen[:, part] += found[_EDGE + away : _EDGE + away + count, block]
        return np.maximum(seen, 0, out=seen)

    def _seen_again(self, near: Floats, count: int) -> Floats:
        """What the second ones do, each with what it saw before."""
        seen = np.empty((count, _PARTS * _WIDE), np.float32)
        for part, (reach, weights) in enumerate(zip(_REACHES, self._second, strict=True)):
            around = [near[_EDGE + away : _EDGE + away + count, part] for away in reach]
            seen[:, part * _WIDE :][:, :_WIDE] = np.concatenate(around, axis=1) @ weights
        seen += self._second_bias
        np.maximum(seen, 0, out=seen)
        seen += near[_EDGE:-_EDGE].reshape(count, -1)
        return seen

    def _heard(self, whole: Floats, count: int) -> Floats:
        """The sum over all tokens through the last layers."""
        widen, narrow, last = self._layers
        entry = (whole @ self._head + count * self._head_bias) / np.float32(count**0.5)
        first, second = np.split(entry, [len(widen)])
        second = np.maximum(second + np.maximum(first, 0) @ widen, 0)
        ends = np.tanh(np.concatenate([second, np.maximum(second @ narrow, 0)]) @ last)
        length = np.sqrt(max(ends @ ends, self._least))
        vector: Floats = ends / length
        return vector

    def _all_levelled(self, rows: Floats) -> Floats:
        """The sum of *rows* that are levelled; their gain and shift are in what comes next."""
        mean, scale = self._level(rows)
        whole: Floats = scale @ rows - scale @ mean
        return whole

    def _levelled(self, rows: Floats) -> Floats:
        gain, shift = self._even
        mean, scale = self._level(rows)
        level: Floats = (rows - mean[:, None]) * scale[:, None] * gain + shift
        return level

    def _level(self, rows: Floats) -> tuple[Floats, Floats]:
        """The mean of each of *rows*, and what it is to be multiplied with."""
        mean = rows.mean(axis=1)
        spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[1] - mean * mean
        return mean, 1 / np.sqrt(spread + self._least)


def _side_by_side(weights: Floats) -> Floats:
    """The matrices of all tokens of a convolution as one that takes a single token."""
    return np.concatenate(np.split(weights, len(weights) // _WIDE), axis=1)
