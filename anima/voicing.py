"""Whether somebody is answered aloud, and what of an answer is said so."""

from dataclasses import replace

from anima.model import NOTHING, Beside, Bubble, Scene, is_owed
from anima.parts import Parts
from anima.ports import Channel, Speaks
from anima.roles import Role


def speaks_to(scene: Scene, parts: Parts, role: Role, channel: Channel) -> bool:
    """Whether *role* says its answer to *scene* aloud, as whoever asked wants it."""
    asked = [one for one in scene.heard if one.addressed]
    if parts.notes is None or not asked:
        return False
    newest, where = asked[-1], scene.conversation
    voicing = newest.voicing or parts.voicing
    if voicing == "off" or where.guest or is_owed(newest.message):
        return False
    spoke = any(each.speech for one in asked for each in one.attachments)
    if voicing == "mirror" and not spoke:
        return False
    hears = isinstance(channel, Speaks) and channel.speaks_in(where)
    return hears and role.chooses(scene, voicing)


def aloud(bubble: Bubble, role: Role) -> Bubble:
    """*bubble* to be spoken, unless it is for the eye."""
    picture = role.drawn(bubble.text) or role.reaction(bubble.text)
    if not bubble.text or picture or bubble.beside != NOTHING:
        return bubble
    return replace(bubble, beside=Beside(voice=True))
