"""Everything that can go wrong, by name: errors with a code, and the reasons why a thing was not looked at.

Codes and keys cross the wall; sentences live in ``resources/texts`` (``skip.<reason>``, ``error.<code>``).
"""

from __future__ import annotations

import enum
from dataclasses import dataclass, field

from detectors.contract.finding import Scalar, Subject


class SkipReason(enum.StrEnum):
    """Why something was not, or not fully, looked at. Texts: ``skip.<reason>``."""

    NOT_FOUND = "not_found"
    VANISHED = "vanished"
    NO_PERMISSION = "no_permission"
    IN_USE = "in_use"
    READ_ERROR = "read_error"
    SYMLINK = "symlink"
    LINK_LOOP = "link_loop"
    FIFO = "fifo"
    SOCKET = "socket"
    DEVICE = "device"
    VIRTUAL_FILESYSTEM = "virtual_filesystem"
    OTHER_KIND = "other_kind"
    NAME_TOO_LONG = "name_too_long"
    FOLDER_TOO_DEEP = "folder_too_deep"
    EXCLUDED = "excluded"
    FILE_TOO_LARGE = "file_too_large"
    FILE_CHANGED = "file_changed"
    ARCHIVE_ENCRYPTED = "archive_encrypted"
    ARCHIVE_DAMAGED = "archive_damaged"
    ARCHIVE_TOO_DEEP = "archive_too_deep"
    ARCHIVE_TOO_LARGE = "archive_too_large"
    ARCHIVE_TOO_MANY_MEMBERS = "archive_too_many_members"
    ARCHIVE_RATIO_TOO_HIGH = "archive_ratio_too_high"
    ARCHIVE_HEADER_LIES = "archive_header_lies"
    ARCHIVE_NOT_SUPPORTED = "archive_not_supported"
    CAPTURE_NOT_SUPPORTED = "capture_not_supported"
    CAPTURE_DAMAGED = "capture_damaged"
    CAPTURE_LINK_UNKNOWN = "capture_link_unknown"
    CAPTURE_CUT = "capture_cut"
    CAPTURE_NOT_INTERNET = "capture_not_internet"
    CARD_WAS_OFF = "card_was_off"
    FLOWS_EVICTED = "flows_evicted"
    RECORDS_DROPPED = "records_dropped"
    RECORDING_EMPTY = "recording_empty"
    ROWS_UNREADABLE = "rows_unreadable"
    ROWS_READ_IN_PART = "rows_read_in_part"
    ROWS_WITHOUT_PROGRAM = "rows_without_program"
    STARTS_MISSED = "starts_missed"
    PACKETS_LOST = "packets_lost"
    FINDINGS_DROPPED = "findings_dropped"
    PROGRAMS_UNKNOWN = "programs_unknown"
    PROGRAMS_HIDDEN = "programs_hidden"
    OTHERS_HIDDEN = "others_hidden"
    FOLDERS_NOT_WATCHED = "folders_not_watched"
    MEMORY_NOT_AVAILABLE = "memory_not_available"
    MEMORY_HIDDEN = "memory_hidden"
    MEMORY_IN_PART = "memory_in_part"
    PROGRAMS_ENDED = "programs_ended"
    RECORDING_NOT_SUPPORTED = "recording_not_supported"
    FOLDER_WITHOUT_RECORDINGS = "folder_without_recordings"
    RECORDING_DAMAGED = "recording_damaged"
    RECORDING_CUT = "recording_cut"
    TIME_LIMIT = "time_limit"
    MEMORY_LIMIT = "memory_limit"
    WORKER_DIED = "worker_died"
    ENGINE_STOPPED = "engine_stopped"
    DETECTOR_FAILED = "detector_failed"
    RULES_BROKEN = "rules_broken"
    MODEL_REFUSED = "model_refused"
    STOPPED = "stopped"
    NOT_LOOKED_AT_YET = "not_looked_at_yet"


@dataclass(frozen=True, slots=True)
class SkippedCheck:
    """Something that was not, or not fully, looked at, and why. Silence must never look like safety."""

    subject: Subject
    """What was left out."""
    reason: SkipReason
    """Why."""
    source: str
    """The input it belongs to, as it was given."""
    values: dict[str, Scalar] = field(default_factory=dict)
    """What the sentence needs, e.g. ``limit_bytes`` or ``signal``."""


class CheckUnfinished(Exception):
    """A detector could not finish with one record; ``worker/child.py`` makes a SkippedCheck of it."""

    def __init__(self, reason: SkipReason, **values: Scalar) -> None:
        super().__init__(reason, values)
        self.reason = reason
        """Why, e.g. ``SkipReason.TIME_LIMIT``."""
        self.values = values
        """What the sentence needs, e.g. ``limit_s``."""


class PlainwatchError(Exception):
    """The root of our own errors: a code that may cross the wall, and the values its sentence needs."""

    code = "unexpected"
    """Stable id; the sentence is ``error.<code>`` in ``resources/texts``."""

    def __init__(self, **values: Scalar) -> None:
        super().__init__(self.code, values)
        self.values = values


class InputUnreadable(PlainwatchError):
    """A named input does not exist or cannot be read at all (``path``)."""

    code = "input_unreadable"


class NoCaptureRight(PlainwatchError):
    """Nobody here may capture live traffic (``interface``)."""

    code = "no_capture_right"


class RulesBroken(PlainwatchError):
    """A rule pack does not compile (``path``, ``line``, ``problem``)."""

    code = "rules_broken"


class ModelRefused(PlainwatchError):
    """A model is missing, is not the one its card names, or gives no numbers (``name``, ``problem``)."""

    code = "model_refused"


class BaselineRefused(PlainwatchError):
    """A baseline is missing, or is no longer what was learned (``number``, ``problem``)."""

    code = "baseline_refused"


class LearningRefused(PlainwatchError):
    """What is usual here is not learned again now (``problem``: ``open_findings``, ``too_few_days``)."""

    code = "learning_refused"


class TrainingRefused(PlainwatchError):
    """A model cannot be trained from this (``problem``: ``needs_extra``, ``few_harmless``, ``few_harmful`` ...)."""

    code = "training_refused"


class WorkerStopped(PlainwatchError):
    """A worker died too often and was not started again (``deaths``)."""

    code = "worker_stopped"


class MessageRefused(PlainwatchError):
    """A message over the wall was too long or not of the agreed form (``problem``)."""

    code = "message_refused"


class StoreDamaged(PlainwatchError):
    """The database cannot be read (``path``)."""

    code = "store_damaged"


class StoreFull(PlainwatchError):
    """Nothing more can be written: the disk is full or the folder is read-only (``path``)."""

    code = "store_full"


class StoreTooNew(PlainwatchError):
    """The database was written by a newer Plainwatch (``path``, ``version``)."""

    code = "store_too_new"


class StoreBusy(PlainwatchError):
    """Another Plainwatch has been writing for too long (``path``)."""

    code = "store_busy"


class SettingRefused(PlainwatchError):
    """A setting or its value is unknown (``name``, ``value``, ``allowed``)."""

    code = "setting_refused"


class FindingUnknown(PlainwatchError):
    """No kept finding has this id (``id``)."""

    code = "finding_unknown"
