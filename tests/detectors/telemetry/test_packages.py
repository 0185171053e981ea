"""The package manager's own lists tell whose a file is."""

from __future__ import annotations

import os

from detectors.telemetry.packages import PackageFiles


def test_nobody_keeps_lists_means_unknown(tmp_path):
    assert PackageFiles(str(tmp_path)).holds("/usr/bin/tool") is None


def test_lists_of_debian(tmp_path):
    folder = tmp_path / "var/lib/dpkg/info"
    folder.mkdir(parents=True)
    (folder / "tool.list").write_text("/.\n/usr\n/usr/bin/tool\n/lib/helper\n")
    (folder / "tool.md5sums").write_text("/usr/bin/other\n")
    files = PackageFiles(str(tmp_path))
    assert files.holds("/usr/bin/tool") is True
    assert files.holds("/bin/tool") is True  # the same folder on a merged system
    assert files.holds("/usr/lib/helper") is True
    assert files.holds("/usr/bin/other") is False
    assert files.holds("/tmp/tool") is False
    assert files.holds("/usr/bin/\udcff") is False


def test_lists_are_read_again_after_an_upgrade(tmp_path):
    folder = tmp_path / "var/lib/dpkg/info"
    folder.mkdir(parents=True)
    files = PackageFiles(str(tmp_path))
    assert files.holds("/usr/bin/fresh") is False
    (folder / "fresh.list").write_text("/usr/bin/fresh\n")
    os.utime(folder, (2_000_000_000, 2_000_000_000))
    assert files.holds("/usr/bin/fresh") is True


def test_lists_of_arch(tmp_path):
    folder = tmp_path / "var/lib/pacman/local/tool-1"
    folder.mkdir(parents=True)
    (folder / "files").write_text("%FILES%\nusr/\nusr/bin/tool\n\n%BACKUP%\netc/tool.conf\n")
    files = PackageFiles(str(tmp_path))
    assert files.holds("/usr/bin/tool") is True
    assert files.holds("/etc/tool.conf") is False
