// Plainwatch rules: programs and settings that earn coins for others, read password stores or write down keys.
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

rule MinerSettings
{
    meta:
        description = "Settings of a program that lets the computer earn digital money."
        reason = "miner_file"
        severity = "medium"
        technique = "T1496"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "earns_coins"
        must_match = "a small settings file with a pool address, a payee and words of mining"
        must_not_match = "settings of a database or of a web pool of workers"
        confidence = "0.75"
    strings:
        $pools = /"pools"\s{0,4}:\s{0,4}\[/
        $donate = /"donate-(level|over-proxy)"\s{0,4}:/
        $algo = /"(algo|coin)"\s{0,4}:\s{0,4}("(rx\/|cn\/|randomx|cryptonight|kawpow|monero|argon2|ghostrider)|null)/ nocase
        $url = /"url"\s{0,4}:\s{0,4}"(stratum\+(tcp|ssl):\/\/)?[a-z0-9.-]{4,80}:\d{2,5}"/ nocase
        $user = /"user"\s{0,4}:\s{0,4}"[A-Za-z0-9._+]{20,120}"/
        $threads = /"(randomx|huge-pages|max-threads-hint|nicehash|keepalive|rig-id|cpu-affinity)"\s{0,4}:/
    condition:
        filesize < 64KB and $pools and $url and 2 of ($donate, $algo, $user, $threads)
}

rule MinerStartLine
{
    meta:
        description = "A script starts a program that lets the computer earn digital money."
        reason = "miner_file"
        severity = "medium"
        technique = "T1496"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "earns_coins"
        must_match = "a script line with a pool address and the options of a mining program"
        must_not_match = "a page that explains mining"
        confidence = "0.75"
    strings:
        $line = /\b(xmrig|minerd|cpuminer|ccminer|xmr-stak|nbminer|t-rex|lolminer|phoenixminer|gminer|ethminer|kswapd0|kdevtmpfsi)\b[^\r\n]{0,200}(\s-o\s|\s--url|\s-a\s|\s--algo|\s-u\s)[^\r\n]{0,120}(stratum|:\d{3,5}\b)/ nocase
        $address = /stratum\+(tcp|ssl|tls):\/\/[a-z0-9.-]{4,80}:\d{2,5}[^\r\n]{0,160}\s(-u|--user|-p|--pass|--donate-level)\s/ nocase
        $quiet = /\b(nohup|crontab|setsid|systemctl|chattr|pkill|killall|schtasks|start \/b|-WindowStyle|disown)\b|>\s{0,2}\/dev\/null/ nocase
        $manual = /<(html|body)\b|\n#{1,3} [A-Z]|\n```/ nocase
    condition:
        filesize < 500KB and uint16(0) != 0x5a4d and uint32(0) != 0x464c457f and any of ($line, $address) and $quiet and not $manual
}

rule MinerProgram
{
    meta:
        description = "A program that lets the computer earn digital money."
        reason = "miner_file"
        severity = "medium"
        technique = "T1496"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "earns_coins"
        must_match = "a program with pool addresses or options and words of mining"
        must_not_match = "a wallet or a virus scanner"
        confidence = "0.8"
    strings:
        $pool = /stratum\+(tcp|ssl|tls):\/\//
        $option = /--?donate-level/
        $w1 = "cryptonight" nocase
        $w2 = "randomx" nocase
        $w3 = "\"mining.submit\""
        $w4 = "mining.subscribe"
        $w5 = "xmrig" nocase
        $w6 = "kawpow" nocase
        $w7 = "minergate" nocase
        $w8 = "nicehash" nocase
    condition:
        filesize < 40MB and (uint16(0) == 0x5a4d or uint32(0) == 0x464c457f) and ($pool or $option) and 3 of ($w*)
}

rule PageMinesCoins
{
    meta:
        description = "A web page lets the visitor's computer earn digital money for somebody else."
        reason = "miner_file"
        severity = "medium"
        technique = "T1496"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "earns_coins"
        must_match = "a page that starts a mining script with a payee"
        must_not_match = "a block list that names such scripts"
        confidence = "0.75"
    strings:
        $start = /new\s{1,4}(CoinHive|Client|Coinhive|CryptoLoot|CRLT|deepMiner|CoinImp|WebMinePool|JSEcoin|Minr)\s{0,2}\.\s{0,2}(Anonymous|User|Token)\s{0,2}\(\s{0,2}["'][A-Za-z0-9]{16,100}["']/
        $go = /\.start\s{0,2}\(/
    condition:
        filesize < 2MB and $start and $go
}

rule BrowserPasswordThief
{
    meta:
        description = "A program or script opens the password stores of several browsers and sends what it finds away."
        reason = "stealer_file"
        severity = "high"
        technique = "T1555.003"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "reads_browser_store"
        must_match = "names of the stores of browsers, the way to unlock them, and a way to send"
        must_not_match = "a browser, a password manager or a backup tool"
        confidence = "0.8"
    strings:
        $store1 = "\\Login Data" ascii wide nocase
        $store2 = "/Login Data" ascii wide nocase
        $store3 = "logins.json" ascii wide nocase
        $store4 = "\\Web Data" ascii wide nocase
        $store5 = "\\Local State" ascii wide nocase
        $unlock1 = "CryptUnprotectData" ascii wide
        $unlock2 = "encrypted_key" ascii wide
        $unlock3 = "PK11SDR_Decrypt" ascii wide
        $unlock4 = /select\s{1,4}[^;]{0,80}password_value[^;]{0,80}from\s{1,4}logins/ nocase ascii wide
        $wide1 = /\b(Yandex|Vivaldi|Amigo|Torch|Epic Privacy|CocCoc|Comodo|Kometa|Orbitum|Sputnik|7Star|Iridium|Chedot)\b/ ascii wide
        $wide2 = /\b(Exodus|Electrum|Atomic|MetaMask|wallet\.dat|Ethereum\\keystore)\b/ ascii wide
        $wide3 = /\b(FileZilla|recentservers\.xml|WinSCP|Pidgin|Thunderbird|FoxMail|Discord\\Local Storage|leveldb)\b/ ascii wide nocase
        $send1 = /api\.telegram\.org\/bot|discord(app)?\.com\/api\/webhooks/ ascii wide nocase
        $send2 = /\b(smtpclient|smtplib|ftpwebrequest|webhook|multipart\/form-data)\b/ ascii wide nocase
        $browser = /\b(Google Inc|Mozilla Corporation|Microsoft Corporation)\b/ wide
    condition:
        filesize < 20MB and not $browser and 2 of ($store*) and any of ($unlock*) and (any of ($send*) and (any of ($wide*) or filesize < 200KB))
}

rule KeyRecorderScript
{
    meta:
        description = "A script writes down the keys a person presses and sends or stores them."
        reason = "stealer_file"
        severity = "medium"
        technique = "T1056.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "records_keys"
        must_match = "a small script that asks for pressed keys in a loop and writes or sends them"
        must_not_match = "a game or a tool for key shortcuts"
        confidence = "0.75"
    strings:
        $ask1 = /\bGetAsyncKeyState\b/ nocase ascii wide
        $ask2 = /\b(pynput\.keyboard|keyboard\.Listener|pyHook|pyxhook|SetWindowsHookEx\w?)\b/ ascii wide
        $name = /\b(key.?log(ger|s|ging)?|keystrokes?|log_?keys?|save_?key)\b/ nocase ascii wide
        $send = /\b(smtplib|smtp\.|Send-MailMessage|sendmail|discord(app)?\.com\/api\/webhooks|api\.telegram\.org|requests\.post|UploadString|UploadFile|ftplib|Net\.Mail)\b/ nocase ascii wide
        $store = /\b(Out-File|Add-Content|AppendAllText|open\s{0,2}\([^)]{1,60}["']a\+?["']|IO\.StreamWriter)/ nocase ascii wide
        $script = /\b(def|import|function|param|while|Add-Type)\b/ nocase ascii wide
    condition:
        filesize < 200KB and uint16(0) != 0x5a4d and uint32(0) != 0x464c457f and $script and any of ($ask*) and $name and any of ($send, $store)
}
