"""English words by kind, as parts of patterns."""

# fmt: off

from typing import Final

KIN: Final = (
    r"(?:(?:step|half-?|grand)?-?(?:mother|father|mom|mum|mam|mama|mommy|dad|daddy|papa|brother|bro"
    r"|sister|sis|son|daughter|kid|child|sibling)|grandma|grandpa|granny|nana|gran|granddad|grandad"
    r"|grandparents?|parents|folks|twins?|uncle|aunt|auntie|aunty|cousin|nephew|niece|baby|toddler"
    r"|(?:mother|father|sister|brother)-in-law|godmother|godfather|in-laws)"
)
PARTNER: Final = (
    r"(?:boyfriend|girlfriend|bf|gf|husband|hubby|wife|wifey|fianc[eé]e?|partner|spouse|gfriend)"
)
PET: Final = (
    r"(?:cat|dog|kitten|kitty|puppy|pup|pupper|doggo|hamster|rabbit|bunny|parrot|budgie|parakeet"
    r"|cockatiel|guinea pig|turtle|tortoise|goldfish|fish|betta|snake|gecko|lizard|ferret|horse"
    r"|pony|hedgehog|chinchilla|gerbil|rat|mouse|chicken|duck|goat|bird|canary|iguana|axolotl"
    r"|bearded dragon|(?:golden |labrador |black |chocolate )?retriever|labrador|lab|poodle|corgi"
    r"|husky|beagle|pug|dachshund|bulldog|german shepherd|border collie"
    r"|greyhound|chihuahua|shih tzu"
    r"|labradoodle|cockapoo|pitbull|rottweiler|terrier|spaniel|tabby|maine coon|ragdoll|siamese"
    r"|calico|shiba(?: inu)?|dalmatian|mutt|rescue)"
)
COUNT: Final = (
    r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|several|a couple(?: of)?|a few)"
)
TRADE: Final = (
    r"(?:nurse|teacher|doctor|vet|veterinarian|paramedic|surgeon|dentist|pharmacist|therapist"
    r"|psychologist|psychiatrist|midwife|engineer|developer|dev|programmer|coder|designer|architect"
    r"|analyst|scientist|researcher|professor|lecturer|tutor|librarian|lawyer|attorney|paralegal"
    r"|solicitor|barrister|judge|accountant|bookkeeper|auditor|banker|trader|broker|manager"
    r"|consultant|recruiter|secretary|receptionist|assistant|clerk|cashier|salesman|saleswoman"
    r"|salesperson|realtor|marketer|copywriter|writer|author|novelist|poet|journalist|reporter"
    r"|editor|translator|interpreter|illustrator|artist|painter|sculptor|photographer|videographer"
    r"|filmmaker|director|producer|actor|actress|musician|singer|dancer|dj|composer|drummer"
    r"|guitarist|pianist|cellist|violinist|comedian|streamer|youtuber|model|chef|cook|baker|barista"
    r"|bartender|waiter|waitress|butcher|farmer|gardener|florist|fisherman|carpenter|electrician"
    r"|plumber|mechanic|welder|builder|roofer|mason|machinist|technician|driver|trucker|pilot"
    r"|sailor|soldier|marine|firefighter|fireman|policeman|policewoman|cop|detective|officer|guard"
    r"|lifeguard|janitor|cleaner|housekeeper|nanny|babysitter|caregiver|carer|social worker|postman"
    r"|mailman|courier|flight attendant|stewardess|tour guide|hairdresser|barber|tailor"
    r"|tattoo artist|coach|trainer|referee|athlete|priest|pastor|rabbi|monk|nun|biologist|chemist"
    r"|physicist|geologist|astronomer|mathematician|economist|historian|archaeologist|linguist"
    r"|statistician|optician|optometrist|radiographer|physio|physiotherapist|dietitian|nutritionist"
    r"|landlord|entrepreneur|founder|ceo|cto|freelancer|sysadmin|plasterer|surveyor|planner"
    r"|stylist|jeweller|jeweler|potter|printer|warehouse worker|factory worker|construction worker"
    r"|care worker|office worker|stay[- ]at[- ]home (?:mom|mum|dad)|housewife|homemaker)"
)
NATION: Final = (
    r"(?:American|Canadian|Mexican|Brazilian|Argentinian|Argentine|Chilean|Peruvian|Colombian"
    r"|Venezuelan|Cuban|British|English|Scottish|Welsh|Irish|French|German|Austrian|Swiss|Italian"
    r"|Spanish|Portuguese|Dutch|Belgian|Danish|Swedish|Norwegian|Finnish|Icelandic|Polish|Czech"
    r"|Slovak|Hungarian|Romanian|Bulgarian|Greek|Turkish|Serbian|Croatian"
    r"|Bosnian|Albanian|Ukrainian"
    r"|Russian|Estonian|Latvian|Lithuanian|Georgian|Armenian|Israeli|Palestinian|Lebanese|Syrian"
    r"|Iraqi|Iranian|Persian|Afghan|Pakistani|Indian|Bangladeshi|Nepali"
    r"|Sri Lankan|Chinese|Taiwanese"
    r"|Hongkonger|Japanese|Korean|Mongolian|Vietnamese|Thai|Filipino|Filipina|Malaysian|Singaporean"
    r"|Indonesian|Australian|Aussie|Kiwi|Egyptian|Moroccan|Algerian|Tunisian|Nigerian|Ghanaian"
    r"|Kenyan|Ethiopian|South African|Jamaican|Texan|Californian|Londoner|New Yorker)"
)
HEALTH: Final = (
    r"(?:asthma|diabetes|adhd|add|autism|aspergers?|epilepsy|migraines?|anxiety|depression|ptsd"
    r"|ocd|bpd|bipolar(?: disorder)?|insomnia|eczema|psoriasis|arthritis|ibs|crohn'?s(?: disease)?"
    r"|colitis|celiac(?: disease)?|coeliac(?: disease)?|endometriosis|pcos|anemia|anaemia|lupus|ms"
    r"|multiple sclerosis|cancer|leukemia|tinnitus|vertigo|scoliosis"
    r"|hypertension|high blood pressure"
    r"|low blood pressure|dyslexia|dyspraxia|narcolepsy|fibromyalgia|hay ?fever|sleep apnea|gout"
    r"|covid|long covid|hiv|thyroid (?:issues|problems)|hypothyroidism|a heart condition"
    r"|a bad (?:back|knee)|glaucoma|hemophilia|haemophilia|tourette'?s|parkinson'?s|(?:panic"
    r"|eating|anxiety|sleep) (?:attacks|disorder)|(?:type (?:1|2|one|two) )diabetes|chronic \w+)"
)
STATE: Final = (
    r"(?:pregnant|diabetic|type (?:1|2|one|two) diabetic|asthmatic|epileptic|autistic|bipolar"
    r"|dyslexic|colou?r ?-?blind|deaf(?: in (?:my|one|the) (?:left "
    r"|right )?ear)?|blind(?: in (?:my|one)"
    r" (?:left |right )?eye)?|hard of hearing|short ?-?sighted|near ?-?sighted"
    r"|far ?-?sighted|anemic"
    r"|anaemic|insulin[- ]dependent|hiv[- ]positive|neurodivergent|bulimic|anorexic|in remission"
    r"|in a wheelchair|disabled|celiac|coeliac)"
)
SIGN: Final = (
    r"(?:aries|taurus|gemini|cancer|leo|virgo|libra|scorpio|sagittarius|capricorn|aquarius|pisces)"
)
TONGUE: Final = (
    r"(?:english|french|german|spanish|portuguese|italian|dutch|danish|swedish|norwegian|finnish"
    r"|polish|czech|hungarian|romanian|greek|turkish|russian|ukrainian|arabic|hebrew|persian|farsi"
    r"|hindi|urdu|bengali|tamil|telugu|punjabi|chinese|mandarin|cantonese|japanese|korean"
    r"|vietnamese|thai|tagalog|malay|indonesian|swahili|latin|irish|welsh|gaelic|catalan|basque"
    r"|esperanto|asl|bsl|sign language|serbian|croatian|bulgarian|icelandic|nepali|mongolian)"
)
MUSIC: Final = (
    r"(?:(?:acoustic |electric |bass |classical )?guitar|piano|keyboards?|violin|viola|cello|bass"
    r"|double bass|drums?|flute|clarinet|oboe|bassoon|saxophone|sax|trumpet|trombone|tuba|horn"
    r"|harp|ukulele|banjo|mandolin|accordion|harmonica|organ|recorder|bagpipes|sitar|koto|erhu"
    r"|synth)"
)
SPORT: Final = (
    r"(?:tennis|football|soccer|basketball|baseball|volleyball|badminton|ping pong|table tennis"
    r"|hockey|rugby|cricket|golf|chess|go|poker|squash|lacrosse|softball|handball|water polo|darts"
    r"|pool|billiards|dnd|d&d)"
)
NOT_NAMES: Final = (
    r"(?:I|He|She|It|We|They|You|U|This|That|These|Those|There|Here|What|Who|Where|When|Why|How"
    r"|Everyone|Everybody|Someone|Somebody|Anyone|Nobody|People|Everything|Something|Nothing|One"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|January|February|March|April|May"
    r"|June|July|August|September|October|November|December|Today|Tomorrow|Yesterday|Tonight|My"
    r"|Your|His|Her|Our|Their|The|A|An|If|And|But|So|Or|Not|No|Yes|Ok|Okay|Lol|God|Life|Love|Work"
    r"|School|Mom|Mum|Dad|Nan|Grandma|Grandpa|Sorry|Fine|Good|Great|Happy|Sad|Tired|Sure|Done|Back"
    r"|Home|Late|Just|Really|Still|Only|Born|Glad|Ready|Bored|Hungry|Sick|Ill|Busy|Alone|Lost|Dead"
    r"|Also|Well|Thanks|Thank|Please|Alive|Serious|Kidding|Curious|Confused|Shocked|Literally|Soo*"
    r"|Very|Too|Getting|Going|Trying|Team|Gen|Batman|Spiderman|Groot|Iron|In|On|At|Out|From|Like"
    r"|New|Old|Single|Married|Vegan|Christian|Muslim|Jewish|Buddhist|Catholic|Hindu|Atheist|Gay"
    r"|Bi|Trans|Asian|African|European|White|Black|Latina|Latino|Catching"
    r"|Feeling|Santa|Satan|Jesus)"
)
