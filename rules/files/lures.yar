// Plainwatch rules: files that look like something to click and start something else.
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

private rule Shortcut
{
    strings:
        $head = { 4C 00 00 00 01 14 02 00 00 00 00 00 C0 00 00 00 00 00 00 46 }
    condition:
        $head at 0 and filesize < 2MB
}

private rule AddressFile
{
    strings:
        $head = "[InternetShortcut]" nocase
    condition:
        filesize < 16KB and $head in (0..4096)
}

private rule WebPage
{
    strings:
        $tag = /<(html|!doctype html|body|head|script|hta:application|svg)\b/ nocase
    condition:
        filesize < 20MB and $tag in (0..4096)
        and uint16(0) != 0x5a4d and uint32(0) != 0xe011cfd0 and uint16(0) != 0x4b50 and uint32(0) != 0x464c457f
}

rule ShortcutRunsHiddenCommand
{
    meta:
        description = "A shortcut starts a command tool with a command that fetches, hides or decodes something."
        reason = "lure_file"
        severity = "high"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a shortcut whose arguments name a command tool and a way to fetch, hide or decode"
        must_not_match = "a shortcut that opens a program or a console window"
        confidence = "0.85"
    strings:
        $tool = /\b(powershell|pwsh|mshta|wscript|cscript|rundll32|regsvr32|certutil|bitsadmin|curl|msiexec|conhost|forfiles|ftp|cmd(\.exe)? {1,4}\/[a-z])/ nocase ascii wide
        $fetch = /(https?:\/\/|\\\\[a-z0-9.-]{4,60}@(ssl|80|443|8080)|downloadstring|downloadfile|invoke-webrequest|\biwr\b|\bcurl\b.{1,40}-o|-urlcache|\/i:http)/ nocase ascii wide
        $hide = /(-w(indowstyle)?\s{1,4}(hidden|h|1)\b|-e(nc|ncodedcommand|c)?\s{1,4}[a-z0-9+\/=]{40}|-nop(rofile)?\b|frombase64string|\biex\b|invoke-expression|javascript:|vbscript:)/ nocase ascii wide
        $place = /(%te?mp%|%appdata%|%public%|\$env:(temp|appdata|public)|%programdata%|%localappdata%)/ nocase ascii wide
        $both = /\/c\s{1,4}[^\x00]{0,40}(&&?|start |copy |findstr|\^)/ nocase ascii
        $both_wide = /\/\x00c\x00( \x00){1,4}([^\x00]\x00){0,60}(&\x00|s\x00t\x00a\x00r\x00t\x00 |c\x00o\x00p\x00y\x00 |f\x00i\x00n\x00d\x00s\x00t\x00r|\^\x00)/ nocase
    condition:
        Shortcut and $tool and any of ($fetch, $hide, $place, $both, $both_wide)
}

rule ShortcutWithLongPadding
{
    meta:
        description = "A shortcut hides its command behind a long run of blanks, so that its properties look empty."
        reason = "lure_file"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_text"
        must_match = "a shortcut with more than forty blanks or line ends in a row in its arguments"
        must_not_match = "a shortcut with ordinary arguments"
        confidence = "0.85"
    condition:
        // arguments lie in the first 16 KB; forty double-byte blanks or line ends in a row
        Shortcut and for any start in (76..16384) : (
            for all step in (0..40) : (
                uint16(start + 2 * step) == 0x20 or uint16(start + 2 * step) == 0x0a
                or uint16(start + 2 * step) == 0x0d or uint16(start + 2 * step) == 0x09
            )
        )
}

rule AddressFileStartsProgram
{
    meta:
        description = "A web link on the disk opens a program or script from another computer."
        reason = "lure_file"
        severity = "high"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "pulls_part_from_outside"
        must_match = "a link file whose target is a program or script on a share, or a share reached through a web port"
        must_not_match = "a link file to a web page, or to a folder of the own office by its short name"
        confidence = "0.85"
    strings:
        $program = /\bURL\s{0,2}=\s{0,4}"?(file:|\\\\)[^\r\n]{2,300}\.(exe|com|scr|pif|bat|cmd|vbs|vbe|js|jse|wsf|wsh|hta|lnk|url|cpl|msi|ps1|jar|dll|chm|iso|img|vhdx?|appx?|application|library-ms|searchconnector-ms|zip[\/\\])\b/ nocase
        $web_port = /\b(URL|IconFile|WorkingDirectory)\s{0,2}=\s{0,4}(file:)?[\\\/]{2,5}[a-z0-9.-]{3,100}@(ssl|\d{2,5})(@\d{2,5})?[\\\/]/ nocase
        $number = /\bURL\s{0,2}=\s{0,4}(file:)?[\\\/]{2,5}\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}[\\\/]/ nocase
        $command = /\bURL\s{0,2}=\s{0,4}(javascript|vbscript|ms-msdt|search-ms|shell):/ nocase
    condition:
        AddressFile and any of them
}

rule AddressFileReachesShare
{
    meta:
        description = "A web link on the disk reaches for a picture or a file on a computer in the internet as soon as its folder is shown."
        reason = "lure_file"
        severity = "medium"
        technique = "T1187"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "pulls_part_from_outside"
        must_match = "a link file whose icon or target lies on a share with a full internet name or a number"
        must_not_match = "a link file with an icon of this computer or of a short-named office server"
        confidence = "0.7"
    strings:
        $icon = /\bIconFile\s{0,2}=\s{0,4}(file:)?[\\\/]{2,5}([a-z0-9-]{1,60}\.){1,5}([a-z]{2,10}|\d{1,3})([@:][a-z0-9]{1,5})?[\\\/]/ nocase
        $target = /\bURL\s{0,2}=\s{0,4}file:[\\\/]{2}([a-z0-9_-]{1,60}\.){1,5}([a-z]{2,10}|\d{1,3})([@:][a-z0-9]{1,5})?[\\\/]/ nocase
        $upper = /\bURL\s{0,2}=\s{0,4}file:\/\/[a-z0-9_.-]{3,80}\/[^\r\n]{0,200}\.(zip|rar|7z|cab|vbs|hta)[\/\\]?/ nocase
    condition:
        AddressFile and any of them
}

rule NotebookCarriesProgram
{
    meta:
        description = "A notebook file of OneNote carries a program or a script that a click starts."
        reason = "lure_file"
        severity = "high"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "carries_program"
        must_match = "a OneNote section whose attached file begins like a program or a script"
        must_not_match = "a OneNote section with pictures, sounds or documents"
        confidence = "0.9"
    strings:
        $head = { E4 52 5C 7B 8C D8 A7 4D AE B1 53 78 D0 29 96 D3 }
        $program = { E7 16 E3 BD 65 26 11 45 A4 C4 8D 4D 0B 7A 9E AC [20] (4D 5A | 4C 00 00 00 01 14 | 49 54 53 46) }
        $script = /\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC.{20}\s{0,20}(\xEF\xBB\xBF)?(@?echo |powershell|cmd |start |set |::|rem |%|<(job|script|hta|html|!doctype|package)|function |var |dim |on error|option explicit|sub |private |\$[a-z]|try ?\{|if |'|\/[\/*])/ nocase
        $wide_script = /\xE7\x16\xE3\xBD\x65\x26\x11\x45\xA4\xC4\x8D\x4D\x0B\x7A\x9E\xAC.{20}\xFF\xFE[a-z<@$%:'\/]\x00/ nocase
    condition:
        $head at 0 and any of ($program, $script, $wide_script)
}

rule NotebookNamesCommandTool
{
    meta:
        description = "A notebook file of OneNote holds the words of a script that starts commands."
        reason = "lure_file"
        severity = "medium"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a OneNote section with an attached file and two different words of a script"
        must_not_match = "a OneNote section with notes"
        confidence = "0.7"
    strings:
        $head = { E4 52 5C 7B 8C D8 A7 4D AE B1 53 78 D0 29 96 D3 }
        $attached = { E7 16 E3 BD 65 26 11 45 A4 C4 8D 4D 0B 7A 9E AC }
        $script = /<(script|hta:application)\b/ nocase
        $host = /\b(wscript\.shell|activexobject|shell\.application)\b/ nocase
        $power = /\bpowershell(\.exe)? {1,4}(-|\$|\(|iwr|invoke)/ nocase
        $batch = /@echo off/ nocase
        $ending = /\.(hta|cmd|bat|vbs|wsf|js|ps1|lnk|chm)\x00\x00/ nocase wide
    condition:
        $head at 0 and $attached and 2 of ($script, $host, $power, $batch, $ending)
}

rule PageRunsCommands
{
    meta:
        description = "A page or script application starts commands on the computer when it is opened."
        reason = "lure_file"
        severity = "high"
        technique = "T1218.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a page with a script that makes a shell object and lets it run something"
        must_not_match = "a page that only writes about such scripts"
        confidence = "0.8"
    strings:
        $make = /\b(new\s{1,4}ActiveXObject|CreateObject|GetObject)\s{0,4}\(\s{0,4}["'](WScript\.Shell|Shell\.Application|winmgmts:)/ nocase
        $do = /\.\s{0,2}(Run|Exec|ShellExecute|Create)\s{0,4}[\( ]\s{0,4}["'a-z_]/ nocase
        $script = /<script\b/ nocase
        $server = "<%"
        $scripting_host = /<(job|package|component|registration|scriptlet)\b/ nocase
    condition:
        WebPage and filesize < 1MB and $make and $do and ($script or $scripting_host) and not $server
}

rule PageStartsCommandTool
{
    meta:
        description = "A script application names a command tool together with an address to fetch from or a hidden window."
        reason = "lure_file"
        severity = "high"
        technique = "T1218.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "fetches_more"
        must_match = "a script application with a hidden or tiny window, and a command tool"
        must_not_match = "a script application of an office with buttons and no command tool"
        confidence = "0.75"
    strings:
        $app = /<hta:application\b/ nocase
        $away = /(window\.)?(resizeto\s{0,2}\(?\s{0,2}[01]\s{0,2},|moveto\s{0,2}\(?\s{0,2}-\d{2,5}|self\.close|window\.close\s{0,2}\()|windowstate\s{0,2}=\s{0,2}["']?minimize|showintaskbar\s{0,2}=\s{0,2}["']?no/ nocase
        $tool = /\b(powershell|mshta|certutil|bitsadmin|rundll32|regsvr32|cmd(\.exe)? {1,4}\/c|wscript\.shell|msxml2\.xmlhttp|adodb\.stream)/ nocase
    condition:
        WebPage and $app and $away and $tool
}

rule PageBuildsFile
{
    meta:
        description = "A page builds a file out of its own text and offers it as a download without asking a server."
        reason = "lure_file"
        severity = "medium"
        technique = "T1027.006"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "carries_program"
        must_match = "a page with a long packed text, the making of a file from it, and an automatic click"
        must_not_match = "a page that lets a person save a drawing or a table"
        confidence = "0.7"
    strings:
        $long = /(atob|base64\w{0,20}|b64\w{0,20}|data|file|blob|content)\s{0,2}[(=,:]\s{0,2}["'`][A-Za-z0-9+\/]{1000}/ nocase
        $make = /\bnew\s{1,4}Blob\s{0,2}\(|createObjectURL|msSaveOrOpenBlob|msSaveBlob|href\s{0,2}=\s{0,2}["'`]data:application\// nocase
        $name = /\.download\s{0,2}=|download=["'][^"']{1,80}\.(zip|iso|img|exe|js|hta|lnk|vhd|msi|rar|7z|html?)["']|setAttribute\(["']download["']/ nocase
        $click = /\.click\s{0,2}\(|dispatchEvent\s{0,2}\(|msSaveOrOpenBlob|msSaveBlob/ nocase
        $decode = /\batob\s{0,2}\(|base64ToArrayBuffer|charCodeAt|fromCharCode|Uint8Array/ nocase
    condition:
        WebPage and filesize < 15MB and $long and $make and $name and $click and $decode
}

rule PageBuildsArchive
{
    meta:
        description = "A page carries a packed archive, disk image or program and hands it out as a file."
        reason = "lure_file"
        severity = "high"
        technique = "T1027.006"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "carries_program"
        must_match = "a page with the packed head of an archive, a disk image or a program, and the making of a file from it"
        must_not_match = "a page with packed pictures or fonts"
        confidence = "0.8"
    strings:
        $head = /["'`](UEsDBB|UEsDBA|TVqQAA|TVpQAA|UmFyIRoH|N3q8ryc|TAAAAAEUAg)[A-Za-z0-9+\/=]{200}/
        $make = /\bnew\s{1,4}Blob\s{0,2}\(|createObjectURL|msSaveOrOpenBlob|msSaveBlob/ nocase
        $go = /\.download\s{0,2}=|\.click\s{0,2}\(|msSaveOrOpenBlob|msSaveBlob|setAttribute\(["']download["']/ nocase
    condition:
        WebPage and filesize < 15MB and $head and $make and $go
}

rule PictureRunsScript
{
    meta:
        description = "A drawing file runs a script that decodes text, builds a file or leads to another page."
        reason = "lure_file"
        severity = "medium"
        technique = "T1027.006"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "an SVG drawing with a script and a decoding, file building or leading away"
        must_not_match = "an SVG drawing that moves, or with a script for its own zoom"
        confidence = "0.7"
    strings:
        $svg = /<svg\b/ nocase
        $script = /<script\b|\bonload\s{0,2}=\s{0,2}["']/ nocase
        $decode = /\b(atob|unescape|decodeURIComponent|String\.fromCharCode|eval|new\s{1,4}Function)\s{0,2}\(/ nocase
        $build = /\bnew\s{1,4}Blob\s{0,2}\(|createObjectURL/ nocase
        $leave = /\b(window\.|top\.|document\.|self\.)?location(\.href)?\s{0,2}=\s{0,2}["'`a-z]|location\.(replace|assign)\s{0,2}\(/ nocase
        $long = /(atob|base64\w{0,20}|b64\w{0,20}|data|unescape)\s{0,2}[(=,:]\s{0,2}["'`][A-Za-z0-9+\/%]{300}/ nocase
        $page = /<html\b/ nocase
    condition:
        filesize < 5MB and $svg in (0..1024) and not $page and $script and
        ($build or ($decode and ($long or $leave)))
}

rule SearchOfForeignFolder
{
    meta:
        description = "A page or link shows a folder of a foreign computer as if it were a search on this one."
        reason = "lure_file"
        severity = "medium"
        technique = "T1204.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "pulls_part_from_outside"
        must_match = "a search address whose place is a share on another computer"
        must_not_match = "a search address for the own disk"
        confidence = "0.75"
    strings:
        $search = /search(-ms)?:[^\s"'<>]{0,200}crumb=location(:|%3A)([\\\/]|%5C|%2F){2}[a-z0-9]/ nocase
    condition:
        filesize < 5MB and $search
}

rule DiskImageWithShortcut
{
    meta:
        description = "A disk image holds a shortcut beside a program part, the usual make-up of a lure."
        reason = "lure_file"
        severity = "medium"
        technique = "T1553.005"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "carries_program"
        must_match = "a small ISO image with a shortcut and a program part in its list of files"
        must_not_match = "an install disc or a disc with pictures"
        confidence = "0.7"
    strings:
        $iso = "CD001"
        $shortcut = /\.LNK;1/ nocase
        $shortcut_wide = { 00 2E 00 (4C | 6C) 00 (4E | 6E) 00 (4B | 6B) }
        $part = /\.(DLL|EXE|BAT|CMD|JS|VBS|PS1|HTA);1/ nocase
        $part_wide = /\x00\.\x00(d\x00l\x00l|e\x00x\x00e|b\x00a\x00t|c\x00m\x00d|j\x00s|v\x00b\x00s|p\x00s\x001)/ nocase
    condition:
        filesize < 100MB and ($iso at 0x8001 or $iso at 0x8801) and any of ($shortcut*) and any of ($part*)
}

rule ScriptFetchesAndStarts
{
    meta:
        description = "A script for the Windows script host fetches a file, writes it to the disk and starts it."
        reason = "lure_file"
        severity = "high"
        technique = "T1105"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "fetches_more"
        must_match = "a small script with a web request, a binary stream that is saved, and a start"
        must_not_match = "an installation script that copies files"
        confidence = "0.8"
    strings:
        $request = /\b(MSXML2\.(Server)?XMLHTTP|Microsoft\.XMLHTTP|WinHttp\.WinHttpRequest|WinHttpRequest\.5)/ nocase ascii wide
        $stream = /ADODB\.Stream/ nocase ascii wide
        $save = /\bSaveToFile\b/ nocase ascii wide
        $start = /(\.Run\b|\["Run"\]|\.Exec\b|ShellExecute|Win32_Process)/ nocase ascii wide
        $server = "<%"
    condition:
        filesize < 200KB and uint16(0) != 0x5a4d and uint32(0) != 0xe011cfd0 and uint16(0) != 0x4b50
        and $request and $stream and $save and $start and not $server
}
