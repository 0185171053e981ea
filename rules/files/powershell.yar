// Plainwatch rules: PowerShell whose words were made hard to read, and that does something.
// Each asks for two groups of signs, hiding and doing, or fetching and starting.
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

private rule NotAContainer
{
    condition:
        filesize < 3MB and uint16(0) != 0x5a4d and uint32(0) != 0x464c457f and uint16(0) != 0x4b50
        and uint32(0) != 0xe011cfd0 and uint32(0) != 0x46445025 and uint32(0) != 0x5c7b
}

rule PowerShellEncodedCommand
{
    meta:
        description = "A script or link starts PowerShell with a packed command in a hidden or unchecked way."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027.010"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_window"
        must_match = "PowerShell called with a long encoded command and a hidden window or a lifted check"
        must_not_match = "a manual that explains the options"
        confidence = "0.85"
    strings:
        $encoded = /\bpowershell(\.exe)?["'^ ]{1,4}[^\r\n]{0,200}[\s"'^]-e(n?c?|nc?o?d?e?d?c?o?m?m?a?n?d?)\s{1,4}["']?[A-Za-z0-9+\/]{60}/ nocase
        $hidden = /[-\/]w\w{0,11}\s{1,4}["']?hidden\b/ nocase
        $hidden_short = " -w h " nocase
        $hidden_number = " -w 1 " nocase
        $lifted = /[-\/](nop|noprofile|noni|noninteractive|sta)\b|[-\/]e(p|x|xec|xecutionpolicy)\s{1,4}["']?(bypass|unrestricted)/ nocase
    condition:
        NotAContainer and $encoded and any of ($hidden*, $lifted)
}

rule PowerShellPackedTextRuns
{
    meta:
        description = "A PowerShell script unpacks a long text inside itself and runs it."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "unpacks_and_runs"
        must_match = "PowerShell that decodes and inflates a text of its own and runs what comes out"
        must_not_match = "an installer that unpacks pictures or programs to files"
        confidence = "0.8"
    strings:
        $decode = /FromBase64String\s{0,2}\(\s{0,4}(\(\s{0,2})?["'@$][A-Za-z0-9+\/]{0,1}/ nocase ascii wide
        $inflate = /IO\.Compression\.(GzipStream|DeflateStream)/ nocase ascii wide
        $run = /(\biex\b|Invoke-Expression|ReadToEnd\s{0,2}\(\s{0,2}\)\s{0,4}\)?\s{0,4}\|?\s{0,4}(iex|&|\.)|\[scriptblock\]::create|\.Invoke\s{0,2}\()/ nocase ascii wide
        $stream = /IO\.(StreamReader|MemoryStream)/ nocase ascii wide
        $memory = /Reflection\.Assembly\]::Load\s{0,2}\(/ nocase ascii wide
    condition:
        NotAContainer and $decode and $inflate and $stream and ($run or $memory)
}

rule PowerShellCodeIntoMemory
{
    meta:
        description = "A PowerShell script puts machine code into memory and runs it."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1620"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "code_into_memory"
        must_match = "PowerShell that asks for memory, copies bytes into it and starts them"
        must_not_match = "a script that asks the system for the free memory"
        confidence = "0.85"
    strings:
        $memory = /\b(VirtualAlloc(Ex)?|VirtualProtect|HeapCreate|NtAllocateVirtualMemory|RtlMoveMemory)\b/ nocase ascii wide
        $start = /\b(CreateThread|CreateRemoteThread|GetDelegateForFunctionPointer|QueueUserAPC|EnumSystemLocales|CallWindowProc|NtCreateThreadEx)\b/ nocase ascii wide
        $shape = /\[(System\.)?Runtime\.InteropServices\.Marshal\]::|\[DllImport\s{0,2}\(|DefineDynamicAssembly|Add-Type\b|GetProcAddress/ nocase ascii wide
        $bytes = /\[Byte\[\]\]|\[Convert\]::FromBase64String|0x[0-9a-f]{2}\s{0,2},\s{0,2}0x[0-9a-f]{2}\s{0,2},\s{0,2}0x[0-9a-f]{2}/ nocase ascii wide
        $power = /\b(New-Object|Add-Type|param\s{0,2}\(|Start-Sleep|Invoke-\w{3,20})/ nocase ascii wide
    condition:
        NotAContainer and $memory and $start and $shape and $bytes and $power
}

rule PowerShellWordsCutUp
{
    meta:
        description = "A PowerShell script is cut into numbered pieces or marked with idle signs, so that its words cannot be read."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1027.010"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "words_cut_up"
        must_match = "PowerShell with many shuffled pieces, idle back-ticks or letter numbers, and a hidden way to run"
        must_not_match = "a script that formats a table"
        confidence = "0.85"
    strings:
        $shuffled = /\{\d{1,3}\}\{\d{1,3}\}\{\d{1,3}\}\{\d{1,3}\}\{\d{1,3}\}\{\d{1,3}\}\{\d{1,3}\}[{}0-9]{0,2000}["'][\s)]{0,4}-f/ nocase ascii wide
        $short_shuffle = /\(["']\{\d\}\{\d\}(\{\d\}){0,6}["']\s{0,2}-f\s{0,2}["'][^"'\s]{1,12}["']\s{0,2},\s{0,2}["']/ nocase ascii wide
        $ticks = /(`ect|ec`t|e`ct|`ject|w-`o|w-ob`|ne`w|n`ew|i`ex|ie`x|in`v|i`nv|vo`k|nv`o|ok`e|lo`a|`ado|oad`s|st`r|t`ri|tr`i|str`|re`p|r`ep|pl`a|ce`|ch`a|va`r|v`ar|se`t|s`et|cl`i|le`n|jo`i|j`oi)[a-z`]/ nocase
        $numbers = /(\[char\]\s{0,2}\(?(0x)?[0-9a-f]{2,3}\)?\s{0,2}\+\s{0,2}){4}/ nocase ascii wide
        $number_list = /\d{2,3}[\s,~}a-z!%:;<=>_-]{1,2}\d{2,3}[\s,~}a-z!%:;<=>_-]{1,2}\d{2,3}[^\r\n]{20,4000}(-split|\.split\s{0,2}\()[^\r\n]{0,120}(\[char\]|\[int\]|-bxor|toint16)/ nocase
        $hidden_iex = /\$\(?\s{0,2}(env:comspec|pshome|shellid|verbosepreference|env:public|psculture)\s{0,2}\)?\s{0,2}(\.tostring\(\))?\s{0,2}\)?\s{0,2}\[\s{0,2}\d{1,2}/ nocase
        $typed_iex = /verbosepreference\s{0,2}\)?\s{0,2}\[\s{0,2}1\s{0,2},\s{0,2}3\s{0,2}\]\s{0,2}\+\s{0,2}["']x["']/ nocase
        $variable_iex = /\b(get-variable|gv|variable)\s{1,2}["']?\*mdr\*/ nocase
        $backwards = /-join\s{0,2}["']?\s{0,2}\(?\s{0,2}\[regex\]::matches\s{0,2}\([^\r\n]{1,20000}righttoleft/ nocase
        $reversed = /\b(ssecorP-tratS|tcejbO-weN|noisserpxE-ekovnI|gnirtsdaolnwod|eliFdaolnwoD|gnirtS46esaBmorF)\b/ nocase
        $joined = /["'](new|i|inv|invoke)["']?\s{0,2}\+\s{0,2}["'](-obj|ex|oke-|-expr|net\.)/ nocase
        $run = /\b(iex|invoke-expression|invoke-command|\.invoke\s{0,2}\(|scriptblock|powershell|new-object|downloadstring|start-process)\b/ nocase
        $power = /\[string\]|-join\b|["']\s{0,2}-f\s{0,2}["']|New-Object/ nocase
    condition:
        NotAContainer and (
            any of ($hidden_iex, $typed_iex, $variable_iex, $reversed, $backwards)
            or (#ticks > 6 and $power and ($run or #ticks > 20))
            or (($shuffled or #short_shuffle > 3 or $numbers or $number_list or $joined) and ($run or #shuffled > 2 or #short_shuffle > 8) and $power)
        )
}

rule PowerShellFetchesAndRuns
{
    meta:
        description = "A very short PowerShell script does nothing but fetch a text or program and run it."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1059.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "fetches_more"
        must_match = "a few lines that fetch from an address and run at once"
        must_not_match = "an installation script with checks, help and choices"
        confidence = "0.65"
    strings:
        $fetch = /\b(downloadstring|downloadfile|downloaddata|invoke-webrequest|iwr|invoke-restmethod|irm|start-bitstransfer|wget|curl)\b/ nocase ascii wide
        $run = /\b(iex|invoke-expression|start-process|saps|start|shellexecute|invoke-item|invoke-command|rundll32|regsvr32)\b|\.invoke\s{0,2}\(/ nocase ascii wide
        $address = /["'\s(]https?:\/\/[^\s"']{4,300}/ nocase ascii wide
        $place = /\$env:(temp|tmp|appdata|public|userprofile|programdata|localappdata)|%(te?mp|appdata)%|GetTempPath|\\temp\\/ nocase ascii wide
        $power = /(new-object|net\.webclient|powershell|invoke-)/ nocase ascii wide
        $known = /https?:\/\/(www\.)?(chocolatey\.org|community\.chocolatey\.org|get\.scoop\.sh|raw\.github|github\.com|bit\.ly\/psgallery|aka\.ms|go\.microsoft\.com|download\.microsoft\.com|docs\.microsoft\.com|gist\.github|psget\.net|boxstarter\.org|nuget\.org)/ nocase ascii wide
        $orders = /nslookup(\.exe)?\s{1,4}["']?-(q|type|querytype)=txt/ nocase
        $care = /\b(function|param|cmdletbinding|write-(host|output|verbose|error)|import-module|test-path|#requires|\.synopsis|remotesigned|choco(latey)?)\b/ nocase ascii wide
    condition:
        filesize < 1500 and NotAContainer and ($orders and $run or $fetch and $run and $address and $power and not $known and not $care
        and ($place or filesize < 500))
}

rule PowerShellHiddenFetch
{
    meta:
        description = "A line starts PowerShell without a window and lets it fetch something and run it."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1059.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "hidden_window"
        must_match = "PowerShell with a hidden window that fetches and runs"
        must_not_match = "an installer that opens PowerShell with a window"
        confidence = "0.8"
    strings:
        $line = /\bpowershell(\.exe)?["'^]?\s[^\r\n]{0,160}-w(in|indowstyle)?\s{1,4}["']?(hidden|hid|h|1)\b[^\r\n]{0,600}\b(downloadstring|downloadfile|invoke-webrequest|iwr|irm|wget|curl|bitstransfer)\b/ nocase ascii wide
        $line_turned = /\b(downloadstring|downloadfile|invoke-webrequest)\b[^\r\n]{0,400}\bpowershell(\.exe)?["'^]?\s[^\r\n]{0,160}-w(in|indowstyle)?\s{1,4}["']?(hidden|hid|h|1)\b/ nocase ascii wide
    condition:
        NotAContainer and filesize < 500KB and any of them
}

rule PowerShellFetchesAndStarts
{
    meta:
        description = "A short PowerShell script fetches a file into a side folder and starts it at once."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1105"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "fetches_more"
        must_match = "a few lines that fetch a program or script into a side folder and start it, without help or messages"
        must_not_match = "an installation script with messages, help or choices"
        confidence = "0.7"
    strings:
        $fetch = /\b(downloadstring|downloadfile|downloaddata|invoke-webrequest|iwr|start-bitstransfer)\b/ nocase ascii wide
        $kind = /\.(exe|scr|dll|jpg|png|txt|hta|vbs|bat|ps1|js)["'\s)?]/ nocase ascii wide
        $start = /\b(start-process|start|saps|invoke-item|shellexecute|rundll32|regsvr32|iex|invoke-expression)\b/ nocase ascii wide
        $place = /\$env:(temp|tmp|appdata|public|programdata|localappdata)|gettemppath|%(te?mp|appdata)%|\\temp\\/ nocase ascii wide
        $care = /(choco|write-(host|output|verbose)|#requires|\.synopsis|install|setup|update-|\bparam\b)/ nocase ascii wide
    condition:
        filesize < 3KB and NotAContainer and $fetch and $kind and $start and $place and not $care
}

rule PowerShellDecodesAndRuns
{
    meta:
        description = "A PowerShell script turns packed text into commands and runs them."
        reason = "scrambled_script"
        severity = "medium"
        technique = "T1027"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "unpacks_and_runs"
        must_match = "PowerShell that decodes a text and hands text to the run word"
        must_not_match = "PowerShell that decodes pictures, certificates or log-in data"
        confidence = "0.65"
    strings:
        $decode = /FromBase64String\s{0,2}\(/ nocase ascii wide
        $run = /(\biex\b|\binvoke-expression\b)/ nocase ascii wide
        $power = /(\[(System\.)?Convert\]|\[(System\.)?Text\.Encoding\])/ nocase ascii wide
    condition:
        filesize < 2MB and NotAContainer and $decode and $run and $power
}

rule PowerShellWaitsForOrders
{
    meta:
        description = "A PowerShell script asks another computer again and again for orders and runs what it gets."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1059.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "ties_prompt_to_network"
        must_match = "an endless loop that fetches text and runs it"
        must_not_match = "a loop that looks whether a server is there"
        confidence = "0.75"
    strings:
        $loop = /\bwhile\s{0,2}\(\s{0,2}(\$true|1|\$client\.connected)\s{0,2}\)|\bfor\s{0,2}\(\s{0,2};\s{0,2};\s{0,2}\)|\bdo\s{0,4}\{[^\x00]{0,2000}\}\s{0,4}while\s{0,2}\(\s{0,2}\$true/ nocase
        $fetch = /\b(downloadstring|net\.webrequest|invoke-webrequest|invoke-restmethod|sockets\.tcpclient|nslookup|Outlook\.Application|uploadstring)\b/ nocase
        $run = /\b(iex|invoke-expression)\b/ nocase
        $power = /\b(new-object|start-sleep)\b/ nocase
    condition:
        filesize < 200KB and NotAContainer and $loop and $fetch and $run and $power
}

rule PowerShellSettlesIn
{
    meta:
        description = "A PowerShell script makes a hidden or packed command start with the computer."
        reason = "scrambled_script"
        severity = "high"
        technique = "T1547.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "a start entry or scheduled task together with a hidden window, a packed command or fetched text"
        must_not_match = "a script that adds a program with a window to the start entries"
        confidence = "0.75"
    strings:
        $entry = /CurrentVersion\\{1,2}Run(Once)?\b|Start Menu\\Programs\\Startup|schtasks(\.exe)?\s{1,4}\/create|Register-ScheduledTask|__EventFilter/ nocase ascii wide
        $hidden = /\s-w(in|indowstyle)?\s{1,4}["']?hidden/ nocase ascii wide
        $packed = /\s-enc?(odedcommand)?\s|FromBase64String\s{0,2}\(/ nocase ascii wide
        $fetch = /\b(downloadstring|downloadfile)\b/ nocase ascii wide
        $power = /\b(new-itemproperty|set-itemproperty|powershell|invoke-expression|iex|reg(\.exe)? add|Set-WmiInstance)\b/ nocase ascii wide
        $admin = /\b(choco|chocolatey|write-host|\.synopsis|#requires|Write-Log|Pester)\b/ nocase ascii wide
    condition:
        filesize < 500KB and NotAContainer and $entry and $power and (($hidden and ($packed or $fetch)) or ($packed and $fetch)) and not $admin
}

rule PowerShellSwitchesChecksOff
{
    meta:
        description = "A PowerShell script switches off the checks that Windows makes on scripts."
        reason = "hack_tool"
        severity = "high"
        technique = "T1685"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "switches_protection_off"
        must_match = "a script that reaches into the script check of Windows and changes it in memory"
        must_not_match = "a script that reports whether the check is on"
        confidence = "0.85"
    strings:
        $check = /\b(AmsiUtils|amsiInitFailed|AmsiScanBuffer|AmsiOpenSession|amsiContext)\b/ nocase ascii wide
        $change = /(\.SetValue\s{0,2}\(|VirtualProtect|\.GetField\s{0,2}\(|Marshal\]::(Copy|Write)|GetProcAddress|NonPublic,\s{0,2}Static)/ nocase ascii wide
        $guard_off = /Set-MpPreference[^\r\n]{0,80}-Disable(RealtimeMonitoring|IOAVProtection|BehaviorMonitoring|ScriptScanning)\s{1,4}(\$true|1)/ nocase ascii wide
        $guard_hole = /Add-MpPreference\s[^\r\n]{0,40}-ExclusionPath\s{1,4}["']?(c:\\["'\s]|\$env:(temp|appdata|public)|%temp%)/ nocase ascii wide
        $more = /\b(downloadstring|downloadfile|invoke-webrequest|iex|invoke-expression|start-process|frombase64string)\b/ nocase ascii wide
    condition:
        filesize < 5MB and NotAContainer and ($check and $change or (any of ($guard*) and $more))
}
