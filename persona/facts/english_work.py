"""How English tells work and school."""

# one rule a row
# fmt: off
# ruff: noqa: E501, ISC001

import re
from typing import Final

from persona.facts.english_parts import (
    ANY,
    BE,
    DO,
    END,
    LIST,
    MAYBE_BE,
    NEAR,
    NOT_JOB,
    OFTEN,
    OTHERS,
    OWN,
    SELF,
    TRADES,
    V,
    rule,
)

OF_WORK: Final = (
    # work
    rule("job", rf"{BE}an? (?P<v>{TRADES})(?=\s*(?:\Z|[^\w\s'-]|\b(?:at|for|with|in|and" r"|but|so|by|who|working|from|now|here|lol|btw|on|too|since|because|who|these|atm|rn|mostly|living)\b))(?:\s+(?:at|for|with)\s+(?:an? |the )?(?P<job__at>(?!least|night|home|the moment|heart|day|now|me\b|you\b|a living|years|almost|\d|a (?:while|few|long" rf"|decade))[^\W_][\w'& -]{{1,40}}?){END})?", OTHERS, refused=NOT_JOB),
    rule("job", rf"{MAYBE_BE}(?:work|works|working|worked)\s+(?:(?:full" r"|part)[ -]?time\s+|nights\s+|remotely\s+|mostly\s+|currently\s+|now\s+|freelance\s+)*as\s+(?:an? |the )?(?P<v>[^\W_][\w' -]{2,40}?)(?:\s+(?:at|for|in)\s+(?:an? |the )?(?P<job__at>(?!the moment|night|\d" rf"|a (?:while|few)|years)[^\W_][\w'& -]{{1,40}}?))?{END}", ANY, refused=NOT_JOB),
    rule("job", r"\s*(?:quit|left)\s+(?P<v>(?-i:(?!I\b)[A-Z][\w&-]+))(?=\W*\Z|\s+(?:last|in|after|this)\b)", SELF, side="at", negated=True),
    rule("job", rf"{DO}(?:left|quit)\s+(?-i:[A-Z][\w&-]+) (?:and|to) join(?:ed)? (?P<v>(?-i:[A-Z])[\w&-]+){END}", SELF, side="at"),
    rule("job", rf"{DO}(?:started|got hired) (?:at|by) (?P<v>(?-i:[A-Z])[\w&-]+(?: (?-i:[A-Z])[\w&-]+)*){END}", SELF, side="at", refused=re.compile(r"(?:uni|university|college|school|.* (?:university|college|school))\Z", re.IGNORECASE)),
    rule("job", r"\s*(?:i'?m )?now at (?P<v>(?-i:[A-Z])[\w&-]+)(?=\W*\Z)", ("bare",), side="at"),
    rule("job", rf"(?:{MAYBE_BE}(?:work|works|(?:started )?working)|(?:'ve" r"|\s+have)\s+worked)\s+(?:(?:full|part)[ -]?time\s+|nights\s+|remotely\s+|mostly\s+|currently\s+|now\s+)*(?:at|for)\s+(?:an? |the )?(?P<v>(?!the (?:moment|same|weekend|best)|least" rf"|night|home|\d)[^\W_][\w'&. -]{{1,40}}?){END}", ANY, side="at", refused=NOT_JOB),
    rule("job", rf"{DO}(?:got|landed|started|have|has|accepted|found)\s+(?:a |my " r"|this )?(?:new |part[- ]time )?" rf"(?:job|position|gig|work)\s+as\s+an? (?P<v>[^\W_][\w' -]{{2,40}}?){END}", NEAR, refused=NOT_JOB),
    rule("job", rf"\s*(?:i'?ve |have )?been an? (?P<v>{TRADES})(?=\s+for\b|\s+since\b)", SELF),
    rule("job", rf"{DO}(?:got|landed|finally got|started|just got|just started" r"|got hired for|accepted|took)\s+(?:the |a |my |this )?(?:new |dream |first )?(?:job|position|internship|gig|offer)\s+(?:at|with" rf"|from)\s+(?P<v>[^\W_][\w'& -]{{1,30}}?){END}", SELF, side="at", refused=NOT_JOB),
    rule("job", r"(?:'m|m|\s+am)\s+(?:now\s+|currently\s+)?at\s+(?P<v>(?-i:[A-Z][\w&-]+(?: [A-Z][\w&-]+)*))\s+now", OWN, side="at"),
    rule("job", rf"{DO}(?:teach|teaches|taught)\s+(?P<v>(?:\w+ )?(?:school " r"|grade )?(?:maths?|english|science|history|chemistry|physics|biology|art|music|pe|french|spanish|german|kindergarten|yoga|pilates|piano|guitar|drama|esl|geography|geometry|preschool|swimming" rf"|dance)(?: at [\w ]+?)?){END}", ("self", "kin", "named")),
    rule("job", rf"{DO}(?P<v>(?:drive|drives|teach|teaches|fly|flies|fix|fixes|paint" r"|paints|build|builds|sell|sells|make|makes|write|writes|cook|cooks|design|designs|translate|translates|train|trains|clean|cleans)\s[\w' ]{1,30}?) for a living", ANY),
    rule("job", rf"{DO}(?:run|runs|own|owns|manage|manages|opened|started|co-own|{BE}running)\s+(?P<v>(?:an?|my own|our own" r"|the) (?:[\w'-]+ ){0,3}?(?:bakery|cafe|café|coffee shop|shop|store|restaurant|bar|pub|business|company|startup|studio|salon|farm|bookshop|bookstore|boutique|gym|hotel|hostel|agency|food truck|clinic|garage|nursery|brewery))\b", NEAR),
    rule("job", rf"{MAYBE_BE}(?P<v>unemployed|retired|self[- ]employed|between jobs" r"|jobless|out of work|a stay[- ]at[- ]home (?:mom|mum|dad|parent)|on (?:maternity|paternity|parental) leave)\b", NEAR),
    rule("job", rf"{MAYBE_BE}(?:got |been )?promoted to\s+{V}", NEAR),
    rule("job", r"\s*(?:my )?(?:current )?(?:job|profession|occupation|day job)(?:'s" rf"|\s+is|:)\s+(?:being )?(?:an? )?(?P<v>{TRADES}){END}", ("bare",), refused=NOT_JOB),
    rule("job", rf"\s*(?:{OFTEN}\s+)*(?:(?:quit|lost|left) my job|(?:got|been|was|were" r"|getting) (?:fired|laid off|made redundant|sacked|let go)|handed in my (?:notice|resignation)|resigned(?! to)|quit work)\b", SELF, negated=True),
    rule("job", rf"\s*(?:{OFTEN}\s+)*(?:don'?t|do not|doesn'?t|no longer|used to) works? (?:at|for)(?: the)?\s+{V}", NEAR, side="at", negated=True, refused=NOT_JOB),
    rule("job", rf"\s*(?:{OFTEN}\s+)*quit\s+(?P<v>(?-i:[A-Z][\w&-]+))", SELF, side="at", negated=True),
    rule("job", rf"(?:{BE}no longer an?|\s+used to be an?)\s+(?P<v>{TRADES}){END}", NEAR, negated=True, refused=NOT_JOB),
    # school
    rule("school", rf"{MAYBE_BE}(?:study|studies|studying" r"|studied)\s+(?P<school__major>(?!at\b|in\b|for\b|abroad|hard|a lot|all|with|my|and|so|too|this|that|till|until|right|tonight|the (?:map|menu)|here)[^\W_][\w' -]{2,30}?)(?:\s+(?:at|in)\s+(?:the )?(?P<school__>(?!night|home|the moment|college\b|uni\b" rf"|university\Z|school\b)[^\W_][\w'. -]{{1,40}}?))?{END}", OTHERS),
    rule("school", rf"{MAYBE_BE}(?:study|studies|studying)\s+at\s+(?:the )?(?P<v>(?!home|night|the|my|uni\b|school\b)[^\W_][\w'. -]{{1,40}}?){END}", NEAR),
    rule("school", rf"{DO}(?:go|goes|went|attend|attends" r"|going)\s+to\s+(?:the )?(?P<v>(?:(?-i:[A-Z])[\w'.-]*\s+)*(?:high school|high|university|college|uni|academy|institute|UCLA|MIT|NYU|Harvard|Stanford|Yale|Oxford|Cambridge|Princeton|Berkeley|UCL|LSE|USC|ETH|Caltech|Cornell|Columbia|Brown|Duke|Waseda|Tsinghua" rf"|McGill)(?: of (?-i:[A-Z])\w+)?){END}", NEAR, refused=re.compile(r"(?:high school|college|uni|university|high|the|academy)\Z", re.IGNORECASE)),
    rule("school", rf"{MAYBE_BE}(?:majoring|major|double majoring)\s+in\s+{LIST}", NEAR, side="major", many=True),
    rule("school", rf"\s*(?:my )?(?:major|degree)(?:'s|\s+is|:)\s+(?:in\s+)?{V}", ("bare",), side="major", refused=re.compile(r"(?:so|hard|not|useless|a|the|killing|really|going|worth|my|undecided)\b", re.IGNORECASE)),
    rule("school", rf"{MAYBE_BE}(?:doing|starting|started|start|finishing|finished|pursuing" r"|getting|got|did|do|have|working on|on)\s+(?:my |a |an )?(?P<v>(?:phd|ph\.?d|doctorate|master'?s?|mba|bachelor'?s?|degree|bsc|msc|ba|ma|law degree|a-levels)(?: degree)?(?: (?:in|of) [\w ]+?)?)(?:\s+at\s+(?:the )?(?P<school__>[^\W_][\w' -]{1,30}?" rf"))?{END}", NEAR, refused=re.compile(r"(?:ma|ba|degree)\Z", re.IGNORECASE)),
    rule("school", rf"(?:{BE}|\s*currently\s+)(?:in|a|an|finishing|starting" r"|entering)\s+(?:my\s+)?(?P<v>(?:\d{1,2}(?:st|nd|rd|th) grade|(?:first|second|third|fourth|final|last|1st|2nd|3rd|4th|freshman|sophomore|junior|senior|third|second|final) year(?: of (?:uni|college|university|high school|med school|law school))?|(?:senior|junior|sophomore|freshman)(?: (?:in|at) (?:high school|college|uni|university))?|year \d{1,2}|grad school|med school|law school|nursing school|high school|middle school|college|uni|university|grade \d{1,2}|\d{1,2}th grader|sixth form|(?:\w+ )?(?:student|undergrad|phd candidate|phd student|grad student|med student|law student)))(?:\s+(?:at|in)\s+(?:the )?(?P<school__>(?-i:[A-Z])[\w'" rf" -]{{1,30}}?))?{END}", NEAR, side="year", refused=re.compile(r"(?:(?:my|a|good|bad|terrible|model|quick|slow|bit|former) )?(?:last|final|first|second|third) year\Z|(?:good|bad|terrible|model|former|slow|ex) student", re.IGNORECASE)),
    rule("school", rf"{MAYBE_BE}(?:graduated|graduating)\s+from\s+(?:the )?(?P<v>[^\W_][\w'. -]{{1,40}}?){END}", NEAR, refused=re.compile(r"(?:college|uni|university|high school|school|college)\Z", re.IGNORECASE)),
    rule("school", rf"\s*(?:{OFTEN}\s+)*(?:dropped out(?: of (?:college|uni|university" r"|school|high school|med school|law school|grad school))?|(?:quit|left) (?:college|uni|university|school|grad school|high school))\b", SELF, negated=True),
)
