"""How English speaks of what lies ahead of oneself, of waiting for it, and of its end."""

import re
from typing import Final

from persona.plan_words import Plans

_KIN = (
    r"(?:sister|brother|mom|mum|mother|dad|father|parents?|friends?|boss|wife|husband|boyfriend"
    r"|girlfriend|bf|gf|partner|roommate|flatmate|cousin|uncle|aunt|son|daughter|kids?|colleague"
    r"|coworker|co-worker|teacher|professor|grandma|grandpa|grandmother|grandfather|neighbou?r)"
)

_BARE = (
    r"\A(?:so |and |but |also |ugh |yay |well )?(?:flying|going|moving|leaving|starting|travell?ing"
    r"|meeting|visiting|getting|having|taking|seeing|heading|driving|running|giving|gonna|gotta|got"
    r"|have|need|off) "
)

_EVENT = (
    r"\b(?:exam|midterm|final|test|quiz|interview|surgery|operation|procedure|appointment|dentist"
    r"|doctor|specialist|check-?up|scan|mri|biopsy|therapy|therapist|vet|flight|trip|vacation"
    r"|holiday|wedding|birthday|anniversary|funeral|graduation|ceremony|presentation|speech|pitch"
    r"|meeting|conference|deadline|due date|defen[sc]e|viva|thesis|essay|assignment|audition"
    r"|recital|concert|marathon|tournament|competition|first day|last day|big day|new job|hearing"
    r"|court|trial|visa|driving test|result|reunion|festival|retreat|delivery|move|moving day)s?\b"
)
_WILL = (
    r"\b(?:i'm|im|i am|we're|we are)(?: \w+)? (?!doing\b)(?:gonna|off to|getting|\w{2,}ing)\b"
    r"|\b(?:i'll|we'll|i will|we will)\b|\b(?:i've|we've)(?: got)? an? "
    r"|\b(?:i|we)(?: \w+)? (?:have|need|must|gotta|got|start|begin|leave|fly|move|travel|see|meet"
    r"|hand|take|turn|go|plan|perform|graduate|marry|return|quit)\b"
    rf"|{_BARE}"
)
_MINE = (
    r"\b(?:i|i'm|im|i'll|i've|i'd|we|we're|we'll|we've|it's my|it is my|my|our)\b"
    rf"(?! {_KIN}\b)|{_BARE}"
)
_OTHER = (
    r"\b(?:he|she|they|you|u|he's|she's|they're|you're|it|it's|his|her|their|your|everyone|everybody"
    r"|somebody|someone|people|who)\b(?! my\b)"
    rf"|\b(?:my|our) {_KIN}\b(?! and (?:i|me)\b)"
    r"|\b(?!(?:it|that|what|let|here|there|today|tonight|tomorrow|monday|tuesday|wednesday|thursday"
    r"|friday|saturday|sunday|month|week|year)'s)[a-z]+'s (?=\w)"  # Tom's, but not the exam's over
    r"(?!(?:over|done|on|in|at|tomorrow|today|next|this|finally|not|going|been)\b)"
)
_SHUT = (
    r"\b(?:not(?! (?:ready|sure|prepared|looking|even ready|at all ready))|no longer|never"
    r"|nothing (?:planned|special|much|on)"
    r"|(?:do|does|did|wo|is|are|was|were|am|ai)n't(?! (?:know|feel|want|wanna|ready|sure|prepared))"
    r"|dont(?! (?:know|feel|want|wanna))|instead of|used to|if|unless|suppose|imagine|pretend|wish"
    r"|would|let's|lets|every|usually|always|story|poem|role-?play|remind|fictional)\b"
    r"|\bno (?:more )?(?=exam|test|interview|meeting|appointment|work|school|class)"
    r"|\b(?:see|talk|speak|chat|text|message|catch|meet|tell|write)(?: to| with| up)? (?:you|u|ya"
    r"|more|again|soon|later|tomorrow|tmrw|then)\b"
    r"|\bgood luck|\bhave an? (?:nice|good|great|lovely|safe)|\bhappy\b|\benjoy\b|\b(?:un)?till? "
    r"(?:tomorrow|then|monday)\Z"
)
_DOUBT = (
    r"\b(?:maybe|perhaps|might|someday|bed|sleep\w*|shower|dinner|lunch|breakfast|eat\w*|coffee|tea"
    r"|nap|cook\w*|wak\w+|get up|laundry|groceries|gym|work|class(?:es)?|school|chill\w*|rest\w*"
    r"|relax\w*|play\w*|watch\w*|free|busy|back|home)\b"
)
_WAITS = (
    r"\b(?:waiting (?:for|on|to)|awaiting|wait for)\b[^,.;]{0,40}?\b(?:results?|reply|response"
    r"|answer|decision|news|call|e-?mail|letter|offer|verdict|visa|acceptance|approval|confirmation"
    r"|diagnosis|grades?|scores?|hear(?: back)?)\b"
)
_OVER = (
    r"\b(?:passed|failed|aced|nailed|survived|finished|done|over|went|got (?:in|it|the|my|accepted"
    r"|rejected|through|hired|results?)|was (?:great|good|fine|ok|okay|awful|terrible|horrible|hard"
    r"|easy|amazing|so|a (?:disaster|success))|did (?:it|well|great|ok)|made it"
    r"|came (?:out|back|in)|heard back|arrived|back from|accepted|rejected|turned out)\b"
)
_DONE = (
    r"\b(?:i|we) (?:just |finally |actually )?(?:passed|failed|aced|nailed|survived|did it|made it"
    r"|got (?:in|it|the job|accepted|rejected|hired))\b"
    r"|\b(?:it|everything|all|that) went\b"
    r"|\b(?:it's|its|it is|it was|that's) (?:finally |all )?(?:over|done)\b"
    r"|\A(?:passed|failed|nailed it|done|survived)\b"
)
_OFF = (
    r"\b(?:cancel(?:l?ed|s|ling)?|called off|postponed|rescheduled|pushed back|moved|not going"
    r"|isn't happening|won't happen|fell through|no longer)\b"
)
_MOVED = r"\b(?:postponed|rescheduled|pushed back|moved) (?:to|until|till|for)\b"

ENGLISH: Final = Plans(
    event=re.compile(_EVENT),
    will=re.compile(_WILL),
    mine=re.compile(_MINE),
    other=re.compile(_OTHER),
    shut=re.compile(_SHUT),
    doubt=re.compile(_DOUBT),
    waits=re.compile(_WAITS),
    over=re.compile(_OVER),
    done=re.compile(_DONE),
    off=re.compile(_OFF),
    moved=re.compile(_MOVED),
)
