"""Short names for the reasons why something was not looked at; the full sentence comes from the service.

Before this on the path: skipped lines of a check. After it: the card "Not looked at" and the full list.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from detectors.contract.errors import SkipReason

_ICONS = {
    SkipReason.ARCHIVE_ENCRYPTED: "lock",
    SkipReason.NO_PERMISSION: "lock",
    SkipReason.IN_USE: "hand",
    SkipReason.FILE_TOO_LARGE: "hard-drive",
    SkipReason.ARCHIVE_TOO_LARGE: "hard-drive",
    SkipReason.EXCLUDED: "eye-off",
    SkipReason.SYMLINK: "link",
    SkipReason.LINK_LOOP: "link",
    SkipReason.TIME_LIMIT: "clock",
    SkipReason.NOT_LOOKED_AT_YET: "eye-off",
    SkipReason.STOPPED: "square",
    **dict.fromkeys((SkipReason.PROGRAMS_HIDDEN, SkipReason.OTHERS_HIDDEN, SkipReason.MEMORY_HIDDEN), "lock"),
    **dict.fromkeys((SkipReason.STARTS_MISSED, SkipReason.PROGRAMS_ENDED), "clock"),
    SkipReason.NOT_FOUND: "file-question-mark",
    SkipReason.VANISHED: "file-question-mark",
}


def skip_icon(reason: SkipReason) -> str:
    """Name the picture of a reason."""
    if reason.value.startswith("archive_"):
        return _ICONS.get(reason, "file-archive")
    return _ICONS.get(reason, "file-x")


def skip_name(reason: SkipReason) -> str:
    """Name a reason in a few words."""
    translate = QCoreApplication.translate
    names = {
        SkipReason.NOT_FOUND: translate("skip", "Not there"),
        SkipReason.VANISHED: translate("skip", "Gone in the meantime"),
        SkipReason.NO_PERMISSION: translate("skip", "Not open to this account"),
        SkipReason.IN_USE: translate("skip", "In use by another program"),
        SkipReason.READ_ERROR: translate("skip", "The disk gave an error"),
        SkipReason.SYMLINK: translate("skip", "Only points elsewhere"),
        SkipReason.LINK_LOOP: translate("skip", "Points back to itself"),
        SkipReason.FIFO: translate("skip", "Not a real file"),
        SkipReason.SOCKET: translate("skip", "Not a real file"),
        SkipReason.DEVICE: translate("skip", "A device, not a file"),
        SkipReason.VIRTUAL_FILESYSTEM: translate("skip", "Made by the system itself"),
        SkipReason.OTHER_KIND: translate("skip", "Not a real file"),
        SkipReason.NAME_TOO_LONG: translate("skip", "Name too long"),
        SkipReason.FOLDER_TOO_DEEP: translate("skip", "Too many folders inside each other"),
        SkipReason.EXCLUDED: translate("skip", "Left out on request"),
        SkipReason.FILE_TOO_LARGE: translate("skip", "Too large to read in full"),
        SkipReason.FILE_CHANGED: translate("skip", "Changed while we looked"),
        SkipReason.ARCHIVE_ENCRYPTED: translate("skip", "Locked with a password"),
        SkipReason.ARCHIVE_DAMAGED: translate("skip", "Damaged packed file"),
        SkipReason.ARCHIVE_TOO_DEEP: translate("skip", "Packed too many times"),
        SkipReason.ARCHIVE_TOO_LARGE: translate("skip", "Packed file too large"),
        SkipReason.ARCHIVE_TOO_MANY_MEMBERS: translate("skip", "Too many files packed together"),
        SkipReason.ARCHIVE_RATIO_TOO_HIGH: translate("skip", "Packed suspiciously small"),
        SkipReason.ARCHIVE_HEADER_LIES: translate("skip", "Packed file with false labels"),
        SkipReason.ARCHIVE_NOT_SUPPORTED: translate("skip", "Packed in a way we cannot open"),
        SkipReason.CAPTURE_NOT_SUPPORTED: translate("skip", "Not a recording we can read"),
        SkipReason.CAPTURE_DAMAGED: translate("skip", "Damaged recording"),
        SkipReason.CAPTURE_LINK_UNKNOWN: translate("skip", "A kind of network we cannot read"),
        SkipReason.CAPTURE_CUT: translate("skip", "Packets recorded only in part"),
        SkipReason.CAPTURE_NOT_INTERNET: translate("skip", "Locked or other packets"),
        SkipReason.CARD_WAS_OFF: translate("skip", "Network card was off"),
        SkipReason.FLOWS_EVICTED: translate("skip", "Too many conversations at once"),
        SkipReason.RECORDS_DROPPED: translate("skip", "Too many messages to read them all"),
        SkipReason.PACKETS_LOST: translate("skip", "Packets lost while listening"),
        SkipReason.FINDINGS_DROPPED: translate("skip", "Too many findings of one kind"),
        SkipReason.RECORDING_EMPTY: translate("skip", "An empty recording"),
        SkipReason.RECORDING_NOT_SUPPORTED: translate("skip", "Not a recording we can read"),
        SkipReason.FOLDER_WITHOUT_RECORDINGS: translate("skip", "Not a recording we can read"),
        SkipReason.RECORDING_DAMAGED: translate("skip", "Damaged recording"),
        SkipReason.RECORDING_CUT: translate("skip", "Recording ends too early"),
        SkipReason.ROWS_UNREADABLE: translate("skip", "Lines we could not read"),
        SkipReason.ROWS_READ_IN_PART: translate("skip", "Lines read only in part"),
        SkipReason.ROWS_WITHOUT_PROGRAM: translate("skip", "Lines about unknown programs"),
        SkipReason.STARTS_MISSED: translate("skip", "Starts that were too short to see"),
        SkipReason.PROGRAMS_HIDDEN: translate("skip", "Programs of other accounts"),
        SkipReason.OTHERS_HIDDEN: translate("skip", "Programs of other accounts"),
        SkipReason.FOLDERS_NOT_WATCHED: translate("skip", "Folders we could not watch"),
        SkipReason.PROGRAMS_ENDED: translate("skip", "Programs that ended too soon"),
        SkipReason.MEMORY_NOT_AVAILABLE: translate("skip", "Memory of programs is closed to us"),
        SkipReason.MEMORY_HIDDEN: translate("skip", "Memory is not open to this account"),
        SkipReason.MEMORY_IN_PART: translate("skip", "Too much memory to look at"),
        SkipReason.PROGRAMS_UNKNOWN: translate("skip", "Programs we could not name"),
        SkipReason.MODEL_REFUSED: translate("skip", "A model could not be used"),
        SkipReason.TIME_LIMIT: translate("skip", "Took too long"),
        SkipReason.MEMORY_LIMIT: translate("skip", "Needed too much memory"),
        SkipReason.WORKER_DIED: translate("skip", "One part of the check stopped"),
        SkipReason.ENGINE_STOPPED: translate("skip", "One part of the check stopped"),
        SkipReason.DETECTOR_FAILED: translate("skip", "One part of the check failed"),
        SkipReason.RULES_BROKEN: translate("skip", "A rule could not be used"),
        SkipReason.STOPPED: translate("skip", "The check was stopped before"),
        SkipReason.NOT_LOOKED_AT_YET: translate("skip", "Not looked at yet"),
    }
    return names.get(reason, translate("skip", "Another reason"))
