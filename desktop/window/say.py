"""Times, numbers and sizes in human form, in the person's language.

Before this on the path: facts from the service. After it: sentences on pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import PurePosixPath, PureWindowsPath

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QObject, QTime

from desktop.service.events import Progress
from desktop.window import present

A_MINUTE_S = 60
AN_HOUR_S = 3_600
LAST_SECOND = 253_370_764_800
"""The year 9999: later times cannot be written."""


class Counted(QObject):
    """Words that change with a number. In a class, because lupdate sees the number only in ``tr``."""

    def seconds(self, count: int) -> str:
        """Say a number of seconds."""
        return self.tr("%n second(s)", "", count)

    def minutes(self, count: int) -> str:
        """Say a number of minutes."""
        return self.tr("%n minute(s)", "", count)

    def hours(self, count: int) -> str:
        """Say a number of hours."""
        return self.tr("%n hour(s)", "", count)

    def minutes_ago(self, count: int) -> str:
        """Say how long ago it was."""
        return self.tr("%n minute(s) ago", "", count)

    def minutes_left(self, count: int) -> str:
        """Say how long it will take."""
        return self.tr("About %n minute(s) left.", "", count)

    def found(self, count: int) -> str:
        """Say how many were found."""
        return self.tr("%n found", "", count)


def number(locale: QLocale, value: int) -> str:
    """Write a whole number with separators: 48,212."""
    return locale.toString(value)


def size(locale: QLocale, size_bytes: int) -> str:
    """Write a size: 2.1 GB."""
    return locale.formattedDataSize(size_bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)


def moment(seconds: float) -> datetime:
    """Turn seconds since 1970 into a time on this computer's clock, held in bounds: a recording may claim any."""
    return datetime.fromtimestamp(min(max(seconds, 0), LAST_SECOND), tz=UTC).astimezone()


def clock(locale: QLocale, at: datetime) -> str:
    """Write the time of day in this computer's zone: 09:10."""
    local = at.astimezone()
    return locale.toString(QTime(local.hour, local.minute), "HH:mm")


def day(locale: QLocale, at: datetime) -> str:
    """Write the day in full: Monday 23 November."""
    return full_date(locale, at.astimezone().date())


def full_date(locale: QLocale, on: date) -> str:
    """Write a date with its weekday, in the order and with the marks of the language."""
    pattern = QCoreApplication.translate("say", "dddd d MMMM")
    return locale.toString(QDate(on.year, on.month, on.day), pattern)


def short_day(locale: QLocale, at: datetime) -> str:
    """Write the day of the week in short: Tue."""
    local = at.astimezone()
    return locale.dayName(local.isoweekday(), QLocale.FormatType.ShortFormat)


def short_date(locale: QLocale, at: datetime) -> str:
    """Write a day for a narrow place, with its year when it is not this one: 23 Nov."""
    local = at.astimezone()
    is_this_year = local.year == present.now().year
    pattern = QCoreApplication.translate("say", "d MMM")
    pattern = pattern if is_this_year else QCoreApplication.translate("say", "d MMM yyyy")
    return locale.toString(QDate(local.year, local.month, local.day), pattern)


def month(locale: QLocale, iso_date: str) -> str:
    """Write the month of a date that stands in data: June 2024; empty when there is none."""
    try:
        on = date.fromisoformat(iso_date)
    except ValueError:
        return ""
    return locale.toString(QDate(on.year, on.month, on.day), "MMMM yyyy")


def now_word() -> str:
    """Name the present, in a picture."""
    return QCoreApplication.translate("say", "now")


def when(locale: QLocale, at: datetime, now: datetime | None = None) -> str:
    """Say a moment as a person would: today at 09:10, yesterday at 23:40, on Monday 16 November at 08:00."""
    local, today = at.astimezone(), (now or present.now()).astimezone().date()
    if local.date() == today:
        text = QCoreApplication.translate("say", "today at {time}")
    elif local.date() == today - timedelta(days=1):
        text = QCoreApplication.translate("say", "yesterday at {time}")
    else:
        text = QCoreApplication.translate("say", "{day} at {time}")
    return text.replace("{time}", clock(locale, at)).replace("{day}", day(locale, at))


def on_day(locale: QLocale, at: datetime, now: datetime | None = None) -> str:
    """Name a day so that it fits behind a time: today, yesterday, on Monday 16 November."""
    local, today = at.astimezone(), (now or present.now()).astimezone().date()
    if local.date() == today:
        return QCoreApplication.translate("say", "today")
    if local.date() == today - timedelta(days=1):
        return QCoreApplication.translate("say", "yesterday")
    written = day(locale, local) if local.year == today.year else short_date(locale, local)
    return QCoreApplication.translate("say", "on {day}").replace("{day}", written)


def duration(seconds: float) -> str:
    """Say how long something took: 40 seconds, 4 minutes, 2 hours."""
    if seconds < A_MINUTE_S:
        return Counted().seconds(max(round(seconds), 1))
    if seconds < AN_HOUR_S:
        return Counted().minutes(round(seconds / A_MINUTE_S))
    return Counted().hours(round(seconds / AN_HOUR_S))


def time_left(seconds_left: tuple[float, float] | None) -> str:
    """Say how long it will still take, as a range: About 3 to 5 minutes left."""
    if seconds_left is None:
        return ""
    low, high = (max(round(seconds / A_MINUTE_S), 0) for seconds in seconds_left)
    if high < 1:
        return QCoreApplication.translate("say", "Less than a minute left.")
    if low in (0, high):
        return Counted().minutes_left(high)
    text = QCoreApplication.translate("say", "About {low} to {high} minutes left.")
    return text.replace("{low}", str(low)).replace("{high}", str(high))


def counted(locale: QLocale, progress: Progress) -> str:
    """Say how much is done, in files, in bytes of a recording, or in seconds of listening."""
    if progress.unit == "bytes":
        text = QCoreApplication.translate("say", "{done} of {total} read.")
        done, total = (size(locale, value) for value in (progress.done, progress.total))
    elif progress.unit == "seconds":
        text = QCoreApplication.translate("say", "{done} of {total} seconds.")
        done, total = (number(locale, value) for value in (progress.done, progress.total))
    else:
        text = QCoreApplication.translate("say", "{done} of {total} files.")
        if progress.total_is_estimate:
            text = QCoreApplication.translate("say", "{done} of about {total} files.")
        done, total = (number(locale, value) for value in (progress.done, progress.total))
    return text.replace("{done}", done).replace("{total}", total)


def file_name(untrusted_path: str) -> str:
    """Return the last part of a path, whichever separator it uses; of an archive member, the member's."""
    return untrusted_path.replace("\\", "/").rpartition("/")[2].rpartition("!")[2] or untrusted_path


def folder_parts(untrusted_path: str, last: int = 3) -> Sequence[str]:
    """Return the names of the innermost folders, outermost first."""
    pure = PureWindowsPath(untrusted_path) if "\\" in untrusted_path else PurePosixPath(untrusted_path)
    return [part for part in pure.parts if part not in {"/", "\\"}][-last:]
