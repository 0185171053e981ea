<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>ActHero</name>
        <message>
            <source>{when} on {computer}</source>
            <translation>{when} sur {computer}</translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) in all.</source>
            <translation>
                <numerusform>%n étape en tout.</numerusform>
                <numerusform>%n étapes en tout.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ActivityPage</name>
        <message>
            <source>Activity</source>
            <translation>Activité</translation>
        </message>
        <message>
            <source>Program first, address second.</source>
            <translation>D'abord le programme, ensuite l'adresse.</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>Dernière heure</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd'hui</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 jours</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 jours</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Période</translation>
        </message>
        <message>
            <source>A look takes half a minute and changes nothing. You can keep working.</source>
            <translation>Un coup d'œil prend une demi-minute et ne change rien. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>No look at the network yet</source>
            <translation>Le réseau n'a pas encore été regardé</translation>
        </message>
        <message>
            <source>Look at the network now</source>
            <translation>Regarder le réseau maintenant</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
    </context>
    <context>
        <name>ActivityWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>Un programme que nous ne pouvons pas nommer</translation>
        </message>
        <message>
            <source>waits to be called</source>
            <translation>attend d'être appelé</translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} et %Ln autre</numerusform>
                <numerusform>{name} et %Ln autres</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln countries</source>
            <translation>
                <numerusform>%Ln pays</numerusform>
                <numerusform>%Ln pays</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln owners of networks</source>
            <translation>
                <numerusform>%Ln propriétaire de réseau</numerusform>
                <numerusform>%Ln propriétaires de réseaux</numerusform>
            </translation>
        </message>
        <message>
            <source>usually {size}</source>
            <translation>d'habitude {size}</translation>
        </message>
        <message>
            <source>as usual</source>
            <translation>comme d'habitude</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} reçus</translation>
        </message>
        <message>
            <source>{size} sent</source>
            <translation>{size} envoyés</translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s)</source>
            <translation>
                <numerusform>%Ln connexion</numerusform>
                <numerusform>%Ln connexions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>et %Ln autre</numerusform>
                <numerusform>et %Ln autres</numerusform>
            </translation>
        </message>
        <message>
            <source>{first} to {last} {day}</source>
            <translation>de {first} à {last} {day}</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>de {first} à {last}</translation>
        </message>
        <message>
            <source>usually {size} at this time</source>
            <translation>d'habitude {size} à cette heure</translation>
        </message>
        <message>
            <source>Most at {time}.</source>
            <translation>Le plus à {time}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln finding(s) in this time.</source>
            <translation>
                <numerusform>%Ln constat dans cette période.</numerusform>
                <numerusform>%Ln constats dans cette période.</numerusform>
            </translation>
        </message>
        <message>
            <source>No finding in this time.</source>
            <translation>Aucun constat dans cette période.</translation>
        </message>
        <message>
            <source>Arrow keys choose a time.</source>
            <translation>Les flèches du clavier choisissent un moment.</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Cet ordinateur</translation>
        </message>
        <message>
            <source>Countries and owners of networks as of {month}.</source>
            <translation>Pays et propriétaires de réseaux : état de {month}.</translation>
        </message>
        <message>
            <source>Makers of network cards as of {month}.</source>
            <translation>Fabricants de cartes réseau : état de {month}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln quieter line(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln ligne plus calme n'est pas montrée : il y en a trop.</numerusform>
                <numerusform>%Ln lignes plus calmes ne sont pas montrées : il y en a trop.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>Please start Plainwatch as yourself, not as root. It needs no special rights.</source>
            <translation>Veuillez démarrer Plainwatch sous votre propre compte, pas comme root. Il n'a besoin d'aucun droit particulier.</translation>
        </message>
        <message>
            <source>What Plainwatch has kept cannot be read. We can put it aside unchanged and start with an empty list. Your own files are not touched.</source>
            <translation>Ce que Plainwatch a gardé ne peut pas être lu. Nous pouvons le mettre de côté sans le changer et commencer avec une liste vide. Vos fichiers ne sont pas touchés.</translation>
        </message>
        <message>
            <source>Plainwatch cannot write to its folder. The disk may be full, or the folder may be locked.</source>
            <translation>Plainwatch ne peut pas écrire dans son dossier. Le disque est peut-être plein, ou le dossier verrouillé.</translation>
        </message>
        <message>
            <source>A newer Plainwatch has written what is kept here. Please start that newer one.</source>
            <translation>Un Plainwatch plus récent a écrit ce qui est gardé ici. Veuillez démarrer celui-là.</translation>
        </message>
        <message>
            <source>Plainwatch could not start</source>
            <translation>Plainwatch n'a pas pu démarrer</translation>
        </message>
        <message>
            <source>Put it aside and start fresh</source>
            <translation>Mettre de côté et recommencer</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>Areas</name>
        <message>
            <source>Files</source>
            <translation>Fichiers</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmes</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Réseau</translation>
        </message>
        <message>
            <source>No file was checked yet.</source>
            <translation>Aucun fichier n'a encore été vérifié.</translation>
        </message>
        <message>
            <source>No look at the network yet. The page Activity has one.</source>
            <translation>Le réseau n'a pas encore été regardé. La page Activité le fait.</translation>
        </message>
        <message numerus="yes">
            <source>looked at, %Ln not in full</source>
            <translation>
                <numerusform>regardé, %Ln pas entièrement</numerusform>
                <numerusform>regardé, %Ln pas entièrement</numerusform>
            </translation>
        </message>
        <message>
            <source>connections looked at</source>
            <translation>connexions regardées</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>regardé</translation>
        </message>
        <message>
            <source>No look at the programs yet. The page Activity has one.</source>
            <translation>Les programmes n'ont pas encore été regardés. La page Activité le fait.</translation>
        </message>
        <message>
            <source>running programs looked at, not all in full</source>
            <translation>programmes en marche regardés, pas tous en entier</translation>
        </message>
        <message>
            <source>running programs looked at</source>
            <translation>programmes en marche regardés</translation>
        </message>
        <message>
            <source>found in an earlier look</source>
            <translation>trouvé lors d'un coup d'œil précédent</translation>
        </message>
        <message numerus="yes">
            <source>checked, %Ln not fully looked at</source>
            <translation>
                <numerusform>vérifiés, %Ln pas entièrement regardé</numerusform>
                <numerusform>vérifiés, %Ln pas entièrement regardés</numerusform>
            </translation>
        </message>
        <message>
            <source>checked, none left out</source>
            <translation>vérifiés, aucun laissé de côté</translation>
        </message>
        <message>
            <source>No check of this computer has come to its end yet.</source>
            <translation>Aucune vérification de cet ordinateur n'est encore allée jusqu'au bout.</translation>
        </message>
    </context>
    <context>
        <name>CheckPage</name>
        <message>
            <source>Check</source>
            <translation>Vérification</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Nous cherchons.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>commencée {when}</translation>
        </message>
        <message>
            <source>The check could not go on</source>
            <translation>La vérification n'a pas pu continuer</translation>
        </message>
        <message>
            <source>Start the check again</source>
            <translation>Relancer la vérification</translation>
        </message>
    </context>
    <context>
        <name>ChoiceCard</name>
        <message>
            <source>What should we look at?</source>
            <translation>Que devons-nous regarder ?</translation>
        </message>
        <message>
            <source>Quick check</source>
            <translation>Vérification rapide</translation>
        </message>
        <message>
            <source>Takes a few minutes. Looks at: {places}</source>
            <translation>Dure quelques minutes. Regarde : {places}</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Vérification complète</translation>
        </message>
        <message>
            <source>Can take hours. Looks at: {places}</source>
            <translation>Peut durer des heures. Regarde : {places}</translation>
        </message>
        <message>
            <source>Choose folders</source>
            <translation>Choisir des dossiers</translation>
        </message>
        <message>
            <source>Looks at the folders you name, and all inside them.</source>
            <translation>Regarde les dossiers que vous nommez, avec tout ce qu'ils contiennent.</translation>
        </message>
        <message>
            <source>The programs and connections of this computer are watched for a few seconds, too.</source>
            <translation>Les programmes et les connexions de cet ordinateur sont aussi observés pendant quelques secondes.</translation>
        </message>
        <message>
            <source>Start quick check</source>
            <translation>Démarrer la vérification rapide</translation>
        </message>
        <message>
            <source>Start full check</source>
            <translation>Démarrer la vérification complète</translation>
        </message>
        <message>
            <source>Check these folders</source>
            <translation>Vérifier ces dossiers</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>choisi</translation>
        </message>
        <message>
            <source>not chosen</source>
            <translation>non choisi</translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n seconde</numerusform>
                <numerusform>%n secondes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s)</source>
            <translation>
                <numerusform>%n minute</numerusform>
                <numerusform>%n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n hour(s)</source>
            <translation>
                <numerusform>%n heure</numerusform>
                <numerusform>%n heures</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>il y a %n minute</numerusform>
                <numerusform>il y a %n minutes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About %n minute(s) left.</source>
            <translation>
                <numerusform>Encore environ %n minute.</numerusform>
                <numerusform>Encore environ %n minutes.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n trouvé</numerusform>
                <numerusform>%n trouvés</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailsCard</name>
        <message>
            <source>Services and ports</source>
            <translation>Services et ports</translation>
        </message>
        <message>
            <source>Waits to be called on</source>
            <translation>Attend des appels sur</translation>
        </message>
        <message>
            <source>Maker of the network card</source>
            <translation>Fabricant de la carte réseau</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Connexions</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>envoyé</translation>
        </message>
        <message>
            <source>received</source>
            <translation>reçu</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Données</translation>
        </message>
        <message>
            <source>usually</source>
            <translation>d'habitude</translation>
        </message>
        <message>
            <source>today</source>
            <translation>aujourd'hui</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} reçus</translation>
        </message>
        <message>
            <source>Data sent</source>
            <translation>Données envoyées</translation>
        </message>
        <message>
            <source>Addresses it has not used before</source>
            <translation>Adresses jamais utilisées avant</translation>
        </message>
        <message>
            <source>Called from</source>
            <translation>Appelé par</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>Vers où</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>et %Ln autre</numerusform>
                <numerusform>et %Ln autres</numerusform>
            </translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Me montrer quoi faire</translation>
        </message>
    </context>
    <context>
        <name>DriftLine</name>
        <message>
            <source>Show what has changed</source>
            <translation>Voir ce qui a changé</translation>
        </message>
    </context>
    <context>
        <name>DropArea</name>
        <message>
            <source>Not sure about a file?</source>
            <translation>Un doute sur un fichier ?</translation>
        </message>
        <message>
            <source>Drop it here and we will check it.</source>
            <translation>Déposez-le ici et nous le vérifierons.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Choisir un fichier</translation>
        </message>
    </context>
    <context>
        <name>EvidenceCard</name>
        <message>
            <source>What was different</source>
            <translation>Ce qui était différent</translation>
        </message>
        <message>
            <source>observed</source>
            <translation>observé</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>habituel</translation>
        </message>
    </context>
    <context>
        <name>FindingPage</name>
        <message>
            <source>All findings</source>
            <translation>Tous les constats</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>Constat</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Nous cherchons.</translation>
        </message>
        <message>
            <source>This finding is not kept any more</source>
            <translation>Ce constat n'est plus gardé</translation>
        </message>
        <message>
            <source>It may have been deleted. The list shows what is there.</source>
            <translation>Il a peut-être été supprimé. La liste montre ce qui est là.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>Montrer tous les constats</translation>
        </message>
        <message>
            <source>We looked for {recording}. It was moved, deleted or changed. What we found in it is still kept.</source>
            <translation>Nous avons cherché {recording}. Il a été déplacé, supprimé ou modifié. Ce que nous y avons trouvé est toujours conservé.</translation>
        </message>
        <message>
            <source>The recording is not there any more</source>
            <translation>L'enregistrement n'est plus là</translation>
        </message>
        <message>
            <source>Back to the finding</source>
            <translation>Retour au constat</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Enregistrer ces paquets</translation>
        </message>
        <message>
            <source>Recordings of network traffic (*.pcapng)</source>
            <translation>Enregistrements du trafic réseau (*.pcapng)</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) saved in {name}.</source>
            <translation>
                <numerusform>%Ln paquet enregistré dans {name}.</numerusform>
                <numerusform>%Ln paquets enregistrés dans {name}.</numerusform>
            </translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>Le résumé est copié. Collez-le dans un message à la personne qui vous aide.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this for %n day(s).</source>
            <translation>
                <numerusform>Merci. Nous ne dirons plus rien à ce sujet pendant %n jour.</numerusform>
                <numerusform>Merci. Nous ne dirons plus rien à ce sujet pendant %n jours.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this.</source>
            <translation>Merci. Nous ne dirons plus rien à ce sujet.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this file for %n day(s).</source>
            <translation>
                <numerusform>Merci. Nous ne dirons rien de ce fichier pendant %n jour.</numerusform>
                <numerusform>Merci. Nous ne dirons rien de ce fichier pendant %n jours.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this file until it changes.</source>
            <translation>Merci. Nous ne dirons plus rien de ce fichier tant qu'il ne change pas.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. This finding stays on top.</source>
            <translation>Un résumé est copié. Envoyez-le à la personne qui vous aide. Ce constat reste en haut.</translation>
        </message>
    </context>
    <context>
        <name>FindingsList</name>
        <message>
            <source>Findings</source>
            <translation>Constats</translation>
        </message>
        <message>
            <source>Search findings</source>
            <translation>Chercher dans les constats</translation>
        </message>
        <message>
            <source>All levels</source>
            <translation>Tous les niveaux</translation>
        </message>
        <message>
            <source>All</source>
            <translation>Tous</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Fichiers</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmes</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Réseau</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouverts</translation>
        </message>
        <message>
            <source>Solved</source>
            <translation>Réglés</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Domaine</translation>
        </message>
        <message>
            <source>State</source>
            <translation>État</translation>
        </message>
        <message>
            <source>No finding fits what you chose.</source>
            <translation>Aucun constat ne correspond à votre choix.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>Montrer tous les constats</translation>
        </message>
    </context>
    <context>
        <name>FindingsPage</name>
        <message>
            <source>Findings</source>
            <translation>Constats</translation>
        </message>
        <message>
            <source>You are still worried about</source>
            <translation>Ce qui vous inquiète encore</translation>
        </message>
        <message>
            <source>We are looking</source>
            <translation>Nous regardons</translation>
        </message>
        <message>
            <source>Nothing found so far. Findings stand here as soon as there are any.</source>
            <translation>Rien trouvé jusqu'ici. Les constats s'affichent ici dès qu'il y en a.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Pas encore de vérification</translation>
        </message>
        <message>
            <source>What a check finds stands here. The first one takes a few minutes.</source>
            <translation>Ce qu'une vérification trouve s'affiche ici. La première dure quelques minutes.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Rien trouvé</translation>
        </message>
        <message>
            <source>The checks so far found nothing. What they left out stands on the page Check.</source>
            <translation>Les vérifications n'ont rien trouvé jusqu'ici. Ce qu'elles ont laissé de côté est à la page Vérification.</translation>
        </message>
        <message>
            <source>Start a quick check</source>
            <translation>Démarrer une vérification rapide</translation>
        </message>
        <message numerus="yes">
            <source>%Ln open</source>
            <translation>
                <numerusform>%Ln ouvert</numerusform>
                <numerusform>%Ln ouverts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln solved</source>
            <translation>
                <numerusform>%Ln réglé</numerusform>
                <numerusform>%Ln réglés</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd'hui</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Hier</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>Le résumé est copié. Collez-le dans un message à la personne qui vous aide.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about these files for %n day(s).</source>
            <translation>
                <numerusform>Merci. Nous ne dirons rien de ces fichiers pendant %n jour.</numerusform>
                <numerusform>Merci. Nous ne dirons rien de ces fichiers pendant %n jours.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about these files until they change.</source>
            <translation>Merci. Nous ne dirons plus rien de ces fichiers tant qu'ils ne changent pas.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. These findings stay on top.</source>
            <translation>Un résumé est copié. Envoyez-le à la personne qui vous aide. Ces constats restent en haut.</translation>
        </message>
    </context>
    <context>
        <name>FolderList</name>
        <message>
            <source>Add a folder</source>
            <translation>Ajouter un dossier</translation>
        </message>
        <message>
            <source>Do not look at {folder} any more</source>
            <translation>Ne plus regarder {folder}</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Choisir un dossier</translation>
        </message>
    </context>
    <context>
        <name>FoundAboutCard</name>
        <message>
            <source>What we found about it or about who started it</source>
            <translation>Ce que nous avons trouvé sur lui ou sur ce qui l'a lancé</translation>
        </message>
    </context>
    <context>
        <name>FoundCard</name>
        <message>
            <source>What we found</source>
            <translation>Ce que nous avons trouvé</translation>
        </message>
        <message>
            <source>See all findings</source>
            <translation>Voir tous les constats</translation>
        </message>
        <message>
            <source>Your last checks</source>
            <translation>Vos dernières vérifications</translation>
        </message>
        <message>
            <source>See all</source>
            <translation>Tout voir</translation>
        </message>
        <message>
            <source>Nothing here yet. It fills with the first check.</source>
            <translation>Rien ici pour l'instant. Cela se remplit avec la première vérification.</translation>
        </message>
    </context>
    <context>
        <name>HeadlineCard</name>
        <message>
            <source>Found {when} in {recording}</source>
            <translation>Trouvé {when} dans {recording}</translation>
        </message>
        <message>
            <source>Found {when} on {computer}</source>
            <translation>Trouvé {when} sur {computer}</translation>
        </message>
        <message>
            <source>Found {when}</source>
            <translation>Trouvé {when}</translation>
        </message>
        <message numerus="yes">
            <source>seen %n time(s), last {when}</source>
            <translation>
                <numerusform>vu %n fois, la dernière {when}</numerusform>
                <numerusform>vu %n fois, la dernière {when}</numerusform>
            </translation>
        </message>
        <message>
            <source>you said this is fine</source>
            <translation>vous avez dit que c'est normal</translation>
        </message>
    </context>
    <context>
        <name>HelperCard</name>
        <message>
            <source>Who to call</source>
            <translation>Qui appeler</translation>
        </message>
        <message>
            <source>Name your helper</source>
            <translation>Nommer la personne qui vous aide</translation>
        </message>
        <message>
            <source>{name}, your helper</source>
            <translation>{name}, votre aide</translation>
        </message>
    </context>
    <context>
        <name>HelperForm</name>
        <message>
            <source>A colleague or volunteer</source>
            <translation>Un collègue ou un bénévole</translation>
        </message>
        <message>
            <source>Someone who looks after this office's computers</source>
            <translation>Quelqu'un qui s'occupe des ordinateurs d'ici</translation>
        </message>
        <message>
            <source>A firm we pay</source>
            <translation>Une entreprise que nous payons</translation>
        </message>
        <message>
            <source>A computer shop or service</source>
            <translation>Un magasin ou un service informatique</translation>
        </message>
        <message>
            <source>Nobody yet</source>
            <translation>Personne pour l'instant</translation>
        </message>
        <message>
            <source>We then show the national contact, which helps for free</source>
            <translation>Nous montrons alors le contact national, qui aide gratuitement</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Téléphone</translation>
        </message>
        <message>
            <source>Can be called</source>
            <translation>Joignable</translation>
        </message>
        <message>
            <source>until 18:00</source>
            <translation>jusqu'à 18 h</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Nous cherchons.</translation>
        </message>
        <message>
            <source>Good morning</source>
            <translation>Bonjour</translation>
        </message>
        <message>
            <source>Good afternoon</source>
            <translation>Bonjour</translation>
        </message>
        <message>
            <source>Good evening</source>
            <translation>Bonsoir</translation>
        </message>
        <message>
            <source>Show the check</source>
            <translation>Montrer la vérification</translation>
        </message>
        <message>
            <source>The first check takes a few minutes. You can keep working.</source>
            <translation>La première vérification dure quelques minutes. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Pas encore de vérification</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Démarrer la première vérification</translation>
        </message>
        <message>
            <source>Last check {when}.</source>
            <translation>Dernière vérification {when}.</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Vérifier encore</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to check today</source>
            <translation>
                <numerusform>%n point à vérifier aujourd'hui</numerusform>
                <numerusform>%n points à vérifier aujourd'hui</numerusform>
            </translation>
        </message>
        <message>
            <source>Calm, but not everything was looked at</source>
            <translation>Calme, mais tout n'a pas été regardé</translation>
        </message>
        <message>
            <source>All calm</source>
            <translation>Tout est calme</translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Me montrer quoi faire</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s).</source>
            <translation>
                <numerusform>Nous avons vérifié %Ln fichier.</numerusform>
                <numerusform>Nous avons vérifié %Ln fichiers.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n good to know.</source>
            <translation>
                <numerusform>Et %n bon à savoir.</numerusform>
                <numerusform>Et %n bons à savoir.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) were looked at.</source>
            <translation>
                <numerusform>%Ln programme en marche a été regardé.</numerusform>
                <numerusform>%Ln programmes en marche ont été regardés.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) of this computer were watched.</source>
            <translation>
                <numerusform>%Ln connexion de cet ordinateur a été observée.</numerusform>
                <numerusform>%Ln connexions de cet ordinateur ont été observées.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing in them looks out of place.</source>
            <translation>Rien n'y paraît anormal.</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) good to know.</source>
            <translation>
                <numerusform>%n point bon à savoir.</numerusform>
                <numerusform>%n points bons à savoir.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln file(s) could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln fichier n'a pas pu être regardé en entier.</numerusform>
                <numerusform>%Ln fichiers n'ont pas pu être regardés en entier.</numerusform>
            </translation>
        </message>
        <message>
            <source>The last check was stopped before its end.</source>
            <translation>La dernière vérification a été arrêtée avant la fin.</translation>
        </message>
        <message>
            <source>Your programs and your network were not looked at yet.</source>
            <translation>Vos programmes et votre réseau n'ont pas encore été regardés.</translation>
        </message>
        <message>
            <source>Your programs were not looked at yet.</source>
            <translation>Vos programmes n'ont pas encore été regardés.</translation>
        </message>
        <message>
            <source>Your network was not looked at yet.</source>
            <translation>Votre réseau n'a pas encore été regardé.</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>Le résumé est copié. Collez-le dans un message à la personne qui vous aide.</translation>
        </message>
    </context>
    <context>
        <name>HundredDots</name>
        <message numerus="yes">
            <source>Of 100 alarms like this, %n were harmless.</source>
            <translation>
                <numerusform>Sur 100 alertes comme celle-ci, %n était sans danger.</numerusform>
                <numerusform>Sur 100 alertes comme celle-ci, %n étaient sans danger.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JudgementCard</name>
        <message>
            <source>What do you think?</source>
            <translation>Qu'en pensez-vous ?</translation>
        </message>
        <message>
            <source>This is fine</source>
            <translation>C'est normal</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>Je reste inquiet</translation>
        </message>
        <message>
            <source>For how long should we stay quiet about it?</source>
            <translation>Combien de temps ne plus en parler ?</translation>
        </message>
        <message>
            <source>Only this file, until it changes</source>
            <translation>Seulement ce fichier, tant qu'il ne change pas</translation>
        </message>
        <message>
            <source>Only this finding, for good</source>
            <translation>Seulement ce constat, pour toujours</translation>
        </message>
        <message numerus="yes">
            <source>This file, for %n day(s)</source>
            <translation>
                <numerusform>Ce fichier, pendant %n jour</numerusform>
                <numerusform>Ce fichier, pendant %n jours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This finding, for %n day(s)</source>
            <translation>
                <numerusform>Ce constat, pendant %n jour</numerusform>
                <numerusform>Ce constat, pendant %n jours</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>You are still worried. This finding stays on top until you say it is fine.</source>
            <translation>Vous restez inquiet. Ce constat reste en haut jusqu'à ce que vous disiez que c'est normal.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it.</source>
            <translation>Vous avez dit que c'est normal. Nous n'en parlons plus.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until {day}.</source>
            <translation>Vous avez dit que c'est normal. Nous ne dirons rien de ce fichier jusqu'au {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it until {day}.</source>
            <translation>Vous avez dit que c'est normal. Nous n'en parlons plus jusqu'au {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until it changes.</source>
            <translation>Vous avez dit que c'est normal. Nous ne dirons rien de ce fichier tant qu'il ne change pas.</translation>
        </message>
        <message>
            <source>The last check did not find this any more.</source>
            <translation>La dernière vérification ne l'a plus trouvé.</translation>
        </message>
        <message>
            <source>Your answer helps us stay quiet about things that are fine.</source>
            <translation>Votre réponse nous aide à nous taire sur ce qui est normal.</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>Home</source>
            <translation>Accueil</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Constats</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Vérification</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Activité</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Vérifier encore</translation>
        </message>
        <message>
            <source>Check a file</source>
            <translation>Vérifier un fichier</translation>
        </message>
        <message>
            <source>Search in findings</source>
            <translation>Chercher dans les constats</translation>
        </message>
        <message>
            <source>Pause the check, or go on</source>
            <translation>Suspendre la vérification, ou continuer</translation>
        </message>
        <message>
            <source>Open or fold the technical details</source>
            <translation>Ouvrir ou replier les détails techniques</translation>
        </message>
        <message>
            <source>Copy a summary for the helper</source>
            <translation>Copier un résumé pour la personne qui aide</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Texte plus grand</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Texte plus petit</translation>
        </message>
        <message>
            <source>Usual text size</source>
            <translation>Taille de texte habituelle</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Revenir</translation>
        </message>
        <message>
            <source>Show this list</source>
            <translation>Montrer cette liste</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Touches</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>LevelPill</name>
        <message>
            <source>Act now</source>
            <translation>À faire tout de suite</translation>
        </message>
        <message>
            <source>Check today</source>
            <translation>À vérifier aujourd'hui</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Bon à savoir</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>Calme</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Checking</source>
            <translation>En cours</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pause</translation>
        </message>
        <message>
            <source>Not everything was looked at</source>
            <translation>Tout n'a pas été regardé</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Pas encore regardé</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>Pas encore de vérification</translation>
        </message>
        <message>
            <source>No check</source>
            <translation>Pas de vérification</translation>
        </message>
    </context>
    <context>
        <name>LiveFoundCard</name>
        <message>
            <source>See all findings</source>
            <translation>Voir tous les constats</translation>
        </message>
        <message>
            <source>Nothing so far.</source>
            <translation>Rien jusqu'ici.</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Colours</source>
            <translation>Couleurs</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Comme le système</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Contraste élevé</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Taille du texte</translation>
        </message>
    </context>
    <context>
        <name>LookPage</name>
        <message>
            <source>Network</source>
            <translation>Réseau</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmes</translation>
        </message>
        <message>
            <source>View</source>
            <translation>Vue</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Nous cherchons.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>commencée {when}</translation>
        </message>
        <message>
            <source>{what} could not go on</source>
            <translation>{what} : impossible de continuer</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
    </context>
    <context>
        <name>LookRunView</name>
        <message>
            <source>Found so far</source>
            <translation>Trouvé jusqu'ici</translation>
        </message>
        <message>
            <source>The look goes on while you read.</source>
            <translation>L'observation continue pendant que vous lisez.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Home</source>
            <translation>Accueil</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Constats</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Vérification</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Activité</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Recordings of network traffic ({endings})</source>
            <translation>Enregistrements du trafic réseau ({endings})</translation>
        </message>
        <message>
            <source>Recordings of programs ({endings})</source>
            <translation>Enregistrements de programmes ({endings})</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Choisir un fichier</translation>
        </message>
        <message>
            <source>Something needs you now. It stands on top of the findings.</source>
            <translation>Quelque chose demande votre attention maintenant. C'est en haut des constats.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gardé.</translation>
        </message>
    </context>
    <context>
        <name>MarkedBar</name>
        <message>
            <source>This is fine</source>
            <translation>C'est normal</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>Je reste inquiet</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Copier un résumé</translation>
        </message>
        <message>
            <source>Only these files, until they change</source>
            <translation>Seulement ces fichiers, tant qu'ils ne changent pas</translation>
        </message>
        <message numerus="yes">
            <source>These files, for %n day(s)</source>
            <translation>
                <numerusform>Ces fichiers, pendant %n jour</numerusform>
                <numerusform>Ces fichiers, pendant %n jours</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>Clear selection</source>
            <translation>Effacer la sélection</translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n sélectionné</numerusform>
                <numerusform>%n sélectionnés</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>Save this card</source>
            <translation>Enregistrer cette fiche</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>Nous cherchons.</translation>
        </message>
        <message>
            <source>The models could not be read</source>
            <translation>Les modèles n'ont pas pu être lus</translation>
        </message>
        <message>
            <source>The fixed rules still work. Put Plainwatch on this computer again to bring the models back.</source>
            <translation>Les règles fixes marchent toujours. Réinstallez Plainwatch pour retrouver les modèles.</translation>
        </message>
        <message>
            <source>There are no models here</source>
            <translation>Il n'y a pas de modèles ici</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modèles</translation>
        </message>
        <message>
            <source>What each one looks at, how often it is wrong, and how to go back.</source>
            <translation>Ce que chacun regarde, ses erreurs, et comment revenir en arrière.</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>Tous les modèles</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
    </context>
    <context>
        <name>PacketPanel</name>
        <message>
            <source>Back to the finding</source>
            <translation>Retour au constat</translation>
        </message>
        <message>
            <source>Packet {n}</source>
            <translation>Paquet {n}</translation>
        </message>
        <message>
            <source>{n} of {count}</source>
            <translation>{n} sur {count}</translation>
        </message>
        <message>
            <source>Previous packet</source>
            <translation>Paquet précédent</translation>
        </message>
        <message>
            <source>Next packet</source>
            <translation>Paquet suivant</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Copier les détails</translation>
        </message>
        <message>
            <source>{size} long, of which {kept} were recorded</source>
            <translation>longueur {size}, dont {kept} enregistrés</translation>
        </message>
        <message>
            <source>{size} long</source>
            <translation>longueur {size}</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more; the copy has them all</source>
            <translation>
                <numerusform>et %Ln autre ; la copie les a tous</numerusform>
                <numerusform>et %Ln autres ; la copie les a tous</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PacketsCard</name>
        <message>
            <source>The packets behind it</source>
            <translation>Les paquets à l'origine</translation>
        </message>
        <message>
            <source>{n} of the packets in {recording} show it. For somebody who knows networks.</source>
            <translation>{n} des paquets dans {recording} le montrent. Pour quelqu'un qui connaît les réseaux.</translation>
        </message>
        <message>
            <source>{n} packets show it. For somebody who knows networks.</source>
            <translation>{n} paquets le montrent. Pour quelqu'un qui connaît les réseaux.</translation>
        </message>
        <message>
            <source>Show a packet</source>
            <translation>Montrer un paquet</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Enregistrer ces paquets</translation>
        </message>
    </context>
    <context>
        <name>PleaseDoNotCard</name>
        <message>
            <source>Please do not</source>
            <translation>Merci de ne pas</translation>
        </message>
        <message>
            <source>turn the computer off</source>
            <translation>éteindre l'ordinateur</translation>
        </message>
        <message>
            <source>delete or tidy up anything</source>
            <translation>supprimer ou ranger quoi que ce soit</translation>
        </message>
        <message>
            <source>pay or answer any message</source>
            <translation>payer ou répondre à un message</translation>
        </message>
    </context>
    <context>
        <name>ProgramCard</name>
        <message>
            <source>What runs</source>
            <translation>Ce qui tourne</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>Ce qui démarre tout seul</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Programme</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Endroit</translation>
        </message>
        <message>
            <source>Its file</source>
            <translation>Son fichier</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Compte</translation>
        </message>
        <message>
            <source>Who started whom</source>
            <translation>Qui a lancé qui</translation>
        </message>
        <message>
            <source>Show its story</source>
            <translation>Montrer son histoire</translation>
        </message>
    </context>
    <context>
        <name>ProgramToolbar</name>
        <message>
            <source>Look at the programs now</source>
            <translation>Regarder les programmes maintenant</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Source</translation>
        </message>
    </context>
    <context>
        <name>ProgramWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>Un programme que nous ne pouvons pas nommer</translation>
        </message>
        <message>
            <source>started by {name}</source>
            <translation>lancé par {name}</translation>
        </message>
        <message>
            <source>ended {when}</source>
            <translation>terminé {when}</translation>
        </message>
        <message>
            <source>has ended</source>
            <translation>est terminé</translation>
        </message>
        <message>
            <source>running since {when}</source>
            <translation>en marche, lancé {when}</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>commencée {when}</translation>
        </message>
        <message>
            <source>account {name}</source>
            <translation>compte {name}</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>et %Ln autre</numerusform>
                <numerusform>et %Ln autres</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s)</source>
            <translation>
                <numerusform>%Ln connexion</numerusform>
                <numerusform>%Ln connexions</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} et %Ln autre</numerusform>
                <numerusform>{name} et %Ln autres</numerusform>
            </translation>
        </message>
        <message>
            <source>can be called on {ports}</source>
            <translation>peut être appelé sur {ports}</translation>
        </message>
        <message>
            <source>{n} cores busy</source>
            <translation>occupe {n} cœurs</translation>
        </message>
        <message>
            <source>processor {percent}</source>
            <translation>processeur {percent}</translation>
        </message>
        <message>
            <source>memory {size}</source>
            <translation>mémoire {size}</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>Cet ordinateur</translation>
        </message>
        <message numerus="yes">
            <source>Of %Ln of them we do not know what they were told.</source>
            <translation>
                <numerusform>Pour %Ln d'entre eux, nous ne savons pas quels ordres il a reçus.</numerusform>
                <numerusform>Pour %Ln d'entre eux, nous ne savons pas quels ordres ils ont reçus.</numerusform>
            </translation>
        </message>
        <message>
            <source>The system told us of every start.</source>
            <translation>Le système nous a signalé chaque démarrage.</translation>
        </message>
        <message>
            <source>We looked once; programs that ran before or after are missed.</source>
            <translation>Nous avons regardé une fois ; les programmes d'avant ou d'après manquent.</translation>
        </message>
        <message>
            <source>We looked every half second; programs that lived shorter are missed.</source>
            <translation>Nous avons regardé toutes les demi-secondes ; les programmes plus courts manquent.</translation>
        </message>
        <message>
            <source>We looked every {seconds} seconds; programs that lived shorter are missed.</source>
            <translation>Nous avons regardé toutes les {seconds} secondes ; les programmes plus courts manquent.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of about {started}.</source>
            <translation>Démarrages vus : {seen} sur environ {started}.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of {started}.</source>
            <translation>Démarrages vus : {seen} sur {started}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln older program(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln programme plus ancien n'est pas montré : il y en a trop.</numerusform>
                <numerusform>%Ln programmes plus anciens ne sont pas montrés : il y en a trop.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s)</source>
            <translation>
                <numerusform>%Ln programme</numerusform>
                <numerusform>%Ln programmes</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) shown of {total}.</source>
            <translation>
                <numerusform>%Ln programme montré sur {total}.</numerusform>
                <numerusform>%Ln programmes montrés sur {total}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProgramsCard</name>
        <message>
            <source>Programs</source>
            <translation>Programmes</translation>
        </message>
        <message>
            <source>No program here fits.</source>
            <translation>Aucun programme ici ne correspond.</translation>
        </message>
        <message>
            <source>Search in programs</source>
            <translation>Chercher dans les programmes</translation>
        </message>
        <message>
            <source>Busiest first</source>
            <translation>Les plus actifs d'abord</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Les plus récents d'abord</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>Par nom</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Ordre</translation>
        </message>
        <message>
            <source>Ended programs too</source>
            <translation>Aussi les programmes terminés</translation>
        </message>
        <message>
            <source>Only with findings</source>
            <translation>Seulement avec des constats</translation>
        </message>
    </context>
    <context>
        <name>ProgramsPage</name>
        <message>
            <source>Activity</source>
            <translation>Activité</translation>
        </message>
        <message>
            <source>What runs, who started it, what it uses.</source>
            <translation>Ce qui tourne, qui l'a lancé, ce qu'il utilise.</translation>
        </message>
        <message>
            <source>A look takes a few seconds and changes nothing. You can keep working.</source>
            <translation>Cela prend quelques secondes et ne change rien. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>No look at the programs yet</source>
            <translation>Les programmes n'ont pas encore été regardés</translation>
        </message>
        <message>
            <source>Look at the programs now</source>
            <translation>Regarder les programmes maintenant</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
        <message>
            <source>This program is not kept any more</source>
            <translation>Ce programme n'est plus gardé</translation>
        </message>
        <message>
            <source>Programs are kept for 30 days. What we found about it is still in the findings.</source>
            <translation>Les programmes sont gardés 30 jours. Ce que nous avons trouvé reste dans les constats.</translation>
        </message>
    </context>
    <context>
        <name>ProgressCard</name>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Arrêter la vérification ? Ce qui a été trouvé reste.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Arrêt en cours</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pause</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>comptage en cours</translation>
        </message>
        <message>
            <source>We will go on where we stopped.</source>
            <translation>Nous reprendrons là où nous nous sommes arrêtés.</translation>
        </message>
        <message>
            <source>Now in {folder}</source>
            <translation>Maintenant dans {folder}</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Nothing leaves this computer</source>
            <translation>Rien ne quitte cet ordinateur</translation>
        </message>
    </context>
    <context>
        <name>RailItem</name>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n ouvert</numerusform>
                <numerusform>%n ouverts</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReadingCard</name>
        <message>
            <source>What we saw</source>
            <translation>Ce que nous avons vu</translation>
        </message>
        <message>
            <source>Why it matters</source>
            <translation>Pourquoi c'est important</translation>
        </message>
        <message>
            <source>How sure are we?</source>
            <translation>Sommes-nous sûrs ?</translation>
        </message>
        <message>
            <source>Show this model's card</source>
            <translation>Voir la fiche de ce modèle</translation>
        </message>
    </context>
    <context>
        <name>RestartCard</name>
        <message>
            <source>Show it</source>
            <translation>Montrer</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out.</source>
            <translation>
                <numerusform>%n fichier laissé de côté.</numerusform>
                <numerusform>%n fichiers laissés de côté.</numerusform>
            </translation>
        </message>
        <message>
            <source>One part of the check stopped and was started again.</source>
            <translation>Une partie de la vérification s'est arrêtée et a été relancée.</translation>
        </message>
    </context>
    <context>
        <name>ResultBar</name>
        <message>
            <source>Show what we found</source>
            <translation>Montrer ce que nous avons trouvé</translation>
        </message>
        <message>
            <source>Show what was left out</source>
            <translation>Montrer ce qui a été laissé de côté</translation>
        </message>
        <message>
            <source>Stopped before its end.</source>
            <translation>Arrêté avant la fin.</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation>Terminé.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found.</source>
            <translation>
                <numerusform>%Ln chose trouvée.</numerusform>
                <numerusform>%Ln choses trouvées.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Rien trouvé.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln paquet regardé.</numerusform>
                <numerusform>%Ln paquets regardés.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln connexion regardée.</numerusform>
                <numerusform>%Ln connexions regardées.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) looked at.</source>
            <translation>
                <numerusform>%Ln programme regardé.</numerusform>
                <numerusform>%Ln programmes regardés.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not everything could be looked at in full.</source>
            <translation>Tout n'a pas pu être regardé entièrement.</translation>
        </message>
    </context>
    <context>
        <name>ResultView</name>
        <message>
            <source>What this check found</source>
            <translation>Ce que cette vérification a trouvé</translation>
        </message>
        <message>
            <source>Show me what we found</source>
            <translation>Montrer ce qui a été trouvé</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found</source>
            <translation>
                <numerusform>%Ln point trouvé</numerusform>
                <numerusform>%Ln points trouvés</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped. Nothing found so far</source>
            <translation>Arrêtée. Rien trouvé jusqu'ici</translation>
        </message>
        <message>
            <source>Nothing found, but not everything was looked at</source>
            <translation>Rien trouvé, mais tout n'a pas été regardé</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Rien trouvé</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s) in full.</source>
            <translation>
                <numerusform>Nous avons vérifié %Ln fichier en entier.</numerusform>
                <numerusform>Nous avons vérifié %Ln fichiers en entier.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) looked at.</source>
            <translation>
                <numerusform>%Ln programme en marche regardé.</numerusform>
                <numerusform>%Ln programmes en marche regardés.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln start(s) of programs looked at.</source>
            <translation>
                <numerusform>%Ln démarrage de programme regardé.</numerusform>
                <numerusform>%Ln démarrages de programmes regardés.</numerusform>
            </translation>
        </message>
        <message>
            <source>Running programs were not looked at yet.</source>
            <translation>Les programmes en cours n'ont pas encore été regardés.</translation>
        </message>
        <message>
            <source>The check was stopped before its end.</source>
            <translation>La vérification a été arrêtée avant la fin.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln paquet regardé.</numerusform>
                <numerusform>%Ln paquets regardés.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln connexion regardée.</numerusform>
                <numerusform>%Ln connexions regardées.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln n'a pas pu être regardé en entier.</numerusform>
                <numerusform>%Ln n'ont pas pu être regardés en entier.</numerusform>
            </translation>
        </message>
        <message>
            <source>{check}, {when}, in {duration}.</source>
            <translation>{check}, {when}, en {duration}.</translation>
        </message>
    </context>
    <context>
        <name>RootBar</name>
        <message>
            <source>Plainwatch runs with all rights of this computer. Close it and start it as yourself.</source>
            <translation>Plainwatch tourne avec tous les droits de cet ordinateur. Fermez-le et démarrez-le sous votre propre compte.</translation>
        </message>
    </context>
    <context>
        <name>RunningView</name>
        <message>
            <source>Found so far</source>
            <translation>Trouvé jusqu'ici</translation>
        </message>
        <message>
            <source>The check goes on while you read.</source>
            <translation>La vérification continue pendant que vous lisez.</translation>
        </message>
        <message>
            <source>This check looks at</source>
            <translation>Cette vérification regarde</translation>
        </message>
        <message>
            <source>of {total}</source>
            <translation>sur {total}</translation>
        </message>
        <message>
            <source>of about {total}</source>
            <translation>sur environ {total}</translation>
        </message>
        <message numerus="yes">
            <source>%Ln found</source>
            <translation>
                <numerusform>%Ln trouvé</numerusform>
                <numerusform>%Ln trouvés</numerusform>
            </translation>
        </message>
        <message>
            <source>nothing found so far</source>
            <translation>rien trouvé jusqu'ici</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>comptage en cours</translation>
        </message>
        <message>
            <source>What runs on this computer is watched now.</source>
            <translation>Ce qui tourne sur cet ordinateur est observé maintenant.</translation>
        </message>
        <message>
            <source>The connections of this computer are watched now.</source>
            <translation>Les connexions de cet ordinateur sont observées maintenant.</translation>
        </message>
        <message>
            <source>Watched for a few seconds after the files.</source>
            <translation>Observé quelques secondes après les fichiers.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Each change is kept at once.</source>
            <translation>Chaque changement est gardé aussitôt.</translation>
        </message>
        <message>
            <source>The settings cannot be read or kept</source>
            <translation>Les réglages ne peuvent être ni lus ni gardés</translation>
        </message>
        <message>
            <source>Everything else goes on. The disk may be full, or the folder of Plainwatch may be locked.</source>
            <translation>Tout le reste continue. Le disque est peut-être plein, ou le dossier de Plainwatch verrouillé.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
        <message>
            <source>Colours and text</source>
            <translation>Couleurs et texte</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>Nous montrons ce nom quand il faut de l'aide. Personne n'est appelé automatiquement.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Qui vous aide ?</translation>
        </message>
        <message>
            <source>While Plainwatch watches, it notices when one program changes many files in these folders.</source>
            <translation>Pendant que Plainwatch veille, il remarque quand un programme modifie beaucoup de fichiers dans ces dossiers.</translation>
        </message>
        <message>
            <source>Folders to keep an eye on</source>
            <translation>Dossiers à surveiller</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Name of this computer</source>
            <translation>Nom de cet ordinateur</translation>
        </message>
        <message>
            <source>Reception PC</source>
            <translation>PC de l'accueil</translation>
        </message>
        <message>
            <source>Language and name</source>
            <translation>Langue et nom</translation>
        </message>
        <message>
            <source>Your own folders</source>
            <translation>Vos propres dossiers</translation>
        </message>
        <message>
            <source>A check of chosen folders looks here. Quick and full checks know their places by themselves.</source>
            <translation>Une vérification de dossiers choisis regarde ici. Les vérifications rapide et complète connaissent elles-mêmes leurs endroits.</translation>
        </message>
        <message>
            <source>Show the models</source>
            <translation>Voir les modèles</translation>
        </message>
        <message>
            <source>What they look at, how often they are wrong, whether your office has changed, how to go back.</source>
            <translation>Ce qu'ils regardent, leurs erreurs, si votre bureau a changé, comment revenir en arrière.</translation>
        </message>
        <message>
            <source>Learned models</source>
            <translation>Modèles appris</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Gardé.</translation>
        </message>
        <message>
            <source>This cannot be kept. Please write it in fewer, plain letters.</source>
            <translation>Cela ne peut pas être gardé. Écrivez-le plus court, en lettres simples.</translation>
        </message>
    </context>
    <context>
        <name>SignsCard</name>
        <message>
            <source>What we looked for</source>
            <translation>Ce que nous avons cherché</translation>
        </message>
        <message>
            <source>found</source>
            <translation>trouvé</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>non trouvé</translation>
        </message>
    </context>
    <context>
        <name>SkippedCard</name>
        <message>
            <source>Not looked at: {n}</source>
            <translation>Non regardés : {n}</translation>
        </message>
        <message>
            <source>Nothing was left out so far.</source>
            <translation>Rien n'a été laissé de côté jusqu'ici.</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln and why</source>
            <translation>
                <numerusform>Montrer lequel et pourquoi</numerusform>
                <numerusform>Montrer les %Ln et pourquoi</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SkippedPanel</name>
        <message>
            <source>Back to the check</source>
            <translation>Retour à la vérification</translation>
        </message>
        <message numerus="yes">
            <source>%Ln not, or not fully, looked at</source>
            <translation>
                <numerusform>%Ln non regardé, ou pas entièrement</numerusform>
                <numerusform>%Ln non regardés, ou pas entièrement</numerusform>
            </translation>
        </message>
        <message>
            <source>We say nothing about these. They may be fine, or not.</source>
            <translation>Nous ne disons rien de ceux-ci. Ils sont peut-être normaux, ou pas.</translation>
        </message>
    </context>
    <context>
        <name>StatePanel</name>
        <message>
            <source>Copy details</source>
            <translation>Copier les détails</translation>
        </message>
    </context>
    <context>
        <name>StepsCard</name>
        <message>
            <source>What to do now</source>
            <translation>Que faire maintenant</translation>
        </message>
    </context>
    <context>
        <name>StoryView</name>
        <message>
            <source>Who started it</source>
            <translation>Qui l'a lancé</translation>
        </message>
        <message>
            <source>We did not see who started it.</source>
            <translation>Nous n'avons pas vu qui l'a lancé.</translation>
        </message>
        <message>
            <source>What it started</source>
            <translation>Ce qu'il a lancé</translation>
        </message>
        <message>
            <source>Nothing, as far as we saw.</source>
            <translation>Rien, d'après ce que nous avons vu.</translation>
        </message>
        <message>
            <source>ran from {first} to {last}</source>
            <translation>a tourné : {first} – {last}</translation>
        </message>
        <message>
            <source>it has ended since</source>
            <translation>il s'est terminé depuis</translation>
        </message>
        <message>
            <source>We do not know where its file lies.</source>
            <translation>Nous ne savons pas où se trouve son fichier.</translation>
        </message>
        <message>
            <source>Its file lies in {folder}</source>
            <translation>Son fichier se trouve dans {folder}</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Ligne de commande</translation>
        </message>
        <message>
            <source>Program number (PID)</source>
            <translation>Numéro du programme (PID)</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Compte</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Démarré</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Terminé</translation>
        </message>
    </context>
    <context>
        <name>Strip</name>
        <message>
            <source>Show it</source>
            <translation>Montrer</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Continuer</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Arrêter la vérification ? Ce qui a été trouvé reste.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Paused. We will go on where we stopped.</source>
            <translation>En pause. Nous reprendrons là où nous nous sommes arrêtés.</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Nous regardons le réseau</translation>
        </message>
        <message>
            <source>Checking files. Counting them first.</source>
            <translation>Vérification des fichiers. Nous les comptons d'abord.</translation>
        </message>
        <message>
            <source>Checking files. {done} of {total}.</source>
            <translation>Vérification des fichiers. {done} sur {total}.</translation>
        </message>
        <message>
            <source>Checking files. {done} of about {total}.</source>
            <translation>Vérification des fichiers. {done} sur environ {total}.</translation>
        </message>
    </context>
    <context>
        <name>TalkersCard</name>
        <message>
            <source>Programs and destinations</source>
            <translation>Programmes et destinations</translation>
        </message>
        <message>
            <source>Nobody was active in this time.</source>
            <translation>Personne n'était actif dans cette période.</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programmes</translation>
        </message>
        <message>
            <source>Computers</source>
            <translation>Ordinateurs</translation>
        </message>
        <message>
            <source>Destinations</source>
            <translation>Destinations</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Montrer</translation>
        </message>
        <message>
            <source>{who}, most data first</source>
            <translation>{who}, le plus de données d'abord</translation>
        </message>
        <message>
            <source>{who}, busiest first</source>
            <translation>{who}, les plus actifs d'abord</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>En montrer moins</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln</source>
            <translation>
                <numerusform>Montrer tout (%Ln)</numerusform>
                <numerusform>Montrer tous les %Ln</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TalksCard</name>
        <message>
            <source>Whom it talks to</source>
            <translation>À qui il parle</translation>
        </message>
        <message>
            <source>To nobody, as far as we saw.</source>
            <translation>À personne, d'après ce que nous avons vu.</translation>
        </message>
    </context>
    <context>
        <name>TechnicalCard</name>
        <message>
            <source>Technical details</source>
            <translation>Détails techniques</translation>
        </message>
        <message>
            <source>Ctrl+D</source>
            <translation>Ctrl+D</translation>
        </message>
        <message>
            <source>Rule names, command line, who started whom, exact times</source>
            <translation>Noms des règles, ligne de commande, qui a lancé qui, heures exactes</translation>
        </message>
        <message>
            <source>File path, command line, exact times</source>
            <translation>Chemin du fichier, ligne de commande, heures exactes</translation>
        </message>
        <message>
            <source>Rule names, file path, fingerprint, exact times</source>
            <translation>Noms des règles, chemin du fichier, empreinte, heures exactes</translation>
        </message>
        <message>
            <source>Addresses, packet numbers, exact times</source>
            <translation>Adresses, numéros de paquets, heures exactes</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Copier les détails</translation>
        </message>
    </context>
    <context>
        <name>TimelineCard</name>
        <message>
            <source>Show the whole time</source>
            <translation>Montrer toute la période</translation>
        </message>
        <message>
            <source>Data sent by this computer</source>
            <translation>Données envoyées par cet ordinateur</translation>
        </message>
        <message>
            <source>Data sent in this recording</source>
            <translation>Données envoyées dans cet enregistrement</translation>
        </message>
        <message>
            <source>Connections of this computer</source>
            <translation>Connexions de cet ordinateur</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>envoyé</translation>
        </message>
        <message>
            <source>connections</source>
            <translation>connexions</translation>
        </message>
        <message>
            <source>usual at this time of day</source>
            <translation>habituel à cette heure</translation>
        </message>
        <message>
            <source>a finding</source>
            <translation>un constat</translation>
        </message>
        <message>
            <source>The list shows {time}.</source>
            <translation>La liste montre : {time}.</translation>
        </message>
        <message>
            <source>We do not know this computer long enough yet to say what is usual. That takes three days.</source>
            <translation>Nous ne connaissons pas cet ordinateur depuis assez longtemps pour dire ce qui est habituel. Il faut trois jours.</translation>
        </message>
        <message>
            <source>Click on a time, or use the arrow keys, to see who was active then.</source>
            <translation>Cliquez sur un moment, ou utilisez les flèches, pour voir qui était actif.</translation>
        </message>
    </context>
    <context>
        <name>Toolbar</name>
        <message>
            <source>Look at the network now</source>
            <translation>Regarder le réseau maintenant</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
        <message>
            <source>Listen for a minute</source>
            <translation>Écouter une minute</translation>
        </message>
        <message>
            <source>From</source>
            <translation>Source</translation>
        </message>
    </context>
    <context>
        <name>TrapWords</name>
        <message>
            <source>Somebody changed this trap file, so it was not deleted: {path}</source>
            <translation>Quelqu'un a modifié ce fichier piège, il n'a donc pas été supprimé : {path}</translation>
        </message>
        <message>
            <source>No trap files here, the folder is missing or is copied elsewhere: {path}</source>
            <translation>Pas de fichiers pièges ici, le dossier manque ou est copié ailleurs : {path}</translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) made. Leave them as they are.</source>
            <translation>
                <numerusform>%n fichier piège créé. Laissez-le tel quel.</numerusform>
                <numerusform>%n fichiers pièges créés. Laissez-les tels quels.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) removed.</source>
            <translation>
                <numerusform>%n fichier piège supprimé.</numerusform>
                <numerusform>%n fichiers pièges supprimés.</numerusform>
            </translation>
        </message>
        <message>
            <source>Kept. Trap files are made as soon as a folder is chosen.</source>
            <translation>Gardé. Les fichiers pièges seront créés dès qu'un dossier sera choisi.</translation>
        </message>
    </context>
    <context>
        <name>UndoBar</name>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
    </context>
    <context>
        <name>UsesCard</name>
        <message>
            <source>What it uses</source>
            <translation>Ce qu'il utilise</translation>
        </message>
        <message>
            <source>{duration} of processor time so far</source>
            <translation>{duration} de processeur jusqu'ici</translation>
        </message>
        <message>
            <source>read</source>
            <translation>lu</translation>
        </message>
        <message>
            <source>written</source>
            <translation>écrit</translation>
        </message>
        <message>
            <source>We could not see that.</source>
            <translation>Nous n'avons pas pu le voir.</translation>
        </message>
    </context>
    <context>
        <name>WatchForm</name>
        <message>
            <source>Trap files</source>
            <translation>Fichiers pièges</translation>
        </message>
        <message>
            <source>None</source>
            <translation>Aucun</translation>
        </message>
        <message>
            <source>A few in each folder</source>
            <translation>Quelques-uns par dossier</translation>
        </message>
        <message>
            <source>Nobody has a reason to touch them. A program that locks files does, and is noticed at once.</source>
            <translation>Personne n'a de raison d'y toucher. Un programme qui verrouille des fichiers le fait, et se remarque aussitôt.</translation>
        </message>
    </context>
    <context>
        <name>WeekCard</name>
        <message>
            <source>Last 7 days</source>
            <translation>7 derniers jours</translation>
        </message>
        <message numerus="yes">
            <source>%n check(s)</source>
            <translation>
                <numerusform>%n vérification</numerusform>
                <numerusform>%n vérifications</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n finding(s)</source>
            <translation>
                <numerusform>%n constat</numerusform>
                <numerusform>%n constats</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n solved</source>
            <translation>
                <numerusform>%n réglé</numerusform>
                <numerusform>%n réglés</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Aujourd'hui</translation>
        </message>
        <message>
            <source>No check in these days yet.</source>
            <translation>Pas encore de vérification ces jours-ci.</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>Your answers cannot be kept</source>
            <translation>Vos réponses ne peuvent pas être gardées</translation>
        </message>
        <message>
            <source>You can still check this computer. The questions come back at the next start.</source>
            <translation>Vous pouvez quand même vérifier cet ordinateur. Les questions reviendront au prochain démarrage.</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Vérifier maintenant</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Bienvenue</translation>
        </message>
        <message>
            <source>Three short questions, then the first check.</source>
            <translation>Trois courtes questions, puis la première vérification.</translation>
        </message>
        <message>
            <source>Our promise</source>
            <translation>Notre promesse</translation>
        </message>
        <message>
            <source>We never send anything away</source>
            <translation>Nous n'envoyons jamais rien</translation>
        </message>
        <message>
            <source>Everything stays on this computer.</source>
            <translation>Tout reste sur cet ordinateur.</translation>
        </message>
        <message>
            <source>We never delete or block by ourselves</source>
            <translation>Nous ne supprimons ni ne bloquons rien de nous-mêmes</translation>
        </message>
        <message>
            <source>You decide, and you can undo it.</source>
            <translation>Vous décidez, et vous pouvez annuler.</translation>
        </message>
        <message>
            <source>We never judge people</source>
            <translation>Nous ne jugeons jamais les personnes</translation>
        </message>
        <message>
            <source>We look at computers, not at who uses them.</source>
            <translation>Nous regardons les ordinateurs, pas qui s'en sert.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Skip this question</source>
            <translation>Passer cette question</translation>
        </message>
        <message>
            <source>You can change this later in Settings.</source>
            <translation>Vous pourrez le changer dans Réglages.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Qui vous aide ?</translation>
        </message>
        <message>
            <source>Which folders?</source>
            <translation>Quels dossiers ?</translation>
        </message>
        <message>
            <source>Easy to read?</source>
            <translation>Facile à lire ?</translation>
        </message>
        <message>
            <source>Who helps you when something looks wrong?</source>
            <translation>Qui vous aide quand quelque chose paraît anormal ?</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>Nous montrons ce nom quand il faut de l'aide. Personne n'est appelé automatiquement.</translation>
        </message>
        <message>
            <source>The usual places</source>
            <translation>Les endroits habituels</translation>
        </message>
        <message>
            <source>Downloads, desktop, documents, mail and what starts by itself</source>
            <translation>Téléchargements, bureau, documents, courrier et ce qui démarre tout seul</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>Tout l'ordinateur</translation>
        </message>
        <message>
            <source>Takes much longer; you can keep working</source>
            <translation>Dure bien plus longtemps ; vous pouvez continuer à travailler</translation>
        </message>
        <message>
            <source>Only some folders</source>
            <translation>Seulement certains dossiers</translation>
        </message>
        <message>
            <source>You choose which</source>
            <translation>Vous choisissez lesquels</translation>
        </message>
        <message>
            <source>Where shall we look first?</source>
            <translation>Où regarder d'abord ?</translation>
        </message>
        <message>
            <source>This version looks at files, running programs and connections. It says what it did not look at.</source>
            <translation>Cette version regarde les fichiers, les programmes en marche et les connexions. Elle dit ce qu'elle n'a pas regardé.</translation>
        </message>
        <message>
            <source>Is this easy to read?</source>
            <translation>Est-ce facile à lire ?</translation>
        </message>
        <message>
            <source>Choose what is kind to your eyes. It changes at once.</source>
            <translation>Choisissez ce qui repose vos yeux. Cela change aussitôt.</translation>
        </message>
        <message>
            <source>Go on to folders</source>
            <translation>Continuer vers les dossiers</translation>
        </message>
        <message>
            <source>Go on to the look</source>
            <translation>Continuer vers l'aspect</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Démarrer la première vérification</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Retour</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>We can see which programs use the network, but not what they send. To see more, ask your helper.</source>
            <translation>Nous voyons quels programmes utilisent le réseau, mais pas ce qu'ils envoient. Pour en voir plus, demandez à la personne qui vous aide.</translation>
        </message>
    </context>
    <context>
        <name>errors</name>
        <message>
            <source>This page could not be shown</source>
            <translation>Cette page n'a pas pu s'afficher</translation>
        </message>
        <message>
            <source>What we found earlier is still kept. Please try again. If it stays so, copy the details for help.</source>
            <translation>Ce que nous avons trouvé avant est toujours gardé. Veuillez réessayer. Si cela continue, copiez les détails pour demander de l'aide.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
    </context>
    <context>
        <name>found</name>
        <message>
            <source>just now</source>
            <translation>à l'instant</translation>
        </message>
    </context>
    <context>
        <name>places</name>
        <message>
            <source>Downloads</source>
            <translation>Téléchargements</translation>
        </message>
        <message>
            <source>Desktop</source>
            <translation>Bureau</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Documents</translation>
        </message>
        <message>
            <source>Mail</source>
            <translation>Courrier</translation>
        </message>
        <message>
            <source>Temporary files</source>
            <translation>Fichiers provisoires</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>Ce qui démarre tout seul</translation>
        </message>
        <message>
            <source>Your own folder</source>
            <translation>Votre dossier personnel</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>Tout l'ordinateur</translation>
        </message>
        <message>
            <source>Programs that run now</source>
            <translation>Programmes en marche</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Réseau</translation>
        </message>
    </context>
    <context>
        <name>run</name>
        <message>
            <source>Quick check</source>
            <translation>Vérification rapide</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Vérification complète</translation>
        </message>
        <message>
            <source>Check of chosen folders</source>
            <translation>Vérification de dossiers choisis</translation>
        </message>
        <message>
            <source>Check of single files</source>
            <translation>Vérification de certains fichiers</translation>
        </message>
        <message>
            <source>Check of a recording</source>
            <translation>Vérification d'un enregistrement</translation>
        </message>
        <message>
            <source>Look at the network</source>
            <translation>Coup d'œil sur le réseau</translation>
        </message>
        <message>
            <source>Listening to the network</source>
            <translation>Écoute du réseau</translation>
        </message>
        <message>
            <source>Check of a recording of programs</source>
            <translation>Vérification d'un enregistrement de programmes</translation>
        </message>
        <message>
            <source>Look at the programs</source>
            <translation>Coup d'œil sur les programmes</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Vérification</translation>
        </message>
        <message>
            <source>Check of the network</source>
            <translation>Vérification du réseau</translation>
        </message>
        <message>
            <source>Check of programs</source>
            <translation>Vérification des programmes</translation>
        </message>
        <message>
            <source>Reading {name}</source>
            <translation>Lecture de {name}</translation>
        </message>
        <message>
            <source>Looking at the programs</source>
            <translation>Nous regardons les programmes</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Nous regardons le réseau</translation>
        </message>
        <message>
            <source>Looking at the network and the programs</source>
            <translation>Nous regardons le réseau et les programmes</translation>
        </message>
        <message>
            <source>Listening on {card}</source>
            <translation>Écoute sur {card}</translation>
        </message>
        <message>
            <source>Checking your files</source>
            <translation>Vos fichiers sont en cours de vérification</translation>
        </message>
        <message>
            <source>Opening the recording. You can keep working.</source>
            <translation>Ouverture de l'enregistrement. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>We look at what runs, and watch what starts. You can keep working.</source>
            <translation>Nous regardons ce qui tourne et observons ce qui démarre. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>We begin to listen. You can keep working.</source>
            <translation>Nous commençons à écouter. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>Counting the files first. You can keep working.</source>
            <translation>Nous comptons d'abord les fichiers. Vous pouvez continuer à travailler.</translation>
        </message>
        <message>
            <source>of the data</source>
            <translation>des données</translation>
        </message>
        <message>
            <source>of the time</source>
            <translation>du temps</translation>
        </message>
        <message>
            <source>of the files</source>
            <translation>des fichiers</translation>
        </message>
        <message>
            <source>stopped, nothing found so far</source>
            <translation>arrêtée, rien trouvé jusqu'ici</translation>
        </message>
        <message>
            <source>nothing found</source>
            <translation>rien trouvé</translation>
        </message>
        <message>
            <source>You can keep working.</source>
            <translation>Vous pouvez continuer à travailler.</translation>
        </message>
    </context>
    <context>
        <name>say</name>
        <message>
            <source>dddd d MMMM</source>
            <translation>dddd d MMMM</translation>
        </message>
        <message>
            <source>d MMM</source>
            <translation>d MMM</translation>
        </message>
        <message>
            <source>d MMM yyyy</source>
            <translation>d MMM yyyy</translation>
        </message>
        <message>
            <source>now</source>
            <translation>maintenant</translation>
        </message>
        <message>
            <source>today at {time}</source>
            <translation>aujourd'hui à {time}</translation>
        </message>
        <message>
            <source>yesterday at {time}</source>
            <translation>hier à {time}</translation>
        </message>
        <message>
            <source>{day} at {time}</source>
            <translation>{day} à {time}</translation>
        </message>
        <message>
            <source>today</source>
            <translation>aujourd'hui</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>hier</translation>
        </message>
        <message>
            <source>on {day}</source>
            <translation>le {day}</translation>
        </message>
        <message>
            <source>Less than a minute left.</source>
            <translation>Moins d'une minute restante.</translation>
        </message>
        <message>
            <source>About {low} to {high} minutes left.</source>
            <translation>Encore environ {low} à {high} minutes.</translation>
        </message>
        <message>
            <source>{done} of {total} read.</source>
            <translation>{done} lus sur {total}.</translation>
        </message>
        <message>
            <source>{done} of {total} seconds.</source>
            <translation>{done} secondes sur {total}.</translation>
        </message>
        <message>
            <source>{done} of {total} files.</source>
            <translation>{done} sur {total} fichiers.</translation>
        </message>
        <message>
            <source>{done} of about {total} files.</source>
            <translation>{done} sur environ {total} fichiers.</translation>
        </message>
    </context>
    <context>
        <name>skip</name>
        <message>
            <source>Not there</source>
            <translation>Introuvable</translation>
        </message>
        <message>
            <source>Gone in the meantime</source>
            <translation>Disparu entre-temps</translation>
        </message>
        <message>
            <source>Not open to this account</source>
            <translation>Fermé à ce compte</translation>
        </message>
        <message>
            <source>In use by another program</source>
            <translation>Utilisé par un autre programme</translation>
        </message>
        <message>
            <source>The disk gave an error</source>
            <translation>Le disque a signalé une erreur</translation>
        </message>
        <message>
            <source>Only points elsewhere</source>
            <translation>Ne fait que renvoyer ailleurs</translation>
        </message>
        <message>
            <source>Points back to itself</source>
            <translation>Renvoie à lui-même</translation>
        </message>
        <message>
            <source>Not a real file</source>
            <translation>Pas un vrai fichier</translation>
        </message>
        <message>
            <source>A device, not a file</source>
            <translation>Un appareil, pas un fichier</translation>
        </message>
        <message>
            <source>Made by the system itself</source>
            <translation>Créé par le système lui-même</translation>
        </message>
        <message>
            <source>Name too long</source>
            <translation>Nom trop long</translation>
        </message>
        <message>
            <source>Too many folders inside each other</source>
            <translation>Trop de dossiers emboîtés</translation>
        </message>
        <message>
            <source>Left out on request</source>
            <translation>Laissé de côté à la demande</translation>
        </message>
        <message>
            <source>Too large to read in full</source>
            <translation>Trop gros pour être lu en entier</translation>
        </message>
        <message>
            <source>Changed while we looked</source>
            <translation>Modifié pendant la lecture</translation>
        </message>
        <message>
            <source>Locked with a password</source>
            <translation>Protégé par un mot de passe</translation>
        </message>
        <message>
            <source>Damaged packed file</source>
            <translation>Fichier compressé abîmé</translation>
        </message>
        <message>
            <source>Packed too many times</source>
            <translation>Compressé trop de fois</translation>
        </message>
        <message>
            <source>Packed file too large</source>
            <translation>Fichier compressé trop gros</translation>
        </message>
        <message>
            <source>Too many files packed together</source>
            <translation>Trop de fichiers compressés ensemble</translation>
        </message>
        <message>
            <source>Packed suspiciously small</source>
            <translation>Compressé de façon suspecte</translation>
        </message>
        <message>
            <source>Packed file with false labels</source>
            <translation>Fichier compressé aux fausses indications</translation>
        </message>
        <message>
            <source>Packed in a way we cannot open</source>
            <translation>Compressé d'une façon que nous ne savons pas ouvrir</translation>
        </message>
        <message>
            <source>Not a recording we can read</source>
            <translation>Pas un enregistrement lisible</translation>
        </message>
        <message>
            <source>Damaged recording</source>
            <translation>Enregistrement endommagé</translation>
        </message>
        <message>
            <source>A kind of network we cannot read</source>
            <translation>Un type de réseau que nous ne lisons pas</translation>
        </message>
        <message>
            <source>Packets recorded only in part</source>
            <translation>Paquets enregistrés en partie</translation>
        </message>
        <message>
            <source>Locked or other packets</source>
            <translation>Paquets chiffrés ou autres</translation>
        </message>
        <message>
            <source>Network card was off</source>
            <translation>Carte réseau coupée</translation>
        </message>
        <message>
            <source>Too many conversations at once</source>
            <translation>Trop de conversations à la fois</translation>
        </message>
        <message>
            <source>Too many messages to read them all</source>
            <translation>Trop de messages pour tous les lire</translation>
        </message>
        <message>
            <source>Packets lost while listening</source>
            <translation>Paquets perdus pendant l'écoute</translation>
        </message>
        <message>
            <source>Too many findings of one kind</source>
            <translation>Trop de constats du même genre</translation>
        </message>
        <message>
            <source>An empty recording</source>
            <translation>Un enregistrement vide</translation>
        </message>
        <message>
            <source>Recording ends too early</source>
            <translation>L'enregistrement s'arrête trop tôt</translation>
        </message>
        <message>
            <source>Lines we could not read</source>
            <translation>Lignes que nous n'avons pas pu lire</translation>
        </message>
        <message>
            <source>Lines read only in part</source>
            <translation>Lignes lues en partie</translation>
        </message>
        <message>
            <source>Lines about unknown programs</source>
            <translation>Lignes sur des programmes inconnus</translation>
        </message>
        <message>
            <source>Starts that were too short to see</source>
            <translation>Démarrages trop courts pour être vus</translation>
        </message>
        <message>
            <source>Programs of other accounts</source>
            <translation>Programmes d'autres comptes</translation>
        </message>
        <message>
            <source>Folders we could not watch</source>
            <translation>Dossiers que nous n'avons pas pu observer</translation>
        </message>
        <message>
            <source>Programs that ended too soon</source>
            <translation>Programmes terminés trop tôt</translation>
        </message>
        <message>
            <source>Memory of programs is closed to us</source>
            <translation>La mémoire des programmes nous est fermée</translation>
        </message>
        <message>
            <source>Memory is not open to this account</source>
            <translation>La mémoire est fermée à ce compte</translation>
        </message>
        <message>
            <source>Too much memory to look at</source>
            <translation>Trop de mémoire à regarder</translation>
        </message>
        <message>
            <source>Programs we could not name</source>
            <translation>Programmes que nous n'avons pas pu nommer</translation>
        </message>
        <message>
            <source>A model could not be used</source>
            <translation>Un modèle n'a pas pu être utilisé</translation>
        </message>
        <message>
            <source>Took too long</source>
            <translation>A pris trop de temps</translation>
        </message>
        <message>
            <source>Needed too much memory</source>
            <translation>Demandait trop de mémoire</translation>
        </message>
        <message>
            <source>One part of the check stopped</source>
            <translation>Une partie de la vérification s'est arrêtée</translation>
        </message>
        <message>
            <source>One part of the check failed</source>
            <translation>Une partie de la vérification a échoué</translation>
        </message>
        <message>
            <source>A rule could not be used</source>
            <translation>Une règle n'a pas pu servir</translation>
        </message>
        <message>
            <source>The check was stopped before</source>
            <translation>La vérification a été arrêtée avant</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Pas encore regardé</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Une autre raison</translation>
        </message>
    </context>
    <context>
        <name>summary</name>
        <message>
            <source>Copy a summary for {name}</source>
            <translation>Copier un résumé pour {name}</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Copier un résumé</translation>
        </message>
    </context>
</TS>
