"""stub"""

from persona.facts.english import ENGLISH as CHINESE
