"""Says what kind of program somebody is: office, mail, browser, server, remote control.

Before this on the path: the name of a program (``program_paths.program_name``). After it: ``program_signs``, detectors.
By name, so it is a claim: only ever used to suspect what a program does, never to trust it.
"""

from __future__ import annotations

from detectors.features.program_paths import name_set, stem

KINDS: dict[str, str] = {
    "office": """
        winword, excel, powerpnt, msaccess, mspub, visio, winproj, onenote, onenotem, eqnedt32, wordpad, wps, et, wpp,
        hwp, soffice, soffice.bin, libreoffice, microsoft word, microsoft excel, microsoft powerpoint, pages, numbers,
        keynote, fltldr, moc, hwpviewer, wordconv, graph, infopath""",
    "mail": "outlook, olk, thunderbird, thunderbird-bin, evolution, mail, hxoutlook, foxmail, mailspring, em_client",
    "pdf": """
        acrord32, acrobat, rdrcef, foxitreader, foxitpdfreader, foxitpdfeditor, sumatrapdf, evince, okular, preview,
        pdfxedit, nitropdf, atril, xpdf""",
    "browser": """
        chrome, msedge, firefox, firefox-bin, iexplore, microsoftedge, microsoftedgecp, brave, brave-browser, opera,
        vivaldi, safari, google chrome, chromium, chromium-browser, browser, librewolf, microsoft edge, arc""",
    "web_server": """
        w3wp, httpd, apache2, apache, nginx, caddy, lighttpd, php-cgi, php-fpm, php-fpm7.4, php-fpm8.1, php-fpm8.2, php,
        iisexpress, gunicorn, uwsgi, tomcat, tomcat7, tomcat8, tomcat9, tomcat10, jboss, unicorn, puma, passenger,
        umworkerprocess, ws_tomcatservice, ws_tomcat, coldfusion, microsoft.exchange.um.callrouter""",
    "database": """
        sqlservr, mysqld, mysqld-nt, mariadbd, postgres, oracle, mongod, redis-server, sqlagent, db2syscs, fbserver,
        influxd, clickhouse-server, couchdb, beam.smp""",
    "java": "java, javaw",
    "archiver": "winrar, 7zfm, 7zg, winzip64, winzip32, peazip, bandizip, file-roller, ark, the unarchiver, keka",
    "remote_execution": """
        wmiprvse, wsmprovhost, psexesvc, paexec, remcomsvc, csexecsvc, winrshost, xcmdsvc""",
    "remote_control": """
        teamviewer, teamviewer_service, anydesk, screenconnect.clientservice, screenconnect.windowsclient, ateraagent,
        splashtopremote, srmanager, logmein, lmiguardiansvc, remoting_host, rustdesk, meshagent, dwagent, tvnserver,
        winvnc, vncserver, netsupport, client32, supremo, ultraviewer_desktop, simplehelp, remotepc""",
    "elevating": """
        fodhelper, eventvwr, computerdefaults, sdclt, wsreset, changepk, slui, perfmon, compmgmtlauncher, cmstp,
        cleanmgr, tzsync, winsat, pkgmgr, systempropertiesadvanced, systemreset, msconfig, ieinstal, iscsicpl, dccw,
        wusa, consent, sysprep, mcx2prov, systempropertiesprotection, msdt""",
    "accessibility": "sethc, utilman, osk, magnify, narrator, displayswitch, atbroker, easeofaccessdialog",
    "help_viewer": "hh, help, helppane",
    "library_runner": """
        rundll32, regsvr32, mshta, msiexec, installutil, regasm, regsvcs, msbuild, odbcconf, cmstp, wmic, msxsl,
        control, presentationhost, hh, pcalua, forfiles, mavinject, ieexec, infdefaultinstall, verclsid, msdt, xwizard,
        addinprocess, aspnet_compiler, microsoft.workflow.compiler, dfsvc, cdb, rcsi, csi, fsi, fsianycpu, dnx, bginfo,
        syncappvpublishingserver, scriptrunner, atbroker, register-cimprovider, appvlp, workfolders, tttracer""",
    "script_host": "wscript, cscript, mshta",
    "powershell": "powershell, pwsh, powershell_ise",
    "shell": "cmd, powershell, pwsh, powershell_ise, bash, sh, wsl, zsh, dash, ksh, fish",
    "text_carrier": """
        rg, grep, git, git-remote-https, code, cursor, notepad, notepad++, sublime_text, vim, nvim, gvim, emacs, devenv,
        idea64, pycharm64, chrome, msedge, firefox, brave, opera, vivaldi, iexplore, teams, ms-teams, slack, outlook,
        thunderbird, searchprotocolhost, everything, ugrep, ack, fd, less""",
    "interpreter": """
        python, pythonw, python2, python3, py, perl, ruby, node, php, java, javaw, lua, tclsh, wscript, cscript, mshta,
        autoit3, autohotkey, autohotkeyu64, deno, bun""",
}
"""Names without ending, in lower case."""

_KINDS_OF: dict[str, frozenset[str]] = {}
for _kind, _text in KINDS.items():
    for _name in name_set(_text):
        _KINDS_OF[_name] = _KINDS_OF.get(_name, frozenset()) | {_kind}

_VERSION_LETTERS = "0123456789.-_"


def kinds_of(name: str) -> frozenset[str]:
    """List the kinds that a program of this name is; ``python3.11`` counts as ``python``."""
    bare = stem(name.lower())
    return _KINDS_OF.get(bare) or _KINDS_OF.get(bare.rstrip(_VERSION_LETTERS)) or frozenset()
