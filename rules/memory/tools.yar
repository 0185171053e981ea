// Plainwatch rules for memory: tools that take over computers, and programs that earn coins, by what they hold while they run.
// Every text is written with one letter in brackets, so that it does not match itself where this rule lies in memory.
// Ask for several texts that stand close together in the tool; a page or a mail that names one of them is harmless.
// SPDX-License-Identifier: GPL-2.0-or-later

rule RemoteToolOrders
{
    meta:
        description = "A running program knows the orders of a tool for controlling computers from afar."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1620"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "names_known_tool"
        must_match = "five of the tool's own orders within a few pages of memory"
        must_not_match = "a text that names two of them"
        confidence = "0.75"
    strings:
        $a = /stdapi_sys_proces[s]_execute/
        $b = /stdapi_sys_proces[s]_get_processes/
        $c = /stdapi_fs_delete_fil[e]/
        $d = /stdapi_net_socket_tc[p]_shutdown/
        $e = /core_channel_interac[t]/
        $f = /core_transport_ad[d]/
        $g = /core_machine_i[d]/
        $h = /stdapi_ui_get_keys_ut[f]8/
        $i = /priv_elevate_getsyste[m]/
    condition:
        5 of them
}

rule ImplantBuiltFromOpenSource
{
    meta:
        description = "A running program was built from the source of a tool for controlling computers from afar."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1620"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "names_known_tool"
        must_match = "names of five parts of the implant, as its compiler left them"
        must_not_match = "the address of the source in a page"
        confidence = "0.75"
    strings:
        $a = /sliver\/implant\/slive[r]\/(transports|handlers|pivots|limits|evasion|priv|procdump|screen|shell|taskrunner)[.\/][(A-Za-z*]/
        $b = /merlin-agent(\/v\d)?\/(agen[t]|clients|commands|core|services)[.\/][(A-Za-z*]/
        $c = /chisel\/share\/(tunne[l]|settings|cnet|ccrypto)[.\/][(A-Za-z*]/
    condition:
        #a > 20 or #b > 20 or #c > 20
}

rule PasswordReaderOrders
{
    meta:
        description = "A running program knows the orders of a tool that reads passwords out of the memory of Windows."
        reason = "hack_tool"
        severity = "medium"
        technique = "T1003.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "reads_passwords"
        must_match = "four kinds of the tool's own orders and the name of its parts"
        must_not_match = "a report that quotes two orders"
        confidence = "0.75"
    strings:
        $a = /sekurls[a]::(logonpasswords|minidump|tickets|pth|ekeys|wdigest)/ nocase ascii wide
        $b = /lsadum[p]::(sam|secrets|lsa|dcsync|cache|trust)/ nocase ascii wide
        $c = /kerbero[s]::(golden|list|ptt|purge|tgt)/ nocase ascii wide
        $d = /privileg[e]::debug/ nocase ascii wide
        $e = /kuhl_m_sekurls[a]_/ ascii wide
        $f = /kuhl_m_lsadum[p]_/ ascii wide
    condition:
        any of ($e, $f) and 4 of them
}

rule MinerAtWork
{
    meta:
        description = "A running program lets the computer earn digital money."
        reason = "miner_file"
        severity = "medium"
        technique = "T1496"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "earns_coins"
        must_match = "settings of a miner, or a job from a pool, with the way to work it out"
        must_not_match = "a page about mining"
        confidence = "0.8"
    strings:
        $job = /"method"\s{0,2}:\s{0,2}"jo[b]"\s{0,2},\s{0,2}"params"\s{0,2}:\s{0,2}\{[^{}]{0,200}"blob"\s{0,2}:\s{0,2}"[0-9a-f]{32}/
        $login = /"method"\s{0,2}:\s{0,2}"logi[n]"\s{0,2},\s{0,2}"params"\s{0,2}:\s{0,2}\{\s{0,2}"login"\s{0,2}:\s{0,2}"[0-9A-Za-z.+]{20}/
        $algo = /"algo"\s{0,2}:\s{0,2}"(r[x]\/(0|wow|arq|graft|sfx|keva)|cn\/(r|half|gpu|upx2)|gh[o]strider|panther[a]|argon2\/chukwa)/
        $donate = /"donate-leve[l]"\s{0,2}:\s{0,2}\d/
        $pages = /"huge-page[s]"\s{0,2}:\s{0,2}(true|false)/
        $hint = /"max-threads-hin[t]"\s{0,2}:\s{0,2}\d/
    condition:
        ($job and ($login or $algo)) or ($algo and 2 of ($donate, $pages, $hint))
}
