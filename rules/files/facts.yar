// Plainwatch rules: facts worth knowing that are no alarm: keys in files, squeezed programs, drives that start by themselves.
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

rule PrivateKeyInText
{
    meta:
        description = "A file holds a private key as text."
        reason = "exposed_secret"
        severity = "low"
        technique = "T1552.004"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "key_in_file"
        must_match = "the head of a private key followed by key text"
        must_not_match = "a page that shows only the head line"
        confidence = "0.6"
    strings:
        $key = /-----BEGIN (RSA |DSA |EC |OPENSSH |ENCRYPTED |PGP )?PRIVATE KEY( BLOCK)?-----\s{1,4}[A-Za-z0-9+\/=:, -]{16,80}/
    condition:
        filesize < 1MB and $key
}

rule CloudKeyInText
{
    meta:
        description = "A file holds an access key of a cloud service or a code platform."
        reason = "exposed_secret"
        severity = "low"
        technique = "T1552.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "key_in_file"
        must_match = "a key of the form that a cloud service or code platform gives out"
        must_not_match = "the examples of the makers' handbooks"
        confidence = "0.5"
    strings:
        $aws = /\b(AKIA|ASIA)[A-Z2-7]{16}\b/
        $aws_secret = /aws_?secret_?(access_?)?key["']?\s{0,3}[=:]\s{0,3}["']?[A-Za-z0-9\/+]{40}\b/ nocase
        $hub = /\b(ghp|gho|ghs|ghr)_[A-Za-z0-9]{36}\b/
        $hub_fine = /\bgithub_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}\b/
        $lab = /\bglpat-[A-Za-z0-9_-]{20}\b/
        $chat = /\bxox[bp]-\d{10,13}-\d{10,13}-[A-Za-z0-9-]{20,}/
        $pay = /\bsk_live_[A-Za-z0-9]{24}/
        $example = /EXAMPLE/
    condition:
        filesize < 1MB and (($aws and $aws_secret and not $example) or any of ($hub*, $lab, $chat, $pay))
}

rule PasswordListInText
{
    meta:
        description = "A small file lists passwords beside names or addresses."
        reason = "exposed_secret"
        severity = "low"
        technique = "T1552.001"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "key_in_file"
        must_match = "several lines that give a name and a password"
        must_not_match = "a form that asks for a password"
        confidence = "0.4"
    strings:
        $line = /(^|\n)\s{0,8}(pass(word|wort)?|mot de passe|kennwort|pwd)\s{0,4}[:=]\s{0,4}[^\s<>"'${}()\[\]*]{6,40}\s{0,2}(\r?\n|$)/ nocase
        $name = /(^|\n)\s{0,8}(user(name)?|login|e-?mail|benutzer(name)?|utilisateur|konto|account)\s{0,4}[:=]\s{0,4}[^\s<>"'${}()\[\]*]{3,60}/ nocase
    condition:
        filesize < 64KB and #line > 1 and #name > 1 and #line + #name > 4
}

rule SqueezedProgram
{
    meta:
        description = "A program was squeezed by a packer, as installers, games and harmful programs do."
        reason = "packed_program"
        severity = "low"
        technique = "T1027.002"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "packed_program"
        must_match = "a program whose parts carry the names a packer gives them"
        must_not_match = "an ordinary program"
        confidence = "0.5"
    strings:
        $upx = { 55 50 58 30 00 00 00 00 [32] 55 50 58 31 00 00 00 00 }
        $upx_linux = "UPX!"
        $upx_note = "This file is packed with the UPX executable packer"
        $other = /\x00(\.MPRESS[12]|\.aspack\x00|\.adata\x00|\.petite\x00|\.themida|\.winlice|\.vmp[012]\x00|\.enigma[12]|\.nsp[012]\x00|PEC2\w{2}|PECompact2|\.perplex|\.yP\x00|\.boom\x00|MEW\x00F|FSG!)/
    condition:
        filesize < 60MB and ((uint16(0) == 0x5a4d and ($upx in (0..4096) or $other in (0..4096))) or (uint32(0) == 0x464c457f and $upx_linux in (0..1024) and $upx_note))
}

rule DriveStartsProgram
{
    meta:
        description = "A small settings file lets a drive start a program by itself."
        reason = "autorun_media"
        severity = "low"
        technique = "T1091"
        licence = "GPL-2.0-or-later"
        date = "2026-11-23"
        sign = "starts_by_itself"
        must_match = "the start section of a drive with a program to open"
        must_not_match = "the start section of a drive with only a name and a picture"
        confidence = "0.5"
    strings:
        $section = /\[autorun(\.\w{1,8})?\]/ nocase ascii wide
        $open = /(^|[\r\n\x00])\s{0,8}(open|shellexecute|shell\\[^\\\r\n=]{1,40}\\command)\s{0,4}=\s{0,4}[^\r\n]{3,200}/ nocase ascii
        $open_wide = "open=" nocase wide
    condition:
        filesize < 64KB and $section in (0..2048) and any of ($open*)
}
