"""Whether a persona likes to speak now, or rather writes."""

from typing import Final

from anima.model import Scene
from anima.sound import Voicing

_TIRED: Final = -0.5
"""With less energy than that it does not feel like talking."""


def speaks(scene: Scene, voicing: Voicing) -> bool:
    """Whether it speaks to somebody who wants to be answered aloud.

    A voice is always answered by a voice; of itself it does not speak when it is tired.
    """
    return voicing == "mirror" or _spoke(scene) or not _tired(scene)


def _spoke(scene: Scene) -> bool:
    return any(each.speech for one in scene.heard for each in one.attachments)


def _tired(scene: Scene) -> bool:
    return scene.mood is not None and scene.mood.energy < _TIRED
