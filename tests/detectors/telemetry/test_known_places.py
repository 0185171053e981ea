"""Places that start programs or let people in: found in scratch roots, compared, and read with bounds."""

from __future__ import annotations

import os
import plistlib
import sys
from pathlib import Path

import pytest

from detectors.telemetry import known_places
from detectors.telemetry.known_places import PlaceReader, compare_places, look_at_places, read_places
from detectors.telemetry.places_windows import add_windows_places

PASSWD = "root:x:0:0:root:/root:/bin/bash\nmaria:x:1000:1000:Maria,,,:/home/maria:/bin/bash\n_svc:x:101:101::/:/usr/sbin/nologin\n"
KEY = "ssh-ed25519 " + "A" * 60


def put(root: Path, path: str, content: str | bytes = "") -> Path:
    file = root / path.lstrip("/")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.fixture
def root(tmp_path):
    """A small Linux: accounts, one line of cron, one service, one profile."""
    put(tmp_path, "/etc/passwd", PASSWD)
    put(tmp_path, "/etc/crontab", "SHELL=/bin/sh\n# comment\n17 * * * * root cd / && run-parts /etc/cron.hourly\n")
    put(tmp_path, "/etc/systemd/system/notes.service", "[Service]\nExecStart=/usr/bin/notes --serve\n")
    put(tmp_path, "/home/maria/.bashrc", "# mine\nalias ll='ls -l'\n")
    return tmp_path


def changes_of(root: Path, change, system: str = "linux"):
    before = look_at_places(str(root), system)
    change()
    return compare_places(before, look_at_places(str(root), system), 5.0, str(root))


def test_a_small_system_is_listed_with_what_it_starts(root):
    items = {(one.place, one.item): one for one in look_at_places(str(root), "linux")}
    assert items["cron", "/etc/crontab"].starts == "cd / && run-parts /etc/cron.hourly"
    assert items["cron", "/etc/crontab"].user == "root"
    assert items["systemd", "/etc/systemd/system/notes.service"].starts == "/usr/bin/notes --serve"
    assert items["shell_profile", "/home/maria/.bashrc"].user == "maria"
    assert items["account", "root"].user == "superuser"
    assert items["account", "_svc"].starts == "/usr/sbin/nologin"


def test_nothing_changed_gives_no_changes(root):
    assert changes_of(root, lambda: None) == []


def test_a_comment_changes_nothing(root):
    assert changes_of(root, lambda: put(root, "/home/maria/.bashrc", "# other words\nalias ll='ls -l'\n")) == []


@pytest.mark.parametrize(
    ("path", "content", "place", "starts"),
    [
        ("/etc/cron.d/x", "*/5 * * * * root /opt/x/run -q\n", "cron", "/opt/x/run -q"),
        ("/var/spool/cron/crontabs/maria", "@reboot /home/maria/x\n", "cron", "/home/maria/x"),
        ("/etc/cron.daily/x", "#!/bin/sh\n", "cron", "/etc/cron.daily/x"),
        ("/var/spool/cron/atjobs/a1", "#!/bin/sh\ncd /\n/opt/x\n", "task", "/opt/x"),
        ("/etc/systemd/system/x.timer", "[Timer]\nOnCalendar=daily\nUnit=x.service\n", "systemd", "daily; x.service"),
        ("/home/maria/.config/systemd/user/x.service", "[Service]\nExecStart=/opt/x\n", "systemd", "/opt/x"),
        ("/etc/profile.d/x.sh", "/opt/x &\n", "shell_profile", "/opt/x &"),
        ("/root/.zshrc", "/opt/x\n", "shell_profile", "/opt/x"),
        ("/home/maria/.config/autostart/x.desktop", "[Desktop Entry]\nExec=/opt/x\n", "autostart", "/opt/x"),
        ("/etc/ld.so.preload", "/opt/x.so\n", "preload", "/opt/x.so"),
        ("/etc/rc.local", "/opt/x\n", "startup_script", "/opt/x"),
        ("/etc/udev/rules.d/9.rules", 'ACTION=="add", RUN+="/opt/x"\n', "device_rule", "/opt/x"),
        ("/etc/sudoers.d/x", "maria ALL=(ALL) NOPASSWD: ALL\n", "sudo", "maria ALL=(ALL) NOPASSWD: ALL"),
        ("/root/.ssh/authorized_keys", f'command="/opt/x" {KEY} a@b\n', "ssh_key", "/opt/x"),
    ],
)
def test_each_new_place_is_told_with_what_it_starts(root, path, content, place, starts):
    (change,) = changes_of(root, lambda: put(root, path, content))
    assert (change.place, change.item, change.change) == (place, path, "created")
    assert (change.starts, change.at_s) == (starts, 5.0)


def test_one_new_line_of_a_file_is_told_alone(root):
    table = root / "etc/crontab"
    (change,) = changes_of(root, lambda: table.write_text(table.read_text() + "* * * * * root /tmp/x\n"))
    assert (change.change, change.starts, change.user) == ("modified", "/tmp/x", "root")


def test_what_goes_away_is_told(root):
    (gone,) = changes_of(root, (root / "etc/systemd/system/notes.service").unlink)
    assert gone.change == "deleted"
    profile = root / "home/maria/.bashrc"
    profile.write_text("a\nb\n")
    (less,) = changes_of(root, lambda: profile.write_text("a\n"))
    assert (less.change, less.starts) == ("modified", None)


def test_accounts_and_groups_are_told(root):
    def change():
        put(root, "/etc/passwd", PASSWD + "jean:x:0:0::/home/jean:/bin/sh\n")
        put(root, "/etc/group", "sudo:x:27:jean,maria\n")

    told = {(one.place, one.item): one for one in changes_of(root, change)}
    assert told["account", "jean"].user == "superuser"
    assert set(told) == {("account", "jean"), ("group", "sudo: jean"), ("group", "sudo: maria")}


def test_a_changed_password_is_no_change(root):
    assert changes_of(root, lambda: put(root, "/etc/passwd", PASSWD.replace("maria:x:", "maria:y:"))) == []


def test_a_service_that_is_switched_on_is_told(root):
    link = root / "etc/systemd/system/multi-user.target.wants/notes.service"
    link.parent.mkdir()
    (change,) = changes_of(root, lambda: link.symlink_to("/etc/systemd/system/notes.service"))
    assert change.item.endswith("wants/notes.service")


def test_a_package_that_brings_a_file_is_known(root):
    def install():
        put(root, "/etc/cron.d/notes", "1 1 * * * root /usr/bin/notes\n")
        put(root, "/var/lib/dpkg/info/notes.list", "/.\n/etc\n/etc/cron.d\n/etc/cron.d/notes\n")

    (change,) = changes_of(root, install)
    assert change.is_packaged is True


def test_links_that_lead_out_of_the_root_are_not_followed(root, tmp_path_factory):
    outside = put(tmp_path_factory.mktemp("outside"), "secret", "made-up secret\n")
    (root / "home/maria/.zshrc").symlink_to(outside)
    (root / "etc/cron.d").symlink_to(outside.parent)
    reader = read_places(str(root), "linux")
    assert reader.unread == 2
    assert not any("secret" in (one.starts or "") for one in reader.items)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_what_is_no_plain_file_is_counted_and_never_waited_for(root):
    os.mkfifo(root / "etc/rc.local")
    (root / "etc/ld.so.preload").mkdir()
    assert read_places(str(root), "linux").unread == 2


def test_a_loop_of_links_and_a_missing_root_raise_nothing(root):
    (root / "home/maria/.profile").symlink_to(root / "home/maria/.profile")
    assert read_places(str(root), "linux").items
    assert look_at_places(str(root / "nowhere"), "linux") == ()


def test_hostile_contents_raise_nothing_and_stay_bounded(root):
    put(root, "/etc/crontab", b"\xff\xfe\0" * 1_000 + b"\n" + b"* " * 100_000 + b"\n" + b"x\n" * 50_000)
    put(root, "/etc/passwd", b"::::::\n" + b"\xff" * 10_000 + b"\na:b:c:d:e:/home/../../..:g\n")
    put(root, "/home/maria/.bashrc", b"echo\n" * 100_000 + b"\xff")
    put(root, "/root/.ssh/authorized_keys", b"ssh-rsa " * 10_000 + b'command="' * 10_000)
    put(root, "/etc/udev/rules.d/x.rules", b'RUN+="' * 50_000)
    items = look_at_places(str(root), "linux")
    assert len(items) < 10_000
    assert all(len(one.starts or "") <= known_places.MAX_STARTS for one in items)


def test_no_more_items_are_kept_than_agreed(root, monkeypatch):
    monkeypatch.setattr(known_places, "MAX_ITEMS", 3)
    reader = read_places(str(root), "linux")
    assert len(reader.items) == 3
    assert reader.is_full


def test_many_new_lines_of_one_file_are_told_up_to_a_number(root):
    told = changes_of(root, lambda: put(root, "/etc/crontab", "".join(f"1 1 * * * root /x{n}\n" for n in range(500))))
    assert len(told) == known_places.MAX_CHANGES_OF_ITEM


def test_a_mac_is_listed(tmp_path):
    agent = {"Label": "x", "ProgramArguments": ["/Users/maria/.x/run", "-q"]}
    put(tmp_path, "/Users/maria/Library/LaunchAgents/x.plist", plistlib.dumps(agent))
    put(tmp_path, "/Library/LaunchDaemons/y.plist", plistlib.dumps({"Program": "/opt/y"}, fmt=plistlib.FMT_BINARY))
    put(tmp_path, "/Library/LaunchDaemons/broken.plist", b"bplist00" + b"\xff" * 40)
    put(
        tmp_path,
        "/private/var/db/dslocal/nodes/Default/users/jean.plist",
        plistlib.dumps({"uid": ["0"], "shell": ["/bin/zsh"]}),
    )
    put(tmp_path, "/private/var/at/tabs/maria", "* * * * * /opt/x\n")
    items = {(one.place, one.item.rpartition("/")[2]): one for one in look_at_places(str(tmp_path), "macos")}
    assert items["launch_agent", "x.plist"].starts == "/Users/maria/.x/run -q"
    assert items["launch_agent", "x.plist"].user == "maria"
    assert items["launch_agent", "y.plist"].starts == "/opt/y"
    assert items["launch_agent", "broken.plist"].starts is None
    assert (items["account", "jean"].starts, items["account", "jean"].user) == ("/bin/zsh", "superuser")
    assert items["cron", "maria"].starts == "* * * * * /opt/x"


class MadeUpRegistry:
    """A registry as a dictionary."""

    def __init__(self, **keys):
        self._keys = keys

    def values(self, hive, key):
        yield from self._keys.get(hive, {}).get(key, {}).items()

    def keys(self, hive, key):
        for name in self._keys.get(hive, {}):
            if name.startswith(key + "\\") and "\\" not in name[len(key) + 1 :]:
                yield name[len(key) + 1 :]


def test_a_windows_is_listed(tmp_path):
    run = "Software\\Microsoft\\Windows\\CurrentVersion\\Run"
    services = "SYSTEM\\CurrentControlSet\\Services"
    people = "SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\\ProfileList"
    registry = MadeUpRegistry(
        HKCU={run: {"Notes": "C:\\Temp\\notes.exe -q"}},
        HKLM={
            f"{services}\\notes": {"ImagePath": "C:\\Notes\\notes.exe", "Type": "0x10"},
            f"{services}\\disk": {"ImagePath": "drivers\\disk.sys", "Type": "0x1"},
            f"{people}\\S-1-5-21-1-2-3-1001": {"ProfileImagePath": "C:\\Users\\jean"},
            f"{people}\\S-1-5-18": {"ProfileImagePath": "C:\\Windows\\System32\\config\\systemprofile"},
        },
    )
    task = "<Task><Exec><Command>C:\\Temp\\x.exe</Command>\n<Arguments>-q</Arguments></Exec></Task>"
    put(tmp_path, "Windows/System32/Tasks/Notes/Daily", b"\xff\xfe" + task.encode("utf-16-le"))
    put(tmp_path, "Users/maria/AppData/Roaming/Microsoft/Windows/Start Menu/Programs/Startup/x.lnk", b"L")
    reader = PlaceReader(tmp_path)
    add_windows_places(reader, registry)
    items = {(one.place, one.item): one for one in reader.items}
    assert items["run_key", f"HKCU\\{run}\\Notes"].starts == "C:\\Temp\\notes.exe -q"
    assert items["service", "notes"].starts == "C:\\Notes\\notes.exe"
    assert ("service", "disk") not in items
    assert items["task", "/Windows/System32/Tasks/Notes/Daily"].starts == "C:\\Temp\\x.exe -q"
    assert [item for place, item in items if place == "account"] == ["jean"]
    assert [
        one.user for place, one in ((key[0], value) for key, value in items.items()) if place == "startup_folder"
    ] == ["maria"]


@pytest.mark.skipif(sys.platform != "linux", reason="looks at this Linux")
def test_this_computer_is_listed_quickly_and_alike():
    once = look_at_places()
    assert {"account"} <= {one.place for one in once}
    assert compare_places(once, look_at_places(), None) == []
