// Plainwatch rules: tools that testers and attackers share. A tool is no verdict: ask who put it there.
// Names alone stand in every handbook; so each rule asks for several names and the shape of code.
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

private rule ScriptText
{
    condition:
        filesize < 8MB and uint16(0) != 0x4b50 and uint32(0) != 0xe011cfd0 and uint32(0) != 0x46445025
        and uint16(0) != 0x5a4d and uint32(0) != 0x464c457f
}

rule PowerShellAttackToolkit
{
    meta:
        description = "A PowerShell file holds functions of a toolkit for breaking into networks."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1588.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "names_known_tool"
        must_match = "a function of a known toolkit together with the way such functions reach into the system"
        must_not_match = "a handbook that names the functions"
        confidence = "0.8"
    strings:
        $invoke = /\bfunction\s{1,4}(global:)?(Invoke-(Mimikatz|SMB(Scanner|AutoBrute)|Thunderstruck|VoiceTroll|ScriptBlockLogBypass|ExecuteMSBuild|DCOM|WinEnum|Zerologon|MailSearch|EnumerateAzure\w{3,12}|InveighRelay|Shellcode|ReflectivePEInjection|DllInjection|TokenManipulation|CredentialInjection|NinjaCopy|WmiCommand|Portscan|ReverseDnsLookup|UserHunter|ProcessHunter|ShareFinder|FileFinder|Kerberoast|ASREPRoast|SMBExec|WMIExec|TheHash|Inveigh|PsExec|PSInject|BypassUAC|EventVwrBypass|EnvBypass|FodHelperBypass|SDCLTBypass|WScriptBypassUAC|AllChecks|PrivescAudit|PowerDump|Phant0m|BloodHound|Bloodhound|PowerShellTcp|PowerShellUdp|PowerShellIcmp|PoshRat|Obfuscation|PasswordSpray|DomainPasswordSpray|Rubeus|Vnc|MS16\w{0,8}|Tater|ServiceAbuse|Paranoia|SSHCommand|CredentialPhisher|Empire|SessionGopher|ACLScanner|NetRipper|DCSync|EgressCheck|SQLOSCmd|Metasploit\w{0,10}|WebcamRecorder|Interceptor|EventHunter|DowngradeAccount))\b/ nocase ascii wide
        $get = /\bfunction\s{1,4}(global:)?(Get-(GPP\w{3,16}|Keystrokes|TimedScreenshot|VaultCredential|PassHashes|PassHints|LSASecret|WebCredentials|WLAN-Keys|MicrophoneAudio|HttpStatus|ServiceUnquoted|UnattendedInstallFile|Webconfig|ApplicationHost|ModifiableService\w{0,6}|ModifiablePath|RegistryAutoLogon|SiteListPassword|ServiceDetail|CachedRDPConnection|NetLoggedon|NetSession|NetDomain\w{0,12}|DomainSearcher|ExploitableSystem|ComputerDetails?|DelegateType|ProcAddress|Information|SecurityPackages|FoxDump|ChromeDump|ClipboardContents|SPN|USBKeystrokes|System|VolumeShadowCopy))\b/ nocase ascii wide
        $other = /\bfunction\s{1,4}(global:)?(Out-(Minidump|CompressedDll|ManagedDll|EncodedCommand|EncryptedScript|DnsTxt|Word|Excel|HTA|CHM|Shortcut|Java|RundllCommand|SCT|WebQuery|JS)|Add-(Persistence|ScrnSaveBackdoor|RegBackdoor|ConstrainedDelegationBackdoor|NetUser|ServiceDacl|Exfiltration)|New-(ElevatedPersistenceOption|UserPersistenceOption|InMemoryModule|HoneyHash|VolumeShadowCopy)|Install-(SSP|ServiceBinary)|Find-(AVSignature|DLLHijack|PathHijack|PathDLLHijack|ProcessDLLHijack|TrustedDocuments|LocalAdminAccess|GPOLocation|InterestingFile|InterestingDomain\w{0,10}|DomainShare|DomainUserLocation|PSServiceAccounts)|Write-(HijackDll|UserAddMSI|ServiceBinary))\b/ nocase ascii wide
        $further = /\bfunction\s{1,4}(global:)?(Set-(MasterBootRecord|CriticalProcess|MacAttribute|Wallpaper|RemotePSRemoting|RemoteWMI|DCShadowPermissions)|Remove-(Update|PoshRat|Persistence)|Enable-(SeAssignPrimaryTokenPrivilege|SeDebugPrivilege|DuplicateToken)|Convert-(NT4toCanonical|LDAPProperty)|Execute-(OnTime|DNSTXT-Code|Command-MSSQL)|Start-(Negotiate|ClipboardMonitor|CaptureServer|WebcamRecorder|Eidolon)|Test-(MemoryRangeOverlap|MS\w{2,8}))\b/ nocase ascii wide
        $single = /\bfunction\s{1,4}(global:)?(Mount-VolumeShadowCopy|Request-SPNTicket|Restore-ServiceBinary|HTTP-Backdoor|DNS_TXT_Pwnage|Gupt-Backdoor|FireBuster|FireListener|Copy-VSS|Check-VM|Create-MultipleSessions|Powercat|Start-Monologue|LSA-?Dump|PowerView|Download[_-]Execute(-PS)?|Parse_Keys|Run-EXEonRemote|TexttoEXE|ExetoText|StringToBase64|Do-Exfiltration|Keylogger|Brute-Force|Local-Enum)\b/ nocase ascii wide
        $reach0 = /\b(GetDelegateForFunctionPointer|DefineDynamicAssembly|DefinePInvokeMethod|VirtualAlloc|OpenProcess|ReadProcessMemory|WriteProcessMemory|CreateRemoteThread|AdjustTokenPrivileges|OpenProcessToken|DllImport|SetWindowsHookEx|GetAsyncKeyState|MiniDumpWriteDump|SeDebugPrivilege|DirectorySearcher|DirectoryServices|win32_process)\b/ nocase ascii wide
        $reach1 = /\b(Groups\.xml|cpassword|psf|NetSessionEnum|NetWkstaUserEnum|Lsa\\|lsass|PasswordVault|ShellExecute|schtasks|CurrentVersion\\Run|net\.webclient|Sockets\.TCPClient|HttpListener|FromBase64String|Reflection\.Assembly|InvokeScript|win32_service)\b/ nocase ascii wide
        $reach2 = /\b(Security Packages|VolumeShadow|Win32_ShadowCopy|Compression\.DeflateStream|Invoke-Expression|iex|Interceptor|HKLM:|HKCU:|GetProcAddress|Win32Exception|MCI Error|mciSendString|Recycle|DomainContext|DNSTXT|nslookup|Schedule\.Service|System\.Security\.AccessControl|FileStream)\b/ nocase ascii wide
        $shape = /\bparam\s{0,4}\(|\[CmdletBinding|New-Object|\bbegin\s{0,4}\{|\bprocess\s{0,4}\{/ nocase ascii wide
    condition:
        ScriptText and any of ($invoke, $get, $other, $further, $single) and any of ($reach*) and $shape
}

rule PowerShellReachesIntoPrograms
{
    meta:
        description = "A PowerShell file builds calls into the system in memory, to reach into other programs or their rights."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1055"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "code_into_memory"
        must_match = "PowerShell that builds system calls without a file and touches other programs, rights or secrets"
        must_not_match = "a script that declares one harmless system call"
        confidence = "0.75"
    strings:
        $build = /\b(DefineDynamicAssembly|DefinePInvokeMethod|GetDelegateForFunctionPointer|GetDelegateType|UnsafeNativeMethods)\b/ nocase ascii wide
        $define = /\bfunction\s{1,4}[\w-]{3,40}/ nocase ascii wide
        $t1 = /\b(WriteProcessMemory|CreateRemoteThread|NtCreateThreadEx|RtlCreateUserThread|QueueUserAPC|NtMapViewOfSection)\b/ nocase ascii wide
        $t2 = /\b(OpenProcessToken|DuplicateTokenEx?|ImpersonateLoggedOnUser|SetThreadToken|AdjustTokenPrivileges|CreateProcessWithTokenW|LsaEnumerateLogonSessions)\b/ nocase ascii wide
        $t3 = /\b(VirtualAllocEx|VirtualProtect(Ex)?|VirtualAlloc|VirtualFree)\b/ nocase ascii wide
        $t4 = /\b(MiniDumpWriteDump|ReadProcessMemory|lsass|LsaOpenPolicy|CredEnumerate|SamConnect|SeDebugPrivilege)\b/ nocase ascii wide
        $t5 = /\b(GetAsyncKeyState|SetWindowsHookEx|GetForegroundWindow)\b/ nocase ascii wide
        $t6 = /\b(OpenProcess|GetProcAddress|LoadLibraryA?|GetModuleHandleA?)\b/ nocase ascii wide
        $t7 = /\b(NetSessionEnum|NetWkstaUserEnum|NetShareEnum|NetLocalGroupGetMembers|DsGetSiteName|WTSEnumerateSessionsEx)\b/ nocase ascii wide
    condition:
        ScriptText and $build and $define and 3 of ($t*)
}

rule CredentialDumper
{
    meta:
        description = "A file holds the commands of a tool that reads passwords out of the memory of Windows."
        reason = "hack_tool"
        severity = "high"
        technique = "T1003.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "reads_passwords"
        must_match = "three or more of the tool's own commands"
        must_not_match = "a report that quotes one command"
        confidence = "0.85"
    strings:
        $c1 = "sekurlsa::" nocase ascii wide
        $c2 = "kerberos::" nocase ascii wide
        $c3 = "lsadump::" nocase ascii wide
        $c4 = "privilege::debug" nocase ascii wide
        $c5 = "gentilkiwi" nocase ascii wide
        $c6 = "KiwiAndRegistryTools" nocase ascii wide
        $c7 = "crypto::capi" nocase ascii wide
        $c8 = /\b(mimikatz|mimilib|mimidrv)\b/ nocase ascii wide
        $code = /\b(function|param|DllImport|GetProcAddress|invoke-)\b/ nocase ascii wide
        $manual = /<(html|body|div)\b/ nocase
    condition:
        filesize < 30MB and 3 of ($c*) and not $manual and (uint16(0) == 0x5a4d or $code)
}

rule ScriptTiesPromptToNetwork
{
    meta:
        description = "A script gives another computer a command prompt over the network."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1059"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "ties_prompt_to_network"
        must_match = "a small script that connects out or listens, and hands the line to a command prompt"
        must_not_match = "a program that talks to a server"
        confidence = "0.8"
    strings:
        $perl_line = /\b(socket\s{0,2}\(\s{0,2}\w{1,20}\s{0,2},\s{0,2}(&?PF_INET|&?AF_INET|2)|IO::Socket::INET)/
        $perl_tie = /open\s{0,2}\(?\s{0,2}\*?(STDIN|STDOUT|STDERR)\s{0,2},\s{0,2}["']?[<>+]{1,2}&/
        $perl_run = /\b(exec|system)\s{0,2}[({]?\s{0,2}[{("']?["'(]?\s{0,2}["']?(\/bin\/(ba)?sh|cmd|\$shell|uname)/ nocase
        $python_line = /\bsocket\.socket\s{0,2}\(/
        $python_tie = /\bos\.dup2\s{0,2}\(/
        $python_run = /(pty\.spawn\s{0,2}\(|subprocess\.(call|Popen|run)\s{0,2}\(\s{0,2}\[?\s{0,2}["'](\/bin\/(ba)?sh|cmd)|os\.(system|popen|exec\w{1,2})\s{0,2}\(\s{0,2}["']\/bin\/)/
        $shell = /\b(ba)?sh\s{1,2}-i\s{0,2}[0-9]?[<>&]{1,3}\s{0,2}\/dev\/(tcp|udp)\/[^\s\/]{1,80}\/\d{1,5}/
        $shell_loop = /exec\s{1,2}\d{1,3}<>\s{0,2}\/dev\/tcp\/[^\s\/]{1,80}\/\d{1,5}/
        $netcat = /mkfifo\s{1,2}\S{1,60}\s{0,2}[;&][^\n]{0,100}\/bin\/(ba)?sh[^\n]{0,40}\|\s{0,2}(nc|ncat|netcat)\s/
        $power_line = /Net\.Sockets\.TCPClient\s{0,2}\(|Net\.Sockets\.TcpListener/ nocase ascii wide
        $power_run = /\b(iex|Invoke-Expression)\b[^\r\n]{0,60}(\$data|\$sendback|\$input|2>&1)|ProcessStartInfo[^\x00]{0,400}(cmd|powershell)/ nocase ascii wide
        $power_stream = /\.GetStream\s{0,2}\(\s{0,2}\)/ nocase ascii wide
        $ruby = /TCPSocket\.(new|open)\s{0,2}\([^\n]{1,80}\)[^\n]{0,200}(IO\.popen|exec\s{0,2}["'(]\s{0,2}["']?\/bin\/sh)/
        $manual = /<(html|body)\b|\n#{1,3} [A-Z]|\n```/ nocase
    condition:
        ScriptText and filesize < 200KB and not $manual and (
            ($perl_line and $perl_run and ($perl_tie or filesize < 4KB)) or ($python_line and $python_tie and $python_run)
            or ($power_line and $power_run and $power_stream) or any of ($shell, $shell_loop, $netcat, $ruby)
        )
}

rule ScriptTakesOrdersFromChat
{
    meta:
        description = "A script sits in a chat room and carries out the orders it reads there: commands, scans or floods."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1071"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "ties_prompt_to_network"
        must_match = "a script that joins a chat room by itself, runs commands, and names floods, scans or connecting back"
        must_not_match = "a chat program, or a bot that answers questions"
        confidence = "0.8"
    strings:
        $say = "PRIVMSG"
        $join = /["' ]JOIN\b/
        $name = /\b(NICK|USER) /
        $line = /IO::Socket|\bsocket\s{0,2}\(|\bfsockopen\s{0,2}\(|\bsocket\.socket\b|\/dev\/tcp\//
        $run = /\b(system|exec|shell_exec|passthru|popen|os\.popen|subprocess\.\w{4,12})\s{0,2}\(/
        $flood = /\b(udp|tcp|syn|http|dns)?[ _]?flood\w{0,3}\b/ nocase
        $scan = /\b(port ?scan\w{0,3}|back ?connect|conn?back|spread(er|ing)|ddos|botnet|zombie)\b/ nocase
    condition:
        ScriptText and filesize < 500KB and $say and $join and $name and $line and $run and ($flood or $scan)
}

rule NetworkTesterProgram
{
    meta:
        description = "A program carries the names and help texts of a tool for breaking into networks."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1588.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "names_known_tool"
        must_match = "a Windows program with several words of one known tool"
        must_not_match = "a scanner that lists the names of tools"
        confidence = "0.8"
    strings:
        $rubeus1 = "Rubeus.Commands" ascii wide
        $rubeus2 = "/ticket:BASE64" ascii wide nocase
        $rubeus3 = "asreproast" ascii wide nocase
        $rubeus4 = "kerberoast" ascii wide nocase
        $rubeus5 = "s4u2self" ascii wide nocase
        $hound1 = "SharpHound" ascii wide
        $hound2 = "CollectionMethod" ascii wide
        $hound3 = "BloodHound" ascii wide
        $belt1 = "Seatbelt.Commands" ascii wide
        $belt2 = "SharpUp.Classes" ascii wide
        $belt3 = "winPEAS" ascii wide
        $potato1 = /\b(JuicyPotato|RoguePotato|PrintSpoofer|GodPotato|SweetPotato)\b/ ascii wide
        $potato2 = "CreateProcessWithTokenW"
        $potato3 = "SeImpersonatePrivilege" ascii wide
        $lazy1 = "lazagne" nocase ascii wide
        $lazy2 = "softwares.browsers" ascii wide
    condition:
        uint16(0) == 0x5a4d and filesize < 30MB
        and (3 of ($rubeus*) or all of ($hound*) or 1 of ($belt*) and #belt1 + #belt2 + #belt3 > 2 or all of ($potato*) or all of ($lazy*))
}
