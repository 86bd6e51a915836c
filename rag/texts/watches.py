"""Our sentences around what is new, in Dutch and in English."""

from collections.abc import Mapping

from rag.texts.answers import Language

WATCH_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "added": "“{name}” wordt gevolgd; gemeld wordt wat hierna wordt toegevoegd.",
        "added days": "“{name}” wordt gevolgd; gemeld wordt wat binnen {count} dagen afloopt.",
        "added days one": "“{name}” wordt gevolgd; gemeld wordt wat binnen 1 dag afloopt.",
        "removed": "“{name}” wordt niet meer gevolgd.",
        "no watches": "Er wordt niets gevolgd. Voeg een vraag toe met 'python -m rag watch add VRAAG'.",
        "nothing new": "Niets nieuws.",
        "new": "{name}: {count} nieuwe passages",
        "new one": "{name}: 1 nieuwe passage",
        "more": "… en nog {count} die niet meer zijn bewaard of niet meer in de documenten staan; stel de vraag zelf.",
        "more one": "… en nog 1 die niet meer is bewaard of niet meer in de documenten staat; stel de vraag zelf.",
        "by": "uiterlijk {day}",
        "due": "Uiterlijk {day}: {place}",
        "within": "toezeggingen die binnen {count} dagen aflopen",
        "within one": "toezeggingen die binnen 1 dag aflopen",
        "feed promises": "toezeggingen die aflopen",
    },
    "en": {
        "added": "“{name}” is watched; what is added from now on is told.",
        "added days": "“{name}” is watched; what falls due within {count} days is told.",
        "added days one": "“{name}” is watched; what falls due within 1 day is told.",
        "removed": "“{name}” is watched no more.",
        "no watches": "Nothing is watched. Add a question with 'python -m rag watch add QUESTION'.",
        "nothing new": "Nothing new.",
        "new": "{name}: {count} new passages",
        "new one": "{name}: 1 new passage",
        "more": "… and {count} more that are no longer kept, or no longer in the documents; ask the question yourself.",
        "more one": "… and 1 more that is no longer kept, or no longer in the documents; ask the question yourself.",
        "by": "by {day}",
        "due": "By {day}: {place}",
        "within": "promises that fall due within {count} days",
        "within one": "promises that fall due within 1 day",
        "feed promises": "promises that fall due",
    },
}
