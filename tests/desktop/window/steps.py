"""A page on its own with a made-up service, and what a person sees and does there."""

from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from desktop.window.bridge import Bridge
from desktop.window.languages import Languages
from desktop.window.made_up import MadeUpService
from desktop.window.page import PageContext
from desktop.window.pictures import wait
from desktop.window.theme import RESOURCES, Appearance, Theme

languages = Languages(RESOURCES / "translations")  # plurals need the English file


@dataclass
class Navigator:
    """Notes where the person was sent and what was said."""

    sent: list = field(default_factory=list)
    said: list = field(default_factory=list)

    def __getattr__(self, name):
        return lambda *args: self.sent.append((name, *args))

    def say(self, text, *undo_ids):
        self.said.append((text, undo_ids))


class Stage:
    """One page, shown, with everything around it."""

    def __init__(self, page_class, service, size=(1064, 800)):
        self.service, self.navigator, self.bridge = service, Navigator(), Bridge(service)
        self.page = page_class(PageContext(self.bridge, Appearance(Theme()), self.navigator, "en"))
        self.holder = QWidget()  # without a layout, so that the platform is not asked for size hints
        self.page.setParent(self.holder)
        self.holder.resize(*size)
        self.page.resize(*size)
        self.holder.show()

    def enter(self):
        self.page.enter()
        self.settle()
        return self

    def settle(self):
        """Wait until the service has answered and the page has shown it."""
        turns = 0

        def quiet():
            nonlocal turns
            turns = turns + 1 if self.bridge._open_questions == 0 else 0
            return turns > 9  # parts of a page come in turns of their own

        wait(quiet)

    def press(self, name):
        """Press a button as soon as it is there."""
        wait(lambda: any(one.accessibleName() == name for one in buttons(self.page)))
        button(self.page, name).click()

    def start(self, events=None, scope="quick"):
        """Start a check; without ``events`` the made-up one, which goes on until it is stopped."""
        self.bridge.start(events or (lambda service, control: service.check_now(scope, control)), scope=scope)

    def close(self):
        self.service.may_end.set()
        self.bridge.close()
        self.holder.close()
        self.holder.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def on_stage(page_class, story="look", *, is_broken=False, change=None, stays_running=True, size=(1064, 800)):
    """Show a page over a made-up office; ``change`` gets the service first."""
    languages.use("en")
    with TemporaryDirectory() as folder:
        service = MadeUpService(Path(folder), story, is_broken=is_broken, stays_running=stays_running)
        if change:
            change(service)
        stage = Stage(page_class, service, size)
        try:
            yield stage
        finally:
            stage.close()
            service.close()


def rename(kept, name):
    """Give a kept finding's file another name."""
    subject = replace(kept.finding.subject, name=name)
    return replace(kept, finding=replace(kept.finding, subject=subject))


def texts(widget: QWidget) -> list[str]:
    """Everything a person can read there."""
    return [
        getattr(label, "full_text", "") or label.accessibleName() or label.text()
        for label in widget.findChildren(QLabel)
        if label.isVisibleTo(widget)
    ]


def sees(widget: QWidget, text: str) -> bool:
    """Tell whether a text, or a part of one, stands there."""
    return any(text in shown for shown in texts(widget))


def buttons(widget: QWidget, kind: str | None = None) -> list[QAbstractButton]:
    """Buttons a person can see, of one kind or all."""
    return [
        button
        for button in widget.findChildren(QAbstractButton)
        if button.isVisibleTo(widget) and (kind is None or button.property("kind") == kind)
    ]


def button(widget: QWidget, name: str) -> QAbstractButton:
    """Find a button by what it says."""
    return next(one for one in buttons(widget) if one.accessibleName() == name)


def rich_labels(widget: QWidget) -> list[QLabel]:
    """Labels that could take text for markup and hold a tag that is not ours."""
    return [
        label
        for label in widget.findChildren(QLabel)
        if label.textFormat().name != "PlainText" and "<img" in label.text().lower()
    ]
