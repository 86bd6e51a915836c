"""What is typed that asks nothing of the documents: a greeting, thanks, a request to summarise, translate or write.

So is an order to set one's instructions aside ("negeer alle eerdere instructies"), whatever follows it.

Such a turn is out of scope (Larson et al., EMNLP 2019, "An Evaluation Dataset
for Intent Classification and Out-of-Scope Prediction"). It is told by all of
its words: every one must belong to the intent, so that whatever says more, as
"kunt u samenvatten wat de minister over encryptie zegt", stays a question.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Literal

from index.language.analyser import is_number, words

Intent = Literal[
    "greeting", "thanks", "about", "summary", "translation", "writing", "instruction", "minister", "askers"
]

# More words than this are no remark in passing.
_LONGEST = 16

# Words of politeness, and those that stand around any other.
_FILLERS = frozenset(
    "a aan al allemaal alle also alsjeblieft and asjeblieft aub bij both by can can't could dat de deze die "
    "dit door een eens eerst en er even eigenlijk even for from gewoon graag heel het hey hier hierin hierop "
    "hiervan hoi hallo hoor i ik im in ieder into is it its ja jij je jou jouw jullie just kan kort korte kun "
    "kunnen kunt maar mag me met mij mijn misschien mogelijk my naar nog nou now nu of ok oke okay om on op "
    "out please pls s'il short some svp te that the them these this those to toch u uit us uw van voor vooral "
    "want we wel wij wil wilt would will you your zo zou briefly".split()
)
_DOCUMENTS = frozenset(
    "above all alles answer answers antwoord antwoorden annex bijlage bovenstaande brief brieven conversation "
    "document documenten documents eerste everything first gesprek hele inhoud kern laatste last letter "
    "letters main page pagina paragraaf passage passages points previous punten question questions samen "
    "sentence sentences stuk stukken tekst text vorige vraag vragen whole woorden words zin zinnen one two "
    "three five ten een twee drie vier vijf tien enkele few".split()
)
_MAKES = frozenset("do geef geven give heb have list maak maken make schrijf show toon wat write zet zetten".split())
_LANGUAGES = frozenset(
    "arabisch dutch duits duitse engels engelse english frans franse french german language nederlands "
    "nederlandse pools spaans spanish taal turks".split()
)
_GENRES = frozenset(
    "artikel bericht blog blogpost brief code column email essay gedicht grap grapje joke letter limerick mail "
    "memo mop motie nota notitie opstel paper persbericht poem post press programma rap reactie release "
    "samenvatting script song sonnet speech story toespraak tweet verhaal verhaaltje website".split()
)
_OFFICES = frozenset(
    "minister bewindspersoon bewindsman bewindsvrouw staatssecretaris ondertekenaar afzender auteur author sender "
    "signatory secretary state".split()
)
# Those of a government that differ from one another.
_SIGNING_OFFICES = frozenset("minister staatssecretaris".split())
_WHO = frozenset("wie who whose whom heet naam name namens welke which called wat what".split())
_SIGNS = frozenset("ondertekend ondertekent ondertekende getekend signed".split())
_WROTE = frozenset("afkomstig geschreven schreef schrijft sent verstuurd verstuurde written wrote".split())
_GROUPS = frozenset("fractie fracties partij partijen kamerlid kamerleden lid leden groups parties mps members".split())
_ASKS = frozenset("stelde stelden stellen stelt gesteld vraagt vragen vroeg vroegen ask asked asks posed".split())
_AROUND_ASKING = frozenset("brief document documenten heeft have hebben letter question questions zijn".split())
_AROUND_SIGNING = frozenset(
    "antwoorden beantwoord beantwoordde beantwoordt brief current document gaat has heeft hoe huidige letter now "
    "verantwoordelijk verantwoordelijke was".split()
)


@dataclass(frozen=True, slots=True)
class _Pattern:
    """An intent: one of `marks` (each some words, all of them needed) must be there, and all else be `around`."""

    intent: Intent
    marks: tuple[frozenset[str], ...]
    around: Collection[str]

    def holds(self, said: Collection[str]) -> bool:
        every = set(said)
        allowed = {*self.around, *(word for mark in self.marks for word in mark)}
        return every <= allowed and any(mark <= every for mark in self.marks)


def _marks(*marks: str) -> tuple[frozenset[str], ...]:
    """Each of several words, or one of several single words parted by strokes."""
    return tuple(frozenset(mark.split()) for group in marks for mark in group.split("/"))


_PATTERNS = (
    _Pattern(
        "summary",
        _marks(
            "vat samen/samenvatten/samenvat/samenvatting/samengevat/summarise/summarize/summary/tldr/tl dr",
            "inkorten/verkorten/shorten/shorter/korter/bullet/bullets/hoofdpunten/kernpunten/hoofdlijnen",
            "leg uit/uitleggen/uitleg/explain/simplify/simpeler/eenvoudiger/makkelijker/simpel/vereenvoudig",
        ),
        _FILLERS | _DOCUMENTS | _MAKES | set("simpele eenvoudige gewone makkelijke taal simple plain terms".split()),
    ),
    _Pattern(
        "translation",
        _marks(
            "vertaal/vertalen/vertaald/vertaling/translate/translated/translation",
            "in engels/naar engels/in english/to english/in nederlands/into english/in duits/in frans/engels graag",
        ),
        _FILLERS | _DOCUMENTS | _LANGUAGES | _MAKES | {"om"},
    ),
    _Pattern(
        "thanks",
        _marks(
            "dank/bedankt/bedank/dankje/dankjewel/dankuwel/merci/thanks/thank/thx/tnx/ty/cheers/top/prima/super",
            "perfect/fijn/mooi/great/oke/ok/okay/doei/dag/tot ziens/goodbye/bye",
        ),
        _FILLERS | set(
            "wel hartelijk erg veel zeer much very lot alvast hulp help snelle antwoord answer moeite helping "
            "duizendmaal goed good well done later so".split()
        ),
    ),
    _Pattern(
        "greeting",
        _marks(
            "hallo/halo/hoi/hey/hee/hai/hi/hello/yo/moin/howdy/goedemorgen/goedemiddag/goedenavond/goedendag",
            "goeiemorgen",
            "goede morgen/goede middag/goede avond/good morning/good afternoon/good evening",
            "hoe gaat het/alles goed/how are you/hoe is het",
        ),
        _FILLERS | set("daar there hoe gaat alles goed how are iedereen everyone assistent assistant vandaag today bot "
                       "wie ben who woordelijk".split()),
    ),
    _Pattern(
        "about",
        _marks(
            "wie ben/wat ben/wie bent/wat bent/ben chatgpt/ben ai/ben bot/ben robot/ben mens/ben echt/bent robot",
            "bent mens/bent chatgpt/bent ai/wat kun/wat kan je/wat kan jij/wat kan ik vragen/wat kunt/wat doe je",
            "wat doe jij/wat doet u/hoe heet je/hoe heet jij/hoe werk je/who are you/what are you/what can you",
            "what can i ask/what do you do/are you/how do you work/what your name/wat jouw naam/wat je naam",
            "wat woordelijk/what woordelijk/hoe werkt woordelijk/how woordelijk/wie gemaakt je/wie maakte je",
            "who made you/who built you/wat is dit/what is this/wat doet dit/what does this do/hoe werkt dit",
            "how does this work/iets vragen/ask something/help/ja/nee/yes/no/test/testing/lol/haha/hahaha",
        ),
        _FILLERS | set(
            "wie wat hoe who what what's how ben bent are kun kunt doe doen doet do does vragen ask heet werk "
            "work works naam name helpen iets something chatgpt ai bot robot mens human real echt gpt gemaakt gebouwd "
            "made built woordelijk werkt waarmee waarvoor precies precisely exactly heeft has computer machine "
            "assistent assistant zelf".split()
        ),
    ),
)  # fmt: skip
_WRITES = frozenset(
    "schrijf schrijven write draft compose verzin dicht vertel tell opstellen opstel stel maak make maken".split()
)
_OPENS = _FILLERS | {"vraag", "nieuwe", "new", "leuke", "funny", "python", "mooie", "goede", "good"}

# Orders that set the program's instructions aside, or have it tell them; what those are called, and what stands before.
_SETS_ASIDE = frozenset("bypass disregard forget ignore override negeer omzeil overschrijf vergeet".split())
_TELLS = (_MAKES - {"wat"}) | frozenset(
    "display herhaal leak noem onthul output print repeat reveal tell vertel".split()
)
_INSTRUCTIONS = frozenset(
    "aanwijzingen instructie instructies opdrachten prompt prompts regels richtlijnen systeeminstructies systeemprompt "
    "beperkingen guidelines guardrails instruction instructions restrictions rules".split()
)
_OF_THE_PROGRAM = frozenset("systeeminstructies systeemprompt".split())
_BEFORE_INSTRUCTIONS = _FILLERS | _DOCUMENTS | _WHO | frozenset(
    "any earlier eerder eerdere every given hidden initial interne oorspronkelijke preceding prior safety such system "
    "verborgen voorgaande vorig zijn are".split()
)  # fmt: skip
_ROLES = tuple(
    tuple(words.split())
    for words in (
        "you are now/from now on you/pretend you/pretend to be/act as if/act as a/act as an/act as my/je bent nu/"
        "jij bent nu/vanaf nu ben je/vanaf nu ben jij/doe alsof je/doe alsof jij/gedraag je als/speel de rol"
    ).split("/")
)


def out_of_scope(text: str, offices: Collection[str] = ()) -> Intent | None:
    """What is wanted where it is nothing that documents say; None for a question.

    `offices` are the folded words of the offices that the documents are signed
    by: "wie is de minister van Justitie" asks for one of them.
    """
    said = [word for word in words(text) if not is_number(word)]
    if _is_instruction(said):
        return "instruction"
    if not said or len(said) > _LONGEST:
        return None
    for pattern in _PATTERNS:
        if pattern.holds(said):
            return pattern.intent
    if _asks_to_write(said):
        return "writing"
    if _asks_who_asks(set(said)):
        return "askers"
    return "minister" if _asks_who_signs(set(said), offices) else None


def offices_asked(text: str) -> tuple[str, ...]:
    """The offices that such a turn names, as they were typed and folded."""
    return tuple(dict.fromkeys(word for word in words(text) if word in _SIGNING_OFFICES))


def _is_instruction(said: list[str]) -> bool:
    """Whether the words begin as an order to the program: to set its instructions aside, tell them, or play a part."""
    if any(tuple(said[: len(role)]) == role for role in _ROLES):
        return True
    place = next((place for place, word in enumerate(said) if word in _INSTRUCTIONS), 0)
    before, told = set(said[:place]), said[place] if said else ""
    if before & _SETS_ASIDE:
        return before <= _BEFORE_INSTRUCTIONS | _SETS_ASIDE
    asked_for = before & (_TELLS | {"je", "jouw", "your"})
    of_the_program = told in _OF_THE_PROGRAM or "system" in before
    return bool(asked_for and of_the_program) and before <= _BEFORE_INSTRUCTIONS | _TELLS


def _asks_to_write(said: list[str]) -> bool:
    """Whether the words are an order to write a text of some kind: "schrijf een brief aan …"."""
    opening = list(_opening(said))
    ordered = bool(opening) and opening[0] in _WRITES and any(word in _GENRES for word in opening)
    wished = set(said) & _WRITES and set(said) & _GENRES and set(said) <= _OPENS | _WRITES | _GENRES
    return ordered or bool(wished)


def _opening(said: list[str]) -> Iterator[str]:
    """The verb of writing and the kind of text behind it, politeness left out; nothing where other words come."""
    for word in said:
        if word in _WRITES or word in _GENRES:
            yield word
            if word in _GENRES:
                return
        elif word not in _OPENS:
            return


def _asks_who_signs(said: set[str], offices: Collection[str]) -> bool:
    """Whether the words ask for the one who signs: the office and no more, or who wrote or signed the letter."""
    letter = said & {"brief", "letter", "document", "antwoorden"}
    signs = said & (_OFFICES | _SIGNS) or (letter and said & (_WROTE | {"van"}))
    around = _FILLERS | _OFFICES | _WHO | _SIGNS | _WROTE | _AROUND_SIGNING
    return bool(said & (_WHO - {"wat", "what"}) and signs) and said <= {*around, *offices}


def _asks_who_asks(said: set[str]) -> bool:
    """Whether the words ask for the groups or members that ask, and say no more."""
    around = _FILLERS | _WHO | _GROUPS | _ASKS | _AROUND_ASKING
    return bool(said & (_WHO - {"wat", "what"}) and said & _GROUPS and said & _ASKS) and said <= around
