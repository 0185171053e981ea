"""Times, counts and names in the words people use.

Before this on the path: figures and aware times from the service. After it: a label on a page.
Every function gives plain text; names from outside stay hostile and must end in a ``PlainLabel``.
"""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

from detectors.contract.finding import Subject

_SEPARATOR = "  ·  "
_ARROW = "  \u203a  "
_MINUTE_S = 60
_HOUR_S = 3600
_DAYS_WITH_A_NAME = 7
"""Younger than this, a weekday's name is enough."""


def join_facts(*facts: str) -> str:
    """Put short facts on one line, leaving out the empty ones."""
    return _SEPARATOR.join(fact for fact in facts if fact)


def say_number(number: int) -> str:
    """Write a number with the separators of the reader's country."""
    return QLocale().toString(number)


def say_clock(at: datetime) -> str:
    """Say the time of day on this computer's clock."""
    here = at.astimezone()
    return QLocale().toString(QTime(here.hour, here.minute), "HH:mm")


def say_date(day: date) -> str:
    """Say a day with its weekday, without the year."""
    pattern = QCoreApplication.translate("Words", "dddd d MMMM", "pattern of a date, as in Monday 23 November")
    return QLocale().toString(QDate(day.year, day.month, day.day), pattern)


def say_weekday(day: date, *, short: bool = False) -> str:
    """Say the weekday's name."""
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    return QLocale().dayName(day.isoweekday(), form)


def say_day(day: date, today: date) -> str:
    """Say "Today", "Yesterday" or the weekday; older days have no short name."""
    age_days = (today - day).days
    if age_days == 0:
        return QCoreApplication.translate("Words", "Today")
    if age_days == 1:
        return QCoreApplication.translate("Words", "Yesterday")
    return say_weekday(day).capitalize() if 0 < age_days < _DAYS_WITH_A_NAME else ""


def say_when(at: datetime, now: datetime | None = None) -> str:
    """Say when something happened as a person would: "today at 09:10"."""
    here = at.astimezone()
    now_here = (now or datetime.now().astimezone()).astimezone()
    age_days = (now_here.date() - here.date()).days
    clock = say_clock(at)
    if age_days == 0:
        return QCoreApplication.translate("Words", "today at {clock}").format(clock=clock)
    if age_days == 1:
        return QCoreApplication.translate("Words", "yesterday at {clock}").format(clock=clock)
    day = say_weekday(here.date()) if 0 < age_days < _DAYS_WITH_A_NAME else say_date(here.date())
    return QCoreApplication.translate("Words", "{day} at {clock}").format(day=day, clock=clock)


def say_how_long_ago(at: datetime, now: datetime | None = None) -> str:
    """Say "just now" and minutes for what is fresh, the time for the rest."""
    now_here = (now or datetime.now().astimezone()).astimezone()
    age_s = (now_here - at).total_seconds()
    if 0 <= age_s < _MINUTE_S:
        return QCoreApplication.translate("Words", "just now")
    if 0 <= age_s < _HOUR_S:
        return QCoreApplication.translate("Words", "%n minute(s) ago", "", int(age_s // _MINUTE_S))
    return say_when(at, now_here)


def say_duration(seconds: float) -> str:
    """Say how long something took, rounded as people round."""
    if seconds < _MINUTE_S:
        return QCoreApplication.translate("Words", "%n second(s)", "", max(1, round(seconds)))
    if seconds < 2 * _HOUR_S:
        return QCoreApplication.translate("Words", "%n minute(s)", "", round(seconds / _MINUTE_S))
    return QCoreApplication.translate("Words", "%n hour(s)", "", round(seconds / _HOUR_S))


def say_time_left(seconds_left: tuple[float, float] | None) -> str:
    """Say the guess of what is left as a range, or nothing while there is no fair guess."""
    if seconds_left is None:
        return ""
    least, most = (max(1, round(seconds / _MINUTE_S)) for seconds in seconds_left)
    if seconds_left[1] < _MINUTE_S:
        return QCoreApplication.translate("Words", "Less than a minute left.")
    if least >= most:
        return QCoreApplication.translate("Words", "About %n minute(s) left.", "", most)
    return QCoreApplication.translate("Words", "About {least} to {most} minutes left.").format(
        least=say_number(least), most=say_number(most)
    )


def say_area(subject: Subject) -> str:
    """Name the area a subject belongs to: ``files``, ``programs`` or ``network``."""
    return {"file": "files", "process": "programs"}.get(subject.kind, "network")


def name_of(subject: Subject) -> str:
    """Shorten a subject's name to its last part: hostile text."""
    outer, _, member = subject.name.replace("\\", "/").partition("!")
    last = (member or outer).rstrip("/").rpartition("/")[2]
    return last or subject.name


def place_of(subject: Subject) -> str:
    """Name the folder a file lies in, or the archive a member lies in: hostile text."""
    if subject.kind != "file":
        return ""
    outer, mark, _ = subject.name.replace("\\", "/").rpartition("!")
    if mark:
        return outer.rpartition("/")[2].rpartition("!")[2]
    folder = subject.name.replace("\\", "/").rpartition("/")[0]
    return folder.rpartition("/")[2]


def say_folder(path: str, depth: int = 3) -> str:
    """Show the last folders of a path with an arrow between them: hostile text."""
    parts = [part for part in path.replace("\\", "/").split("/") if part]
    return _ARROW.join(parts[-depth:])
