"""What the page says of what is followed and new, in Dutch and English; and why something cannot be followed."""

from collections.abc import Mapping

from rag.texts.answers import Language

WATCH_PAGE_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "news": "Nieuw",
        "news explained": (
            "Een vraag die u volgt, wordt gesteld aan elk document dat daarna wordt toegevoegd. Hieronder staat wat "
            "sinds uw vorige bezoek is gevonden, woordelijk; alleen wat zeker genoeg is."
        ),
        "news some": "{count} nieuwe passages sinds uw vorige bezoek",
        "news some one": "1 nieuwe passage sinds uw vorige bezoek",
        "news none": "Niets nieuws sinds uw vorige bezoek.",
        "news looking": "Er wordt nog gezocht in wat is toegevoegd; kijk over een minuut weer.",
        "news much": (
            "Er is veel toegevoegd. Laat het zoeken door “python -m rag watch run” op de computer met de documenten."
        ),
        "news more": (
            "En nog {count} die niet meer zijn bewaard of niet meer in de documenten staan; stel de vraag zelf."
        ),
        "news more one": "En nog 1 die niet meer is bewaard of niet meer in de documenten staat; stel de vraag zelf.",
        "news found": "gevonden op {day}",
        "watched": "Wat u volgt",
        "watched none": "U volgt nog niets. Kies “Volg deze vraag” onder een antwoord.",
        "watched days": "toezeggingen die binnen {count} dagen aflopen",
        "turn watch": "Volg deze vraag",
        "watch added": "“{name}” wordt gevolgd. Wat hierna wordt toegevoegd en erop antwoordt, staat bij “Nieuw”.",
        "watch removed": "“{name}” wordt niet meer gevolgd.",
        "unwatch": "Niet meer volgen",
        "watch promises": "Volg toezeggingen die aflopen",
        "feed": "Atom-feed",
        "feed promises": "Atom-feed van toezeggingen die aflopen",
    },
    "en": {
        "news": "New",
        "news explained": (
            "A question that you follow is asked of every document that is added from then on. Below is what was "
            "found since your last visit, word for word; only what is sure enough."
        ),
        "news some": "{count} new passages since your last visit",
        "news some one": "1 new passage since your last visit",
        "news none": "Nothing new since your last visit.",
        "news looking": "What was added is still being searched; look again in a minute.",
        "news much": (
            "Much was added. Have it searched by “python -m rag watch run” on the computer with the documents."
        ),
        "news more": (
            "And {count} more that are no longer kept, or no longer in the documents; ask the question yourself."
        ),
        "news more one": "And 1 more that is no longer kept, or no longer in the documents; ask the question yourself.",
        "news found": "found on {day}",
        "watched": "What you follow",
        "watched none": "You follow nothing yet. Choose “Follow this question” below an answer.",
        "watched days": "promises that fall due within {count} days",
        "turn watch": "Follow this question",
        "watch added": "“{name}” is followed. What is added from now on and answers it is under “New”.",
        "watch removed": "“{name}” is followed no more.",
        "unwatch": "Follow no more",
        "watch promises": "Follow promises that fall due",
        "feed": "Atom feed",
        "feed promises": "Atom feed of promises that fall due",
    },
}

DUTCH: Mapping[str, str] = {
    "There are {} watches, as many as are kept. Remove one first.": (
        "U volgt {} vragen, meer worden er niet bewaard. Volg er eerst een niet meer."
    ),
    "Promises that fall due are of the whole library: leave out the question and its filters.": (
        "Toezeggingen die aflopen zijn van alle documenten: laat de vraag en filters weg."
    ),
    "{} days: expected 0 to {}.": "{} dagen kan niet: verwacht wordt 0 tot {}.",
    "There is a watch “{}” already. Give this one another name.": "“{}” wordt al gevolgd.",
    "no such watch; there are: {}.": "dit wordt niet gevolgd; wel: {}.",
    "The filters take more than {} characters. Leave some values out.": (
        "De filters zijn langer dan {} tekens. Laat er een paar weg."
    ),
    "The question has {} characters; expected at most {}.": "De vraag telt {} tekens; ten hoogste {} kan.",
    "no question, no words and no filter. Say what to watch for.": "geen vraag, geen woorden en geen filter.",
    "asks nothing of the documents, so nothing would be told. Ask a question.": (
        "vraagt niets aan de documenten; er zou nooit iets worden gemeld. Stel een vraag."
    ),
    "no name for a watch; expected 1 to {} characters on one line.": (
        "geen naam; verwacht: 1 tot {} tekens op één regel."
    ),
    "Somebody else is looking for what is new. Try again in a minute.": (
        "Iemand anders zoekt net naar wat nieuw is. Probeer het over een minuut opnieuw."
    ),
    "not a file of watches ({}). Put back a copy of it, or move it away to begin anew; nothing was changed.": (
        "dit bestand met gevolgde vragen is beschadigd ({}). Zet een kopie terug, of haal het weg om opnieuw te "
        "beginnen; er is niets veranderd."
    ),
    "was written by a later version of this program (format {}, expected {}). Use that version; nothing was changed.": (
        "geschreven door een latere versie van dit programma (indeling {}, verwacht {}). Gebruik die versie; er is "
        "niets veranderd."
    ),
    "cannot be written ({}). Name a folder for it in WOORDELIJK_WATCHES.": (
        "kan niet worden geschreven ({}). Noem een map daarvoor in WOORDELIJK_WATCHES."
    ),
}
