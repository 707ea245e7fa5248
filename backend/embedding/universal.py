"""What the Universal Sentence Encoder computes, with what it finds of a token by heart.

The package multiplies every token of a text with all its matrices. Half of that does not depend on
what stands beside it, and people ask with the same few hundred words, so a question takes half the
time; the vector is the same.
"""

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]

_WIDE: Final = 256
_REACHES: Final = ((0, 1), (-1, 0, 1), (-2, -1, 0, 1, 2))
"""Each of the three convolutions sees a token with so many before and after it."""

_EDGE: Final = 2
_PARTS: Final = [slice(_WIDE * number, _WIDE * (number + 1)) for number in range(len(_REACHES))]
_KNOWN: Final = 512
"""Tokens that are known by heart; each takes 15 kB."""

_FORGOTTEN: Final = 128
"""As many make room at once, those that were learnt first."""


class Encoder:
    """The sums of a *model* that the package has loaded, of which no more than these is kept."""

    def __init__(self, model: Any) -> None:
        self._table, self._scale, self._low = model.table, model.scale, model.lo
        self._chunks = len(model.scale)
        self._project, self._projected = model.proj_W, model.proj_b
        self._even = model.ln_g_all, model.ln_b_all
        self._first = [_side_by_side(each) for each in model.w1]
        self._first_bias = np.concatenate(model.b1)
        self._second = [np.asfortranarray(each) for each in model.w2]  # sooner read by columns
        self._second_bias = np.concatenate(model.b2)
        self._evened = model.ln_g, model.ln_b
        entry = np.concatenate([model.d0, model.p1], axis=1)
        self._head, self._head_bias = model.cnn_W @ entry, model.cnn_b @ entry
        self._layers = model.d1, model.d2, np.concatenate([model.p3, model.d3])
        self._least = float(model.eps)
        self._known: dict[int, Floats] = {}
        dim, width = self._project.shape
        ends = accumulate((dim, width, *(each.shape[1] for each in self._first)))
        self._cuts = list(ends)
        self._beyond = np.zeros(self._cuts[-1], np.float32)

    def __call__(self, tokens: Sequence[int]) -> Floats:
        """The vector of a text of these *tokens*, of length 1. Any thread may ask."""
        beyond = [self._beyond] * _EDGE
        rows = np.array([*beyond, *self._rows(tokens), *beyond])
        own, projected, *parts = np.split(rows, self._cuts[:-1], axis=1)
        inner = slice(_EDGE, -_EDGE)
        near = np.zeros_like(projected)
        near[inner] = self._seen(parts, len(tokens)) + projected[inner]
        wide = np.concatenate([own[inner], self._seen_again(near, len(tokens))], axis=1)
        return self._heard(self._levelled(wide, *self._evened).sum(axis=0), len(tokens))

    def _rows(self, tokens: Sequence[int]) -> list[Floats]:
        """What is found of each token, whatever stands beside it."""
        known = {one: row for one in tokens if (row := self._known.get(one)) is not None}
        new = [one for one in dict.fromkeys(tokens) if one not in known]
        if new:
            learnt = dict(zip(new, self._learnt(np.array(new)), strict=True))
            if len(self._known) > _KNOWN:
                for oldest in list(self._known)[:_FORGOTTEN]:
                    self._known.pop(oldest, None)
            self._known |= learnt
            known |= learnt
        return [known[one] for one in tokens]

    def _learnt(self, tokens: NDArray[np.int64]) -> list[Floats]:
        chunk = tokens % self._chunks
        own = self._table[tokens] * self._scale[chunk, None] + self._low[chunk, None]
        projected = self._levelled(own @ self._project + self._projected, *self._even)
        parts = [projected[:, part] @ each for part, each in zip(_PARTS, self._first, strict=True)]
        return [row.copy() for row in np.concatenate([own, projected, *parts], axis=1)]

    def _seen(self, parts: Sequence[Floats], count: int) -> Floats:
        """What the first convolutions make of each token and those around it."""
        seen = np.tile(self._first_bias, (count, 1))
        for part, reach, found in zip(_PARTS, _REACHES, parts, strict=True):
            for own, away in zip(np.split(found, len(reach), axis=1), reach, strict=True):
                seen[:, part] += own[_EDGE + away : _EDGE + away + count]
        np.maximum(seen, 0, out=seen)
        return seen

    def _seen_again(self, near: Floats, count: int) -> Floats:
        """What the second ones do, each with what it saw before."""
        seen = np.empty((count, near.shape[1]), np.float32)
        for part, reach, weights in zip(_PARTS, _REACHES, self._second, strict=True):
            around = [near[_EDGE + away : _EDGE + away + count, part] for away in reach]
            seen[:, part] = np.concatenate(around, axis=1) @ weights
        seen += self._second_bias
        return np.maximum(seen, 0, out=seen) + near[_EDGE:-_EDGE]

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

    def _levelled(self, rows: Floats, gain: Floats, shift: Floats) -> Floats:
        rows -= rows.mean(axis=1, keepdims=True)
        spread = np.einsum("ij,ij->i", rows, rows) / rows.shape[1]
        rows *= (1 / np.sqrt(spread + self._least))[:, None]
        rows *= gain
        rows += shift
        return rows


def _side_by_side(weights: Floats) -> Floats:
    """The matrices of all tokens of a convolution as one that takes a single token."""
    return np.concatenate(np.split(weights, len(weights) // _WIDE), axis=1)
