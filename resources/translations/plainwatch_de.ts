<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>ActHero</name>
        <message>
            <source>{when} on {computer}</source>
            <translation>{when} auf {computer}</translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) in all.</source>
            <translation>
                <numerusform>%n Schritt insgesamt.</numerusform>
                <numerusform>%n Schritte insgesamt.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ActivityPage</name>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>Program first, address second.</source>
            <translation>Zuerst das Programm, dann die Adresse.</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>Letzte Stunde</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 Tage</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 Tage</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zeitraum</translation>
        </message>
        <message>
            <source>A look takes half a minute and changes nothing. You can keep working.</source>
            <translation>Ein Blick dauert eine halbe Minute und verändert nichts. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>No look at the network yet</source>
            <translation>Noch kein Blick auf das Netzwerk</translation>
        </message>
        <message>
            <source>Look at the network now</source>
            <translation>Jetzt auf das Netzwerk sehen</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eine Aufzeichnung öffnen</translation>
        </message>
    </context>
    <context>
        <name>ActivityWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>Ein Programm, dessen Namen wir nicht kennen</translation>
        </message>
        <message>
            <source>waits to be called</source>
            <translation>wartet auf Anrufe</translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} und %Ln weiteres Ziel</numerusform>
                <numerusform>{name} und %Ln weitere</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln countries</source>
            <translation>
                <numerusform>%Ln Land</numerusform>
                <numerusform>%Ln Länder</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln owners of networks</source>
            <translation>
                <numerusform>%Ln Netzbetreiber</numerusform>
                <numerusform>%Ln Netzbetreiber</numerusform>
            </translation>
        </message>
        <message>
            <source>usually {size}</source>
            <translation>sonst {size}</translation>
        </message>
        <message>
            <source>as usual</source>
            <translation>wie sonst</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} empfangen</translation>
        </message>
        <message>
            <source>{size} sent</source>
            <translation>{size} gesendet</translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s)</source>
            <translation>
                <numerusform>%Ln Verbindung</numerusform>
                <numerusform>%Ln Verbindungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>und %Ln weiteres</numerusform>
                <numerusform>und %Ln weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>{first} to {last} {day}</source>
            <translation>{first} bis {last} {day}</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>{first} bis {last}</translation>
        </message>
        <message>
            <source>usually {size} at this time</source>
            <translation>sonst {size} um diese Zeit</translation>
        </message>
        <message>
            <source>Most at {time}.</source>
            <translation>Am meisten um {time}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln finding(s) in this time.</source>
            <translation>
                <numerusform>%Ln Fund in dieser Zeit.</numerusform>
                <numerusform>%Ln Funde in dieser Zeit.</numerusform>
            </translation>
        </message>
        <message>
            <source>No finding in this time.</source>
            <translation>Kein Fund in dieser Zeit.</translation>
        </message>
        <message>
            <source>Arrow keys choose a time.</source>
            <translation>Mit den Pfeiltasten wählen Sie eine Zeit.</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Dieser Computer</translation>
        </message>
        <message>
            <source>Countries and owners of networks as of {month}.</source>
            <translation>Länder und Netzbetreiber: Stand {month}.</translation>
        </message>
        <message>
            <source>Makers of network cards as of {month}.</source>
            <translation>Hersteller der Netzwerkkarten: Stand {month}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln quieter line(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln ruhigere Zeile wird nicht gezeigt: Es sind zu viele.</numerusform>
                <numerusform>%Ln ruhigere Zeilen werden nicht gezeigt: Es sind zu viele.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>Please start Plainwatch as yourself, not as root. It needs no special rights.</source>
            <translation>Bitte starten Sie Plainwatch als Sie selbst, nicht als root. Es braucht keine besonderen Rechte.</translation>
        </message>
        <message>
            <source>What Plainwatch has kept cannot be read. We can put it aside unchanged and start with an empty list. Your own files are not touched.</source>
            <translation>Was Plainwatch aufgehoben hat, lässt sich nicht lesen. Wir können es unverändert beiseitelegen und mit einer leeren Liste beginnen. Ihre eigenen Dateien bleiben unberührt.</translation>
        </message>
        <message>
            <source>Plainwatch cannot write to its folder. The disk may be full, or the folder may be locked.</source>
            <translation>Plainwatch kann in seinen Ordner nicht schreiben. Vielleicht ist die Festplatte voll oder der Ordner gesperrt.</translation>
        </message>
        <message>
            <source>A newer Plainwatch has written what is kept here. Please start that newer one.</source>
            <translation>Ein neueres Plainwatch hat geschrieben, was hier aufgehoben ist. Bitte starten Sie das neuere.</translation>
        </message>
        <message>
            <source>Plainwatch could not start</source>
            <translation>Plainwatch konnte nicht starten</translation>
        </message>
        <message>
            <source>Put it aside and start fresh</source>
            <translation>Beiseitelegen und neu beginnen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>Areas</name>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>No file was checked yet.</source>
            <translation>Es wurde noch keine Datei geprüft.</translation>
        </message>
        <message>
            <source>No look at the network yet. The page Activity has one.</source>
            <translation>Noch kein Blick auf das Netzwerk. Die Seite Aktivität bietet ihn.</translation>
        </message>
        <message numerus="yes">
            <source>looked at, %Ln not in full</source>
            <translation>
                <numerusform>angesehen, %Ln nicht ganz</numerusform>
                <numerusform>angesehen, %Ln nicht ganz</numerusform>
            </translation>
        </message>
        <message>
            <source>connections looked at</source>
            <translation>Verbindungen angesehen</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>angesehen</translation>
        </message>
        <message>
            <source>No look at the programs yet. The page Activity has one.</source>
            <translation>Noch kein Blick auf die Programme. Die Seite Aktivität bietet ihn.</translation>
        </message>
        <message>
            <source>running programs looked at, not all in full</source>
            <translation>laufende Programme angesehen, nicht alle ganz</translation>
        </message>
        <message>
            <source>running programs looked at</source>
            <translation>laufende Programme angesehen</translation>
        </message>
        <message>
            <source>found in an earlier look</source>
            <translation>bei einem früheren Blick gefunden</translation>
        </message>
        <message numerus="yes">
            <source>checked, %Ln not fully looked at</source>
            <translation>
                <numerusform>geprüft, %Ln nicht ganz geprüft</numerusform>
                <numerusform>geprüft, %Ln nicht ganz geprüft</numerusform>
            </translation>
        </message>
        <message>
            <source>checked, none left out</source>
            <translation>geprüft, nichts ausgelassen</translation>
        </message>
        <message>
            <source>No check of this computer has come to its end yet.</source>
            <translation>Noch keine Prüfung dieses Computers ist zu Ende gelaufen.</translation>
        </message>
    </context>
    <context>
        <name>CheckPage</name>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Einen Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Wir sehen nach.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>begonnen {when}</translation>
        </message>
        <message>
            <source>The check could not go on</source>
            <translation>Die Prüfung konnte nicht weitergehen</translation>
        </message>
        <message>
            <source>Start the check again</source>
            <translation>Prüfung noch einmal starten</translation>
        </message>
    </context>
    <context>
        <name>ChoiceCard</name>
        <message>
            <source>What should we look at?</source>
            <translation>Was sollen wir prüfen?</translation>
        </message>
        <message>
            <source>Quick check</source>
            <translation>Schnelle Prüfung</translation>
        </message>
        <message>
            <source>Takes a few minutes. Looks at: {places}</source>
            <translation>Dauert ein paar Minuten. Prüft: {places}</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Volle Prüfung</translation>
        </message>
        <message>
            <source>Can take hours. Looks at: {places}</source>
            <translation>Kann Stunden dauern. Prüft: {places}</translation>
        </message>
        <message>
            <source>Choose folders</source>
            <translation>Ordner wählen</translation>
        </message>
        <message>
            <source>Looks at the folders you name, and all inside them.</source>
            <translation>Prüft die Ordner, die Sie nennen, mit allem darin.</translation>
        </message>
        <message>
            <source>The programs and connections of this computer are watched for a few seconds, too.</source>
            <translation>Auch die Programme und Verbindungen dieses Computers werden einige Sekunden lang beobachtet.</translation>
        </message>
        <message>
            <source>Start quick check</source>
            <translation>Schnelle Prüfung starten</translation>
        </message>
        <message>
            <source>Start full check</source>
            <translation>Volle Prüfung starten</translation>
        </message>
        <message>
            <source>Check these folders</source>
            <translation>Diese Ordner prüfen</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>gewählt</translation>
        </message>
        <message>
            <source>not chosen</source>
            <translation>nicht gewählt</translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n Sekunde</numerusform>
                <numerusform>%n Sekunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n Minute</numerusform>
                <numerusform>%n Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n Stunde</numerusform>
                <numerusform>%n Stunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>vor %n Minute</numerusform>
                <numerusform>vor %n Minuten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About %n minute(s) left.</source>
            <translation>
                <numerusform>Noch etwa %n Minute.</numerusform>
                <numerusform>Noch etwa %n Minuten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n gefunden</numerusform>
                <numerusform>%n gefunden</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailsCard</name>
        <message>
            <source>Services and ports</source>
            <translation>Dienste und Ports</translation>
        </message>
        <message>
            <source>Waits to be called on</source>
            <translation>Wartet auf Anrufe an</translation>
        </message>
        <message>
            <source>Maker of the network card</source>
            <translation>Hersteller der Netzwerkkarte</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>gesendet</translation>
        </message>
        <message>
            <source>received</source>
            <translation>empfangen</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>usually</source>
            <translation>sonst</translation>
        </message>
        <message>
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} empfangen</translation>
        </message>
        <message>
            <source>Data sent</source>
            <translation>Gesendete Daten</translation>
        </message>
        <message>
            <source>Addresses it has not used before</source>
            <translation>Adressen, die es noch nie benutzt hat</translation>
        </message>
        <message>
            <source>Called from</source>
            <translation>Angerufen von</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>Wohin</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>und %Ln weiteres</numerusform>
                <numerusform>und %Ln weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Zeigen, was zu tun ist</translation>
        </message>
    </context>
    <context>
        <name>DriftLine</name>
        <message>
            <source>Show what has changed</source>
            <translation>Zeigen, was sich geändert hat</translation>
        </message>
    </context>
    <context>
        <name>DropArea</name>
        <message>
            <source>Not sure about a file?</source>
            <translation>Unsicher bei einer Datei?</translation>
        </message>
        <message>
            <source>Drop it here and we will check it.</source>
            <translation>Legen Sie sie hier ab, wir prüfen sie.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Eine Datei wählen</translation>
        </message>
    </context>
    <context>
        <name>EvidenceCard</name>
        <message>
            <source>What was different</source>
            <translation>Was anders war</translation>
        </message>
        <message>
            <source>observed</source>
            <translation>beobachtet</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>üblich</translation>
        </message>
    </context>
    <context>
        <name>FindingPage</name>
        <message>
            <source>All findings</source>
            <translation>Alle Funde</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>Fund</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Einen Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Wir sehen nach.</translation>
        </message>
        <message>
            <source>This finding is not kept any more</source>
            <translation>Dieser Fund ist nicht mehr aufgehoben</translation>
        </message>
        <message>
            <source>It may have been deleted. The list shows what is there.</source>
            <translation>Vielleicht wurde er gelöscht. Die Liste zeigt, was da ist.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>Alle Funde zeigen</translation>
        </message>
        <message>
            <source>We looked for {recording}. It was moved, deleted or changed. What we found in it is still kept.</source>
            <translation>Wir haben {recording} gesucht. Die Datei wurde verschoben, gelöscht oder verändert. Was wir darin gefunden haben, ist weiter aufgehoben.</translation>
        </message>
        <message>
            <source>The recording is not there any more</source>
            <translation>Die Aufzeichnung ist nicht mehr da</translation>
        </message>
        <message>
            <source>Back to the finding</source>
            <translation>Zurück zum Fund</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Diese Pakete speichern</translation>
        </message>
        <message>
            <source>Recordings of network traffic (*.pcapng)</source>
            <translation>Aufzeichnungen von Netzwerkverkehr (*.pcapng)</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) saved in {name}.</source>
            <translation>
                <numerusform>%Ln Paket in {name} gespeichert.</numerusform>
                <numerusform>%Ln Pakete in {name} gespeichert.</numerusform>
            </translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>Die Zusammenfassung ist kopiert. Fügen Sie sie in eine E-Mail an Ihre Hilfe ein.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this for %n day(s).</source>
            <translation>
                <numerusform>Danke. Wir sagen dazu %n Tag lang nichts mehr.</numerusform>
                <numerusform>Danke. Wir sagen dazu %n Tage lang nichts mehr.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this.</source>
            <translation>Danke. Wir sagen dazu nichts mehr.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this file for %n day(s).</source>
            <translation>
                <numerusform>Danke. Zu dieser Datei bleiben wir %n Tag lang still.</numerusform>
                <numerusform>Danke. Zu dieser Datei bleiben wir %n Tage lang still.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this file until it changes.</source>
            <translation>Danke. Zu dieser Datei bleiben wir still, bis sie sich ändert.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. This finding stays on top.</source>
            <translation>Eine Zusammenfassung ist kopiert. Senden Sie sie Ihrer Hilfe. Dieser Fund bleibt oben.</translation>
        </message>
    </context>
    <context>
        <name>FindingsList</name>
        <message>
            <source>Findings</source>
            <translation>Funde</translation>
        </message>
        <message>
            <source>Search findings</source>
            <translation>In den Funden suchen</translation>
        </message>
        <message>
            <source>All levels</source>
            <translation>Alle Stufen</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Offen</translation>
        </message>
        <message>
            <source>Solved</source>
            <translation>Erledigt</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Bereich</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Stand</translation>
        </message>
        <message>
            <source>No finding fits what you chose.</source>
            <translation>Kein Fund passt zu Ihrer Auswahl.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>Alle Funde zeigen</translation>
        </message>
    </context>
    <context>
        <name>FindingsPage</name>
        <message>
            <source>Findings</source>
            <translation>Funde</translation>
        </message>
        <message>
            <source>You are still worried about</source>
            <translation>Das macht Ihnen noch Sorgen</translation>
        </message>
        <message>
            <source>We are looking</source>
            <translation>Wir prüfen gerade</translation>
        </message>
        <message>
            <source>Nothing found so far. Findings stand here as soon as there are any.</source>
            <translation>Bisher nichts gefunden. Funde stehen hier, sobald es welche gibt.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Noch keine Prüfung</translation>
        </message>
        <message>
            <source>What a check finds stands here. The first one takes a few minutes.</source>
            <translation>Was eine Prüfung findet, steht hier. Die erste dauert ein paar Minuten.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message>
            <source>The checks so far found nothing. What they left out stands on the page Check.</source>
            <translation>Die bisherigen Prüfungen fanden nichts. Was sie ausließen, steht auf der Seite Prüfung.</translation>
        </message>
        <message>
            <source>Start a quick check</source>
            <translation>Eine schnelle Prüfung starten</translation>
        </message>
        <message numerus="yes">
            <source>%Ln open</source>
            <translation>
                <numerusform>%Ln offen</numerusform>
                <numerusform>%Ln offen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln solved</source>
            <translation>
                <numerusform>%Ln erledigt</numerusform>
                <numerusform>%Ln erledigt</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gestern</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>Die Zusammenfassung ist kopiert. Fügen Sie sie in eine E-Mail an Ihre Hilfe ein.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about these files for %n day(s).</source>
            <translation>
                <numerusform>Danke. Zu diesen Dateien bleiben wir %n Tag lang still.</numerusform>
                <numerusform>Danke. Zu diesen Dateien bleiben wir %n Tage lang still.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about these files until they change.</source>
            <translation>Danke. Zu diesen Dateien bleiben wir still, bis sie sich ändern.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. These findings stay on top.</source>
            <translation>Eine Zusammenfassung ist kopiert. Senden Sie sie Ihrer Hilfe. Diese Funde bleiben oben.</translation>
        </message>
    </context>
    <context>
        <name>FolderList</name>
        <message>
            <source>Add a folder</source>
            <translation>Einen Ordner hinzufügen</translation>
        </message>
        <message>
            <source>Do not look at {folder} any more</source>
            <translation>{folder} nicht mehr prüfen</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Einen Ordner wählen</translation>
        </message>
    </context>
    <context>
        <name>FoundAboutCard</name>
        <message>
            <source>What we found about it or about who started it</source>
            <translation>Was wir über dieses Programm oder seinen Starter gefunden haben</translation>
        </message>
    </context>
    <context>
        <name>FoundCard</name>
        <message>
            <source>What we found</source>
            <translation>Was wir gefunden haben</translation>
        </message>
        <message>
            <source>See all findings</source>
            <translation>Alle Funde ansehen</translation>
        </message>
        <message>
            <source>Your last checks</source>
            <translation>Ihre letzten Prüfungen</translation>
        </message>
        <message>
            <source>See all</source>
            <translation>Alle ansehen</translation>
        </message>
        <message>
            <source>Nothing here yet. It fills with the first check.</source>
            <translation>Hier ist noch nichts. Mit der ersten Prüfung füllt es sich.</translation>
        </message>
    </context>
    <context>
        <name>HeadlineCard</name>
        <message>
            <source>Found {when} in {recording}</source>
            <translation>Gefunden {when} in {recording}</translation>
        </message>
        <message>
            <source>Found {when} on {computer}</source>
            <translation>Gefunden {when} auf {computer}</translation>
        </message>
        <message>
            <source>Found {when}</source>
            <translation>Gefunden {when}</translation>
        </message>
        <message numerus="yes">
            <source>seen %n time(s), last {when}</source>
            <translation>
                <numerusform>%n Mal gesehen, zuletzt {when}</numerusform>
                <numerusform>%n Mal gesehen, zuletzt {when}</numerusform>
            </translation>
        </message>
        <message>
            <source>you said this is fine</source>
            <translation>Sie sagten, das ist in Ordnung</translation>
        </message>
    </context>
    <context>
        <name>HelperCard</name>
        <message>
            <source>Who to call</source>
            <translation>Wen Sie anrufen können</translation>
        </message>
        <message>
            <source>Name your helper</source>
            <translation>Ihre Hilfe eintragen</translation>
        </message>
        <message>
            <source>{name}, your helper</source>
            <translation>{name}, Ihre Hilfe</translation>
        </message>
    </context>
    <context>
        <name>HelperForm</name>
        <message>
            <source>A colleague or volunteer</source>
            <translation>Jemand aus dem Haus oder ehrenamtlich</translation>
        </message>
        <message>
            <source>Someone who looks after this office's computers</source>
            <translation>Jemand, der sich hier um die Computer kümmert</translation>
        </message>
        <message>
            <source>A firm we pay</source>
            <translation>Eine Firma, die wir bezahlen</translation>
        </message>
        <message>
            <source>A computer shop or service</source>
            <translation>Ein Computerladen oder Dienstleister</translation>
        </message>
        <message>
            <source>Nobody yet</source>
            <translation>Noch niemand</translation>
        </message>
        <message>
            <source>We then show the national contact, which helps for free</source>
            <translation>Dann zeigen wir die nationale Kontaktstelle, die kostenlos hilft</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Telefon</translation>
        </message>
        <message>
            <source>Can be called</source>
            <translation>Erreichbar</translation>
        </message>
        <message>
            <source>until 18:00</source>
            <translation>bis 18 Uhr</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>One moment</source>
            <translation>Einen Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Wir sehen nach.</translation>
        </message>
        <message>
            <source>Good morning</source>
            <translation>Guten Morgen</translation>
        </message>
        <message>
            <source>Good afternoon</source>
            <translation>Guten Tag</translation>
        </message>
        <message>
            <source>Good evening</source>
            <translation>Guten Abend</translation>
        </message>
        <message>
            <source>Show the check</source>
            <translation>Die Prüfung zeigen</translation>
        </message>
        <message>
            <source>The first check takes a few minutes. You can keep working.</source>
            <translation>Die erste Prüfung dauert ein paar Minuten. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Noch keine Prüfung</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Die erste Prüfung starten</translation>
        </message>
        <message>
            <source>Last check {when}.</source>
            <translation>Letzte Prüfung {when}.</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Noch einmal prüfen</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to check today</source>
            <translation>
                <numerusform>%n Punkt ist heute zu prüfen</numerusform>
                <numerusform>%n Punkte sind heute zu prüfen</numerusform>
            </translation>
        </message>
        <message>
            <source>Calm, but not everything was looked at</source>
            <translation>Ruhig, aber nicht alles wurde geprüft</translation>
        </message>
        <message>
            <source>All calm</source>
            <translation>Alles ruhig</translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Zeigen, was zu tun ist</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s).</source>
            <translation>
                <numerusform>Wir haben %Ln Datei geprüft.</numerusform>
                <numerusform>Wir haben %Ln Dateien geprüft.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n good to know.</source>
            <translation>
                <numerusform>Und %n gut zu wissen.</numerusform>
                <numerusform>Und %n gut zu wissen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) were looked at.</source>
            <translation>
                <numerusform>%Ln laufendes Programm wurde angesehen.</numerusform>
                <numerusform>%Ln laufende Programme wurden angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) of this computer were watched.</source>
            <translation>
                <numerusform>%Ln Verbindung dieses Computers wurde beobachtet.</numerusform>
                <numerusform>%Ln Verbindungen dieses Computers wurden beobachtet.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing in them looks out of place.</source>
            <translation>Nichts darin fällt auf.</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) good to know.</source>
            <translation>
                <numerusform>%n Punkt ist gut zu wissen.</numerusform>
                <numerusform>%n Punkte sind gut zu wissen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln file(s) could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln Datei konnte nicht ganz geprüft werden.</numerusform>
                <numerusform>%Ln Dateien konnten nicht ganz geprüft werden.</numerusform>
            </translation>
        </message>
        <message>
            <source>The last check was stopped before its end.</source>
            <translation>Die letzte Prüfung wurde vor dem Ende beendet.</translation>
        </message>
        <message>
            <source>Your programs and your network were not looked at yet.</source>
            <translation>Ihre Programme und Ihr Netzwerk wurden noch nicht geprüft.</translation>
        </message>
        <message>
            <source>Your programs were not looked at yet.</source>
            <translation>Ihre Programme wurden noch nicht geprüft.</translation>
        </message>
        <message>
            <source>Your network was not looked at yet.</source>
            <translation>Ihr Netzwerk wurde noch nicht geprüft.</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>Die Zusammenfassung ist kopiert. Fügen Sie sie in eine E-Mail an Ihre Hilfe ein.</translation>
        </message>
    </context>
    <context>
        <name>HundredDots</name>
        <message numerus="yes">
            <source>Of 100 alarms like this, %n were harmless.</source>
            <translation>
                <numerusform>Von 100 Hinweisen wie diesem war %n harmlos.</numerusform>
                <numerusform>Von 100 Hinweisen wie diesem waren %n harmlos.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JudgementCard</name>
        <message>
            <source>What do you think?</source>
            <translation>Was meinen Sie?</translation>
        </message>
        <message>
            <source>This is fine</source>
            <translation>Das ist in Ordnung</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>Ich bin noch besorgt</translation>
        </message>
        <message>
            <source>For how long should we stay quiet about it?</source>
            <translation>Wie lange sollen wir dazu still bleiben?</translation>
        </message>
        <message>
            <source>Only this file, until it changes</source>
            <translation>Nur diese Datei, bis sie sich ändert</translation>
        </message>
        <message>
            <source>Only this finding, for good</source>
            <translation>Nur dieser Fund, für immer</translation>
        </message>
        <message numerus="yes">
            <source>This file, for %n day(s)</source>
            <translation>
                <numerusform>Diese Datei, %n Tag lang</numerusform>
                <numerusform>Diese Datei, %n Tage lang</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This finding, for %n day(s)</source>
            <translation>
                <numerusform>Dieser Fund, %n Tag lang</numerusform>
                <numerusform>Dieser Fund, %n Tage lang</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>You are still worried. This finding stays on top until you say it is fine.</source>
            <translation>Sie sind noch besorgt. Dieser Fund bleibt oben, bis Sie sagen, dass er in Ordnung ist.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it.</source>
            <translation>Sie haben gesagt, das ist in Ordnung. Wir sagen dazu nichts mehr.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until {day}.</source>
            <translation>Sie sagten, das ist in Ordnung. Zu dieser Datei bleiben wir still bis {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it until {day}.</source>
            <translation>Sie haben gesagt, das ist in Ordnung. Wir sagen dazu nichts bis {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until it changes.</source>
            <translation>Sie sagten, das ist in Ordnung. Zu dieser Datei bleiben wir still, bis sie sich ändert.</translation>
        </message>
        <message>
            <source>The last check did not find this any more.</source>
            <translation>Die letzte Prüfung fand das nicht mehr.</translation>
        </message>
        <message>
            <source>Your answer helps us stay quiet about things that are fine.</source>
            <translation>Ihre Antwort hilft uns, bei Harmlosem still zu bleiben.</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>Home</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Funde</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Noch einmal prüfen</translation>
        </message>
        <message>
            <source>Check a file</source>
            <translation>Eine Datei prüfen</translation>
        </message>
        <message>
            <source>Search in findings</source>
            <translation>In den Funden suchen</translation>
        </message>
        <message>
            <source>Pause the check, or go on</source>
            <translation>Die Prüfung anhalten oder fortsetzen</translation>
        </message>
        <message>
            <source>Open or fold the technical details</source>
            <translation>Technische Einzelheiten öffnen oder schließen</translation>
        </message>
        <message>
            <source>Copy a summary for the helper</source>
            <translation>Eine Zusammenfassung für Ihre Hilfe kopieren</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Größere Schrift</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Kleinere Schrift</translation>
        </message>
        <message>
            <source>Usual text size</source>
            <translation>Übliche Schriftgröße</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Zurückgehen</translation>
        </message>
        <message>
            <source>Show this list</source>
            <translation>Diese Liste zeigen</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>LevelPill</name>
        <message>
            <source>Act now</source>
            <translation>Jetzt handeln</translation>
        </message>
        <message>
            <source>Check today</source>
            <translation>Heute prüfen</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Gut zu wissen</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>Ruhig</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Checking</source>
            <translation>Wird geprüft</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Not everything was looked at</source>
            <translation>Nicht alles wurde geprüft</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Noch nicht geprüft</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Noch keine Prüfung</translation>
        </message>
        <message>
            <source>No check</source>
            <translation>Keine Prüfung</translation>
        </message>
    </context>
    <context>
        <name>LiveFoundCard</name>
        <message>
            <source>See all findings</source>
            <translation>Alle Funde ansehen</translation>
        </message>
        <message>
            <source>Nothing so far.</source>
            <translation>Bisher nichts.</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Colours</source>
            <translation>Farben</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Schriftgröße</translation>
        </message>
    </context>
    <context>
        <name>LookPage</name>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Ansicht</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Einen Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Wir sehen nach.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>begonnen {when}</translation>
        </message>
        <message>
            <source>{what} could not go on</source>
            <translation>{what}: Es ging nicht weiter</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
    </context>
    <context>
        <name>LookRunView</name>
        <message>
            <source>Found so far</source>
            <translation>Bisher gefunden</translation>
        </message>
        <message>
            <source>The look goes on while you read.</source>
            <translation>Es geht weiter, während Sie lesen.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Home</source>
            <translation>Start</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Funde</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Recordings of network traffic ({endings})</source>
            <translation>Aufzeichnungen von Netzwerkverkehr ({endings})</translation>
        </message>
        <message>
            <source>Recordings of programs ({endings})</source>
            <translation>Aufzeichnungen von Programmen ({endings})</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eine Aufzeichnung öffnen</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Eine Datei wählen</translation>
        </message>
        <message>
            <source>Something needs you now. It stands on top of the findings.</source>
            <translation>Etwas braucht Sie jetzt. Es steht oben bei den Funden.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gespeichert.</translation>
        </message>
    </context>
    <context>
        <name>MarkedBar</name>
        <message>
            <source>This is fine</source>
            <translation>Das ist in Ordnung</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>Ich bin noch besorgt</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Zusammenfassung kopieren</translation>
        </message>
        <message>
            <source>Only these files, until they change</source>
            <translation>Nur diese Dateien, bis sie sich ändern</translation>
        </message>
        <message numerus="yes">
            <source>These files, for %n day(s)</source>
            <translation>
                <numerusform>Diese Dateien, %n Tag lang</numerusform>
                <numerusform>Diese Dateien, %n Tage lang</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>Clear selection</source>
            <translation>Auswahl aufheben</translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n ausgewählt</numerusform>
                <numerusform>%n ausgewählt</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>Save this card</source>
            <translation>Diese Karte speichern</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Einen Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Wir sehen nach.</translation>
        </message>
        <message>
            <source>The models could not be read</source>
            <translation>Die Modelle konnten nicht gelesen werden</translation>
        </message>
        <message>
            <source>The fixed rules still work. Put Plainwatch on this computer again to bring the models back.</source>
            <translation>Die festen Regeln gehen weiter. Spielen Sie Plainwatch neu auf, um die Modelle zurückzubekommen.</translation>
        </message>
        <message>
            <source>There are no models here</source>
            <translation>Hier gibt es keine Modelle</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modelle</translation>
        </message>
        <message>
            <source>What each one looks at, how often it is wrong, and how to go back.</source>
            <translation>Was jedes ansieht, wie oft es irrt, und wie man zurückgeht.</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>Alle Modelle</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
    </context>
    <context>
        <name>PacketPanel</name>
        <message>
            <source>Back to the finding</source>
            <translation>Zurück zum Fund</translation>
        </message>
        <message>
            <source>Packet {n}</source>
            <translation>Paket {n}</translation>
        </message>
        <message>
            <source>{n} of {count}</source>
            <translation>{n} von {count}</translation>
        </message>
        <message>
            <source>Previous packet</source>
            <translation>Voriges Paket</translation>
        </message>
        <message>
            <source>Next packet</source>
            <translation>Nächstes Paket</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Einzelheiten kopieren</translation>
        </message>
        <message>
            <source>{size} long, of which {kept} were recorded</source>
            <translation>{size} lang, davon {kept} aufgezeichnet</translation>
        </message>
        <message>
            <source>{size} long</source>
            <translation>{size} lang</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more; the copy has them all</source>
            <translation>
                <numerusform>und %Ln weiteres; die Kopie hat alle</numerusform>
                <numerusform>und %Ln weitere; die Kopie hat alle</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PacketsCard</name>
        <message>
            <source>The packets behind it</source>
            <translation>Die Pakete dahinter</translation>
        </message>
        <message>
            <source>{n} of the packets in {recording} show it. For somebody who knows networks.</source>
            <translation>{n} der Pakete in {recording} zeigen es. Für jemanden, der Netzwerke kennt.</translation>
        </message>
        <message>
            <source>{n} packets show it. For somebody who knows networks.</source>
            <translation>{n} Pakete zeigen es. Für jemanden, der Netzwerke kennt.</translation>
        </message>
        <message>
            <source>Show a packet</source>
            <translation>Ein Paket zeigen</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Diese Pakete speichern</translation>
        </message>
    </context>
    <context>
        <name>PleaseDoNotCard</name>
        <message>
            <source>Please do not</source>
            <translation>Bitte nicht</translation>
        </message>
        <message>
            <source>turn the computer off</source>
            <translation>den Computer ausschalten</translation>
        </message>
        <message>
            <source>delete or tidy up anything</source>
            <translation>etwas löschen oder aufräumen</translation>
        </message>
        <message>
            <source>pay or answer any message</source>
            <translation>zahlen oder auf Nachrichten antworten</translation>
        </message>
    </context>
    <context>
        <name>ProgramCard</name>
        <message>
            <source>What runs</source>
            <translation>Was läuft</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>Was von selbst startet</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Ort</translation>
        </message>
        <message>
            <source>Its file</source>
            <translation>Seine Datei</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Who started whom</source>
            <translation>Wer wen gestartet hat</translation>
        </message>
        <message>
            <source>Show its story</source>
            <translation>Seine Geschichte zeigen</translation>
        </message>
    </context>
    <context>
        <name>ProgramToolbar</name>
        <message>
            <source>Look at the programs now</source>
            <translation>Jetzt auf die Programme sehen</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eine Aufzeichnung öffnen</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
    </context>
    <context>
        <name>ProgramWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>Ein Programm, dessen Namen wir nicht kennen</translation>
        </message>
        <message>
            <source>started by {name}</source>
            <translation>gestartet von {name}</translation>
        </message>
        <message>
            <source>ended {when}</source>
            <translation>beendet {when}</translation>
        </message>
        <message>
            <source>has ended</source>
            <translation>ist beendet</translation>
        </message>
        <message>
            <source>running since {when}</source>
            <translation>läuft, gestartet {when}</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>begonnen {when}</translation>
        </message>
        <message>
            <source>account {name}</source>
            <translation>Konto {name}</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>und %Ln weiteres</numerusform>
                <numerusform>und %Ln weitere</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s)</source>
            <translation>
                <numerusform>%Ln Verbindung</numerusform>
                <numerusform>%Ln Verbindungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} und %Ln weiteres Ziel</numerusform>
                <numerusform>{name} und %Ln weitere</numerusform>
            </translation>
        </message>
        <message>
            <source>can be called on {ports}</source>
            <translation>kann angerufen werden auf {ports}</translation>
        </message>
        <message>
            <source>{n} cores busy</source>
            <translation>{n} Kerne belegt</translation>
        </message>
        <message>
            <source>processor {percent}</source>
            <translation>Prozessor {percent}</translation>
        </message>
        <message>
            <source>memory {size}</source>
            <translation>Speicher {size}</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Dieser Computer</translation>
        </message>
        <message numerus="yes">
            <source>Of %Ln of them we do not know what they were told.</source>
            <translation>
                <numerusform>Bei %Ln davon wissen wir nicht, was es tun sollte.</numerusform>
                <numerusform>Bei %Ln davon wissen wir nicht, was sie tun sollten.</numerusform>
            </translation>
        </message>
        <message>
            <source>The system told us of every start.</source>
            <translation>Das System hat uns jeden Start gemeldet.</translation>
        </message>
        <message>
            <source>We looked once; programs that ran before or after are missed.</source>
            <translation>Wir haben einmal hingesehen; was vorher oder danach lief, fehlt.</translation>
        </message>
        <message>
            <source>We looked every half second; programs that lived shorter are missed.</source>
            <translation>Wir haben jede halbe Sekunde hingesehen; kürzere Programme fehlen.</translation>
        </message>
        <message>
            <source>We looked every {seconds} seconds; programs that lived shorter are missed.</source>
            <translation>Wir haben alle {seconds} Sekunden hingesehen; kürzere Programme fehlen.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of about {started}.</source>
            <translation>Gesehene Starts: {seen} von etwa {started}.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of {started}.</source>
            <translation>Gesehene Starts: {seen} von {started}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln older program(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln älteres Programm ist nicht gezeigt: Es sind zu viele.</numerusform>
                <numerusform>%Ln ältere Programme sind nicht gezeigt: Es sind zu viele.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s)</source>
            <translation>
                <numerusform>%Ln Programm</numerusform>
                <numerusform>%Ln Programme</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) shown of {total}.</source>
            <translation>
                <numerusform>%Ln Programm von {total} gezeigt.</numerusform>
                <numerusform>%Ln Programme von {total} gezeigt.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProgramsCard</name>
        <message>
            <source>Programs</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>No program here fits.</source>
            <translation>Kein Programm hier passt dazu.</translation>
        </message>
        <message>
            <source>Search in programs</source>
            <translation>In Programmen suchen</translation>
        </message>
        <message>
            <source>Busiest first</source>
            <translation>Aktivste zuerst</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neueste zuerst</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>Nach Namen</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Reihenfolge</translation>
        </message>
        <message>
            <source>Ended programs too</source>
            <translation>Auch beendete Programme</translation>
        </message>
        <message>
            <source>Only with findings</source>
            <translation>Nur mit Funden</translation>
        </message>
    </context>
    <context>
        <name>ProgramsPage</name>
        <message>
            <source>Activity</source>
            <translation>Aktivität</translation>
        </message>
        <message>
            <source>What runs, who started it, what it uses.</source>
            <translation>Was läuft, wer es gestartet hat, was es braucht.</translation>
        </message>
        <message>
            <source>A look takes a few seconds and changes nothing. You can keep working.</source>
            <translation>Ein Blick dauert einige Sekunden und verändert nichts. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>No look at the programs yet</source>
            <translation>Noch kein Blick auf die Programme</translation>
        </message>
        <message>
            <source>Look at the programs now</source>
            <translation>Jetzt auf die Programme sehen</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eine Aufzeichnung öffnen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <source>This program is not kept any more</source>
            <translation>Dieses Programm ist nicht mehr aufgehoben</translation>
        </message>
        <message>
            <source>Programs are kept for 30 days. What we found about it is still in the findings.</source>
            <translation>Programme werden 30 Tage aufgehoben. Was wir darüber gefunden haben, steht weiter bei den Funden.</translation>
        </message>
    </context>
    <context>
        <name>ProgressCard</name>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Prüfung beenden? Was wir bisher fanden, bleibt.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weitermachen</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Wird beendet</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>wird gezählt</translation>
        </message>
        <message>
            <source>We will go on where we stopped.</source>
            <translation>Wir machen weiter, wo wir aufgehört haben.</translation>
        </message>
        <message>
            <source>Now in {folder}</source>
            <translation>Jetzt in {folder}</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Nothing leaves this computer</source>
            <translation>Nichts verlässt diesen Computer</translation>
        </message>
    </context>
    <context>
        <name>RailItem</name>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n offen</numerusform>
                <numerusform>%n offen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReadingCard</name>
        <message>
            <source>What we saw</source>
            <translation>Was wir gesehen haben</translation>
        </message>
        <message>
            <source>Why it matters</source>
            <translation>Warum es wichtig ist</translation>
        </message>
        <message>
            <source>How sure are we?</source>
            <translation>Wie sicher sind wir?</translation>
        </message>
        <message>
            <source>Show this model's card</source>
            <translation>Karte dieses Modells zeigen</translation>
        </message>
    </context>
    <context>
        <name>RestartCard</name>
        <message>
            <source>Show it</source>
            <translation>Zeigen</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out.</source>
            <translation>
                <numerusform>%n Datei ausgelassen.</numerusform>
                <numerusform>%n Dateien ausgelassen.</numerusform>
            </translation>
        </message>
        <message>
            <source>One part of the check stopped and was started again.</source>
            <translation>Ein Teil der Prüfung blieb stehen und läuft wieder.</translation>
        </message>
    </context>
    <context>
        <name>ResultBar</name>
        <message>
            <source>Show what we found</source>
            <translation>Zeigen, was wir gefunden haben</translation>
        </message>
        <message>
            <source>Show what was left out</source>
            <translation>Zeigen, was ausgelassen wurde</translation>
        </message>
        <message>
            <source>Stopped before its end.</source>
            <translation>Vor dem Ende angehalten.</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation>Fertig.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found.</source>
            <translation>
                <numerusform>%Ln Fund.</numerusform>
                <numerusform>%Ln Funde.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nichts gefunden.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln Paket angesehen.</numerusform>
                <numerusform>%Ln Pakete angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln Verbindung angesehen.</numerusform>
                <numerusform>%Ln Verbindungen angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) looked at.</source>
            <translation>
                <numerusform>%Ln Programm angesehen.</numerusform>
                <numerusform>%Ln Programme angesehen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not everything could be looked at in full.</source>
            <translation>Nicht alles konnte ganz angesehen werden.</translation>
        </message>
    </context>
    <context>
        <name>ResultView</name>
        <message>
            <source>What this check found</source>
            <translation>Was diese Prüfung fand</translation>
        </message>
        <message>
            <source>Show me what we found</source>
            <translation>Zeigen, was gefunden wurde</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found</source>
            <translation>
                <numerusform>%Ln Fund</numerusform>
                <numerusform>%Ln Funde</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped. Nothing found so far</source>
            <translation>Beendet. Bisher nichts gefunden</translation>
        </message>
        <message>
            <source>Nothing found, but not everything was looked at</source>
            <translation>Nichts gefunden, aber nicht alles wurde geprüft</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nichts gefunden</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s) in full.</source>
            <translation>
                <numerusform>Wir haben %Ln Datei ganz geprüft.</numerusform>
                <numerusform>Wir haben %Ln Dateien ganz geprüft.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) looked at.</source>
            <translation>
                <numerusform>%Ln laufendes Programm angesehen.</numerusform>
                <numerusform>%Ln laufende Programme angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln start(s) of programs looked at.</source>
            <translation>
                <numerusform>%Ln Programmstart angesehen.</numerusform>
                <numerusform>%Ln Programmstarts angesehen.</numerusform>
            </translation>
        </message>
        <message>
            <source>Running programs were not looked at yet.</source>
            <translation>Laufende Programme wurden noch nicht angesehen.</translation>
        </message>
        <message>
            <source>The check was stopped before its end.</source>
            <translation>Die Prüfung wurde vor dem Ende beendet.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln Paket angesehen.</numerusform>
                <numerusform>%Ln Pakete angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln Verbindung angesehen.</numerusform>
                <numerusform>%Ln Verbindungen angesehen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln konnte nicht ganz geprüft werden.</numerusform>
                <numerusform>%Ln konnten nicht ganz geprüft werden.</numerusform>
            </translation>
        </message>
        <message>
            <source>{check}, {when}, in {duration}.</source>
            <translation>{check}, {when}, in {duration}.</translation>
        </message>
    </context>
    <context>
        <name>RootBar</name>
        <message>
            <source>Plainwatch runs with all rights of this computer. Close it and start it as yourself.</source>
            <translation>Plainwatch läuft mit allen Rechten dieses Computers. Schließen Sie es und starten Sie es als Sie selbst.</translation>
        </message>
    </context>
    <context>
        <name>RunningView</name>
        <message>
            <source>Found so far</source>
            <translation>Bisher gefunden</translation>
        </message>
        <message>
            <source>The check goes on while you read.</source>
            <translation>Die Prüfung läuft weiter, während Sie lesen.</translation>
        </message>
        <message>
            <source>This check looks at</source>
            <translation>Diese Prüfung sieht in</translation>
        </message>
        <message>
            <source>of {total}</source>
            <translation>von {total}</translation>
        </message>
        <message>
            <source>of about {total}</source>
            <translation>von etwa {total}</translation>
        </message>
        <message numerus="yes">
            <source>%Ln found</source>
            <translation>
                <numerusform>%Ln gefunden</numerusform>
                <numerusform>%Ln gefunden</numerusform>
            </translation>
        </message>
        <message>
            <source>nothing found so far</source>
            <translation>bisher nichts gefunden</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>wird gezählt</translation>
        </message>
        <message>
            <source>What runs on this computer is watched now.</source>
            <translation>Jetzt wird beobachtet, was auf diesem Computer läuft.</translation>
        </message>
        <message>
            <source>The connections of this computer are watched now.</source>
            <translation>Jetzt werden die Verbindungen dieses Computers beobachtet.</translation>
        </message>
        <message>
            <source>Watched for a few seconds after the files.</source>
            <translation>Wird nach den Dateien einige Sekunden beobachtet.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Each change is kept at once.</source>
            <translation>Jede Änderung wird sofort gespeichert.</translation>
        </message>
        <message>
            <source>The settings cannot be read or kept</source>
            <translation>Die Einstellungen lassen sich nicht lesen oder speichern</translation>
        </message>
        <message>
            <source>Everything else goes on. The disk may be full, or the folder of Plainwatch may be locked.</source>
            <translation>Alles andere geht weiter. Vielleicht ist die Festplatte voll oder der Ordner von Plainwatch gesperrt.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
        <message>
            <source>Colours and text</source>
            <translation>Farben und Schrift</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>Diesen Namen zeigen wir, wenn Hilfe nötig ist. Niemand wird von selbst angerufen.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Wer hilft Ihnen?</translation>
        </message>
        <message>
            <source>While Plainwatch watches, it notices when one program changes many files in these folders.</source>
            <translation>Solange Plainwatch beobachtet, merkt es, wenn ein Programm viele Dateien in diesen Ordnern ändert.</translation>
        </message>
        <message>
            <source>Folders to keep an eye on</source>
            <translation>Ordner im Blick</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Name of this computer</source>
            <translation>Name dieses Computers</translation>
        </message>
        <message>
            <source>Reception PC</source>
            <translation>PC am Empfang</translation>
        </message>
        <message>
            <source>Language and name</source>
            <translation>Sprache und Name</translation>
        </message>
        <message>
            <source>Your own folders</source>
            <translation>Ihre eigenen Ordner</translation>
        </message>
        <message>
            <source>A check of chosen folders looks here. Quick and full checks know their places by themselves.</source>
            <translation>Eine Prüfung gewählter Ordner sieht hier nach. Schnelle und volle Prüfung kennen ihre Orte selbst.</translation>
        </message>
        <message>
            <source>Show the models</source>
            <translation>Modelle zeigen</translation>
        </message>
        <message>
            <source>What they look at, how often they are wrong, whether your office has changed, how to go back.</source>
            <translation>Was sie ansehen, wie oft sie irren, ob sich Ihr Büro geändert hat, wie man zurückgeht.</translation>
        </message>
        <message>
            <source>Learned models</source>
            <translation>Gelernte Modelle</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gespeichert.</translation>
        </message>
        <message>
            <source>This cannot be kept. Please write it in fewer, plain letters.</source>
            <translation>Das lässt sich nicht speichern. Bitte schreiben Sie es kürzer und mit einfachen Zeichen.</translation>
        </message>
    </context>
    <context>
        <name>SignsCard</name>
        <message>
            <source>What we looked for</source>
            <translation>Wonach wir gesucht haben</translation>
        </message>
        <message>
            <source>found</source>
            <translation>gefunden</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>nicht gefunden</translation>
        </message>
    </context>
    <context>
        <name>SkippedCard</name>
        <message>
            <source>Not looked at: {n}</source>
            <translation>Nicht geprüft: {n}</translation>
        </message>
        <message>
            <source>Nothing was left out so far.</source>
            <translation>Bisher wurde nichts ausgelassen.</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln and why</source>
            <translation>
                <numerusform>Zeigen und sagen, warum</numerusform>
                <numerusform>Alle %Ln zeigen und sagen, warum</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SkippedPanel</name>
        <message>
            <source>Back to the check</source>
            <translation>Zurück zur Prüfung</translation>
        </message>
        <message numerus="yes">
            <source>%Ln not, or not fully, looked at</source>
            <translation>
                <numerusform>%Ln nicht oder nicht ganz geprüft</numerusform>
                <numerusform>%Ln nicht oder nicht ganz geprüft</numerusform>
            </translation>
        </message>
        <message>
            <source>We say nothing about these. They may be fine, or not.</source>
            <translation>Dazu sagen wir nichts. Es kann in Ordnung sein oder nicht.</translation>
        </message>
    </context>
    <context>
        <name>StatePanel</name>
        <message>
            <source>Copy details</source>
            <translation>Einzelheiten kopieren</translation>
        </message>
    </context>
    <context>
        <name>StepsCard</name>
        <message>
            <source>What to do now</source>
            <translation>Was jetzt zu tun ist</translation>
        </message>
    </context>
    <context>
        <name>StoryView</name>
        <message>
            <source>Who started it</source>
            <translation>Wer es gestartet hat</translation>
        </message>
        <message>
            <source>We did not see who started it.</source>
            <translation>Wir haben nicht gesehen, wer es gestartet hat.</translation>
        </message>
        <message>
            <source>What it started</source>
            <translation>Was es gestartet hat</translation>
        </message>
        <message>
            <source>Nothing, as far as we saw.</source>
            <translation>Nichts, soweit wir gesehen haben.</translation>
        </message>
        <message>
            <source>ran from {first} to {last}</source>
            <translation>lief: {first} bis {last}</translation>
        </message>
        <message>
            <source>it has ended since</source>
            <translation>es ist inzwischen beendet</translation>
        </message>
        <message>
            <source>We do not know where its file lies.</source>
            <translation>Wir wissen nicht, wo seine Datei liegt.</translation>
        </message>
        <message>
            <source>Its file lies in {folder}</source>
            <translation>Seine Datei liegt in {folder}</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Befehlszeile</translation>
        </message>
        <message>
            <source>Program number (PID)</source>
            <translation>Nummer des Programms (PID)</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Konto</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Gestartet</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Beendet</translation>
        </message>
    </context>
    <context>
        <name>Strip</name>
        <message>
            <source>Show it</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weitermachen</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Prüfung beenden? Was wir bisher fanden, bleibt.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Anhalten</translation>
        </message>
        <message>
            <source>Paused. We will go on where we stopped.</source>
            <translation>Angehalten. Wir machen weiter, wo wir aufgehört haben.</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Wir sehen auf das Netzwerk</translation>
        </message>
        <message>
            <source>Checking files. Counting them first.</source>
            <translation>Dateien werden geprüft. Wir zählen sie zuerst.</translation>
        </message>
        <message>
            <source>Checking files. {done} of {total}.</source>
            <translation>Dateien werden geprüft. {done} von {total}.</translation>
        </message>
        <message>
            <source>Checking files. {done} of about {total}.</source>
            <translation>Dateien werden geprüft. {done} von etwa {total}.</translation>
        </message>
    </context>
    <context>
        <name>TalkersCard</name>
        <message>
            <source>Programs and destinations</source>
            <translation>Programme und Ziele</translation>
        </message>
        <message>
            <source>Nobody was active in this time.</source>
            <translation>In dieser Zeit war niemand aktiv.</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>Computers</source>
            <translation>Computer</translation>
        </message>
        <message>
            <source>Destinations</source>
            <translation>Ziele</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Zeigen</translation>
        </message>
        <message>
            <source>{who}, most data first</source>
            <translation>{who}, die meisten Daten zuerst</translation>
        </message>
        <message>
            <source>{who}, busiest first</source>
            <translation>{who}, die aktivsten zuerst</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Weniger zeigen</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln</source>
            <translation>
                <numerusform>Alle %Ln zeigen</numerusform>
                <numerusform>Alle %Ln zeigen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TalksCard</name>
        <message>
            <source>Whom it talks to</source>
            <translation>Mit wem es spricht</translation>
        </message>
        <message>
            <source>To nobody, as far as we saw.</source>
            <translation>Mit niemandem, soweit wir gesehen haben.</translation>
        </message>
    </context>
    <context>
        <name>TechnicalCard</name>
        <message>
            <source>Technical details</source>
            <translation>Technische Einzelheiten</translation>
        </message>
        <message>
            <source>Ctrl+D</source>
            <translation>Strg+D</translation>
        </message>
        <message>
            <source>Rule names, command line, who started whom, exact times</source>
            <translation>Namen der Regeln, Befehlszeile, wer wen gestartet hat, genaue Zeiten</translation>
        </message>
        <message>
            <source>File path, command line, exact times</source>
            <translation>Dateipfad, Befehlszeile, genaue Zeiten</translation>
        </message>
        <message>
            <source>Rule names, file path, fingerprint, exact times</source>
            <translation>Namen der Regeln, Pfad der Datei, Fingerabdruck, genaue Zeiten</translation>
        </message>
        <message>
            <source>Addresses, packet numbers, exact times</source>
            <translation>Adressen, Paketnummern, genaue Zeiten</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Einzelheiten kopieren</translation>
        </message>
    </context>
    <context>
        <name>TimelineCard</name>
        <message>
            <source>Show the whole time</source>
            <translation>Die ganze Zeit zeigen</translation>
        </message>
        <message>
            <source>Data sent by this computer</source>
            <translation>Von diesem Computer gesendete Daten</translation>
        </message>
        <message>
            <source>Data sent in this recording</source>
            <translation>In dieser Aufzeichnung gesendete Daten</translation>
        </message>
        <message>
            <source>Connections of this computer</source>
            <translation>Verbindungen dieses Computers</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>gesendet</translation>
        </message>
        <message>
            <source>connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>usual at this time of day</source>
            <translation>um diese Tageszeit üblich</translation>
        </message>
        <message>
            <source>a finding</source>
            <translation>ein Fund</translation>
        </message>
        <message>
            <source>The list shows {time}.</source>
            <translation>Die Liste zeigt: {time}.</translation>
        </message>
        <message>
            <source>We do not know this computer long enough yet to say what is usual. That takes three days.</source>
            <translation>Wir kennen diesen Computer noch nicht lange genug, um zu sagen, was üblich ist. Das dauert drei Tage.</translation>
        </message>
        <message>
            <source>Click on a time, or use the arrow keys, to see who was active then.</source>
            <translation>Klicken Sie auf eine Zeit oder nutzen Sie die Pfeiltasten, um zu sehen, wer da aktiv war.</translation>
        </message>
    </context>
    <context>
        <name>Toolbar</name>
        <message>
            <source>Look at the network now</source>
            <translation>Jetzt auf das Netzwerk sehen</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eine Aufzeichnung öffnen</translation>
        </message>
        <message>
            <source>Listen for a minute</source>
            <translation>Eine Minute mithören</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Von</translation>
        </message>
    </context>
    <context>
        <name>TrapWords</name>
        <message>
            <source>Somebody changed this trap file, so it was not deleted: {path}</source>
            <translation>Jemand hat diese Köderdatei geändert, darum wurde sie nicht gelöscht: {path}</translation>
        </message>
        <message>
            <source>No trap files here, the folder is missing or is copied elsewhere: {path}</source>
            <translation>Hier keine Köderdateien, der Ordner fehlt oder wird anderswohin kopiert: {path}</translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) made. Leave them as they are.</source>
            <translation>
                <numerusform>%n Köderdatei angelegt. Lassen Sie sie, wie sie ist.</numerusform>
                <numerusform>%n Köderdateien angelegt. Lassen Sie sie, wie sie sind.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) removed.</source>
            <translation>
                <numerusform>%n Köderdatei entfernt.</numerusform>
                <numerusform>%n Köderdateien entfernt.</numerusform>
            </translation>
        </message>
        <message>
            <source>Kept. Trap files are made as soon as a folder is chosen.</source>
            <translation>Behalten. Köderdateien werden angelegt, sobald ein Ordner gewählt ist.</translation>
        </message>
    </context>
    <context>
        <name>UndoBar</name>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
    </context>
    <context>
        <name>UsesCard</name>
        <message>
            <source>What it uses</source>
            <translation>Was es braucht</translation>
        </message>
        <message>
            <source>{duration} of processor time so far</source>
            <translation>bisher {duration} Prozessorzeit</translation>
        </message>
        <message>
            <source>read</source>
            <translation>gelesen</translation>
        </message>
        <message>
            <source>written</source>
            <translation>geschrieben</translation>
        </message>
        <message>
            <source>We could not see that.</source>
            <translation>Das konnten wir nicht sehen.</translation>
        </message>
    </context>
    <context>
        <name>WatchForm</name>
        <message>
            <source>Trap files</source>
            <translation>Köderdateien</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keine</translation>
        </message>
        <message>
            <source>A few in each folder</source>
            <translation>Einige in jedem Ordner</translation>
        </message>
        <message>
            <source>Nobody has a reason to touch them. A program that locks files does, and is noticed at once.</source>
            <translation>Niemand hat einen Grund, sie anzurühren. Ein Programm, das Dateien sperrt, tut es und fällt sofort auf.</translation>
        </message>
    </context>
    <context>
        <name>WeekCard</name>
        <message>
            <source>Last 7 days</source>
            <translation>Letzte 7 Tage</translation>
        </message>
        <message numerus="yes">
            <source>%n check(s)</source>
            <translation>
                <numerusform>%n Prüfung</numerusform>
                <numerusform>%n Prüfungen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n finding(s)</source>
            <translation>
                <numerusform>%n Fund</numerusform>
                <numerusform>%n Funde</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n solved</source>
            <translation>
                <numerusform>%n erledigt</numerusform>
                <numerusform>%n erledigt</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Heute</translation>
        </message>
        <message>
            <source>No check in these days yet.</source>
            <translation>Noch keine Prüfung in diesen Tagen.</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>Your answers cannot be kept</source>
            <translation>Ihre Antworten lassen sich nicht speichern</translation>
        </message>
        <message>
            <source>You can still check this computer. The questions come back at the next start.</source>
            <translation>Sie können diesen Computer trotzdem prüfen. Die Fragen kommen beim nächsten Start wieder.</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Jetzt prüfen</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Willkommen</translation>
        </message>
        <message>
            <source>Three short questions, then the first check.</source>
            <translation>Drei kurze Fragen, dann die erste Prüfung.</translation>
        </message>
        <message>
            <source>Our promise</source>
            <translation>Unser Versprechen</translation>
        </message>
        <message>
            <source>We never send anything away</source>
            <translation>Wir senden nie etwas weg</translation>
        </message>
        <message>
            <source>Everything stays on this computer.</source>
            <translation>Alles bleibt auf diesem Computer.</translation>
        </message>
        <message>
            <source>We never delete or block by ourselves</source>
            <translation>Wir löschen oder sperren nie von selbst</translation>
        </message>
        <message>
            <source>You decide, and you can undo it.</source>
            <translation>Sie entscheiden und können es rückgängig machen.</translation>
        </message>
        <message>
            <source>We never judge people</source>
            <translation>Wir beurteilen nie Menschen</translation>
        </message>
        <message>
            <source>We look at computers, not at who uses them.</source>
            <translation>Wir sehen auf Computer, nicht darauf, wer sie benutzt.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <source>Skip this question</source>
            <translation>Diese Frage überspringen</translation>
        </message>
        <message>
            <source>You can change this later in Settings.</source>
            <translation>Sie können das später in Einstellungen ändern.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Wer hilft Ihnen?</translation>
        </message>
        <message>
            <source>Which folders?</source>
            <translation>Welche Ordner?</translation>
        </message>
        <message>
            <source>Easy to read?</source>
            <translation>Gut zu lesen?</translation>
        </message>
        <message>
            <source>Who helps you when something looks wrong?</source>
            <translation>Wer hilft Ihnen, wenn etwas nicht stimmt?</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>Diesen Namen zeigen wir, wenn Hilfe nötig ist. Niemand wird von selbst angerufen.</translation>
        </message>
        <message>
            <source>The usual places</source>
            <translation>Die üblichen Orte</translation>
        </message>
        <message>
            <source>Downloads, desktop, documents, mail and what starts by itself</source>
            <translation>Downloads, Schreibtisch, Dokumente, E-Mail und was von selbst startet</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>Der ganze Computer</translation>
        </message>
        <message>
            <source>Takes much longer; you can keep working</source>
            <translation>Dauert viel länger; Sie können weiterarbeiten</translation>
        </message>
        <message>
            <source>Only some folders</source>
            <translation>Nur einige Ordner</translation>
        </message>
        <message>
            <source>You choose which</source>
            <translation>Sie wählen, welche</translation>
        </message>
        <message>
            <source>Where shall we look first?</source>
            <translation>Wo sollen wir zuerst nachsehen?</translation>
        </message>
        <message>
            <source>This version looks at files, running programs and connections. It says what it did not look at.</source>
            <translation>Diese Version prüft Dateien, laufende Programme und Verbindungen. Sie sagt, was sie nicht geprüft hat.</translation>
        </message>
        <message>
            <source>Is this easy to read?</source>
            <translation>Lässt sich das gut lesen?</translation>
        </message>
        <message>
            <source>Choose what is kind to your eyes. It changes at once.</source>
            <translation>Wählen Sie, was Ihren Augen guttut. Es ändert sich sofort.</translation>
        </message>
        <message>
            <source>Go on to folders</source>
            <translation>Weiter zu den Ordnern</translation>
        </message>
        <message>
            <source>Go on to the look</source>
            <translation>Weiter zum Aussehen</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Die erste Prüfung starten</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>We can see which programs use the network, but not what they send. To see more, ask your helper.</source>
            <translation>Wir sehen, welche Programme das Netzwerk nutzen, aber nicht, was sie senden. Um mehr zu sehen, fragen Sie Ihre Hilfe.</translation>
        </message>
    </context>
    <context>
        <name>errors</name>
        <message>
            <source>This page could not be shown</source>
            <translation>Diese Seite ließ sich nicht zeigen</translation>
        </message>
        <message>
            <source>What we found earlier is still kept. Please try again. If it stays so, copy the details for help.</source>
            <translation>Was wir früher fanden, ist noch aufgehoben. Bitte versuchen Sie es noch einmal. Bleibt es so, kopieren Sie die Einzelheiten für Ihre Hilfe.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Noch einmal versuchen</translation>
        </message>
    </context>
    <context>
        <name>found</name>
        <message>
            <source>just now</source>
            <translation>gerade eben</translation>
        </message>
    </context>
    <context>
        <name>places</name>
        <message>
            <source>Downloads</source>
            <translation>Downloads</translation>
        </message>
        <message>
            <source>Desktop</source>
            <translation>Schreibtisch</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Dokumente</translation>
        </message>
        <message>
            <source>Mail</source>
            <translation>E-Mail</translation>
        </message>
        <message>
            <source>Temporary files</source>
            <translation>Kurzlebige Dateien</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>Was von selbst startet</translation>
        </message>
        <message>
            <source>Your own folder</source>
            <translation>Ihr eigener Ordner</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>Der ganze Computer</translation>
        </message>
        <message>
            <source>Programs that run now</source>
            <translation>Programme, die gerade laufen</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Netzwerk</translation>
        </message>
    </context>
    <context>
        <name>run</name>
        <message>
            <source>Quick check</source>
            <translation>Schnelle Prüfung</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Volle Prüfung</translation>
        </message>
        <message>
            <source>Check of chosen folders</source>
            <translation>Prüfung gewählter Ordner</translation>
        </message>
        <message>
            <source>Check of single files</source>
            <translation>Prüfung einzelner Dateien</translation>
        </message>
        <message>
            <source>Check of a recording</source>
            <translation>Prüfung einer Aufzeichnung</translation>
        </message>
        <message>
            <source>Look at the network</source>
            <translation>Blick auf das Netzwerk</translation>
        </message>
        <message>
            <source>Listening to the network</source>
            <translation>Mithören im Netzwerk</translation>
        </message>
        <message>
            <source>Check of a recording of programs</source>
            <translation>Prüfung einer Aufzeichnung von Programmen</translation>
        </message>
        <message>
            <source>Look at the programs</source>
            <translation>Blick auf die Programme</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <source>Check of the network</source>
            <translation>Prüfung des Netzwerks</translation>
        </message>
        <message>
            <source>Check of programs</source>
            <translation>Prüfung der Programme</translation>
        </message>
        <message>
            <source>Reading {name}</source>
            <translation>Wir lesen {name}</translation>
        </message>
        <message>
            <source>Looking at the programs</source>
            <translation>Wir sehen auf die Programme</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Wir sehen auf das Netzwerk</translation>
        </message>
        <message>
            <source>Looking at the network and the programs</source>
            <translation>Wir sehen auf das Netzwerk und die Programme</translation>
        </message>
        <message>
            <source>Listening on {card}</source>
            <translation>Wir hören mit auf {card}</translation>
        </message>
        <message>
            <source>Checking your files</source>
            <translation>Ihre Dateien werden geprüft</translation>
        </message>
        <message>
            <source>Opening the recording. You can keep working.</source>
            <translation>Die Aufzeichnung wird geöffnet. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>We look at what runs, and watch what starts. You can keep working.</source>
            <translation>Wir sehen an, was läuft, und beobachten, was startet. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>We begin to listen. You can keep working.</source>
            <translation>Wir fangen an zuzuhören. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>Counting the files first. You can keep working.</source>
            <translation>Wir zählen zuerst die Dateien. Sie können weiterarbeiten.</translation>
        </message>
        <message>
            <source>of the data</source>
            <translation>der Daten</translation>
        </message>
        <message>
            <source>of the time</source>
            <translation>der Zeit</translation>
        </message>
        <message>
            <source>of the files</source>
            <translation>der Dateien</translation>
        </message>
        <message>
            <source>stopped, nothing found so far</source>
            <translation>beendet, bisher nichts gefunden</translation>
        </message>
        <message>
            <source>nothing found</source>
            <translation>nichts gefunden</translation>
        </message>
        <message>
            <source>You can keep working.</source>
            <translation>Sie können weiterarbeiten.</translation>
        </message>
    </context>
    <context>
        <name>say</name>
        <message>
            <source>dddd d MMMM</source>
            <translation>dddd, d. MMMM</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d. MMM</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>d. MMM yyyy</translation>
        </message>
        <message>
            <source>now</source>
            <translation>jetzt</translation>
        </message>
        <message>
            <source>today at {time}</source>
            <translation>heute um {time}</translation>
        </message>
        <message>
            <source>yesterday at {time}</source>
            <translation>gestern um {time}</translation>
        </message>
        <message>
            <source>{day} at {time}</source>
            <translation>{day} um {time}</translation>
        </message>
        <message>
            <source>today</source>
            <translation>heute</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>gestern</translation>
        </message>
        <message>
            <source>on {day}</source>
            <translation>am {day}</translation>
        </message>
        <message>
            <source>Less than a minute left.</source>
            <translation>Noch weniger als eine Minute.</translation>
        </message>
        <message>
            <source>About {low} to {high} minutes left.</source>
            <translation>Noch etwa {low} bis {high} Minuten.</translation>
        </message>
        <message>
            <source>{done} of {total} read.</source>
            <translation>{done} von {total} gelesen.</translation>
        </message>
        <message>
            <source>{done} of {total} seconds.</source>
            <translation>{done} von {total} Sekunden.</translation>
        </message>
        <message>
            <source>{done} of {total} files.</source>
            <translation>{done} von {total} Dateien.</translation>
        </message>
        <message>
            <source>{done} of about {total} files.</source>
            <translation>{done} von etwa {total} Dateien.</translation>
        </message>
    </context>
    <context>
        <name>skip</name>
        <message>
            <source>Not there</source>
            <translation>Nicht vorhanden</translation>
        </message>
        <message>
            <source>Gone in the meantime</source>
            <translation>Inzwischen weg</translation>
        </message>
        <message>
            <source>Not open to this account</source>
            <translation>Für dieses Konto gesperrt</translation>
        </message>
        <message>
            <source>In use by another program</source>
            <translation>Von einem anderen Programm benutzt</translation>
        </message>
        <message>
            <source>The disk gave an error</source>
            <translation>Der Datenträger meldete einen Fehler</translation>
        </message>
        <message>
            <source>Only points elsewhere</source>
            <translation>Verweist nur woandershin</translation>
        </message>
        <message>
            <source>Points back to itself</source>
            <translation>Verweist auf sich selbst</translation>
        </message>
        <message>
            <source>Not a real file</source>
            <translation>Keine echte Datei</translation>
        </message>
        <message>
            <source>A device, not a file</source>
            <translation>Ein Gerät, keine Datei</translation>
        </message>
        <message>
            <source>Made by the system itself</source>
            <translation>Vom System selbst erzeugt</translation>
        </message>
        <message>
            <source>Name too long</source>
            <translation>Name zu lang</translation>
        </message>
        <message>
            <source>Too many folders inside each other</source>
            <translation>Zu viele Ordner ineinander</translation>
        </message>
        <message>
            <source>Left out on request</source>
            <translation>Auf Wunsch ausgelassen</translation>
        </message>
        <message>
            <source>Too large to read in full</source>
            <translation>Zu groß, um ganz gelesen zu werden</translation>
        </message>
        <message>
            <source>Changed while we looked</source>
            <translation>Während der Prüfung geändert</translation>
        </message>
        <message>
            <source>Locked with a password</source>
            <translation>Mit Passwort geschützt</translation>
        </message>
        <message>
            <source>Damaged packed file</source>
            <translation>Beschädigte gepackte Datei</translation>
        </message>
        <message>
            <source>Packed too many times</source>
            <translation>Zu oft gepackt</translation>
        </message>
        <message>
            <source>Packed file too large</source>
            <translation>Gepackte Datei zu groß</translation>
        </message>
        <message>
            <source>Too many files packed together</source>
            <translation>Zu viele Dateien zusammen gepackt</translation>
        </message>
        <message>
            <source>Packed suspiciously small</source>
            <translation>Verdächtig klein gepackt</translation>
        </message>
        <message>
            <source>Packed file with false labels</source>
            <translation>Gepackte Datei mit falschen Angaben</translation>
        </message>
        <message>
            <source>Packed in a way we cannot open</source>
            <translation>Auf eine Art gepackt, die wir nicht öffnen können</translation>
        </message>
        <message>
            <source>Not a recording we can read</source>
            <translation>Keine Aufzeichnung, die wir lesen können</translation>
        </message>
        <message>
            <source>Damaged recording</source>
            <translation>Beschädigte Aufzeichnung</translation>
        </message>
        <message>
            <source>A kind of network we cannot read</source>
            <translation>Eine Netzart, die wir nicht lesen können</translation>
        </message>
        <message>
            <source>Packets recorded only in part</source>
            <translation>Pakete nur zum Teil aufgenommen</translation>
        </message>
        <message>
            <source>Locked or other packets</source>
            <translation>Verschlossene oder andere Pakete</translation>
        </message>
        <message>
            <source>Network card was off</source>
            <translation>Netzwerkkarte war aus</translation>
        </message>
        <message>
            <source>Too many conversations at once</source>
            <translation>Zu viele Gespräche auf einmal</translation>
        </message>
        <message>
            <source>Too many messages to read them all</source>
            <translation>Zu viele Nachrichten, um alle zu lesen</translation>
        </message>
        <message>
            <source>Packets lost while listening</source>
            <translation>Pakete beim Mithören verloren</translation>
        </message>
        <message>
            <source>Too many findings of one kind</source>
            <translation>Zu viele Funde einer Art</translation>
        </message>
        <message>
            <source>An empty recording</source>
            <translation>Eine leere Aufzeichnung</translation>
        </message>
        <message>
            <source>Recording ends too early</source>
            <translation>Aufzeichnung endet zu früh</translation>
        </message>
        <message>
            <source>Lines we could not read</source>
            <translation>Zeilen, die wir nicht lesen konnten</translation>
        </message>
        <message>
            <source>Lines read only in part</source>
            <translation>Nur zum Teil gelesene Zeilen</translation>
        </message>
        <message>
            <source>Lines about unknown programs</source>
            <translation>Zeilen über unbekannte Programme</translation>
        </message>
        <message>
            <source>Starts that were too short to see</source>
            <translation>Starts, die zu kurz waren</translation>
        </message>
        <message>
            <source>Programs of other accounts</source>
            <translation>Programme anderer Konten</translation>
        </message>
        <message>
            <source>Folders we could not watch</source>
            <translation>Ordner, die wir nicht beobachten konnten</translation>
        </message>
        <message>
            <source>Programs that ended too soon</source>
            <translation>Programme, die zu früh endeten</translation>
        </message>
        <message>
            <source>Memory of programs is closed to us</source>
            <translation>Der Speicher von Programmen ist uns verschlossen</translation>
        </message>
        <message>
            <source>Memory is not open to this account</source>
            <translation>Der Speicher ist für dieses Konto gesperrt</translation>
        </message>
        <message>
            <source>Too much memory to look at</source>
            <translation>Zu viel Speicher, um ihn anzusehen</translation>
        </message>
        <message>
            <source>Programs we could not name</source>
            <translation>Programme, die wir nicht benennen konnten</translation>
        </message>
        <message>
            <source>A model could not be used</source>
            <translation>Ein Modell war nicht nutzbar</translation>
        </message>
        <message>
            <source>Took too long</source>
            <translation>Dauerte zu lange</translation>
        </message>
        <message>
            <source>Needed too much memory</source>
            <translation>Brauchte zu viel Speicher</translation>
        </message>
        <message>
            <source>One part of the check stopped</source>
            <translation>Ein Teil der Prüfung blieb stehen</translation>
        </message>
        <message>
            <source>One part of the check failed</source>
            <translation>Ein Teil der Prüfung misslang</translation>
        </message>
        <message>
            <source>A rule could not be used</source>
            <translation>Eine Regel war nicht brauchbar</translation>
        </message>
        <message>
            <source>The check was stopped before</source>
            <translation>Die Prüfung wurde vorher beendet</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Noch nicht geprüft</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Ein anderer Grund</translation>
        </message>
    </context>
    <context>
        <name>summary</name>
        <message>
            <source>Copy a summary for {name}</source>
            <translation>Zusammenfassung für {name} kopieren</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Zusammenfassung kopieren</translation>
        </message>
    </context>
</TS>
