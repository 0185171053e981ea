// Plainwatch rules: a few harmful programs whose own words are widely documented.
// There are far more families than a few rules can know; silence here says little.
// SPDX-License-Identifier: GPL-2.0-or-later

// Rule files of other scanners hold the same words on purpose; they are known by their shape, unless they run as something else.
global private rule NotARuleFile
{
    strings:
        $yara = /\brule[ \t]{1,4}[A-Za-z_]\w{0,120}[^{}"]{0,200}\{\s{0,20}(meta|strings|condition)\s{0,4}:/
        $yara_end = /\bcondition\s{0,4}:/
        $sigma = "logsource:"
        $sigma_end = "detection:"
        $snort = /\balert (tcp|udp|ip|http) [^\n]{5,200}\(msg:/
    condition:
        not (($yara and $yara_end) or ($sigma and $sigma_end) or #snort > 2)
        // "<?", "<%", "MZ", "PK", "%P", "{\", "#!" and the old office head run, whatever else they hold
        or uint16(0) == 0x3f3c or uint16(0) == 0x253c or uint16(0) == 0x5a4d or uint16(0) == 0x4b50
        or uint16(0) == 0x5025 or uint16(0) == 0x5c7b or uint16(0) == 0x2123 or uint32(0) == 0xe011cfd0
}

private rule Program
{
    condition:
        filesize < 30MB and (uint16(0) == 0x5a4d or uint32(0) == 0x464c457f)
}

rule LockerWormOf2017
{
    meta:
        description = "A program with the words of the worm that locked files all over the world in May 2017."
        reason = "known_malware_family"
        severity = "high"
        technique = "T1486"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "matches_known_family"
        must_match = "a Windows program with at least three of the worm's file names, endings and service words"
        must_not_match = "a text about the worm"
        confidence = "0.9"
    strings:
        $a = "tasksche.exe" ascii wide
        $b = "mssecsvc" ascii wide
        $c = ".WNCRY" ascii wide nocase
        $d = "WANACRY!" ascii
        $e = "WanaDecryptor" ascii wide nocase
        $f = /icacls \. \/grant Everyone:F \/T \/C \/Q/ nocase
        $g = "Global\\MsWinZonesCacheCounterMutexA" ascii wide
    condition:
        Program and 3 of them
}

rule DeviceBotOf2016
{
    meta:
        description = "A program with the words of the bot family that takes over routers and cameras."
        reason = "known_malware_family"
        severity = "high"
        technique = "T1498"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "spreads_by_itself"
        must_match = "a Linux program with the bot's shell habits and attack words"
        must_not_match = "the tool box program it calls"
        confidence = "0.8"
    strings:
        $a = /\/bin\/busybox [A-Z]{4,12}\b/
        $b = "/dev/misc/watchdog"
        $c = "/proc/net/tcp"
        $d = /(wget|tftp) .{0,6}http:\/\/%d\.%d\.%d\.%d/
        $e = "TSource Engine Query"
        $f = /\b(enable|system|shell|linuxshell)\x00(system|shell|sh|linuxshell)\x00/
        $g = "/bin/busybox wget" nocase
        $h = "assword"
    condition:
        uint32(0) == 0x464c457f and filesize < 2MB and (4 of them)
}

rule RemoteControlNjratKind
{
    meta:
        description = "A program with the habits of a much copied remote control for spying."
        reason = "known_malware_family"
        severity = "high"
        technique = "T1219"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "matches_known_family"
        must_match = "a Windows program that lets itself through the firewall and uses the family's separators and key log words"
        must_not_match = "a remote support program of a vendor"
        confidence = "0.85"
    strings:
        $a = "netsh firewall add allowedprogram" ascii wide nocase
        $b = "netsh firewall delete allowedprogram" ascii wide nocase
        $c = "cmd.exe /c ping 0 -n 2 & del" ascii wide nocase
        $d = "|'|'|" ascii wide
        $e = "SEE_MASK_NOZONECHECKS" ascii wide
        $f = "Execute ERROR" ascii wide
        $g = "[ENTER]" ascii wide
    condition:
        Program and uint16(0) == 0x5a4d and 4 of them
}

rule RemoteControlAsyncKind
{
    meta:
        description = "A program with the words of an openly published remote control that is often misused for spying."
        reason = "known_malware_family"
        severity = "high"
        technique = "T1219"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "matches_known_family"
        must_match = "a .NET program with the settings names and commands of the family"
        must_not_match = "a program that only uses the same packing library"
        confidence = "0.85"
    strings:
        $a = "AsyncClient" ascii wide
        $b = /AsyncMutex_|DcRatMutex|VenomRAT/ ascii wide
        $c = "Pastebin" wide
        $d = "ServerSignature" ascii wide
        $e = "Por_ts" ascii wide
        $f = "InstallFolder" ascii wide
        $g = "/c schtasks /create /f /sc onlogon /rl highest /tn" wide nocase
        $h = "MessagePackLib" ascii
        $i = "Select * from AntivirusProduct" wide nocase
    condition:
        Program and uint16(0) == 0x5a4d and 5 of them
}

rule RemoteControlDarkCometKind
{
    meta:
        description = "A program with the words of an old remote control for spying."
        reason = "known_malware_family"
        severity = "high"
        technique = "T1219"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "matches_known_family"
        must_match = "a Windows program with the family's session words and settings marks"
        must_not_match = "a text about the family"
        confidence = "0.85"
    strings:
        $a = "#KCMDDC" ascii wide
        $b = "DCRATV" nocase ascii wide
        $c = "#BOT#VisitUrl" ascii wide
        $d = "#BOT#URLDownload" ascii wide
        $e = "DC_MUTEX-" ascii wide
        $f = "I wasn't able to open the hosts file" ascii wide
        $g = "DarkComet" ascii wide nocase
    condition:
        Program and uint16(0) == 0x5a4d and 3 of them
}

rule TesterBeaconProgram
{
    meta:
        description = "A program part with the words of a commercial attack simulator that criminals copy."
        reason = "known_malware_family"
        severity = "high"
        technique = "T1071.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "matches_known_family"
        must_match = "a Windows program part with several of the simulator's report texts"
        must_not_match = "a scanner's list of such texts"
        confidence = "0.85"
    strings:
        $a = "ReflectiveLoader" ascii
        $b = "beacon.dll" ascii nocase
        $c = "beacon.x64.dll" ascii nocase
        $d = "%s as %s\\%s: %d" ascii
        $e = "IEX (New-Object Net.Webclient).DownloadString('http://127.0.0.1:%u/')" ascii
        $f = "could not spawn %s: %d" ascii nocase
        $g = "%02d/%02d/%02d %02d:%02d:%02d" ascii
        $h = "powershell -nop -exec bypass -EncodedCommand \"%s\"" ascii
    condition:
        Program and uint16(0) == 0x5a4d and 4 of them
}
