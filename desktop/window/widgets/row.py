"""One finding in a list: what, where and when, how serious. Click or Enter opens it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.window.icons import pixmap
from desktop.window.theme import current_theme
from desktop.window.widgets.label import ElidedLabel, PlainLabel
from desktop.window.widgets.painted import Painted
from desktop.window.widgets.pill import LevelPill
from desktop.window.widgets.shapes import mark_of, tokens_of
from detectors.contract.finding import Level

ICON_OF_REASON = {
    "test_file": "file-text",
    "known_malware_family": "bug",
    "macro_document": "file-warning",
    "document_with_link_in": "file-input",
    "active_pdf": "file-warning",
    "lure_file": "link",
    "disguised_file": "venetian-mask",
    "scrambled_script": "file-code",
    "web_shell": "terminal",
    "hack_tool": "terminal",
    "ransom_note": "file-lock",
    "packed_program": "package",
    "miner_file": "pickaxe",
    "stealer_file": "key-round",
    "exposed_secret": "key-round",
    "archive_not_opened": "file-archive",
    "autorun_media": "usb",
    "exfiltration": "upload",
    "malware_download": "download",
    "beaconing": "clock",
    "c2_channel": "radio",
    "brute_force": "key-round",
    "cleartext_credentials": "key-round",
    "credential_theft_ad": "key-round",
    "suspicious_tls": "lock",
    "crypto_mining": "pickaxe",
    "remote_shell": "terminal",
    "web_attack": "globe",
    "dns_tunnel": "globe",
    "dga": "globe",
    "exploit_attempt": "bug",
    "exploit_kit": "bug",
    "exploit_legacy_client": "bug",
    "new_device": "monitor",
    "tor": "eye-off",
    "office_starts_command": "terminal",
    "hidden_command_line": "eye-off",
    "download_and_run": "download",
    "built_in_tool_misuse": "settings",
    "false_name": "venetian-mask",
    "runs_from_temporary_place": "folder",
    "credential_theft": "key-round",
    "privilege_gain": "key-round",
    "recovery_removed": "hard-drive",
    "protection_stopped": "circle-alert",
    "lateral_tool": "network",
    "staging_and_copying_out": "upload",
    "remote_tunnel": "network",
    "autostart_change": "power",
    "new_account_or_key": "user",
    "reverse_shell": "terminal",
    "busy_stranger": "pickaxe",
    "discovery_burst": "search",
    "mass_file_change": "file-lock",
    "deleted_program_running": "file-x",
    "new_listener": "radio",
    "harm_in_memory": "bug",
    "unusual_program": "cpu",
    **dict.fromkeys(
        (
            "port_scan_vertical",
            "port_scan_horizontal",
            "network_sweep",
            "lateral_movement_smb_rpc",
            "ad_enumeration",
            "arp_spoof",
            "dhcp_attack",
            "rogue_ra",
            "name_poisoning",
            "dos_flood",
            "icmp_tunnel",
            "spam_bot",
            "unusual_traffic",
        ),
        "network",
    ),
}


def icon_of(reason: str) -> str:
    """Name of the line icon for a reason."""
    return ICON_OF_REASON.get(reason, "file-search")


class Tile(Painted):
    """An icon on a soft square in a mark's colours."""

    def __init__(self, icon: str, mark: Level | str, size: int = 40, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._icon, self._mark, self._size = icon, mark_of(mark), size

    def wanted_size(self) -> tuple[float, float]:
        """Square."""
        return self._size, self._size

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw square and icon."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text, soft, _fill = tokens_of(self._mark)
        painter.setPen(QPen(theme.qcolor(text), 1) if theme.name == "contrast" else Qt.PenStyle.NoPen)
        painter.setBrush(theme.qcolor(soft))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), theme.px(10), theme.px(10))
        length = self._size * 0.5
        offset = (self.width() - theme.px(length)) / 2
        painter.drawPixmap(round(offset), round(offset), pixmap(self._icon, text, length))


class ClickRow(QWidget):
    """A row that is one big button: hover, focus ring, Enter and Space."""

    opened = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._is_hovered = False

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open on a click inside."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the press, so that the release comes here too."""
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        self._is_hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go back to the quiet look."""
        self._is_hovered = False
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw hover and focus."""
        del event
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self._is_hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.qcolor("sunken"))
            painter.drawRoundedRect(box, theme.px(10), theme.px(10))
        if self.hasFocus():
            painter.setPen(QPen(theme.qcolor("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box, theme.px(10), theme.px(10))


class FindingRow(ClickRow):
    """A finding as one sentence. ``opened`` is emitted on click and Enter; ``finding_id`` says which."""

    def __init__(
        self, kept: Any, headline: str, place_and_time: str, level: Level | str, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent=parent)
        self.finding_id: str = kept.finding.id
        theme = current_theme()
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        row.setSpacing(theme.px(12))
        row.addWidget(Tile(icon_of(kept.finding.reason), level))
        words = QVBoxLayout()
        words.setSpacing(theme.px(4))
        words.addWidget(PlainLabel(headline, "strong"))
        words.addWidget(ElidedLabel(place_and_time, "small"))
        row.addLayout(words, 1)
        self.pill = LevelPill(level)
        row.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignVCenter)
        arrow = QLabel()
        arrow.setPixmap(pixmap("chevron-right", "text2", 18))
        row.addWidget(arrow, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setAccessibleName(f"{self.pill.text}: {headline}, {place_and_time}")
