"""How English words feel: pleasure, energy and warmth to whom they are said, and the words."""

from typing import Final

# Words that feel like nothing stand here where they hold one that does not.
ENGLISH: Final = """
0.8 0.3 0.9 love you|love u|luv u|luv you|ily|ilysm|adore you|i love ya
0.2 -0.1 0.8 miss you|missed you|miss u|missing you|thinking of you
0.6 0.2 0.8 you're the best|you are the best|ur the best|you're amazing|you're so sweet
0.6 0.1 0.8 you're sweet|you're so kind|so kind of you|so sweet of you|proud of you
0.5 0.1 0.7 like you|i trust you|glad you're here|good to see you|nice to see you
0.5 0.1 0.6 thank you|thank u|thanks|thx|tysm|ty|appreciate it|appreciate you|grateful
0.4 0 0.7 hug|hugs|xoxo|take care|sleep well|sweet dreams|congrats|congratulations
0.4 0.2 0.4 good luck|happy birthday|well done|good job|welcome back
0.9 0.8 0 couldn't be happier|never been happier|never been better
0.9 0.8 0 thrilled|ecstatic|overjoyed|over the moon|best day ever|so excited
0.7 0.8 0 excited|pumped|hyped|stoked|can't wait|cant wait|can not wait|cannot wait
0.7 0.7 0 yay|woohoo|yippee|hooray|woo|let's go|lets go|yesss|yessss
0.7 0.4 0 love|loved|loves|loving|adore|adorable|delighted|amazing|awesome|fantastic
0.7 0.4 0 wonderful|brilliant|gorgeous|incredible|perfect|excellent|beautiful
0.6 0.3 0 happy|happier|happiest|happily|glad|joy|joyful|cheerful|proud|great|fun
0.6 0.3 0 enjoy|enjoyed|enjoying|made my day|better now|feel better|feeling better
0.5 0.5 0 haha|hahaha|hahahaha|hehe|lol|lmao|lmfao|rofl|hilarious|funny|laughing
0.4 0.1 0 nice|cool|sweet|lovely|cute|good|better|best|pleased|lucky|hopeful|i like
0.4 0.1 0 really like|liked it|sounds good|not bad|no worries|no problem|well rested
0.5 -0.4 0 relieved|relief|calm|peaceful|relaxed|relaxing|cozy|cosy|content|phew
0.2 0.8 0 wow|whoa|omg|oh my god|no way|unbelievable
-0.1 0.5 0 wtf|damn|dammit|fucking|freaking
-0.6 -0.4 0 sad|sadder|unhappy|miserable|depressed|depressing|heartbroken|gloomy
-0.6 -0.4 0 lonely|alone|hopeless|empty|grief|grieving|devastated|feel down|i'm down
-0.6 -0.2 0 cry|crying|cried|tears|hurt|hurts|painful|pain|suffering|broke up|died
-0.9 -0.5 0 want to die|wanna die|kill myself|worthless|hate myself|give up on life
-0.5 -0.2 0 disappointed|disappointing|upset|regret|ashamed|guilty|embarrassed|ruined
-0.3 -0.7 0 tired|exhausted|drained|worn out|burned out|burnt out|sleepy|knackered
-0.3 -0.5 0 bored|boring|meh|sigh|sick|ill|headache|fever|feel numb
-0.5 0.5 0 scared|afraid|terrified|anxious|anxiety|nervous|worried|worry|worrying
-0.5 0.5 0 stressed|stressful|stress|panic|panicking|overwhelmed|freaking out
-0.5 0.1 0 bad|worse|worst|awful|terrible|horrible|sucks|sucked|crap|shitty|rough day
-0.5 0.1 0 ugh|damn it|nightmare|failed|unfair|disaster|disgusting|gross
-0.7 0.7 0 angry|furious|mad|rage|pissed|pissed off|livid|fuming|hate|hated|hates
-0.5 0.5 0 annoyed|annoying|irritated|irritating|frustrated|frustrating|fed up
-0.4 0.6 0 fuck|shit|bullshit|goddamn
-0.6 0.6 -0.9 hate you|hate u|fuck you|fuck off|screw you|go to hell|drop dead|shut up
-0.6 0.5 -0.8 you idiot|you moron|you're stupid|you are stupid|you're useless|stupid bot
-0.6 0.5 -0.8 you are useless|dumb bot|useless bot|you suck|you're annoying|shut it|stfu
-0.5 0.2 -0.6 go away|leave me alone|get lost|don't talk to me|sick of you|piss off
-0.4 0.3 -0.3 idiot|moron|stupid|pathetic|useless|loser|asshole|bitch
-0.3 0.1 0.1 sorry|my bad|i apologize|i apologise|forgive me
0 0 0 bad news for|sick beats|mad skills|empty stomach|best before|good morning
0 0 0 good evening|good afternoon|good night|stress test|pain au chocolat
0 0 0 best regards|kind regards|fun fact|good question|all good|no thanks
"""
