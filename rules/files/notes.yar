// Plainwatch rules: letters that ask for money for locked files.
// Four signs are asked for: locked or stolen, way back, where to write or pay, threat or warning.
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
private rule SmallText
{
    condition:
        filesize > 80 and filesize < 100KB and uint16(0) != 0x5a4d and uint16(0) != 0x4b50
        and uint32(0) != 0x464c457f and uint32(0) != 0xe011cfd0 and uint32(0) != 0x46445025
        // a text begins with a letter, a blank or a byte order mark; lists of translations do not
        and (uint8(0) < 0x80 or uint8(0) > 0xe1) and uint8(0) > 0x08
}

private rule SaysLockedOrStolen
{
    strings:
        $a = /\b(files|data|documents|photos|databases|network|servers?|backups|computers?|systems?|pc|infrastructure|company)\b[^.<>]{0,90}\b(encrypted|locked|stolen|leaked|exfiltrated|breached|hacked|penetrated|compromised|downloaded)\b/ nocase ascii wide
        $b = /\b(encrypted|stole|stolen|downloaded|exfiltrated|leaked|locked|hacked|copied)\b[^.<>]{0,70}\b(files|data|documents|network|databases?|servers?|backups|information)\b/ nocase ascii wide
        $c = /(vos fichiers|ihre dateien|sus archivos|seus arquivos|i tuoi file)\b[^.<>]{0,80}(chiffr|crypt|verschl|cifrad|criptograf|cifrat)/ nocase ascii wide
    condition:
        SmallText and any of them
}

private rule OffersWayBack
{
    strings:
        $a = /\b(decrypt|decryptor|decryption|decrypter|unlock)\w{0,4}\b/ nocase ascii wide
        $b = /\b(restore|recover|return|get back|regain)\w{0,4}\b[^.<>]{0,50}\b(files?|data|documents|information|network|systems?|access|everything)\b/ nocase ascii wide
        $c = "private key" nocase ascii wide
    condition:
        SmallText and any of them
}

private rule NamesHiddenContact
{
    strings:
        $onion = /[a-z2-7]{16,56}\.onion\b/ nocase ascii wide
        $tor = /\b(tor browser|torproject\.org|tor2web|onion\.(cab|to|link|ly|pet|ws))\b/ nocase ascii wide
        $tox = /\b(qtox|tox id|tox chat|utox|session id|getsession\.org|jabber|telegram|icq)\b/ nocase ascii wide
        $secret_mail = /@(protonmail|proton|tutanota|tuta|onionmail|cock|airmail|aol|mailfence|firemail|keemail|msgsafe|cyberfear|india|gmx|yandex|ctemplar)\.[a-z]{2,4}\b/ nocase ascii wide
        $coin = /\b(bitcoins?|btc|monero|xmr)\b/ nocase ascii wide
    condition:
        SmallText and any of them
}

private rule NamesPlainContact
{
    strings:
        $mail = /\b(write|contact|e-?mail|reach)\b[^<>]{0,160}[a-z0-9._-]{2,40}@[a-z0-9-]{2,30}\.[a-z]{2,8}\b/ nocase ascii wide
    condition:
        SmallText and filesize < 6KB and $mail
}

private rule ThreatensOrWarns
{
    strings:
        $touch = /\b(don.?t|do n.?t|never|not to|avoid|any attempts?)\b[^.<>]{0,60}\b(reset|rename|modify|edit|delete|move|third.?party|recover|decrypt|restore|shut ?down|turn off|reboot|contact|police|hire|change|use)\w{0,4}\b/ nocase ascii wide
        $publish = /\b(publish|published|publicly|leak|leaked|sold|sell|disclose|made public|make public|upload)\w{0,2}\b/ nocase ascii wide
        $price = /\b(ransom|price|payment|you (have|need|must) (to )?pay|pay (us|for)|not pay|the cost of|buy)\b/ nocase ascii wide
        $free = /\b(decrypt|restore|unlock)\w{0,4}\b[^.<>]{0,60}\b(free|guarantee|test|proof)\b/ nocase ascii wide
        $time = /\b(within|in|after|have|only)\b[^.<>]{0,16}\b(\d{1,3}|two|three|five|seven) (hours|days)\b/ nocase ascii wide
        $lost = /\b(lost|damaged?|permanent(ly)?|irreversibl[ey]|forever|impossible|corrupt(ed)?|destroyed|deleted)\b/ nocase ascii wide
    condition:
        SmallText and any of them
}

rule RansomNoteFourSigns
{
    meta:
        description = "A letter that says files are locked or stolen, offers a way back, names where to pay or write, and threatens."
        reason = "ransom_note"
        severity = "high"
        technique = "T1486"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "asks_for_money"
        must_match = "a short text with all four signs of a letter for ransom"
        must_not_match = "advice about ransom letters, mail programs or backup manuals with at most two of the signs"
        confidence = "0.9"
    strings:
        $about_you = /\b(you|your|yours|vos|votre|ihre|sus|seus)\b/ nocase ascii wide
        $files_locked = /\b(files|data|documents|databases?|servers?|network|backups?|computers?|fichiers|dateien|archivos|arquivos)\b[^.<>]{0,60}\b(encrypted|crypted|locked|stolen|leaked|downloaded|hacked|breached|chiffr|verschl|cifrad)/ nocase ascii wide
        $locked_files = /\b(encrypted|crypted|locked|stolen|stole|leaked|downloaded|hacked|breached)\b[^.<>]{0,40}\b(your|all)\b[^.<>]{0,40}\b(files|data|documents|databases?|servers?|network|backups?|computers?)\b/ nocase ascii wide
        $page = /<(html|body|table|div|style)\b/ nocase ascii wide
    condition:
        SaysLockedOrStolen and OffersWayBack and (NamesHiddenContact or NamesPlainContact) and ThreatensOrWarns
        and #about_you > 2 and any of ($files_locked, $locked_files) and (filesize < 20KB or $page)
}

rule RansomNoteThreeSigns
{
    meta:
        description = "A letter with three of the four signs of a letter for ransom, and a hidden way to reach the writer."
        reason = "ransom_note"
        severity = "medium"
        technique = "T1486"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "asks_for_money"
        must_match = "a short text with a hidden address and two more signs of a letter for ransom"
        must_not_match = "a manual of a hidden network, or a letter with an ordinary address"
        confidence = "0.7"
    strings:
        $about_you = /\b(you|your|yours)\b/ nocase ascii wide
        $onion = /\b[a-z2-7]{16}([a-z2-7]{40})?\.onion\b/ nocase ascii wide
        $tox = /\b(tox id|qtox|tox chat)\b/ nocase ascii wide
        $secret_mail = /@(protonmail|proton|tutanota|tuta|onionmail|cock|airmail|mailfence|firemail|keemail|msgsafe|cyberfear|ctemplar)\.[a-z]{2,4}\b/ nocase ascii wide
        $page = /<(html|body|table|div|style)\b/ nocase ascii wide
    condition:
        SmallText and any of ($onion, $tox, $secret_mail) and #about_you > 2 and (filesize < 20KB or $page)
        and ((SaysLockedOrStolen and OffersWayBack) or (SaysLockedOrStolen and ThreatensOrWarns))
}
