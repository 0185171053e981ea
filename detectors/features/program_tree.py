"""Follows programs to where their family begins, and to who really stands behind them.

Before this on the path: Programs, linked to their parents by telemetry. After it: detectors, which say one thing for
a family instead of one for each of its members, and judge a shell by who opened it.
The furniture of a session (explorer, services, systemd, launchd, a terminal) belongs to nobody's family: else all of
a day's work would be one tree.
"""

from __future__ import annotations

from detectors.contract.programs import Program
from detectors.features.program_paths import PathClass, name_set, path_class, program_name, stem

MAX_CHAIN_NAMES = 8
"""Names shown of a chain; more nobody reads."""


_FURNITURE = {
    "windows": name_set("""
        system, registry, smss, csrss, wininit, winlogon, services, lsass, svchost, explorer, userinit, taskhost,
        taskhostw, taskhostex, taskeng, sihost, runtimebroker, wmiprvse, dllhost, fontdrvhost, logonui, dwm, ctfmon,
        startmenuexperiencehost, shellexperiencehost, applicationframehost, searchapp, searchhost, windowsterminal,
        system idle process, idle, memory compression, secure system"""),
    "linux": name_set("""
        systemd, init, systemd-executor, (sd-pam), upstart, runit, s6-svscan, supervisord, tini, dumb-init, docker-init,
        kthreadd, dockerd, containerd, containerd-shim, containerd-shim-runc-v2, cron, crond, anacron, atd, login,
        agetty, getty, sshd, sshd-session, sshd-auth, gdm, gdm3, gdm-session-worker, gdm-x-session,
        gdm-wayland-session, sddm, lightdm, gnome-shell, gnome-session, gnome-session-binary, gnome-terminal-server,
        plasmashell, ksmserver, kdeinit5, konsole, xfce4-session, xfce4-terminal, xfce4-panel, mate-session,
        cinnamon-session, xinit, startx, xterm, kitty, alacritty, wezterm-gui, tmux, tmux: server, screen, dbus-daemon,
        dbus-broker"""),
    "macos": name_set("""
        kernel_task, launchd, loginwindow, finder, dock, windowserver, login, sshd, sshd-keygen-wrapper, sshd-session,
        terminal, iterm2, xpcproxy, cron, alacritty, kitty, tmux, screen"""),
}
_SHELLS = {
    "windows": name_set("""
        cmd, powershell, pwsh, powershell_ise, conhost, openconsole, wscript, cscript, mshta, bash, sh, wsl, wslhost,
        forfiles, runas, py, python, pythonw, python3, nircmd, sudo, gsudo, pcalua, scriptrunner"""),
    "": name_set("""
        sh, bash, dash, zsh, fish, ksh, csh, tcsh, ash, busybox, env, sudo, doas, su, nohup, timeout, setsid, nice,
        ionice, stdbuf, script, xargs, time, watch, unbuffer, osascript, pkexec, runuser, chroot, unshare, nsenter,
        flock, run-parts"""),
}
"""What merely passes a command on, and so is nobody's reason to start something."""

_TRUSTED_PLACES = frozenset({PathClass.SYSTEM, PathClass.PROGRAMS, PathClass.STORE, PathClass.UNKNOWN})


def is_furniture(program: Program) -> bool:
    """Tell whether a program is part of the session itself; one that merely borrows the name is not.

    The first program of a machine or container is, whatever its name: everything there descends from it.
    """
    if program.pid == 1 and program.system != "windows":
        return True
    names = _FURNITURE.get(program.system) or _FURNITURE["linux"]
    if stem(program_name(program)) not in names:
        return False
    return path_class(program.path, program.system) in _TRUSTED_PLACES


def is_shell(program: Program) -> bool:
    """Tell whether a program runs what others wrote: a shell, a script host, or something that passes a command on."""
    return stem(program_name(program)) in _SHELLS.get(program.system, _SHELLS[""])


def tree_root(program: Program) -> Program:
    """Go up to the topmost ancestor that is not furniture; a program right below furniture is its own root."""
    root = program
    for parent in program.parents():
        if is_furniture(parent):
            return root
        root = parent
    return root


def tree_key(program: Program) -> str:
    """Name a family so that the next stretch names it alike: its root's number and start, else its line or name."""
    root = tree_root(program)
    if root.pid is not None and root.started_s is not None:
        return f"{root.pid}@{root.started_s:.3f}"
    if root.record >= 0:
        return f"line {root.record}"
    return f"{'' if root.pid is None else root.pid} {program_name(root)}"


def nearest_non_shell(program: Program) -> Program | None:
    """Find who really stands behind a program: its nearest ancestor that is more than a shell."""
    return next((parent for parent in program.parents() if not is_shell(parent)), None)


def chain_names(program: Program) -> list[str]:
    """Name the way from the root to a program, at most ``MAX_CHAIN_NAMES``; the upper end is left out first."""
    chain = [program]
    root = tree_root(program)
    for parent in program.parents():
        if chain[-1] is root:
            break
        chain.append(parent)
    if chain[-1].parent is not None:
        chain.append(chain[-1].parent)  # the furniture right above says how it began: services, a session, a terminal
    names = [one.name or program_name(one) or "?" for one in chain]
    return names[:MAX_CHAIN_NAMES][::-1]
