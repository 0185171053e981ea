"""Pictures of every page, for people to look at."""

from PySide6.QtGui import QImage

from desktop.window import pictures
from desktop.window.page import STATES


def test_each_page_is_drawn_in_its_four_states(heartbeat, tmp_path, monkeypatch, application):
    heartbeat.allowed_s = 10.0
    monkeypatch.setattr(pictures, "PAGES", ["home", "settings"])
    monkeypatch.setattr(pictures, "qInstallMessageHandler", lambda _handler: None)  # pytest-qt has its own
    paths = pictures.render(tmp_path / "new", "dark", 100, (1000, 700))
    expected = {f"{page}-{state}-dark.png" for page in ("home", "settings") for state in STATES}
    assert {path.name for path in paths} == expected | {"home-calm-dark.png", "home-act-dark.png"}
    images = [QImage(str(path)) for path in paths]
    assert all(image.size().toTuple() == (1000, 700) for image in images)
    assert images[0] != images[2]
