"""A calendar of the promises that state a day (RFC 5545): each on its last day, with the document's own words."""

from collections.abc import Iterable
from datetime import UTC, datetime, time

from index.errors import WoordelijkError
from rag.promises.register import Found
from rag.texts.answers import TEXTS, Language


class NoDayError(WoordelijkError):
    """There is no day to put in a calendar."""


def promises_calendar(found: Iterable[Found], language: Language) -> bytes:
    """An .ics file of those that have a day; equal promises give equal bytes, so that a calendar knows them again.

    Raises NoDayError where none has one: a calendar without an event is no file that calendars take (RFC 5545, 3.6).
    """
    from icalendar import Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Woordelijk//NL")
    calendar.add("version", "2.0")
    for one in found:
        by = one.promise.by
        if by is None:
            continue
        event = Event()
        event.add(
            "uid", f"{one.document.sha256}-{one.promise.start}-{one.promise.verdict.replace(' ', '-')}@woordelijk"
        )
        event.add("dtstamp", datetime.combine(one.document.date or by, time(), UTC))
        event.add("dtstart", by)
        event.add("summary", TEXTS[language]["promise due"].format(label=one.promise.label, file=one.document.file))
        event.add("description", one.promise.text)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    if not calendar.subcomponents:
        raise NoDayError("None of these promises states a day, so there is nothing for a calendar. Ask for others.")
    written: bytes = calendar.to_ical()
    return written
