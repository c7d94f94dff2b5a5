"""The word lists of the privacy check, and the phrases that point to one person."""

from pathlib import Path

from workshops.word_lists import word_lists

LISTS = word_lists(Path(__file__).parent / "words.yaml")
TITLES = LISTS["titles"]
NOT_NAMES = LISTS["not_names"] | TITLES
PATIENT = LISTS["patient"]
PERSON = LISTS["person"]
CALLED = frozenset(["called", "named"])
DEPARTMENTS = LISTS["departments"]
BUILDINGS = LISTS["buildings"]
ALSO_WORDS = LISTS["also_words"]
MONTHS = LISTS["months"]
FIRST_NAMES = LISTS["first_names"]

# Alternatives of regular expressions; British spelling, no capitals needed.
JOBS = (
    r"mayor(?:ess)?|vicar|rector|bishop|rabbi|imam|priest|MP|judge|magistrate|footballer|jockey|actor|actress|singer"
    r"|newsreader|weather ?(?:man|woman|girl)|astronaut|lighthouse keeper|coastguard|lifeboat ?(?:man|woman|crew)"
    r"|trawlerman|head ?teacher|headmaster|headmistress|councillor|postmaster|postmistress|blacksmith|farrier"
    r"|gamekeeper|beekeeper|shepherd|olympian|celebrity|racing driver|high sheriff|pub landlord|landlady"
)
LEADERS = (
    r"chief executive|chair(?:man|woman)?|medical director|director|minister|consultant|matron|head of \w+|lord|lady"
)
RELATIVES = (
    r"wife|husband|widow|widower|partner|son|daughter|child|children|mother|father|mum|dad|brother|sister|twin"
    r"|niece|nephew|aunt|uncle|cousin|grand(?:mother|father|son|daughter|child)|nan|in-law"
)
EVENTS = (
    r"(?:plane|train|coach|helicopter) crash|explosion|murder\w*|stabb\w+|hostage|lottery|triplets|quadruplets"
    r"|(?:in|on) the (?:local )?(?:news|papers?|newspapers?|television|telly)|on (?:TV|television)|struck by lightning"
    r"|the (?:only|first|last|youngest|oldest) (?:[\w-]+ ){0,3}?(?:man|woman|boy|girl|person|patient|child|baby|family)"
)
SMALL_PLACES = (
    r"village|hamlet|island|farm(?:house)?|caravan (?:park|site)|convent|monastery|lighthouse|fishing port|small town"
    r"|travellers?['’]? site|barracks"
)
RARE_CONDITIONS = (
    r"male breast cancer|(?:man|gentleman|boy|husband|father|brother|son) with breast cancer|rare (?:\w+ )?(?:cancer|"
    r"tumour|condition|disease|disorder|syndrome)|sarcoma|mesothelioma|chordoma|retinoblastoma|neuroblastoma|thymoma"
    r"|ph(?:a)?eochromocytoma|merkel cell|medulloblastoma|nephroblastoma|wilms['’]? tumour|cholangiocarcinoma"
    r"|craniopharyngioma|acoustic neuroma|uveal melanoma|ocular melanoma|anal cancer|penile cancer|vulval cancer"
    r"|anaplastic thyroid|huntington['’]?s|motor neurone|cystic fibrosis|haemophilia|sickle cell|xeroderma"
    r"|ataxia telangiectasia|li[- ]fraumeni|von hippel|neurofibromatosis|conjoined|pregnant"
)
