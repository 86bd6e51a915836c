"""The own words of the page with promises and refusals, in Dutch and in English."""

from collections.abc import Mapping

from rag.texts.answers import Language

PROMISES_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Toezeggingen en weigeringen",
        "explained": "Zinnen waarin de minister iets toezegt, zich voorneemt of weigert, letterlijk en met vindplaats. "
        "Wat een dag noemt die voorbij is, staat bovenaan.",
        "filters": "Filters",
        "kind promise": "Toezeggingen",
        "kind refusal": "Weigeringen",
        "until": "Uiterlijk op",
        "until as": "2026-12-31 of juli 2026",
        "what by": "Wat betekent “uiterlijk”, en hoe zeker is dit?",
        "by is": "Tussen aanhalingstekens staat het moment in de woorden van het document. De dag ernaast is door ons "
        "berekend: de laatste dag van dat moment, gerekend vanaf de datum van het document. Is die dag voorbij, dan "
        "zegt dat niets over de vraag of de toezegging is nagekomen; dat staat hier niet.",
        "how sure": "Regels vinden deze zinnen; zij missen er enkele en houden er enkele ten onrechte voor een "
        "toezegging. Lees elke zin voordat u erop vertrouwt.",
        "promises": "{count} toezeggingen",
        "promises one": "1 toezegging",
        "refusals": "{count} weigeringen",
        "refusals one": "1 weigering",
        "overdue": "van {count} is de dag voorbij",
        "overdue one": "van 1 is de dag voorbij",
        "group overdue": "Dag voorbij ({count})",
        "about overdue": "De laatste dag van het genoemde moment ligt vóór vandaag. Of de toezegging is nagekomen, "
        "staat hier niet.",
        "group due": "Nog te komen ({count})",
        "about due": "De laatste dag van het genoemde moment is vandaag of later.",
        "group moment": "Met een moment, zonder dag ({count})",
        "about moment": "Het document noemt een moment waaruit geen dag volgt, of heeft zelf geen datum.",
        "group promised": "Zonder moment ({count})",
        "about promised": "Het document noemt geen moment.",
        "group refused": "Weigeringen ({count})",
        "about refused": "Wat de minister afwijst, wat niet kan, en wat niet bekend is.",
        "stated": "moment: {words}",
        "by": "uiterlijk {day}",
        "passed": "{count} dagen voorbij",
        "passed one": "1 dag voorbij",
        "to": "aan: {words}",
        "rule promise": "Regel voor toezeggingen:",
        "rule refusal": "Regel voor weigeringen:",
        "csv": "Download als tabel (CSV)",
        "ics": "Zet in agenda (ICS)",
        "no ics": "Geen ervan noemt een dag voor in de agenda.",
        "none": "In de documenten zijn geen toezeggingen of weigeringen gevonden.",
        "none so": "Met deze filters is niets gevonden.",
        "no kind": "“{value}” is geen soort; kies uit {kinds}.",
        "no day": "“{value}” is geen dag, maand of jaar; schrijf bijvoorbeeld 2026-07-01 of juli 2026.",
    },
    "en": {
        "title": "Promises and refusals",
        "explained": "Sentences in which the minister promises, intends or refuses something, verbatim and with where "
        "they stand. What states a day that has passed comes first.",
        "filters": "Filters",
        "kind promise": "Promises",
        "kind refusal": "Refusals",
        "until": "Due by",
        "until as": "2026-12-31 or juli 2026",
        "what by": "What does “due by” mean, and how sure is this?",
        "by is": "Between quotation marks stands the moment in the document's words. The day beside it was computed by "
        "us: the last day of that moment, counted from the date of the document. That it has passed says nothing of "
        "whether the promise was kept; that is not told here.",
        "how sure": "Rules find these sentences; they miss some, and take some for a promise that are none. Read each "
        "before you rely on it.",
        "promises": "{count} promises",
        "promises one": "1 promise",
        "refusals": "{count} refusals",
        "refusals one": "1 refusal",
        "overdue": "of {count} the day has passed",
        "overdue one": "of 1 the day has passed",
        "group overdue": "Day has passed ({count})",
        "about overdue": "The last day of the stated moment lies before today. Whether the promise was kept is not "
        "told here.",
        "group due": "Yet to come ({count})",
        "about due": "The last day of the stated moment is today or later.",
        "group moment": "With a moment, without a day ({count})",
        "about moment": "The document states a moment that no day can be told of, or has no date itself.",
        "group promised": "Without a moment ({count})",
        "about promised": "The document states no moment.",
        "group refused": "Refusals ({count})",
        "about refused": "What the minister declines, what is not possible, and what is not known.",
        "stated": "moment: {words}",
        "by": "by {day}",
        "passed": "{count} days ago",
        "passed one": "1 day ago",
        "to": "to: {words}",
        "rule promise": "Rule for promises:",
        "rule refusal": "Rule for refusals:",
        "csv": "Download as a table (CSV)",
        "ics": "Put in a calendar (ICS)",
        "no ics": "None of them states a day for a calendar.",
        "none": "No promises or refusals were found in the documents.",
        "none so": "Nothing was found with these filters.",
        "no kind": "“{value}” is no kind; choose from {kinds}.",
        "no day": "“{value}” is no day, month or year; write for example 2026-07-01 or juli 2026.",
    },
}
