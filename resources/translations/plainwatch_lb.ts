<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="lb" sourcelanguage="en">
    <context>
        <name>ActHero</name>
        <message>
            <source>{when} on {computer}</source>
            <translation>{when} op {computer}</translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) in all.</source>
            <translation>
                <numerusform>%n Schrëtt am Ganzen.</numerusform>
                <numerusform>%n Schrëtt am Ganzen.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ActivityPage</name>
        <message>
            <source>Activity</source>
            <translation>Aktivitéit</translation>
        </message>
        <message>
            <source>Program first, address second.</source>
            <translation>Als éischt de Programm, dann d'Adress.</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>Lescht Stonn</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Haut</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 Deeg</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 Deeg</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Zäit</translation>
        </message>
        <message>
            <source>A look takes half a minute and changes nothing. You can keep working.</source>
            <translation>E Bléck dauert eng hallef Minutt an ännert näischt. Dir kënnt weider schaffen.</translation>
        </message>
        <message>
            <source>No look at the network yet</source>
            <translation>Nach kee Bléck op d'Netzwierk</translation>
        </message>
        <message>
            <source>Look at the network now</source>
            <translation>Elo op d'Netzwierk kucken</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eng Opzeechnung opmaachen</translation>
        </message>
    </context>
    <context>
        <name>ActivityWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>E Programm, deem säin Numm mir net kennen</translation>
        </message>
        <message>
            <source>waits to be called</source>
            <translation>waart op Uriff</translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} an %Ln weidert Zil</numerusform>
                <numerusform>{name} an %Ln weider</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln countries</source>
            <translation>
                <numerusform>%Ln Land</numerusform>
                <numerusform>%Ln Länner</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln owners of networks</source>
            <translation>
                <numerusform>%Ln Netzbedreiwer</numerusform>
                <numerusform>%Ln Netzbedreiwer</numerusform>
            </translation>
        </message>
        <message>
            <source>usually {size}</source>
            <translation>soss {size}</translation>
        </message>
        <message>
            <source>as usual</source>
            <translation>wéi soss</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} kritt</translation>
        </message>
        <message>
            <source>{size} sent</source>
            <translation>{size} geschéckt</translation>
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
                <numerusform>an %Ln weidert</numerusform>
                <numerusform>an %Ln weider</numerusform>
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
            <translation>soss {size} ëm dës Zäit</translation>
        </message>
        <message>
            <source>Most at {time}.</source>
            <translation>Am meeschten ëm {time}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln finding(s) in this time.</source>
            <translation>
                <numerusform>%Ln Resultat an dëser Zäit.</numerusform>
                <numerusform>%Ln Resultater an dëser Zäit.</numerusform>
            </translation>
        </message>
        <message>
            <source>No finding in this time.</source>
            <translation>Kee Resultat an dëser Zäit.</translation>
        </message>
        <message>
            <source>Arrow keys choose a time.</source>
            <translation>Mat de Feiltaste wielt Dir eng Zäit.</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Dëse Computer</translation>
        </message>
        <message>
            <source>Countries and owners of networks as of {month}.</source>
            <translation>Länner an Netzbedreiwer: Stand {month}.</translation>
        </message>
        <message>
            <source>Makers of network cards as of {month}.</source>
            <translation>Hiersteller vun den Netzwierkkaarten: Stand {month}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln quieter line(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln méi roueg Zeil gëtt net gewisen: Et sinn der ze vill.</numerusform>
                <numerusform>%Ln méi roueg Zeile ginn net gewisen: Et sinn der ze vill.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>Please start Plainwatch as yourself, not as root. It needs no special rights.</source>
            <translation>Start Plainwatch w.e.g. als Iech selwer, net als root. Et brauch keng besonnesch Rechter.</translation>
        </message>
        <message>
            <source>What Plainwatch has kept cannot be read. We can put it aside unchanged and start with an empty list. Your own files are not touched.</source>
            <translation>Wat Plainwatch gehalen huet, kann net gelies ginn. Mir kënnen et onverännert op d'Säit leeën a mat enger eideler Lëscht ufänken. Är eege Fichiere ginn net ugeréiert.</translation>
        </message>
        <message>
            <source>Plainwatch cannot write to its folder. The disk may be full, or the folder may be locked.</source>
            <translation>Plainwatch kann net a säin Dossier schreiwen. Vläicht ass d'Plack voll oder den Dossier gespaart.</translation>
        </message>
        <message>
            <source>A newer Plainwatch has written what is kept here. Please start that newer one.</source>
            <translation>E méi neie Plainwatch huet geschriwwen, wat hei gehalen ass. Start w.e.g. deen neien.</translation>
        </message>
        <message>
            <source>Plainwatch could not start</source>
            <translation>Plainwatch konnt net starten</translation>
        </message>
        <message>
            <source>Put it aside and start fresh</source>
            <translation>Op d'Säit leeën an nei ufänken</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Zoumaachen</translation>
        </message>
    </context>
    <context>
        <name>Areas</name>
        <message>
            <source>Files</source>
            <translation>Fichieren</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmer</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Reseau</translation>
        </message>
        <message>
            <source>No file was checked yet.</source>
            <translation>Et gouf nach kee Fichier gekuckt.</translation>
        </message>
        <message>
            <source>No look at the network yet. The page Activity has one.</source>
            <translation>Nach kee Bléck op d'Netzwierk. D'Säit Aktivitéit huet een.</translation>
        </message>
        <message numerus="yes">
            <source>looked at, %Ln not in full</source>
            <translation>
                <numerusform>gekuckt, %Ln net ganz</numerusform>
                <numerusform>gekuckt, %Ln net ganz</numerusform>
            </translation>
        </message>
        <message>
            <source>connections looked at</source>
            <translation>Verbindunge gekuckt</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>gekuckt</translation>
        </message>
        <message>
            <source>No look at the programs yet. The page Activity has one.</source>
            <translation>Nach kee Bléck op d'Programmer. D'Säit Aktivitéit huet een.</translation>
        </message>
        <message>
            <source>running programs looked at, not all in full</source>
            <translation>lafend Programmer gekuckt, net all ganz</translation>
        </message>
        <message>
            <source>running programs looked at</source>
            <translation>lafend Programmer gekuckt</translation>
        </message>
        <message>
            <source>found in an earlier look</source>
            <translation>bei engem fréiere Bléck fonnt</translation>
        </message>
        <message numerus="yes">
            <source>checked, %Ln not fully looked at</source>
            <translation>
                <numerusform>gekuckt, %Ln net ganz gekuckt</numerusform>
                <numerusform>gekuckt, %Ln net ganz gekuckt</numerusform>
            </translation>
        </message>
        <message>
            <source>checked, none left out</source>
            <translation>gekuckt, näischt ewechgelooss</translation>
        </message>
        <message>
            <source>No check of this computer has come to its end yet.</source>
            <translation>Nach keng Kontroll vun dësem Computer ass bis zum Enn gelaf.</translation>
        </message>
    </context>
    <context>
        <name>CheckPage</name>
        <message>
            <source>Check</source>
            <translation>Kontroll</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Ee Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Mir kucken no.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>ugefaangen {when}</translation>
        </message>
        <message>
            <source>The check could not go on</source>
            <translation>D'Kontroll konnt net weidergoen</translation>
        </message>
        <message>
            <source>Start the check again</source>
            <translation>D'Kontroll nach eng Kéier starten</translation>
        </message>
    </context>
    <context>
        <name>ChoiceCard</name>
        <message>
            <source>What should we look at?</source>
            <translation>Wat solle mir kucken?</translation>
        </message>
        <message>
            <source>Quick check</source>
            <translation>Séier Kontroll</translation>
        </message>
        <message>
            <source>Takes a few minutes. Looks at: {places}</source>
            <translation>Dauert e puer Minutten. Kuckt: {places}</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Ganz Kontroll</translation>
        </message>
        <message>
            <source>Can take hours. Looks at: {places}</source>
            <translation>Ka Stonnen daueren. Kuckt: {places}</translation>
        </message>
        <message>
            <source>Choose folders</source>
            <translation>Dossieren eraussichen</translation>
        </message>
        <message>
            <source>Looks at the folders you name, and all inside them.</source>
            <translation>Kuckt déi Dossieren, déi Dir nennt, mat allem dran.</translation>
        </message>
        <message>
            <source>The programs and connections of this computer are watched for a few seconds, too.</source>
            <translation>Och d'Programmer an d'Verbindunge vun dësem Computer ginn e puer Sekonne laang beobacht.</translation>
        </message>
        <message>
            <source>Start quick check</source>
            <translation>Séier Kontroll starten</translation>
        </message>
        <message>
            <source>Start full check</source>
            <translation>Ganz Kontroll starten</translation>
        </message>
        <message>
            <source>Check these folders</source>
            <translation>Dës Dossiere kucken</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>erausgesicht</translation>
        </message>
        <message>
            <source>not chosen</source>
            <translation>net erausgesicht</translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n Sekonn</numerusform>
                <numerusform>%n Sekonnen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n Minutt</numerusform>
                <numerusform>%n Minutten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n Stonn</numerusform>
                <numerusform>%n Stonnen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>virun %n Minutt</numerusform>
                <numerusform>virun %n Minutten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About %n minute(s) left.</source>
            <translation>
                <numerusform>Nach ronn %n Minutt.</numerusform>
                <numerusform>Nach ronn %n Minutten.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n fonnt</numerusform>
                <numerusform>%n fonnt</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailsCard</name>
        <message>
            <source>Services and ports</source>
            <translation>Servicer a Porten</translation>
        </message>
        <message>
            <source>Waits to be called on</source>
            <translation>Waart op Uriff op</translation>
        </message>
        <message>
            <source>Maker of the network card</source>
            <translation>Hiersteller vun der Netzwierkkaart</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>geschéckt</translation>
        </message>
        <message>
            <source>received</source>
            <translation>kritt</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Daten</translation>
        </message>
        <message>
            <source>usually</source>
            <translation>soss</translation>
        </message>
        <message>
            <source>today</source>
            <translation>haut</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} kritt</translation>
        </message>
        <message>
            <source>Data sent</source>
            <translation>Geschéckt Daten</translation>
        </message>
        <message>
            <source>Addresses it has not used before</source>
            <translation>Adressen, déi en nach ni benotzt huet</translation>
        </message>
        <message>
            <source>Called from</source>
            <translation>Ugeruff vun</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>Wouhin</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>an %Ln weidert</numerusform>
                <numerusform>an %Ln weider</numerusform>
            </translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Weis mir, wat ze maachen ass</translation>
        </message>
    </context>
    <context>
        <name>DriftLine</name>
        <message>
            <source>Show what has changed</source>
            <translation>Weisen, wat geännert huet</translation>
        </message>
    </context>
    <context>
        <name>DropArea</name>
        <message>
            <source>Not sure about a file?</source>
            <translation>Onsécher bei engem Fichier?</translation>
        </message>
        <message>
            <source>Drop it here and we will check it.</source>
            <translation>Leet en heihin a mir kucken en.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>E Fichier eraussichen</translation>
        </message>
    </context>
    <context>
        <name>EvidenceCard</name>
        <message>
            <source>What was different</source>
            <translation>Wat anescht war</translation>
        </message>
        <message>
            <source>observed</source>
            <translation>gesinn</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>üblech</translation>
        </message>
    </context>
    <context>
        <name>FindingPage</name>
        <message>
            <source>All findings</source>
            <translation>All Resultater</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>Resultat</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Ee Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Mir kucken no.</translation>
        </message>
        <message>
            <source>This finding is not kept any more</source>
            <translation>Dëst Resultat ass net méi gehalen</translation>
        </message>
        <message>
            <source>It may have been deleted. The list shows what is there.</source>
            <translation>Vläicht gouf et geläscht. D'Lëscht weist, wat do ass.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>All Resultater weisen</translation>
        </message>
        <message>
            <source>We looked for {recording}. It was moved, deleted or changed. What we found in it is still kept.</source>
            <translation>Mir hunn {recording} gesicht. De Fichier gouf verréckelt, geläscht oder geännert. Wat mir dra fonnt hunn, ass nach gehalen.</translation>
        </message>
        <message>
            <source>The recording is not there any more</source>
            <translation>D'Opzeechnung ass net méi do</translation>
        </message>
        <message>
            <source>Back to the finding</source>
            <translation>Zréck bei d'Resultat</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Dës Päck späicheren</translation>
        </message>
        <message>
            <source>Recordings of network traffic (*.pcapng)</source>
            <translation>Opzeechnunge vum Netzwierkverkéier (*.pcapng)</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) saved in {name}.</source>
            <translation>
                <numerusform>%Ln Pak an {name} gespäichert.</numerusform>
                <numerusform>%Ln Päck an {name} gespäichert.</numerusform>
            </translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>De Resumé ass kopéiert. Setzt en an eng Mail un Är Hëllef.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this for %n day(s).</source>
            <translation>
                <numerusform>Merci. Mir soen dozou %n Dag laang näischt méi.</numerusform>
                <numerusform>Merci. Mir soen dozou %n Deeg laang näischt méi.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this.</source>
            <translation>Merci. Mir soen dozou näischt méi.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this file for %n day(s).</source>
            <translation>
                <numerusform>Merci. Zu dësem Fichier soe mir %n Dag laang näischt.</numerusform>
                <numerusform>Merci. Zu dësem Fichier soe mir %n Deeg laang näischt.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this file until it changes.</source>
            <translation>Merci. Zu dësem Fichier soe mir näischt méi, bis en ännert.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. This finding stays on top.</source>
            <translation>E Resumé ass kopéiert. Schéckt en Ärer Hëllef. Dëst Resultat bleift uewen.</translation>
        </message>
    </context>
    <context>
        <name>FindingsList</name>
        <message>
            <source>Findings</source>
            <translation>Resultater</translation>
        </message>
        <message>
            <source>Search findings</source>
            <translation>An de Resultater sichen</translation>
        </message>
        <message>
            <source>All levels</source>
            <translation>All Stufen</translation>
        </message>
        <message>
            <source>All</source>
            <translation>All</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Fichieren</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmer</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Reseau</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Op</translation>
        </message>
        <message>
            <source>Solved</source>
            <translation>Geléist</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Beräich</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Stand</translation>
        </message>
        <message>
            <source>No finding fits what you chose.</source>
            <translation>Kee Resultat passt zu deem, wat Dir erausgesicht hutt.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>All Resultater weisen</translation>
        </message>
    </context>
    <context>
        <name>FindingsPage</name>
        <message>
            <source>Findings</source>
            <translation>Resultater</translation>
        </message>
        <message>
            <source>You are still worried about</source>
            <translation>Wat Iech nach Suerge mécht</translation>
        </message>
        <message>
            <source>We are looking</source>
            <translation>Mir kucken elo</translation>
        </message>
        <message>
            <source>Nothing found so far. Findings stand here as soon as there are any.</source>
            <translation>Bis elo näischt fonnt. Resultater stinn hei, soubal et der gëtt.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Nach keng Kontroll</translation>
        </message>
        <message>
            <source>What a check finds stands here. The first one takes a few minutes.</source>
            <translation>Wat eng Kontroll fënnt, steet hei. Déi éischt dauert e puer Minutten.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Näischt fonnt</translation>
        </message>
        <message>
            <source>The checks so far found nothing. What they left out stands on the page Check.</source>
            <translation>D'Kontrollen hu bis elo näischt fonnt. Wat si ewechgelooss hunn, steet op der Säit Kontroll.</translation>
        </message>
        <message>
            <source>Start a quick check</source>
            <translation>Eng séier Kontroll starten</translation>
        </message>
        <message numerus="yes">
            <source>%Ln open</source>
            <translation>
                <numerusform>%Ln op</numerusform>
                <numerusform>%Ln op</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln solved</source>
            <translation>
                <numerusform>%Ln geléist</numerusform>
                <numerusform>%Ln geléist</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Haut</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Gëschter</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>De Resumé ass kopéiert. Setzt en an eng Mail un Är Hëllef.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about these files for %n day(s).</source>
            <translation>
                <numerusform>Merci. Zu dëse Fichiere soe mir %n Dag laang näischt.</numerusform>
                <numerusform>Merci. Zu dëse Fichiere soe mir %n Deeg laang näischt.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about these files until they change.</source>
            <translation>Merci. Zu dëse Fichiere soe mir näischt méi, bis si änneren.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. These findings stay on top.</source>
            <translation>E Resumé ass kopéiert. Schéckt en Ärer Hëllef. Dës Resultater bleiwen uewen.</translation>
        </message>
    </context>
    <context>
        <name>FolderList</name>
        <message>
            <source>Add a folder</source>
            <translation>En Dossier derbäisetzen</translation>
        </message>
        <message>
            <source>Do not look at {folder} any more</source>
            <translation>{folder} net méi kucken</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>En Dossier eraussichen</translation>
        </message>
    </context>
    <context>
        <name>FoundAboutCard</name>
        <message>
            <source>What we found about it or about who started it</source>
            <translation>Wat mir iwwer dëse Programm fonnt hunn, oder iwwer deen, deen e gestart huet</translation>
        </message>
    </context>
    <context>
        <name>FoundCard</name>
        <message>
            <source>What we found</source>
            <translation>Wat mir fonnt hunn</translation>
        </message>
        <message>
            <source>See all findings</source>
            <translation>All Resultater kucken</translation>
        </message>
        <message>
            <source>Your last checks</source>
            <translation>Är lescht Kontrollen</translation>
        </message>
        <message>
            <source>See all</source>
            <translation>All kucken</translation>
        </message>
        <message>
            <source>Nothing here yet. It fills with the first check.</source>
            <translation>Hei ass nach näischt. Mat der éischter Kontroll gëtt et méi.</translation>
        </message>
    </context>
    <context>
        <name>HeadlineCard</name>
        <message>
            <source>Found {when} in {recording}</source>
            <translation>Fonnt {when} an {recording}</translation>
        </message>
        <message>
            <source>Found {when} on {computer}</source>
            <translation>Fonnt {when} op {computer}</translation>
        </message>
        <message>
            <source>Found {when}</source>
            <translation>Fonnt {when}</translation>
        </message>
        <message numerus="yes">
            <source>seen %n time(s), last {when}</source>
            <translation>
                <numerusform>%n Mol gesinn, fir d'lescht {when}</numerusform>
                <numerusform>%n Mol gesinn, fir d'lescht {when}</numerusform>
            </translation>
        </message>
        <message>
            <source>you said this is fine</source>
            <translation>Dir sot, dat ass an der Rei</translation>
        </message>
    </context>
    <context>
        <name>HelperCard</name>
        <message>
            <source>Who to call</source>
            <translation>Wien Dir uruffe kënnt</translation>
        </message>
        <message>
            <source>Name your helper</source>
            <translation>Är Hëllef androen</translation>
        </message>
        <message>
            <source>{name}, your helper</source>
            <translation>{name}, Är Hëllef</translation>
        </message>
    </context>
    <context>
        <name>HelperForm</name>
        <message>
            <source>A colleague or volunteer</source>
            <translation>Een aus dem Haus oder e Benevole</translation>
        </message>
        <message>
            <source>Someone who looks after this office's computers</source>
            <translation>Een, deen sech hei ëm d'Computere këmmert</translation>
        </message>
        <message>
            <source>A firm we pay</source>
            <translation>Eng Firma, déi mir bezuelen</translation>
        </message>
        <message>
            <source>A computer shop or service</source>
            <translation>E Computerbuttek oder Service</translation>
        </message>
        <message>
            <source>Nobody yet</source>
            <translation>Nach keen</translation>
        </message>
        <message>
            <source>We then show the national contact, which helps for free</source>
            <translation>Da weise mir den nationale Kontakt, deen ëmsoss hëlleft</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Numm</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Telefon</translation>
        </message>
        <message>
            <source>Can be called</source>
            <translation>Z'erreechen</translation>
        </message>
        <message>
            <source>until 18:00</source>
            <translation>bis 18 Auer</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>One moment</source>
            <translation>Ee Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Mir kucken no.</translation>
        </message>
        <message>
            <source>Good morning</source>
            <translation>Gudde Moien</translation>
        </message>
        <message>
            <source>Good afternoon</source>
            <translation>Gudde Mëtteg</translation>
        </message>
        <message>
            <source>Good evening</source>
            <translation>Gudden Owend</translation>
        </message>
        <message>
            <source>Show the check</source>
            <translation>D'Kontroll weisen</translation>
        </message>
        <message>
            <source>The first check takes a few minutes. You can keep working.</source>
            <translation>Déi éischt Kontroll dauert e puer Minutten. Dir kënnt weiderschaffen.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Nach keng Kontroll</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Déi éischt Kontroll starten</translation>
        </message>
        <message>
            <source>Last check {when}.</source>
            <translation>Lescht Kontroll {when}.</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Nach eng Kéier kucken</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to check today</source>
            <translation>
                <numerusform>%n Saach ass haut ze kucken</numerusform>
                <numerusform>%n Saache sinn haut ze kucken</numerusform>
            </translation>
        </message>
        <message>
            <source>Calm, but not everything was looked at</source>
            <translation>Roueg, awer net alles gouf gekuckt</translation>
        </message>
        <message>
            <source>All calm</source>
            <translation>Alles roueg</translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Weis mir, wat ze maachen ass</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s).</source>
            <translation>
                <numerusform>Mir hunn %Ln Fichier gekuckt.</numerusform>
                <numerusform>Mir hunn %Ln Fichiere gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n good to know.</source>
            <translation>
                <numerusform>Dobäi %n gutt ze wëssen.</numerusform>
                <numerusform>Dobäi %n gutt ze wëssen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) were looked at.</source>
            <translation>
                <numerusform>%Ln lafende Programm gouf gekuckt.</numerusform>
                <numerusform>%Ln lafend Programmer goufe gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) of this computer were watched.</source>
            <translation>
                <numerusform>%Ln Verbindung vun dësem Computer gouf beobacht.</numerusform>
                <numerusform>%Ln Verbindunge vun dësem Computer goufe beobacht.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing in them looks out of place.</source>
            <translation>Näischt dran fält op.</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) good to know.</source>
            <translation>
                <numerusform>%n Saach ass gutt ze wëssen.</numerusform>
                <numerusform>%n Saache si gutt ze wëssen.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln file(s) could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln Fichier konnt net ganz gekuckt ginn.</numerusform>
                <numerusform>%Ln Fichiere konnten net ganz gekuckt ginn.</numerusform>
            </translation>
        </message>
        <message>
            <source>The last check was stopped before its end.</source>
            <translation>Déi lescht Kontroll gouf virum Enn gestoppt.</translation>
        </message>
        <message>
            <source>Your programs and your network were not looked at yet.</source>
            <translation>Är Programmer an Äre Reseau goufen nach net gekuckt.</translation>
        </message>
        <message>
            <source>Your programs were not looked at yet.</source>
            <translation>Är Programmer goufen nach net gekuckt.</translation>
        </message>
        <message>
            <source>Your network was not looked at yet.</source>
            <translation>Äre Reseau gouf nach net gekuckt.</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>De Resumé ass kopéiert. Setzt en an eng Mail un Är Hëllef.</translation>
        </message>
    </context>
    <context>
        <name>HundredDots</name>
        <message numerus="yes">
            <source>Of 100 alarms like this, %n were harmless.</source>
            <translation>
                <numerusform>Vun 100 Hiweiser wéi dësem war %n harmlos.</numerusform>
                <numerusform>Vun 100 Hiweiser wéi dësem waren %n harmlos.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JudgementCard</name>
        <message>
            <source>What do you think?</source>
            <translation>Wat mengt Dir?</translation>
        </message>
        <message>
            <source>This is fine</source>
            <translation>Dat ass an der Rei</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>Ech maache mer nach Suergen</translation>
        </message>
        <message>
            <source>For how long should we stay quiet about it?</source>
            <translation>Wéi laang solle mir dozou näischt soen?</translation>
        </message>
        <message>
            <source>Only this file, until it changes</source>
            <translation>Nëmmen dëse Fichier, bis en ännert</translation>
        </message>
        <message>
            <source>Only this finding, for good</source>
            <translation>Nëmmen dëst Resultat, fir ëmmer</translation>
        </message>
        <message numerus="yes">
            <source>This file, for %n day(s)</source>
            <translation>
                <numerusform>Dëse Fichier, %n Dag laang</numerusform>
                <numerusform>Dëse Fichier, %n Deeg laang</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This finding, for %n day(s)</source>
            <translation>
                <numerusform>Dëst Resultat, %n Dag laang</numerusform>
                <numerusform>Dëst Resultat, %n Deeg laang</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zréck</translation>
        </message>
        <message>
            <source>You are still worried. This finding stays on top until you say it is fine.</source>
            <translation>Dir maacht Iech nach Suergen. Dëst Resultat bleift uewen, bis Dir sot, datt et an der Rei ass.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it.</source>
            <translation>Dir hutt gesot, dat ass an der Rei. Mir soen dozou näischt méi.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until {day}.</source>
            <translation>Dir sot, dat ass an der Rei. Zu dësem Fichier soe mir näischt bis {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it until {day}.</source>
            <translation>Dir hutt gesot, dat ass an der Rei. Mir soen dozou näischt bis {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until it changes.</source>
            <translation>Dir sot, dat ass an der Rei. Zu dësem Fichier soe mir näischt, bis en ännert.</translation>
        </message>
        <message>
            <source>The last check did not find this any more.</source>
            <translation>Déi lescht Kontroll huet dat net méi fonnt.</translation>
        </message>
        <message>
            <source>Your answer helps us stay quiet about things that are fine.</source>
            <translation>Är Äntwert hëlleft eis, näischt ze soen, wann alles an der Rei ass.</translation>
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
            <translation>Resultater</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Kontroll</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Aktivitéit</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Astellungen</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Nach eng Kéier kucken</translation>
        </message>
        <message>
            <source>Check a file</source>
            <translation>E Fichier kucken</translation>
        </message>
        <message>
            <source>Search in findings</source>
            <translation>An de Resultater sichen</translation>
        </message>
        <message>
            <source>Pause the check, or go on</source>
            <translation>D'Kontroll unhalen oder weidermaachen</translation>
        </message>
        <message>
            <source>Open or fold the technical details</source>
            <translation>Technesch Detailer op- oder zouklappen</translation>
        </message>
        <message>
            <source>Copy a summary for the helper</source>
            <translation>E Resumé fir d'Hëllef kopéieren</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Méi grouss Schrëft</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Méi kleng Schrëft</translation>
        </message>
        <message>
            <source>Usual text size</source>
            <translation>Normal Schrëftgréisst</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Zréckgoen</translation>
        </message>
        <message>
            <source>Show this list</source>
            <translation>Dës Lëscht weisen</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Zoumaachen</translation>
        </message>
    </context>
    <context>
        <name>LevelPill</name>
        <message>
            <source>Act now</source>
            <translation>Elo handelen</translation>
        </message>
        <message>
            <source>Check today</source>
            <translation>Haut kucken</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Gutt ze wëssen</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>Roueg</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fäerdeg</translation>
        </message>
        <message>
            <source>Checking</source>
            <translation>Gëtt gekuckt</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Paus</translation>
        </message>
        <message>
            <source>Not everything was looked at</source>
            <translation>Net alles gouf gekuckt</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Nach net gekuckt</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Nach keng Kontroll</translation>
        </message>
        <message>
            <source>No check</source>
            <translation>Keng Kontroll</translation>
        </message>
    </context>
    <context>
        <name>LiveFoundCard</name>
        <message>
            <source>See all findings</source>
            <translation>All Resultater kucken</translation>
        </message>
        <message>
            <source>Nothing so far.</source>
            <translation>Bis elo näischt.</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Colours</source>
            <translation>Faarwen</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Wéi de System</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Däischter</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Staarke Kontrast</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Schrëftgréisst</translation>
        </message>
    </context>
    <context>
        <name>LookPage</name>
        <message>
            <source>Network</source>
            <translation>Netzwierk</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmer</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Usiicht</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Ee Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Mir kucken no.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>ugefaangen {when}</translation>
        </message>
        <message>
            <source>{what} could not go on</source>
            <translation>{what}: Et goung net weider</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Nach eng Kéier probéieren</translation>
        </message>
    </context>
    <context>
        <name>LookRunView</name>
        <message>
            <source>Found so far</source>
            <translation>Bis elo fonnt</translation>
        </message>
        <message>
            <source>The look goes on while you read.</source>
            <translation>Et geet weider, wärend Dir liest.</translation>
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
            <translation>Resultater</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Kontroll</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Aktivitéit</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Astellungen</translation>
        </message>
        <message>
            <source>Recordings of network traffic ({endings})</source>
            <translation>Opzeechnunge vum Netzwierkverkéier ({endings})</translation>
        </message>
        <message>
            <source>Recordings of programs ({endings})</source>
            <translation>Opzeechnunge vu Programmer ({endings})</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>All Fichieren (*)</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eng Opzeechnung opmaachen</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>E Fichier eraussichen</translation>
        </message>
        <message>
            <source>Something needs you now. It stands on top of the findings.</source>
            <translation>Eppes brauch Iech elo. Et steet uewen bei de Resultater.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gehalen.</translation>
        </message>
    </context>
    <context>
        <name>MarkedBar</name>
        <message>
            <source>This is fine</source>
            <translation>Dat ass an der Rei</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>Ech maache mer nach Suergen</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Resumé kopéieren</translation>
        </message>
        <message>
            <source>Only these files, until they change</source>
            <translation>Nëmmen dës Fichieren, bis si änneren</translation>
        </message>
        <message numerus="yes">
            <source>These files, for %n day(s)</source>
            <translation>
                <numerusform>Dës Fichieren, %n Dag laang</numerusform>
                <numerusform>Dës Fichieren, %n Deeg laang</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zréck</translation>
        </message>
        <message>
            <source>Clear selection</source>
            <translation>Auswiel ophiewen</translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n erausgesicht</numerusform>
                <numerusform>%n erausgesicht</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>Save this card</source>
            <translation>Dës Kaart späicheren</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Ee Moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Mir kucken no.</translation>
        </message>
        <message>
            <source>The models could not be read</source>
            <translation>D'Modeller konnten net gelies ginn</translation>
        </message>
        <message>
            <source>The fixed rules still work. Put Plainwatch on this computer again to bring the models back.</source>
            <translation>Déi fest Reegele gi weider. Installéiert Plainwatch nei, fir d'Modeller zréckzekréien.</translation>
        </message>
        <message>
            <source>There are no models here</source>
            <translation>Hei gëtt et keng Modeller</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modeller</translation>
        </message>
        <message>
            <source>What each one looks at, how often it is wrong, and how to go back.</source>
            <translation>Wat jidderee kuckt, wéi dacks e sech iert, a wéi een zréckgeet.</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>All Modeller</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Astellungen</translation>
        </message>
    </context>
    <context>
        <name>PacketPanel</name>
        <message>
            <source>Back to the finding</source>
            <translation>Zréck bei d'Resultat</translation>
        </message>
        <message>
            <source>Packet {n}</source>
            <translation>Pak {n}</translation>
        </message>
        <message>
            <source>{n} of {count}</source>
            <translation>{n} vun {count}</translation>
        </message>
        <message>
            <source>Previous packet</source>
            <translation>Pak virdrun</translation>
        </message>
        <message>
            <source>Next packet</source>
            <translation>Nächste Pak</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Detailer kopéieren</translation>
        </message>
        <message>
            <source>{size} long, of which {kept} were recorded</source>
            <translation>{size} laang, dovun {kept} opgezeechent</translation>
        </message>
        <message>
            <source>{size} long</source>
            <translation>{size} laang</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more; the copy has them all</source>
            <translation>
                <numerusform>an %Ln weidert; d'Kopie huet se all</numerusform>
                <numerusform>an %Ln weider; d'Kopie huet se all</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PacketsCard</name>
        <message>
            <source>The packets behind it</source>
            <translation>D'Päck dohannert</translation>
        </message>
        <message>
            <source>{n} of the packets in {recording} show it. For somebody who knows networks.</source>
            <translation>{n} vun de Päck an {recording} weisen et. Fir een, dee sech mat Netzwierker auskennt.</translation>
        </message>
        <message>
            <source>{n} packets show it. For somebody who knows networks.</source>
            <translation>{n} Päck weisen et. Fir een, dee sech mat Netzwierker auskennt.</translation>
        </message>
        <message>
            <source>Show a packet</source>
            <translation>E Pak weisen</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Dës Päck späicheren</translation>
        </message>
    </context>
    <context>
        <name>PleaseDoNotCard</name>
        <message>
            <source>Please do not</source>
            <translation>W.e.g. net</translation>
        </message>
        <message>
            <source>turn the computer off</source>
            <translation>de Computer ausmaachen</translation>
        </message>
        <message>
            <source>delete or tidy up anything</source>
            <translation>eppes läschen oder opraumen</translation>
        </message>
        <message>
            <source>pay or answer any message</source>
            <translation>bezuelen oder op e Message äntweren</translation>
        </message>
    </context>
    <context>
        <name>ProgramCard</name>
        <message>
            <source>What runs</source>
            <translation>Wat leeft</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>Wat vum selwe start</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programm</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Plaz</translation>
        </message>
        <message>
            <source>Its file</source>
            <translation>Säi Fichier</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Kont</translation>
        </message>
        <message>
            <source>Who started whom</source>
            <translation>Wien wie gestart huet</translation>
        </message>
        <message>
            <source>Show its story</source>
            <translation>Seng Geschicht weisen</translation>
        </message>
    </context>
    <context>
        <name>ProgramToolbar</name>
        <message>
            <source>Look at the programs now</source>
            <translation>Elo op d'Programmer kucken</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eng Opzeechnung opmaachen</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Vun</translation>
        </message>
    </context>
    <context>
        <name>ProgramWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>E Programm, deem säin Numm mir net kennen</translation>
        </message>
        <message>
            <source>started by {name}</source>
            <translation>gestart vun {name}</translation>
        </message>
        <message>
            <source>ended {when}</source>
            <translation>fäerdeg {when}</translation>
        </message>
        <message>
            <source>has ended</source>
            <translation>ass fäerdeg</translation>
        </message>
        <message>
            <source>running since {when}</source>
            <translation>leeft, gestart {when}</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>ugefaangen {when}</translation>
        </message>
        <message>
            <source>account {name}</source>
            <translation>Kont {name}</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>an %Ln weidert</numerusform>
                <numerusform>an %Ln weider</numerusform>
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
                <numerusform>{name} an %Ln weidert Zil</numerusform>
                <numerusform>{name} an %Ln weider</numerusform>
            </translation>
        </message>
        <message>
            <source>can be called on {ports}</source>
            <translation>kann ugeruff ginn op {ports}</translation>
        </message>
        <message>
            <source>{n} cores busy</source>
            <translation>{n} Käre beluecht</translation>
        </message>
        <message>
            <source>processor {percent}</source>
            <translation>Prozesser {percent}</translation>
        </message>
        <message>
            <source>memory {size}</source>
            <translation>Späicher {size}</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Dëse Computer</translation>
        </message>
        <message numerus="yes">
            <source>Of %Ln of them we do not know what they were told.</source>
            <translation>
                <numerusform>Bei %Ln dovu wësse mir net, wat et maache sollt.</numerusform>
                <numerusform>Bei %Ln dovu wësse mir net, wat se maache sollten.</numerusform>
            </translation>
        </message>
        <message>
            <source>The system told us of every start.</source>
            <translation>De System huet eis all Start gemellt.</translation>
        </message>
        <message>
            <source>We looked once; programs that ran before or after are missed.</source>
            <translation>Mir hunn eemol gekuckt; wat virdrun oder dono gelaf ass, feelt.</translation>
        </message>
        <message>
            <source>We looked every half second; programs that lived shorter are missed.</source>
            <translation>Mir hunn all hallef Sekonn gekuckt; méi kuerz Programmer feelen.</translation>
        </message>
        <message>
            <source>We looked every {seconds} seconds; programs that lived shorter are missed.</source>
            <translation>Mir hunn all {seconds} Sekonne gekuckt; méi kuerz Programmer feelen.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of about {started}.</source>
            <translation>Starter gesinn: {seen} vun ongeféier {started}.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of {started}.</source>
            <translation>Starter gesinn: {seen} vun {started}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln older program(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln eelere Programm ass net gewisen: Et sinn der ze vill.</numerusform>
                <numerusform>%Ln eeler Programmer sinn net gewisen: Et sinn der ze vill.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s)</source>
            <translation>
                <numerusform>%Ln Programm</numerusform>
                <numerusform>%Ln Programmer</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) shown of {total}.</source>
            <translation>
                <numerusform>%Ln Programm vun {total} gewisen.</numerusform>
                <numerusform>%Ln Programmer vun {total} gewisen.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProgramsCard</name>
        <message>
            <source>Programs</source>
            <translation>Programmer</translation>
        </message>
        <message>
            <source>No program here fits.</source>
            <translation>Kee Programm hei passt.</translation>
        </message>
        <message>
            <source>Search in programs</source>
            <translation>An de Programmer sichen</translation>
        </message>
        <message>
            <source>Busiest first</source>
            <translation>Aktivst als éischt</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Neist als éischt</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>No Numm</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Reiefolleg</translation>
        </message>
        <message>
            <source>Ended programs too</source>
            <translation>Och fäerdeg Programmer</translation>
        </message>
        <message>
            <source>Only with findings</source>
            <translation>Nëmme mat Resultater</translation>
        </message>
    </context>
    <context>
        <name>ProgramsPage</name>
        <message>
            <source>Activity</source>
            <translation>Aktivitéit</translation>
        </message>
        <message>
            <source>What runs, who started it, what it uses.</source>
            <translation>Wat leeft, wien et gestart huet, wat et brauch.</translation>
        </message>
        <message>
            <source>A look takes a few seconds and changes nothing. You can keep working.</source>
            <translation>E Bléck dauert e puer Sekonnen an ännert näischt. Dir kënnt weider schaffen.</translation>
        </message>
        <message>
            <source>No look at the programs yet</source>
            <translation>Nach kee Bléck op d'Programmer</translation>
        </message>
        <message>
            <source>Look at the programs now</source>
            <translation>Elo op d'Programmer kucken</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eng Opzeechnung opmaachen</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zréck</translation>
        </message>
        <message>
            <source>This program is not kept any more</source>
            <translation>Dëse Programm ass net méi gehalen</translation>
        </message>
        <message>
            <source>Programs are kept for 30 days. What we found about it is still in the findings.</source>
            <translation>Programmer gi 30 Deeg gehalen. Wat mir doriwwer fonnt hunn, steet nach bei de Resultater.</translation>
        </message>
    </context>
    <context>
        <name>ProgressCard</name>
        <message>
            <source>Pause</source>
            <translation>Unhalen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Kontroll stoppen? Wat mir bis elo fonnt hunn, bleift.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weidermaachen</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Gëtt gestoppt</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Paus</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>gëtt gezielt</translation>
        </message>
        <message>
            <source>We will go on where we stopped.</source>
            <translation>Mir maache weider, wou mir opgehalen hunn.</translation>
        </message>
        <message>
            <source>Now in {folder}</source>
            <translation>Elo an {folder}</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Nothing leaves this computer</source>
            <translation>Näischt verléisst dëse Computer</translation>
        </message>
    </context>
    <context>
        <name>RailItem</name>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n op</numerusform>
                <numerusform>%n op</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReadingCard</name>
        <message>
            <source>What we saw</source>
            <translation>Wat mir gesinn hunn</translation>
        </message>
        <message>
            <source>Why it matters</source>
            <translation>Firwat et wichteg ass</translation>
        </message>
        <message>
            <source>How sure are we?</source>
            <translation>Wéi sécher si mir?</translation>
        </message>
        <message>
            <source>Show this model's card</source>
            <translation>D'Kaart vun dësem Modell weisen</translation>
        </message>
    </context>
    <context>
        <name>RestartCard</name>
        <message>
            <source>Show it</source>
            <translation>Weisen</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out.</source>
            <translation>
                <numerusform>%n Fichier ewechgelooss.</numerusform>
                <numerusform>%n Fichieren ewechgelooss.</numerusform>
            </translation>
        </message>
        <message>
            <source>One part of the check stopped and was started again.</source>
            <translation>En Deel vun der Kontroll ass stoe bliwwen a leeft nees.</translation>
        </message>
    </context>
    <context>
        <name>ResultBar</name>
        <message>
            <source>Show what we found</source>
            <translation>Weisen, wat mir fonnt hunn</translation>
        </message>
        <message>
            <source>Show what was left out</source>
            <translation>Weisen, wat ewechgelooss gouf</translation>
        </message>
        <message>
            <source>Stopped before its end.</source>
            <translation>Virum Enn gestoppt.</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation>Fäerdeg.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found.</source>
            <translation>
                <numerusform>%Ln Saach fonnt.</numerusform>
                <numerusform>%Ln Saache fonnt.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Näischt fonnt.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln Pak gekuckt.</numerusform>
                <numerusform>%Ln Päck gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln Verbindung gekuckt.</numerusform>
                <numerusform>%Ln Verbindunge gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) looked at.</source>
            <translation>
                <numerusform>%Ln Programm gekuckt.</numerusform>
                <numerusform>%Ln Programmer gekuckt.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not everything could be looked at in full.</source>
            <translation>Net alles konnt ganz gekuckt ginn.</translation>
        </message>
    </context>
    <context>
        <name>ResultView</name>
        <message>
            <source>What this check found</source>
            <translation>Wat dës Kontroll fonnt huet</translation>
        </message>
        <message>
            <source>Show me what we found</source>
            <translation>Weisen, wat fonnt gouf</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found</source>
            <translation>
                <numerusform>%Ln Resultat</numerusform>
                <numerusform>%Ln Resultater</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped. Nothing found so far</source>
            <translation>Gestoppt. Bis elo näischt fonnt</translation>
        </message>
        <message>
            <source>Nothing found, but not everything was looked at</source>
            <translation>Näischt fonnt, awer net alles gouf gekuckt</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Näischt fonnt</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s) in full.</source>
            <translation>
                <numerusform>Mir hunn %Ln Fichier ganz gekuckt.</numerusform>
                <numerusform>Mir hunn %Ln Fichiere ganz gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) looked at.</source>
            <translation>
                <numerusform>%Ln lafende Programm gekuckt.</numerusform>
                <numerusform>%Ln lafend Programmer gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln start(s) of programs looked at.</source>
            <translation>
                <numerusform>%Ln Start vun engem Programm gekuckt.</numerusform>
                <numerusform>%Ln Starter vu Programmer gekuckt.</numerusform>
            </translation>
        </message>
        <message>
            <source>Running programs were not looked at yet.</source>
            <translation>Programmer, déi lafen, goufen nach net gekuckt.</translation>
        </message>
        <message>
            <source>The check was stopped before its end.</source>
            <translation>D'Kontroll gouf virum Enn gestoppt.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln Pak gekuckt.</numerusform>
                <numerusform>%Ln Päck gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln Verbindung gekuckt.</numerusform>
                <numerusform>%Ln Verbindunge gekuckt.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln konnt net ganz gekuckt ginn.</numerusform>
                <numerusform>%Ln konnten net ganz gekuckt ginn.</numerusform>
            </translation>
        </message>
        <message>
            <source>{check}, {when}, in {duration}.</source>
            <translation>{check}, {when}, an {duration}.</translation>
        </message>
    </context>
    <context>
        <name>RootBar</name>
        <message>
            <source>Plainwatch runs with all rights of this computer. Close it and start it as yourself.</source>
            <translation>Plainwatch leeft mat alle Rechter vun dësem Computer. Maacht en zou a start en als Iech selwer.</translation>
        </message>
    </context>
    <context>
        <name>RunningView</name>
        <message>
            <source>Found so far</source>
            <translation>Bis elo fonnt</translation>
        </message>
        <message>
            <source>The check goes on while you read.</source>
            <translation>D'Kontroll geet weider, wärend Dir liest.</translation>
        </message>
        <message>
            <source>This check looks at</source>
            <translation>Dës Kontroll kuckt</translation>
        </message>
        <message>
            <source>of {total}</source>
            <translation>vun {total}</translation>
        </message>
        <message>
            <source>of about {total}</source>
            <translation>vu ronn {total}</translation>
        </message>
        <message numerus="yes">
            <source>%Ln found</source>
            <translation>
                <numerusform>%Ln fonnt</numerusform>
                <numerusform>%Ln fonnt</numerusform>
            </translation>
        </message>
        <message>
            <source>nothing found so far</source>
            <translation>bis elo näischt fonnt</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>gëtt gezielt</translation>
        </message>
        <message>
            <source>What runs on this computer is watched now.</source>
            <translation>Elo gëtt beobacht, wat op dësem Computer leeft.</translation>
        </message>
        <message>
            <source>The connections of this computer are watched now.</source>
            <translation>Elo ginn d'Verbindunge vun dësem Computer beobacht.</translation>
        </message>
        <message>
            <source>Watched for a few seconds after the files.</source>
            <translation>Gëtt no de Fichieren e puer Sekonne beobacht.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Astellungen</translation>
        </message>
        <message>
            <source>Each change is kept at once.</source>
            <translation>All Ännerung gëtt direkt gehalen.</translation>
        </message>
        <message>
            <source>The settings cannot be read or kept</source>
            <translation>D'Astellunge kënnen net gelies oder gehale ginn</translation>
        </message>
        <message>
            <source>Everything else goes on. The disk may be full, or the folder of Plainwatch may be locked.</source>
            <translation>Alles anescht geet weider. Vläicht ass d'Plack voll oder den Dossier vu Plainwatch gespaart.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Nach eng Kéier probéieren</translation>
        </message>
        <message>
            <source>Colours and text</source>
            <translation>Faarwen a Schrëft</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>Dësen Numm weise mir, wann Hëllef gebraucht gëtt. Kee gëtt vum selwen ugeruff.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Wien hëlleft Iech?</translation>
        </message>
        <message>
            <source>While Plainwatch watches, it notices when one program changes many files in these folders.</source>
            <translation>Soulaang Plainwatch oppasst, mierkt et, wann e Programm vill Fichieren an dësen Dossieren ännert.</translation>
        </message>
        <message>
            <source>Folders to keep an eye on</source>
            <translation>Dossieren am A behalen</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprooch</translation>
        </message>
        <message>
            <source>Name of this computer</source>
            <translation>Numm vun dësem Computer</translation>
        </message>
        <message>
            <source>Reception PC</source>
            <translation>PC um Empfang</translation>
        </message>
        <message>
            <source>Language and name</source>
            <translation>Sprooch an Numm</translation>
        </message>
        <message>
            <source>Your own folders</source>
            <translation>Är eegen Dossieren</translation>
        </message>
        <message>
            <source>A check of chosen folders looks here. Quick and full checks know their places by themselves.</source>
            <translation>Eng Kontroll vun erausgesichten Dossiere kuckt hei. Déi séier an déi ganz Kontroll kenne hir Plazen selwer.</translation>
        </message>
        <message>
            <source>Show the models</source>
            <translation>Modeller weisen</translation>
        </message>
        <message>
            <source>What they look at, how often they are wrong, whether your office has changed, how to go back.</source>
            <translation>Wat se kucken, wéi dacks se sech ieren, ob Äre Büro geännert huet, wéi een zréckgeet.</translation>
        </message>
        <message>
            <source>Learned models</source>
            <translation>Geléiert Modeller</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gehalen.</translation>
        </message>
        <message>
            <source>This cannot be kept. Please write it in fewer, plain letters.</source>
            <translation>Dat kann net gehale ginn. Schreift et w.e.g. méi kuerz a mat einfache Buschtawen.</translation>
        </message>
    </context>
    <context>
        <name>SignsCard</name>
        <message>
            <source>What we looked for</source>
            <translation>No wat mir gesicht hunn</translation>
        </message>
        <message>
            <source>found</source>
            <translation>fonnt</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>net fonnt</translation>
        </message>
    </context>
    <context>
        <name>SkippedCard</name>
        <message>
            <source>Not looked at: {n}</source>
            <translation>Net gekuckt: {n}</translation>
        </message>
        <message>
            <source>Nothing was left out so far.</source>
            <translation>Bis elo gouf näischt ewechgelooss.</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln and why</source>
            <translation>
                <numerusform>Weisen a soen firwat</numerusform>
                <numerusform>All %Ln weisen a soen firwat</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SkippedPanel</name>
        <message>
            <source>Back to the check</source>
            <translation>Zréck bei d'Kontroll</translation>
        </message>
        <message numerus="yes">
            <source>%Ln not, or not fully, looked at</source>
            <translation>
                <numerusform>%Ln net oder net ganz gekuckt</numerusform>
                <numerusform>%Ln net oder net ganz gekuckt</numerusform>
            </translation>
        </message>
        <message>
            <source>We say nothing about these. They may be fine, or not.</source>
            <translation>Dozou soe mir näischt. Et kann an der Rei sinn oder net.</translation>
        </message>
    </context>
    <context>
        <name>StatePanel</name>
        <message>
            <source>Copy details</source>
            <translation>Detailer kopéieren</translation>
        </message>
    </context>
    <context>
        <name>StepsCard</name>
        <message>
            <source>What to do now</source>
            <translation>Wat elo ze maachen ass</translation>
        </message>
    </context>
    <context>
        <name>StoryView</name>
        <message>
            <source>Who started it</source>
            <translation>Wien et gestart huet</translation>
        </message>
        <message>
            <source>We did not see who started it.</source>
            <translation>Mir hunn net gesinn, wien et gestart huet.</translation>
        </message>
        <message>
            <source>What it started</source>
            <translation>Wat et gestart huet</translation>
        </message>
        <message>
            <source>Nothing, as far as we saw.</source>
            <translation>Näischt, souwäit mir gesinn hunn.</translation>
        </message>
        <message>
            <source>ran from {first} to {last}</source>
            <translation>gelaf: {first} bis {last}</translation>
        </message>
        <message>
            <source>it has ended since</source>
            <translation>et ass zanterhier fäerdeg</translation>
        </message>
        <message>
            <source>We do not know where its file lies.</source>
            <translation>Mir wëssen net, wou säi Fichier läit.</translation>
        </message>
        <message>
            <source>Its file lies in {folder}</source>
            <translation>Säi Fichier läit an {folder}</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Kommandozeil</translation>
        </message>
        <message>
            <source>Program number (PID)</source>
            <translation>Nummer vum Programm (PID)</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Kont</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Gestart</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Fäerdeg</translation>
        </message>
    </context>
    <context>
        <name>Strip</name>
        <message>
            <source>Show it</source>
            <translation>Weisen</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stoppen</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weidermaachen</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Kontroll stoppen? Wat mir bis elo fonnt hunn, bleift.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Unhalen</translation>
        </message>
        <message>
            <source>Paused. We will go on where we stopped.</source>
            <translation>Paus. Mir maache weider, wou mir opgehalen hunn.</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Mir kucken op d'Netzwierk</translation>
        </message>
        <message>
            <source>Checking files. Counting them first.</source>
            <translation>Mir kucken d'Fichieren. Als éischt ziele mir se.</translation>
        </message>
        <message>
            <source>Checking files. {done} of {total}.</source>
            <translation>Mir kucken d'Fichieren. {done} vun {total}.</translation>
        </message>
        <message>
            <source>Checking files. {done} of about {total}.</source>
            <translation>Mir kucken d'Fichieren. {done} vu ronn {total}.</translation>
        </message>
    </context>
    <context>
        <name>TalkersCard</name>
        <message>
            <source>Programs and destinations</source>
            <translation>Programmer an Ziler</translation>
        </message>
        <message>
            <source>Nobody was active in this time.</source>
            <translation>An dëser Zäit war keen aktiv.</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmer</translation>
        </message>
        <message>
            <source>Computers</source>
            <translation>Computeren</translation>
        </message>
        <message>
            <source>Destinations</source>
            <translation>Ziler</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Weisen</translation>
        </message>
        <message>
            <source>{who}, most data first</source>
            <translation>{who}, déi meescht Daten als éischt</translation>
        </message>
        <message>
            <source>{who}, busiest first</source>
            <translation>{who}, déi aktivst als éischt</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Manner weisen</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln</source>
            <translation>
                <numerusform>All %Ln weisen</numerusform>
                <numerusform>All %Ln weisen</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TalksCard</name>
        <message>
            <source>Whom it talks to</source>
            <translation>Mat wiem et schwätzt</translation>
        </message>
        <message>
            <source>To nobody, as far as we saw.</source>
            <translation>Mat kengem, souwäit mir gesinn hunn.</translation>
        </message>
    </context>
    <context>
        <name>TechnicalCard</name>
        <message>
            <source>Technical details</source>
            <translation>Technesch Detailer</translation>
        </message>
        <message>
            <source>Ctrl+D</source>
            <translation>Ctrl+D</translation>
        </message>
        <message>
            <source>Rule names, command line, who started whom, exact times</source>
            <translation>Nimm vun de Reegelen, Kommandozeil, wien wie gestart huet, genee Zäiten</translation>
        </message>
        <message>
            <source>File path, command line, exact times</source>
            <translation>Wee vum Fichier, Kommandozeil, genee Zäiten</translation>
        </message>
        <message>
            <source>Rule names, file path, fingerprint, exact times</source>
            <translation>Nimm vun de Reegelen, Wee vum Fichier, Fangerofdrock, genee Zäiten</translation>
        </message>
        <message>
            <source>Addresses, packet numbers, exact times</source>
            <translation>Adressen, Paknummeren, genee Zäiten</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Detailer kopéieren</translation>
        </message>
    </context>
    <context>
        <name>TimelineCard</name>
        <message>
            <source>Show the whole time</source>
            <translation>Déi ganz Zäit weisen</translation>
        </message>
        <message>
            <source>Data sent by this computer</source>
            <translation>Date vun dësem Computer geschéckt</translation>
        </message>
        <message>
            <source>Data sent in this recording</source>
            <translation>An dëser Opzeechnung geschéckt Daten</translation>
        </message>
        <message>
            <source>Connections of this computer</source>
            <translation>Verbindunge vun dësem Computer</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>geschéckt</translation>
        </message>
        <message>
            <source>connections</source>
            <translation>Verbindungen</translation>
        </message>
        <message>
            <source>usual at this time of day</source>
            <translation>ëm dës Dageszäit üblech</translation>
        </message>
        <message>
            <source>a finding</source>
            <translation>e Resultat</translation>
        </message>
        <message>
            <source>The list shows {time}.</source>
            <translation>D'Lëscht weist: {time}.</translation>
        </message>
        <message>
            <source>We do not know this computer long enough yet to say what is usual. That takes three days.</source>
            <translation>Mir kennen dëse Computer nach net laang genuch, fir ze soen, wat üblech ass. Dat dauert dräi Deeg.</translation>
        </message>
        <message>
            <source>Click on a time, or use the arrow keys, to see who was active then.</source>
            <translation>Klickt op eng Zäit oder benotzt d'Feiltasten, fir ze gesinn, wien do aktiv war.</translation>
        </message>
    </context>
    <context>
        <name>Toolbar</name>
        <message>
            <source>Look at the network now</source>
            <translation>Elo op d'Netzwierk kucken</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Eng Opzeechnung opmaachen</translation>
        </message>
        <message>
            <source>Listen for a minute</source>
            <translation>Eng Minutt nolauschteren</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Vun</translation>
        </message>
    </context>
    <context>
        <name>TrapWords</name>
        <message>
            <source>Somebody changed this trap file, so it was not deleted: {path}</source>
            <translation>Een huet dëse Lackfichier geännert, dofir gouf en net geläscht: {path}</translation>
        </message>
        <message>
            <source>No trap files here, the folder is missing or is copied elsewhere: {path}</source>
            <translation>Hei keng Lackfichieren, den Dossier feelt oder gëtt soss wuer kopéiert: {path}</translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) made. Leave them as they are.</source>
            <translation>
                <numerusform>%n Lackfichier ugeluecht. Loosst en, wéi en ass.</numerusform>
                <numerusform>%n Lackfichieren ugeluecht. Loosst se, wéi se sinn.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) removed.</source>
            <translation>
                <numerusform>%n Lackfichier ewechgeholl.</numerusform>
                <numerusform>%n Lackfichieren ewechgeholl.</numerusform>
            </translation>
        </message>
        <message>
            <source>Kept. Trap files are made as soon as a folder is chosen.</source>
            <translation>Behalen. Lackfichiere ginn ugeluecht, soubal en Dossier gewielt ass.</translation>
        </message>
    </context>
    <context>
        <name>UndoBar</name>
        <message>
            <source>Undo</source>
            <translation>Réckgängeg</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Zoumaachen</translation>
        </message>
    </context>
    <context>
        <name>UsesCard</name>
        <message>
            <source>What it uses</source>
            <translation>Wat et brauch</translation>
        </message>
        <message>
            <source>{duration} of processor time so far</source>
            <translation>bis elo {duration} Prozesserzäit</translation>
        </message>
        <message>
            <source>read</source>
            <translation>gelies</translation>
        </message>
        <message>
            <source>written</source>
            <translation>geschriwwen</translation>
        </message>
        <message>
            <source>We could not see that.</source>
            <translation>Dat konnte mir net gesinn.</translation>
        </message>
    </context>
    <context>
        <name>WatchForm</name>
        <message>
            <source>Trap files</source>
            <translation>Lackfichieren</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Keng</translation>
        </message>
        <message>
            <source>A few in each folder</source>
            <translation>E puer an all Dossier</translation>
        </message>
        <message>
            <source>Nobody has a reason to touch them. A program that locks files does, and is noticed at once.</source>
            <translation>Keen huet e Grond, se unzerieren. E Programm, dat Fichiere spaart, deet et a fält direkt op.</translation>
        </message>
    </context>
    <context>
        <name>WeekCard</name>
        <message>
            <source>Last 7 days</source>
            <translation>Lescht 7 Deeg</translation>
        </message>
        <message numerus="yes">
            <source>%n check(s)</source>
            <translation>
                <numerusform>%n Kontroll</numerusform>
                <numerusform>%n Kontrollen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n finding(s)</source>
            <translation>
                <numerusform>%n Resultat</numerusform>
                <numerusform>%n Resultater</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n solved</source>
            <translation>
                <numerusform>%n geléist</numerusform>
                <numerusform>%n geléist</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Haut</translation>
        </message>
        <message>
            <source>No check in these days yet.</source>
            <translation>Nach keng Kontroll an dësen Deeg.</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>Your answers cannot be kept</source>
            <translation>Är Äntwerte kënnen net gehale ginn</translation>
        </message>
        <message>
            <source>You can still check this computer. The questions come back at the next start.</source>
            <translation>Dir kënnt dëse Computer trotzdeem kontrolléieren. D'Froe kommen beim nächste Start erëm.</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Elo kucken</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Wëllkomm</translation>
        </message>
        <message>
            <source>Three short questions, then the first check.</source>
            <translation>Dräi kuerz Froen, dann déi éischt Kontroll.</translation>
        </message>
        <message>
            <source>Our promise</source>
            <translation>Eist Verspriechen</translation>
        </message>
        <message>
            <source>We never send anything away</source>
            <translation>Mir schécken ni eppes ewech</translation>
        </message>
        <message>
            <source>Everything stays on this computer.</source>
            <translation>Alles bleift op dësem Computer.</translation>
        </message>
        <message>
            <source>We never delete or block by ourselves</source>
            <translation>Mir läschen oder spären ni vum selwen</translation>
        </message>
        <message>
            <source>You decide, and you can undo it.</source>
            <translation>Dir entscheet a kënnt et réckgängeg maachen.</translation>
        </message>
        <message>
            <source>We never judge people</source>
            <translation>Mir beuerteelen ni Leit</translation>
        </message>
        <message>
            <source>We look at computers, not at who uses them.</source>
            <translation>Mir kucken op Computeren, net op wien se benotzt.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Sprooch</translation>
        </message>
        <message>
            <source>Skip this question</source>
            <translation>Dës Fro iwwersprangen</translation>
        </message>
        <message>
            <source>You can change this later in Settings.</source>
            <translation>Dir kënnt dat méi spéit an den Astellungen änneren.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Wien hëlleft Iech?</translation>
        </message>
        <message>
            <source>Which folders?</source>
            <translation>Wéi eng Dossieren?</translation>
        </message>
        <message>
            <source>Easy to read?</source>
            <translation>Gutt ze liesen?</translation>
        </message>
        <message>
            <source>Who helps you when something looks wrong?</source>
            <translation>Wien hëlleft Iech, wann eppes net stëmmt?</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>Dësen Numm weise mir, wann Hëllef gebraucht gëtt. Kee gëtt vum selwen ugeruff.</translation>
        </message>
        <message>
            <source>The usual places</source>
            <translation>Déi üblech Plazen</translation>
        </message>
        <message>
            <source>Downloads, desktop, documents, mail and what starts by itself</source>
            <translation>Downloads, Bureau, Dokumenter, Mail a wat vum selwen ufänkt</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>De ganze Computer</translation>
        </message>
        <message>
            <source>Takes much longer; you can keep working</source>
            <translation>Dauert vill méi laang; Dir kënnt weiderschaffen</translation>
        </message>
        <message>
            <source>Only some folders</source>
            <translation>Nëmmen e puer Dossieren</translation>
        </message>
        <message>
            <source>You choose which</source>
            <translation>Dir sicht eraus, wéi eng</translation>
        </message>
        <message>
            <source>Where shall we look first?</source>
            <translation>Wou solle mir als éischt kucken?</translation>
        </message>
        <message>
            <source>This version looks at files, running programs and connections. It says what it did not look at.</source>
            <translation>Dës Versioun kuckt Fichieren, lafend Programmer a Verbindungen. Si seet, wat si net gekuckt huet.</translation>
        </message>
        <message>
            <source>Is this easy to read?</source>
            <translation>Kënnt Dir dat gutt liesen?</translation>
        </message>
        <message>
            <source>Choose what is kind to your eyes. It changes at once.</source>
            <translation>Sicht eraus, wat Ären Ae gutt deet. Et ännert direkt.</translation>
        </message>
        <message>
            <source>Go on to folders</source>
            <translation>Weider bei d'Dossieren</translation>
        </message>
        <message>
            <source>Go on to the look</source>
            <translation>Weider bei d'Ausgesinn</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Déi éischt Kontroll starten</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Zréck</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>We can see which programs use the network, but not what they send. To see more, ask your helper.</source>
            <translation>Mir gesinn, wéi eng Programmer d'Netzwierk benotzen, awer net, wat se schécken. Fir méi ze gesinn, frot Är Hëllef.</translation>
        </message>
    </context>
    <context>
        <name>errors</name>
        <message>
            <source>This page could not be shown</source>
            <translation>Dës Säit konnt net gewise ginn</translation>
        </message>
        <message>
            <source>What we found earlier is still kept. Please try again. If it stays so, copy the details for help.</source>
            <translation>Wat mir virdru fonnt hunn, ass nach gehalen. Probéiert w.e.g. nach eng Kéier. Wann et sou bleift, kopéiert d'Detailer fir Är Hëllef.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Nach eng Kéier probéieren</translation>
        </message>
    </context>
    <context>
        <name>found</name>
        <message>
            <source>just now</source>
            <translation>grad elo</translation>
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
            <translation>Bureau</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Dokumenter</translation>
        </message>
        <message>
            <source>Mail</source>
            <translation>Mail</translation>
        </message>
        <message>
            <source>Temporary files</source>
            <translation>Kuerzfristeg Fichieren</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>Wat vum selwen ufänkt</translation>
        </message>
        <message>
            <source>Your own folder</source>
            <translation>Ären eegenen Dossier</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>De ganze Computer</translation>
        </message>
        <message>
            <source>Programs that run now</source>
            <translation>Programmer, déi elo lafen</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Reseau</translation>
        </message>
    </context>
    <context>
        <name>run</name>
        <message>
            <source>Quick check</source>
            <translation>Séier Kontroll</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Ganz Kontroll</translation>
        </message>
        <message>
            <source>Check of chosen folders</source>
            <translation>Kontroll vun erausgesichten Dossieren</translation>
        </message>
        <message>
            <source>Check of single files</source>
            <translation>Kontroll vun eenzele Fichieren</translation>
        </message>
        <message>
            <source>Check of a recording</source>
            <translation>Kontroll vun enger Opzeechnung</translation>
        </message>
        <message>
            <source>Look at the network</source>
            <translation>Bléck op d'Netzwierk</translation>
        </message>
        <message>
            <source>Listening to the network</source>
            <translation>Nolauschteren am Netzwierk</translation>
        </message>
        <message>
            <source>Check of a recording of programs</source>
            <translation>Kontroll vun enger Opzeechnung vu Programmer</translation>
        </message>
        <message>
            <source>Look at the programs</source>
            <translation>Bléck op d'Programmer</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Kontroll</translation>
        </message>
        <message>
            <source>Check of the network</source>
            <translation>Kontroll vum Netzwierk</translation>
        </message>
        <message>
            <source>Check of programs</source>
            <translation>Kontroll vun de Programmer</translation>
        </message>
        <message>
            <source>Reading {name}</source>
            <translation>Mir liesen {name}</translation>
        </message>
        <message>
            <source>Looking at the programs</source>
            <translation>Mir kucken op d'Programmer</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Mir kucken op d'Netzwierk</translation>
        </message>
        <message>
            <source>Looking at the network and the programs</source>
            <translation>Mir kucken op d'Netzwierk an d'Programmer</translation>
        </message>
        <message>
            <source>Listening on {card}</source>
            <translation>Mir lauschteren no op {card}</translation>
        </message>
        <message>
            <source>Checking your files</source>
            <translation>Mir kucken Är Fichieren</translation>
        </message>
        <message>
            <source>Opening the recording. You can keep working.</source>
            <translation>D'Opzeechnung gëtt opgemaach. Dir kënnt weider schaffen.</translation>
        </message>
        <message>
            <source>We look at what runs, and watch what starts. You can keep working.</source>
            <translation>Mir kucken, wat leeft, a beobachten, wat start. Dir kënnt weider schaffen.</translation>
        </message>
        <message>
            <source>We begin to listen. You can keep working.</source>
            <translation>Mir fänken un nozelauschteren. Dir kënnt weider schaffen.</translation>
        </message>
        <message>
            <source>Counting the files first. You can keep working.</source>
            <translation>Mir zielen als éischt d'Fichieren. Dir kënnt weiderschaffen.</translation>
        </message>
        <message>
            <source>of the data</source>
            <translation>vun den Daten</translation>
        </message>
        <message>
            <source>of the time</source>
            <translation>vun der Zäit</translation>
        </message>
        <message>
            <source>of the files</source>
            <translation>vun de Fichieren</translation>
        </message>
        <message>
            <source>stopped, nothing found so far</source>
            <translation>gestoppt, bis elo näischt fonnt</translation>
        </message>
        <message>
            <source>nothing found</source>
            <translation>näischt fonnt</translation>
        </message>
        <message>
            <source>You can keep working.</source>
            <translation>Dir kënnt weiderschaffen.</translation>
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
            <translation>elo</translation>
        </message>
        <message>
            <source>today at {time}</source>
            <translation>haut um {time}</translation>
        </message>
        <message>
            <source>yesterday at {time}</source>
            <translation>gëschter um {time}</translation>
        </message>
        <message>
            <source>{day} at {time}</source>
            <translation>{day} um {time}</translation>
        </message>
        <message>
            <source>today</source>
            <translation>haut</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>gëschter</translation>
        </message>
        <message>
            <source>on {day}</source>
            <translation>({day})</translation>
        </message>
        <message>
            <source>Less than a minute left.</source>
            <translation>Nach manner wéi eng Minutt.</translation>
        </message>
        <message>
            <source>About {low} to {high} minutes left.</source>
            <translation>Nach ronn {low} bis {high} Minutten.</translation>
        </message>
        <message>
            <source>{done} of {total} read.</source>
            <translation>{done} vun {total} gelies.</translation>
        </message>
        <message>
            <source>{done} of {total} seconds.</source>
            <translation>{done} vun {total} Sekonnen.</translation>
        </message>
        <message>
            <source>{done} of {total} files.</source>
            <translation>{done} vun {total} Fichieren.</translation>
        </message>
        <message>
            <source>{done} of about {total} files.</source>
            <translation>{done} vu ronn {total} Fichieren.</translation>
        </message>
    </context>
    <context>
        <name>skip</name>
        <message>
            <source>Not there</source>
            <translation>Net do</translation>
        </message>
        <message>
            <source>Gone in the meantime</source>
            <translation>An der Tëschenzäit fort</translation>
        </message>
        <message>
            <source>Not open to this account</source>
            <translation>Fir dëse Kont gespaart</translation>
        </message>
        <message>
            <source>In use by another program</source>
            <translation>Vun engem anere Programm benotzt</translation>
        </message>
        <message>
            <source>The disk gave an error</source>
            <translation>D'Plack huet e Feeler gemellt</translation>
        </message>
        <message>
            <source>Only points elsewhere</source>
            <translation>Weist nëmme soss enzwousch hin</translation>
        </message>
        <message>
            <source>Points back to itself</source>
            <translation>Weist op sech selwer zréck</translation>
        </message>
        <message>
            <source>Not a real file</source>
            <translation>Kee richtege Fichier</translation>
        </message>
        <message>
            <source>A device, not a file</source>
            <translation>En Apparat, kee Fichier</translation>
        </message>
        <message>
            <source>Made by the system itself</source>
            <translation>Vum System selwer gemaach</translation>
        </message>
        <message>
            <source>Name too long</source>
            <translation>Numm ze laang</translation>
        </message>
        <message>
            <source>Too many folders inside each other</source>
            <translation>Ze vill Dossieren anenee</translation>
        </message>
        <message>
            <source>Left out on request</source>
            <translation>Op Wonsch ewechgelooss</translation>
        </message>
        <message>
            <source>Too large to read in full</source>
            <translation>Ze grouss fir ganz ze liesen</translation>
        </message>
        <message>
            <source>Changed while we looked</source>
            <translation>Wärend dem Kucken geännert</translation>
        </message>
        <message>
            <source>Locked with a password</source>
            <translation>Mat Passwuert geschützt</translation>
        </message>
        <message>
            <source>Damaged packed file</source>
            <translation>Futtise gepaakte Fichier</translation>
        </message>
        <message>
            <source>Packed too many times</source>
            <translation>Ze dacks gepaakt</translation>
        </message>
        <message>
            <source>Packed file too large</source>
            <translation>Gepaakte Fichier ze grouss</translation>
        </message>
        <message>
            <source>Too many files packed together</source>
            <translation>Ze vill Fichieren zesumme gepaakt</translation>
        </message>
        <message>
            <source>Packed suspiciously small</source>
            <translation>Verdächteg kleng gepaakt</translation>
        </message>
        <message>
            <source>Packed file with false labels</source>
            <translation>Gepaakte Fichier mat falschen Uginn</translation>
        </message>
        <message>
            <source>Packed in a way we cannot open</source>
            <translation>Op eng Aart gepaakt, déi mir net opkréien</translation>
        </message>
        <message>
            <source>Not a recording we can read</source>
            <translation>Keng Opzeechnung, déi mir liese kënnen</translation>
        </message>
        <message>
            <source>Damaged recording</source>
            <translation>Beschiedegt Opzeechnung</translation>
        </message>
        <message>
            <source>A kind of network we cannot read</source>
            <translation>Eng Zort Netzwierk, déi mir net liese kënnen</translation>
        </message>
        <message>
            <source>Packets recorded only in part</source>
            <translation>Päck just zum Deel opgeholl</translation>
        </message>
        <message>
            <source>Locked or other packets</source>
            <translation>Zougespaart oder aner Päck</translation>
        </message>
        <message>
            <source>Network card was off</source>
            <translation>Netzwierkkaart war aus</translation>
        </message>
        <message>
            <source>Too many conversations at once</source>
            <translation>Ze vill Gespréicher op eemol</translation>
        </message>
        <message>
            <source>Too many messages to read them all</source>
            <translation>Ze vill Messagen, fir se all ze liesen</translation>
        </message>
        <message>
            <source>Packets lost while listening</source>
            <translation>Päck beim Nolauschtere verluer</translation>
        </message>
        <message>
            <source>Too many findings of one kind</source>
            <translation>Ze vill Resultater vun enger Zort</translation>
        </message>
        <message>
            <source>An empty recording</source>
            <translation>Eng eidel Opzeechnung</translation>
        </message>
        <message>
            <source>Recording ends too early</source>
            <translation>D'Opzeechnung hält ze fréi op</translation>
        </message>
        <message>
            <source>Lines we could not read</source>
            <translation>Zeilen, déi mir net liese konnten</translation>
        </message>
        <message>
            <source>Lines read only in part</source>
            <translation>Zeilen, déi nëmmen zum Deel gelies goufen</translation>
        </message>
        <message>
            <source>Lines about unknown programs</source>
            <translation>Zeilen iwwer onbekannt Programmer</translation>
        </message>
        <message>
            <source>Starts that were too short to see</source>
            <translation>Starter, déi ze kuerz waren</translation>
        </message>
        <message>
            <source>Programs of other accounts</source>
            <translation>Programmer vun anere Konten</translation>
        </message>
        <message>
            <source>Folders we could not watch</source>
            <translation>Dossieren, déi mir net beobachte konnten</translation>
        </message>
        <message>
            <source>Programs that ended too soon</source>
            <translation>Programmer, déi ze fréi fäerdeg waren</translation>
        </message>
        <message>
            <source>Memory of programs is closed to us</source>
            <translation>De Späicher vu Programmer ass fir eis zou</translation>
        </message>
        <message>
            <source>Memory is not open to this account</source>
            <translation>De Späicher ass fir dëse Kont gespaart</translation>
        </message>
        <message>
            <source>Too much memory to look at</source>
            <translation>Ze vill Späicher, fir en ze kucken</translation>
        </message>
        <message>
            <source>Programs we could not name</source>
            <translation>Programmer, déi mir net nenne konnten</translation>
        </message>
        <message>
            <source>A model could not be used</source>
            <translation>E Modell konnt net benotzt ginn</translation>
        </message>
        <message>
            <source>Took too long</source>
            <translation>Huet ze laang gedauert</translation>
        </message>
        <message>
            <source>Needed too much memory</source>
            <translation>Huet zevill Späicher gebraucht</translation>
        </message>
        <message>
            <source>One part of the check stopped</source>
            <translation>En Deel vun der Kontroll ass stoe bliwwen</translation>
        </message>
        <message>
            <source>One part of the check failed</source>
            <translation>En Deel vun der Kontroll huet net geklappt</translation>
        </message>
        <message>
            <source>A rule could not be used</source>
            <translation>Eng Reegel konnt net benotzt ginn</translation>
        </message>
        <message>
            <source>The check was stopped before</source>
            <translation>D'Kontroll gouf virdru gestoppt</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Nach net gekuckt</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>En anere Grond</translation>
        </message>
    </context>
    <context>
        <name>summary</name>
        <message>
            <source>Copy a summary for {name}</source>
            <translation>Resumé fir {name} kopéieren</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Resumé kopéieren</translation>
        </message>
    </context>
</TS>
