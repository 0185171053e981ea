// Plainwatch rules: PDF files that do something by themselves.
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

private rule PdfHead
{
    strings:
        $head = "%PDF-"
    condition:
        $head in (0..1024)
}

rule PdfStartsProgram
{
    meta:
        description = "A PDF starts another program when it is opened or clicked."
        reason = "active_pdf"
        severity = "high"
        technique = "T1204.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "runs_commands"
        must_match = "a PDF with a launch action that names a program or a command"
        must_not_match = "a form, or a PDF that opens another page"
        confidence = "0.85"
    strings:
        $launch = /\/S\s{0,4}\/Launch\b/
        $win = /\/Win\s{0,4}<<[^>]{0,200}\/F\s{0,4}\(/
        $file = /\/F\s{0,4}(<<[^>]{0,80})?\([^)]{0,120}\.(exe|bat|cmd|ps1|vbs|js|hta|scr|com|lnk|jar)\b/ nocase
        $words = /\((cmd|powershell|mshta|wscript|rundll32|c:\\\\windows)/ nocase
    condition:
        filesize < 50MB and PdfHead and $launch and any of ($win, $file, $words)
}

rule PdfScriptAtOpening
{
    meta:
        description = "A PDF runs a script by itself when it is opened, and the script reaches outside or hides."
        reason = "active_pdf"
        severity = "medium"
        technique = "T1059.007"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "a PDF with an opening action, a script, and a word that reaches outside, shows a window or hides"
        must_not_match = "a form that checks its fields"
        confidence = "0.6"
    strings:
        $open = /\/(OpenAction|AA)\b/
        $script = /\/(JavaScript|JS|J#61vaScript|#4aavaScript)\b/
        $reach = /\b(app\.(launchURL|alert|openDoc|mailMsg|execMenuItem|setTimeOut|doc\.)|this\.(submitForm|getURL|exportDataObject|mailDoc|importDataObject)|exportDataObject|SOAP\.(connect|request)|Net\.HTTP|Collab\.(collectEmailInfo|getIcon)|util\.printf|media\.newPlayer|getAnnots)\b/
        $hide = /\b(unescape|String\.fromCharCode|eval)\s{0,2}\(/
    condition:
        filesize < 50MB and PdfHead and $open and $script and ($reach or $hide)
}

rule PdfCarriesProgram
{
    meta:
        description = "A PDF carries another file and puts it on the disk by itself."
        reason = "active_pdf"
        severity = "high"
        technique = "T1027.009"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "carries_program"
        must_match = "a PDF with an embedded file and a script call that saves and opens it"
        must_not_match = "a PDF with an attached table and no script"
        confidence = "0.8"
    strings:
        $file = /\/EmbeddedFiles?\b/
        $drop = /exportDataObject\s{0,2}\(\s{0,2}\{[^}]{0,120}nLaunch\s{0,2}:\s{0,2}[12]/
    condition:
        filesize < 50MB and PdfHead and $file and $drop
}

rule PdfSendsLoginAway
{
    meta:
        description = "A PDF makes the computer log in somewhere else or sends what is in it away when it is opened."
        reason = "active_pdf"
        severity = "medium"
        technique = "T1187"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "pulls_part_from_outside"
        must_match = "a PDF whose opening action goes to a share on another computer or submits to a web address"
        must_not_match = "a form with a send button"
        confidence = "0.7"
    strings:
        $share = /\/(GoToR|GoToE|Launch|XObject|ImportData)\b[^>]{0,120}\/F\s{0,4}(<<[^>]{0,60})?\(\s{0,2}(\\\\\\\\|\\\\|\/\/)[a-z0-9.-]{2,80}[\\\/]/ nocase
        $submit = /\/(OpenAction|AA|O)\s{0,4}<<[^>]{0,120}\/S\s{0,4}\/(SubmitForm|ImportData)\b/
        $xslt = /<xsl:include href="\\\\/ nocase
    condition:
        filesize < 50MB and PdfHead and any of ($share, $submit, $xslt)
}
