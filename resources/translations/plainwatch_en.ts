<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>ActHero</name>
        <message>
            <source>{when} on {computer}</source>
            <translation>{when} on {computer}</translation>
        </message>
        <message numerus="yes">
            <source>%n step(s) in all.</source>
            <translation>
                <numerusform>%n step in all.</numerusform>
                <numerusform>%n steps in all.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ActivityPage</name>
        <message>
            <source>Activity</source>
            <translation>Activity</translation>
        </message>
        <message>
            <source>Program first, address second.</source>
            <translation>Program first, address second.</translation>
        </message>
        <message>
            <source>Last hour</source>
            <translation>Last hour</translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>7 days</source>
            <translation>7 days</translation>
        </message>
        <message>
            <source>30 days</source>
            <translation>30 days</translation>
        </message>
        <message>
            <source>Time</source>
            <translation>Time</translation>
        </message>
        <message>
            <source>A look takes half a minute and changes nothing. You can keep working.</source>
            <translation>A look takes half a minute and changes nothing. You can keep working.</translation>
        </message>
        <message>
            <source>No look at the network yet</source>
            <translation>No look at the network yet</translation>
        </message>
        <message>
            <source>Look at the network now</source>
            <translation>Look at the network now</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Open a recording</translation>
        </message>
    </context>
    <context>
        <name>ActivityWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>A program we cannot name</translation>
        </message>
        <message>
            <source>waits to be called</source>
            <translation>waits to be called</translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} and %Ln more</numerusform>
                <numerusform>{name} and %Ln more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln countries</source>
            <translation>
                <numerusform>%Ln country</numerusform>
                <numerusform>%Ln countries</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln owners of networks</source>
            <translation>
                <numerusform>%Ln owner of a network</numerusform>
                <numerusform>%Ln owners of networks</numerusform>
            </translation>
        </message>
        <message>
            <source>usually {size}</source>
            <translation>usually {size}</translation>
        </message>
        <message>
            <source>as usual</source>
            <translation>as usual</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} received</translation>
        </message>
        <message>
            <source>{size} sent</source>
            <translation>{size} sent</translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s)</source>
            <translation>
                <numerusform>%Ln connection</numerusform>
                <numerusform>%Ln connections</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
        <message>
            <source>{first} to {last} {day}</source>
            <translation>{first} to {last} {day}</translation>
        </message>
        <message>
            <source>{first} to {last}</source>
            <translation>{first} to {last}</translation>
        </message>
        <message>
            <source>usually {size} at this time</source>
            <translation>usually {size} at this time</translation>
        </message>
        <message>
            <source>Most at {time}.</source>
            <translation>Most at {time}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln finding(s) in this time.</source>
            <translation>
                <numerusform>%Ln finding in this time.</numerusform>
                <numerusform>%Ln findings in this time.</numerusform>
            </translation>
        </message>
        <message>
            <source>No finding in this time.</source>
            <translation>No finding in this time.</translation>
        </message>
        <message>
            <source>Arrow keys choose a time.</source>
            <translation>Arrow keys choose a time.</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>This computer</translation>
        </message>
        <message>
            <source>Countries and owners of networks as of {month}.</source>
            <translation>Countries and owners of networks as of {month}.</translation>
        </message>
        <message>
            <source>Makers of network cards as of {month}.</source>
            <translation>Makers of network cards as of {month}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln quieter line(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln quieter line is not shown: there are too many.</numerusform>
                <numerusform>%Ln quieter lines are not shown: there are too many.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>App</name>
        <message>
            <source>Please start Plainwatch as yourself, not as root. It needs no special rights.</source>
            <translation>Please start Plainwatch as yourself, not as root. It needs no special rights.</translation>
        </message>
        <message>
            <source>What Plainwatch has kept cannot be read. We can put it aside unchanged and start with an empty list. Your own files are not touched.</source>
            <translation>What Plainwatch has kept cannot be read. We can put it aside unchanged and start with an empty list. Your own files are not touched.</translation>
        </message>
        <message>
            <source>Plainwatch cannot write to its folder. The disk may be full, or the folder may be locked.</source>
            <translation>Plainwatch cannot write to its folder. The disk may be full, or the folder may be locked.</translation>
        </message>
        <message>
            <source>A newer Plainwatch has written what is kept here. Please start that newer one.</source>
            <translation>A newer Plainwatch has written what is kept here. Please start that newer one.</translation>
        </message>
        <message>
            <source>Plainwatch could not start</source>
            <translation>Plainwatch could not start</translation>
        </message>
        <message>
            <source>Put it aside and start fresh</source>
            <translation>Put it aside and start fresh</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>Areas</name>
        <message>
            <source>Files</source>
            <translation>Files</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programs</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>No file was checked yet.</source>
            <translation>No file was checked yet.</translation>
        </message>
        <message>
            <source>No look at the network yet. The page Activity has one.</source>
            <translation>No look at the network yet. The page Activity has one.</translation>
        </message>
        <message numerus="yes">
            <source>looked at, %Ln not in full</source>
            <translation>
                <numerusform>looked at, %Ln not in full</numerusform>
                <numerusform>looked at, %Ln not in full</numerusform>
            </translation>
        </message>
        <message>
            <source>connections looked at</source>
            <translation>connections looked at</translation>
        </message>
        <message>
            <source>looked at</source>
            <translation>looked at</translation>
        </message>
        <message>
            <source>No look at the programs yet. The page Activity has one.</source>
            <translation>No look at the programs yet. The page Activity has one.</translation>
        </message>
        <message>
            <source>running programs looked at, not all in full</source>
            <translation>running programs looked at, not all in full</translation>
        </message>
        <message>
            <source>running programs looked at</source>
            <translation>running programs looked at</translation>
        </message>
        <message>
            <source>found in an earlier look</source>
            <translation>found in an earlier look</translation>
        </message>
        <message numerus="yes">
            <source>checked, %Ln not fully looked at</source>
            <translation>
                <numerusform>checked, %Ln not fully looked at</numerusform>
                <numerusform>checked, %Ln not fully looked at</numerusform>
            </translation>
        </message>
        <message>
            <source>checked, none left out</source>
            <translation>checked, none left out</translation>
        </message>
        <message>
            <source>No check of this computer has come to its end yet.</source>
            <translation>No check of this computer has come to its end yet.</translation>
        </message>
    </context>
    <context>
        <name>CheckPage</name>
        <message>
            <source>Check</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>One moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>We look it up.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>started {when}</translation>
        </message>
        <message>
            <source>The check could not go on</source>
            <translation>The check could not go on</translation>
        </message>
        <message>
            <source>Start the check again</source>
            <translation>Start the check again</translation>
        </message>
    </context>
    <context>
        <name>ChoiceCard</name>
        <message>
            <source>What should we look at?</source>
            <translation>What should we look at?</translation>
        </message>
        <message>
            <source>Quick check</source>
            <translation>Quick check</translation>
        </message>
        <message>
            <source>Takes a few minutes. Looks at: {places}</source>
            <translation>Takes a few minutes. Looks at: {places}</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Full check</translation>
        </message>
        <message>
            <source>Can take hours. Looks at: {places}</source>
            <translation>Can take hours. Looks at: {places}</translation>
        </message>
        <message>
            <source>Choose folders</source>
            <translation>Choose folders</translation>
        </message>
        <message>
            <source>Looks at the folders you name, and all inside them.</source>
            <translation>Looks at the folders you name, and all inside them.</translation>
        </message>
        <message>
            <source>The programs and connections of this computer are watched for a few seconds, too.</source>
            <translation>The programs and connections of this computer are watched for a few seconds, too.</translation>
        </message>
        <message>
            <source>Start quick check</source>
            <translation>Start quick check</translation>
        </message>
        <message>
            <source>Start full check</source>
            <translation>Start full check</translation>
        </message>
        <message>
            <source>Check these folders</source>
            <translation>Check these folders</translation>
        </message>
        <message>
            <source>chosen</source>
            <translation>chosen</translation>
        </message>
        <message>
            <source>not chosen</source>
            <translation>not chosen</translation>
        </message>
    </context>
    <context>
        <name>Counted</name>
        <message numerus="yes">
            <source>%n second(s)</source>
            <translation>
                <numerusform>%n second</numerusform>
                <numerusform>%n seconds</numerusform>
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
                <numerusform>%n hour</numerusform>
                <numerusform>%n hours</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n minute(s) ago</source>
            <translation>
                <numerusform>%n minute ago</numerusform>
                <numerusform>%n minutes ago</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>About %n minute(s) left.</source>
            <translation>
                <numerusform>About %n minute left.</numerusform>
                <numerusform>About %n minutes left.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n found</source>
            <translation>
                <numerusform>%n found</numerusform>
                <numerusform>%n found</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>DetailsCard</name>
        <message>
            <source>Services and ports</source>
            <translation>Services and ports</translation>
        </message>
        <message>
            <source>Waits to be called on</source>
            <translation>Waits to be called on</translation>
        </message>
        <message>
            <source>Maker of the network card</source>
            <translation>Maker of the network card</translation>
        </message>
        <message>
            <source>Connections</source>
            <translation>Connections</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>sent</translation>
        </message>
        <message>
            <source>received</source>
            <translation>received</translation>
        </message>
        <message>
            <source>Data</source>
            <translation>Data</translation>
        </message>
        <message>
            <source>usually</source>
            <translation>usually</translation>
        </message>
        <message>
            <source>today</source>
            <translation>today</translation>
        </message>
        <message>
            <source>{size} received</source>
            <translation>{size} received</translation>
        </message>
        <message>
            <source>Data sent</source>
            <translation>Data sent</translation>
        </message>
        <message>
            <source>Addresses it has not used before</source>
            <translation>Addresses it has not used before</translation>
        </message>
        <message>
            <source>Called from</source>
            <translation>Called from</translation>
        </message>
        <message>
            <source>Where to</source>
            <translation>Where to</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Show me what to do</translation>
        </message>
    </context>
    <context>
        <name>DriftLine</name>
        <message>
            <source>Show what has changed</source>
            <translation>Show what has changed</translation>
        </message>
    </context>
    <context>
        <name>DropArea</name>
        <message>
            <source>Not sure about a file?</source>
            <translation>Not sure about a file?</translation>
        </message>
        <message>
            <source>Drop it here and we will check it.</source>
            <translation>Drop it here and we will check it.</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Choose a file</translation>
        </message>
    </context>
    <context>
        <name>EvidenceCard</name>
        <message>
            <source>What was different</source>
            <translation>What was different</translation>
        </message>
        <message>
            <source>observed</source>
            <translation>observed</translation>
        </message>
        <message>
            <source>usual</source>
            <translation>usual</translation>
        </message>
    </context>
    <context>
        <name>FindingPage</name>
        <message>
            <source>All findings</source>
            <translation>All findings</translation>
        </message>
        <message>
            <source>Finding</source>
            <translation>Finding</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>One moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>We look it up.</translation>
        </message>
        <message>
            <source>This finding is not kept any more</source>
            <translation>This finding is not kept any more</translation>
        </message>
        <message>
            <source>It may have been deleted. The list shows what is there.</source>
            <translation>It may have been deleted. The list shows what is there.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>Show all findings</translation>
        </message>
        <message>
            <source>We looked for {recording}. It was moved, deleted or changed. What we found in it is still kept.</source>
            <translation>We looked for {recording}. It was moved, deleted or changed. What we found in it is still kept.</translation>
        </message>
        <message>
            <source>The recording is not there any more</source>
            <translation>The recording is not there any more</translation>
        </message>
        <message>
            <source>Back to the finding</source>
            <translation>Back to the finding</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Save these packets</translation>
        </message>
        <message>
            <source>Recordings of network traffic (*.pcapng)</source>
            <translation>Recordings of network traffic (*.pcapng)</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) saved in {name}.</source>
            <translation>
                <numerusform>%Ln packet saved in {name}.</numerusform>
                <numerusform>%Ln packets saved in {name}.</numerusform>
            </translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>The summary is copied. Paste it into a mail to your helper.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this for %n day(s).</source>
            <translation>
                <numerusform>Thank you. We will stay quiet about this for %n day.</numerusform>
                <numerusform>Thank you. We will stay quiet about this for %n days.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this.</source>
            <translation>Thank you. We will stay quiet about this.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about this file for %n day(s).</source>
            <translation>
                <numerusform>Thank you. We will stay quiet about this file for %n day.</numerusform>
                <numerusform>Thank you. We will stay quiet about this file for %n days.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about this file until it changes.</source>
            <translation>Thank you. We will stay quiet about this file until it changes.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. This finding stays on top.</source>
            <translation>A summary is copied. Send it to your helper. This finding stays on top.</translation>
        </message>
    </context>
    <context>
        <name>FindingsList</name>
        <message>
            <source>Findings</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>Search findings</source>
            <translation>Search findings</translation>
        </message>
        <message>
            <source>All levels</source>
            <translation>All levels</translation>
        </message>
        <message>
            <source>All</source>
            <translation>All</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Files</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programs</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Open</translation>
        </message>
        <message>
            <source>Solved</source>
            <translation>Solved</translation>
        </message>
        <message>
            <source>Area</source>
            <translation>Area</translation>
        </message>
        <message>
            <source>State</source>
            <translation>State</translation>
        </message>
        <message>
            <source>No finding fits what you chose.</source>
            <translation>No finding fits what you chose.</translation>
        </message>
        <message>
            <source>Show all findings</source>
            <translation>Show all findings</translation>
        </message>
    </context>
    <context>
        <name>FindingsPage</name>
        <message>
            <source>Findings</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>You are still worried about</source>
            <translation>You are still worried about</translation>
        </message>
        <message>
            <source>We are looking</source>
            <translation>We are looking</translation>
        </message>
        <message>
            <source>Nothing found so far. Findings stand here as soon as there are any.</source>
            <translation>Nothing found so far. Findings stand here as soon as there are any.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>No check yet</translation>
        </message>
        <message>
            <source>What a check finds stands here. The first one takes a few minutes.</source>
            <translation>What a check finds stands here. The first one takes a few minutes.</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nothing found</translation>
        </message>
        <message>
            <source>The checks so far found nothing. What they left out stands on the page Check.</source>
            <translation>The checks so far found nothing. What they left out stands on the page Check.</translation>
        </message>
        <message>
            <source>Start a quick check</source>
            <translation>Start a quick check</translation>
        </message>
        <message numerus="yes">
            <source>%Ln open</source>
            <translation>
                <numerusform>%Ln open</numerusform>
                <numerusform>%Ln open</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln solved</source>
            <translation>
                <numerusform>%Ln solved</numerusform>
                <numerusform>%Ln solved</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>Yesterday</source>
            <translation>Yesterday</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>The summary is copied. Paste it into a mail to your helper.</translation>
        </message>
        <message numerus="yes">
            <source>Thank you. We will stay quiet about these files for %n day(s).</source>
            <translation>
                <numerusform>Thank you. We will stay quiet about these files for %n day.</numerusform>
                <numerusform>Thank you. We will stay quiet about these files for %n days.</numerusform>
            </translation>
        </message>
        <message>
            <source>Thank you. We will stay quiet about these files until they change.</source>
            <translation>Thank you. We will stay quiet about these files until they change.</translation>
        </message>
        <message>
            <source>A summary is copied. Send it to your helper. These findings stay on top.</source>
            <translation>A summary is copied. Send it to your helper. These findings stay on top.</translation>
        </message>
    </context>
    <context>
        <name>FolderList</name>
        <message>
            <source>Add a folder</source>
            <translation>Add a folder</translation>
        </message>
        <message>
            <source>Do not look at {folder} any more</source>
            <translation>Do not look at {folder} any more</translation>
        </message>
        <message>
            <source>Choose a folder</source>
            <translation>Choose a folder</translation>
        </message>
    </context>
    <context>
        <name>FoundAboutCard</name>
        <message>
            <source>What we found about it or about who started it</source>
            <translation>What we found about it or about who started it</translation>
        </message>
    </context>
    <context>
        <name>FoundCard</name>
        <message>
            <source>What we found</source>
            <translation>What we found</translation>
        </message>
        <message>
            <source>See all findings</source>
            <translation>See all findings</translation>
        </message>
        <message>
            <source>Your last checks</source>
            <translation>Your last checks</translation>
        </message>
        <message>
            <source>See all</source>
            <translation>See all</translation>
        </message>
        <message>
            <source>Nothing here yet. It fills with the first check.</source>
            <translation>Nothing here yet. It fills with the first check.</translation>
        </message>
    </context>
    <context>
        <name>HeadlineCard</name>
        <message>
            <source>Found {when} in {recording}</source>
            <translation>Found {when} in {recording}</translation>
        </message>
        <message>
            <source>Found {when} on {computer}</source>
            <translation>Found {when} on {computer}</translation>
        </message>
        <message>
            <source>Found {when}</source>
            <translation>Found {when}</translation>
        </message>
        <message numerus="yes">
            <source>seen %n time(s), last {when}</source>
            <translation>
                <numerusform>seen %n time, last {when}</numerusform>
                <numerusform>seen %n times, last {when}</numerusform>
            </translation>
        </message>
        <message>
            <source>you said this is fine</source>
            <translation>you said this is fine</translation>
        </message>
    </context>
    <context>
        <name>HelperCard</name>
        <message>
            <source>Who to call</source>
            <translation>Who to call</translation>
        </message>
        <message>
            <source>Name your helper</source>
            <translation>Name your helper</translation>
        </message>
        <message>
            <source>{name}, your helper</source>
            <translation>{name}, your helper</translation>
        </message>
    </context>
    <context>
        <name>HelperForm</name>
        <message>
            <source>A colleague or volunteer</source>
            <translation>A colleague or volunteer</translation>
        </message>
        <message>
            <source>Someone who looks after this office's computers</source>
            <translation>Someone who looks after this office's computers</translation>
        </message>
        <message>
            <source>A firm we pay</source>
            <translation>A firm we pay</translation>
        </message>
        <message>
            <source>A computer shop or service</source>
            <translation>A computer shop or service</translation>
        </message>
        <message>
            <source>Nobody yet</source>
            <translation>Nobody yet</translation>
        </message>
        <message>
            <source>We then show the national contact, which helps for free</source>
            <translation>We then show the national contact, which helps for free</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <source>Phone</source>
            <translation>Phone</translation>
        </message>
        <message>
            <source>Can be called</source>
            <translation>Can be called</translation>
        </message>
        <message>
            <source>until 18:00</source>
            <translation>until 18:00</translation>
        </message>
    </context>
    <context>
        <name>HomePage</name>
        <message>
            <source>One moment</source>
            <translation>One moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>We look it up.</translation>
        </message>
        <message>
            <source>Good morning</source>
            <translation>Good morning</translation>
        </message>
        <message>
            <source>Good afternoon</source>
            <translation>Good afternoon</translation>
        </message>
        <message>
            <source>Good evening</source>
            <translation>Good evening</translation>
        </message>
        <message>
            <source>Show the check</source>
            <translation>Show the check</translation>
        </message>
        <message>
            <source>The first check takes a few minutes. You can keep working.</source>
            <translation>The first check takes a few minutes. You can keep working.</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>No check yet</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Start the first check</translation>
        </message>
        <message>
            <source>Last check {when}.</source>
            <translation>Last check {when}.</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Check again</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) to check today</source>
            <translation>
                <numerusform>%n thing to check today</numerusform>
                <numerusform>%n things to check today</numerusform>
            </translation>
        </message>
        <message>
            <source>Calm, but not everything was looked at</source>
            <translation>Calm, but not everything was looked at</translation>
        </message>
        <message>
            <source>All calm</source>
            <translation>All calm</translation>
        </message>
        <message>
            <source>Show me what to do</source>
            <translation>Show me what to do</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s).</source>
            <translation>
                <numerusform>We checked %Ln file.</numerusform>
                <numerusform>We checked %Ln files.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>And %n good to know.</source>
            <translation>
                <numerusform>And %n good to know.</numerusform>
                <numerusform>And %n good to know.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) were looked at.</source>
            <translation>
                <numerusform>%Ln running program was looked at.</numerusform>
                <numerusform>%Ln running programs were looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) of this computer were watched.</source>
            <translation>
                <numerusform>%Ln connection of this computer was watched.</numerusform>
                <numerusform>%Ln connections of this computer were watched.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing in them looks out of place.</source>
            <translation>Nothing in them looks out of place.</translation>
        </message>
        <message numerus="yes">
            <source>%n thing(s) good to know.</source>
            <translation>
                <numerusform>%n thing good to know.</numerusform>
                <numerusform>%n things good to know.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln file(s) could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln file could not be looked at in full.</numerusform>
                <numerusform>%Ln files could not be looked at in full.</numerusform>
            </translation>
        </message>
        <message>
            <source>The last check was stopped before its end.</source>
            <translation>The last check was stopped before its end.</translation>
        </message>
        <message>
            <source>Your programs and your network were not looked at yet.</source>
            <translation>Your programs and your network were not looked at yet.</translation>
        </message>
        <message>
            <source>Your programs were not looked at yet.</source>
            <translation>Your programs were not looked at yet.</translation>
        </message>
        <message>
            <source>Your network was not looked at yet.</source>
            <translation>Your network was not looked at yet.</translation>
        </message>
        <message>
            <source>The summary is copied. Paste it into a mail to your helper.</source>
            <translation>The summary is copied. Paste it into a mail to your helper.</translation>
        </message>
    </context>
    <context>
        <name>HundredDots</name>
        <message numerus="yes">
            <source>Of 100 alarms like this, %n were harmless.</source>
            <translation>
                <numerusform>Of 100 alarms like this, %n was harmless.</numerusform>
                <numerusform>Of 100 alarms like this, %n were harmless.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>JudgementCard</name>
        <message>
            <source>What do you think?</source>
            <translation>What do you think?</translation>
        </message>
        <message>
            <source>This is fine</source>
            <translation>This is fine</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>I am still worried</translation>
        </message>
        <message>
            <source>For how long should we stay quiet about it?</source>
            <translation>For how long should we stay quiet about it?</translation>
        </message>
        <message>
            <source>Only this file, until it changes</source>
            <translation>Only this file, until it changes</translation>
        </message>
        <message>
            <source>Only this finding, for good</source>
            <translation>Only this finding, for good</translation>
        </message>
        <message numerus="yes">
            <source>This file, for %n day(s)</source>
            <translation>
                <numerusform>This file, for %n day</numerusform>
                <numerusform>This file, for %n days</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>This finding, for %n day(s)</source>
            <translation>
                <numerusform>This finding, for %n day</numerusform>
                <numerusform>This finding, for %n days</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>You are still worried. This finding stays on top until you say it is fine.</source>
            <translation>You are still worried. This finding stays on top until you say it is fine.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it.</source>
            <translation>You said this is fine. We stay quiet about it.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until {day}.</source>
            <translation>You said this is fine. We stay quiet about this file until {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about it until {day}.</source>
            <translation>You said this is fine. We stay quiet about it until {day}.</translation>
        </message>
        <message>
            <source>You said this is fine. We stay quiet about this file until it changes.</source>
            <translation>You said this is fine. We stay quiet about this file until it changes.</translation>
        </message>
        <message>
            <source>The last check did not find this any more.</source>
            <translation>The last check did not find this any more.</translation>
        </message>
        <message>
            <source>Your answer helps us stay quiet about things that are fine.</source>
            <translation>Your answer helps us stay quiet about things that are fine.</translation>
        </message>
    </context>
    <context>
        <name>Keys</name>
        <message>
            <source>Home</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Activity</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Check again</source>
            <translation>Check again</translation>
        </message>
        <message>
            <source>Check a file</source>
            <translation>Check a file</translation>
        </message>
        <message>
            <source>Search in findings</source>
            <translation>Search in findings</translation>
        </message>
        <message>
            <source>Pause the check, or go on</source>
            <translation>Pause the check, or go on</translation>
        </message>
        <message>
            <source>Open or fold the technical details</source>
            <translation>Open or fold the technical details</translation>
        </message>
        <message>
            <source>Copy a summary for the helper</source>
            <translation>Copy a summary for the helper</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Larger text</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Smaller text</translation>
        </message>
        <message>
            <source>Usual text size</source>
            <translation>Usual text size</translation>
        </message>
        <message>
            <source>Go back</source>
            <translation>Go back</translation>
        </message>
        <message>
            <source>Show this list</source>
            <translation>Show this list</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Keys</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>LevelPill</name>
        <message>
            <source>Act now</source>
            <translation>Act now</translation>
        </message>
        <message>
            <source>Check today</source>
            <translation>Check today</translation>
        </message>
        <message>
            <source>Good to know</source>
            <translation>Good to know</translation>
        </message>
        <message>
            <source>Calm</source>
            <translation>Calm</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Done</translation>
        </message>
        <message>
            <source>Checking</source>
            <translation>Checking</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>Not everything was looked at</source>
            <translation>Not everything was looked at</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Not looked at yet</translation>
        </message>
        <message>
            <source>No check yet</source>
            <translation>No check yet</translation>
        </message>
        <message>
            <source>No check</source>
            <translation>No check</translation>
        </message>
    </context>
    <context>
        <name>LiveFoundCard</name>
        <message>
            <source>See all findings</source>
            <translation>See all findings</translation>
        </message>
        <message>
            <source>Nothing so far.</source>
            <translation>Nothing so far.</translation>
        </message>
    </context>
    <context>
        <name>LookForm</name>
        <message>
            <source>Colours</source>
            <translation>Colours</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>As the system</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Light</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dark</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>High contrast</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>Text size</translation>
        </message>
    </context>
    <context>
        <name>LookPage</name>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programs</translation>
        </message>
        <message>
            <source>View</source>
            <translation>View</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>One moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>We look it up.</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>started {when}</translation>
        </message>
        <message>
            <source>{what} could not go on</source>
            <translation>{what} could not go on</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Try again</translation>
        </message>
    </context>
    <context>
        <name>LookRunView</name>
        <message>
            <source>Found so far</source>
            <translation>Found so far</translation>
        </message>
        <message>
            <source>The look goes on while you read.</source>
            <translation>The look goes on while you read.</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Home</source>
            <translation>Home</translation>
        </message>
        <message>
            <source>Findings</source>
            <translation>Findings</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>Activity</source>
            <translation>Activity</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Recordings of network traffic ({endings})</source>
            <translation>Recordings of network traffic ({endings})</translation>
        </message>
        <message>
            <source>Recordings of programs ({endings})</source>
            <translation>Recordings of programs ({endings})</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>All files (*)</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Open a recording</translation>
        </message>
        <message>
            <source>Choose a file</source>
            <translation>Choose a file</translation>
        </message>
        <message>
            <source>Something needs you now. It stands on top of the findings.</source>
            <translation>Something needs you now. It stands on top of the findings.</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Kept.</translation>
        </message>
    </context>
    <context>
        <name>MarkedBar</name>
        <message>
            <source>This is fine</source>
            <translation>This is fine</translation>
        </message>
        <message>
            <source>I am still worried</source>
            <translation>I am still worried</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Copy a summary</translation>
        </message>
        <message>
            <source>Only these files, until they change</source>
            <translation>Only these files, until they change</translation>
        </message>
        <message numerus="yes">
            <source>These files, for %n day(s)</source>
            <translation>
                <numerusform>These files, for %n day</numerusform>
                <numerusform>These files, for %n days</numerusform>
            </translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>Clear selection</source>
            <translation>Clear selection</translation>
        </message>
        <message numerus="yes">
            <source>%n selected</source>
            <translation>
                <numerusform>%n selected</numerusform>
                <numerusform>%n selected</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>Save this card</source>
            <translation>Save this card</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>One moment</translation>
        </message>
        <message>
            <source>We look it up.</source>
            <translation>We look it up.</translation>
        </message>
        <message>
            <source>The models could not be read</source>
            <translation>The models could not be read</translation>
        </message>
        <message>
            <source>The fixed rules still work. Put Plainwatch on this computer again to bring the models back.</source>
            <translation>The fixed rules still work. Put Plainwatch on this computer again to bring the models back.</translation>
        </message>
        <message>
            <source>There are no models here</source>
            <translation>There are no models here</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Models</translation>
        </message>
        <message>
            <source>What each one looks at, how often it is wrong, and how to go back.</source>
            <translation>What each one looks at, how often it is wrong, and how to go back.</translation>
        </message>
        <message>
            <source>All models</source>
            <translation>All models</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
    </context>
    <context>
        <name>PacketPanel</name>
        <message>
            <source>Back to the finding</source>
            <translation>Back to the finding</translation>
        </message>
        <message>
            <source>Packet {n}</source>
            <translation>Packet {n}</translation>
        </message>
        <message>
            <source>{n} of {count}</source>
            <translation>{n} of {count}</translation>
        </message>
        <message>
            <source>Previous packet</source>
            <translation>Previous packet</translation>
        </message>
        <message>
            <source>Next packet</source>
            <translation>Next packet</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Copy details</translation>
        </message>
        <message>
            <source>{size} long, of which {kept} were recorded</source>
            <translation>{size} long, of which {kept} were recorded</translation>
        </message>
        <message>
            <source>{size} long</source>
            <translation>{size} long</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more; the copy has them all</source>
            <translation>
                <numerusform>and %Ln more; the copy has them all</numerusform>
                <numerusform>and %Ln more; the copy has them all</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>PacketsCard</name>
        <message>
            <source>The packets behind it</source>
            <translation>The packets behind it</translation>
        </message>
        <message>
            <source>{n} of the packets in {recording} show it. For somebody who knows networks.</source>
            <translation>{n} of the packets in {recording} show it. For somebody who knows networks.</translation>
        </message>
        <message>
            <source>{n} packets show it. For somebody who knows networks.</source>
            <translation>{n} packets show it. For somebody who knows networks.</translation>
        </message>
        <message>
            <source>Show a packet</source>
            <translation>Show a packet</translation>
        </message>
        <message>
            <source>Save these packets</source>
            <translation>Save these packets</translation>
        </message>
    </context>
    <context>
        <name>PleaseDoNotCard</name>
        <message>
            <source>Please do not</source>
            <translation>Please do not</translation>
        </message>
        <message>
            <source>turn the computer off</source>
            <translation>turn the computer off</translation>
        </message>
        <message>
            <source>delete or tidy up anything</source>
            <translation>delete or tidy up anything</translation>
        </message>
        <message>
            <source>pay or answer any message</source>
            <translation>pay or answer any message</translation>
        </message>
    </context>
    <context>
        <name>ProgramCard</name>
        <message>
            <source>What runs</source>
            <translation>What runs</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>What starts by itself</translation>
        </message>
        <message>
            <source>Program</source>
            <translation>Program</translation>
        </message>
        <message>
            <source>Place</source>
            <translation>Place</translation>
        </message>
        <message>
            <source>Its file</source>
            <translation>Its file</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Account</translation>
        </message>
        <message>
            <source>Who started whom</source>
            <translation>Who started whom</translation>
        </message>
        <message>
            <source>Show its story</source>
            <translation>Show its story</translation>
        </message>
    </context>
    <context>
        <name>ProgramToolbar</name>
        <message>
            <source>Look at the programs now</source>
            <translation>Look at the programs now</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Open a recording</translation>
        </message>
        <message>
            <source>From</source>
            <translation>From</translation>
        </message>
    </context>
    <context>
        <name>ProgramWords</name>
        <message>
            <source>A program we cannot name</source>
            <translation>A program we cannot name</translation>
        </message>
        <message>
            <source>started by {name}</source>
            <translation>started by {name}</translation>
        </message>
        <message>
            <source>ended {when}</source>
            <translation>ended {when}</translation>
        </message>
        <message>
            <source>has ended</source>
            <translation>has ended</translation>
        </message>
        <message>
            <source>running since {when}</source>
            <translation>running since {when}</translation>
        </message>
        <message>
            <source>started {when}</source>
            <translation>started {when}</translation>
        </message>
        <message>
            <source>account {name}</source>
            <translation>account {name}</translation>
        </message>
        <message numerus="yes">
            <source>and %Ln more</source>
            <translation>
                <numerusform>and %Ln more</numerusform>
                <numerusform>and %Ln more</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s)</source>
            <translation>
                <numerusform>%Ln connection</numerusform>
                <numerusform>%Ln connections</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>{name} and %Ln more</source>
            <translation>
                <numerusform>{name} and %Ln more</numerusform>
                <numerusform>{name} and %Ln more</numerusform>
            </translation>
        </message>
        <message>
            <source>can be called on {ports}</source>
            <translation>can be called on {ports}</translation>
        </message>
        <message>
            <source>{n} cores busy</source>
            <translation>{n} cores busy</translation>
        </message>
        <message>
            <source>processor {percent}</source>
            <translation>processor {percent}</translation>
        </message>
        <message>
            <source>memory {size}</source>
            <translation>memory {size}</translation>
        </message>
        <message>
            <source>This computer</source>
            <translation>This computer</translation>
        </message>
        <message numerus="yes">
            <source>Of %Ln of them we do not know what they were told.</source>
            <translation>
                <numerusform>Of %Ln of them we do not know what it was told.</numerusform>
                <numerusform>Of %Ln of them we do not know what they were told.</numerusform>
            </translation>
        </message>
        <message>
            <source>The system told us of every start.</source>
            <translation>The system told us of every start.</translation>
        </message>
        <message>
            <source>We looked once; programs that ran before or after are missed.</source>
            <translation>We looked once; programs that ran before or after are missed.</translation>
        </message>
        <message>
            <source>We looked every half second; programs that lived shorter are missed.</source>
            <translation>We looked every half second; programs that lived shorter are missed.</translation>
        </message>
        <message>
            <source>We looked every {seconds} seconds; programs that lived shorter are missed.</source>
            <translation>We looked every {seconds} seconds; programs that lived shorter are missed.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of about {started}.</source>
            <translation>Starts seen: {seen} of about {started}.</translation>
        </message>
        <message>
            <source>Starts seen: {seen} of {started}.</source>
            <translation>Starts seen: {seen} of {started}.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln older program(s) are not shown: there are too many.</source>
            <translation>
                <numerusform>%Ln older program is not shown: there are too many.</numerusform>
                <numerusform>%Ln older programs are not shown: there are too many.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s)</source>
            <translation>
                <numerusform>%Ln program</numerusform>
                <numerusform>%Ln programs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) shown of {total}.</source>
            <translation>
                <numerusform>%Ln program shown of {total}.</numerusform>
                <numerusform>%Ln programs shown of {total}.</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ProgramsCard</name>
        <message>
            <source>Programs</source>
            <translation>Programs</translation>
        </message>
        <message>
            <source>No program here fits.</source>
            <translation>No program here fits.</translation>
        </message>
        <message>
            <source>Search in programs</source>
            <translation>Search in programs</translation>
        </message>
        <message>
            <source>Busiest first</source>
            <translation>Busiest first</translation>
        </message>
        <message>
            <source>Newest first</source>
            <translation>Newest first</translation>
        </message>
        <message>
            <source>By name</source>
            <translation>By name</translation>
        </message>
        <message>
            <source>Order</source>
            <translation>Order</translation>
        </message>
        <message>
            <source>Ended programs too</source>
            <translation>Ended programs too</translation>
        </message>
        <message>
            <source>Only with findings</source>
            <translation>Only with findings</translation>
        </message>
    </context>
    <context>
        <name>ProgramsPage</name>
        <message>
            <source>Activity</source>
            <translation>Activity</translation>
        </message>
        <message>
            <source>What runs, who started it, what it uses.</source>
            <translation>What runs, who started it, what it uses.</translation>
        </message>
        <message>
            <source>A look takes a few seconds and changes nothing. You can keep working.</source>
            <translation>A look takes a few seconds and changes nothing. You can keep working.</translation>
        </message>
        <message>
            <source>No look at the programs yet</source>
            <translation>No look at the programs yet</translation>
        </message>
        <message>
            <source>Look at the programs now</source>
            <translation>Look at the programs now</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Open a recording</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Back</translation>
        </message>
        <message>
            <source>This program is not kept any more</source>
            <translation>This program is not kept any more</translation>
        </message>
        <message>
            <source>Programs are kept for 30 days. What we found about it is still in the findings.</source>
            <translation>Programs are kept for 30 days. What we found about it is still in the findings.</translation>
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
            <translation>Stop</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Stop the check? What we found so far stays.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>Stopping</source>
            <translation>Stopping</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>Paused</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>counting</translation>
        </message>
        <message>
            <source>We will go on where we stopped.</source>
            <translation>We will go on where we stopped.</translation>
        </message>
        <message>
            <source>Now in {folder}</source>
            <translation>Now in {folder}</translation>
        </message>
    </context>
    <context>
        <name>Rail</name>
        <message>
            <source>Nothing leaves this computer</source>
            <translation>Nothing leaves this computer</translation>
        </message>
    </context>
    <context>
        <name>RailItem</name>
        <message numerus="yes">
            <source>%n open</source>
            <translation>
                <numerusform>%n open</numerusform>
                <numerusform>%n open</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>ReadingCard</name>
        <message>
            <source>What we saw</source>
            <translation>What we saw</translation>
        </message>
        <message>
            <source>Why it matters</source>
            <translation>Why it matters</translation>
        </message>
        <message>
            <source>How sure are we?</source>
            <translation>How sure are we?</translation>
        </message>
        <message>
            <source>Show this model's card</source>
            <translation>Show this model's card</translation>
        </message>
    </context>
    <context>
        <name>RestartCard</name>
        <message>
            <source>Show it</source>
            <translation>Show it</translation>
        </message>
        <message numerus="yes">
            <source>%n file(s) left out.</source>
            <translation>
                <numerusform>%n file left out.</numerusform>
                <numerusform>%n files left out.</numerusform>
            </translation>
        </message>
        <message>
            <source>One part of the check stopped and was started again.</source>
            <translation>One part of the check stopped and was started again.</translation>
        </message>
    </context>
    <context>
        <name>ResultBar</name>
        <message>
            <source>Show what we found</source>
            <translation>Show what we found</translation>
        </message>
        <message>
            <source>Show what was left out</source>
            <translation>Show what was left out</translation>
        </message>
        <message>
            <source>Stopped before its end.</source>
            <translation>Stopped before its end.</translation>
        </message>
        <message>
            <source>Done.</source>
            <translation>Done.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found.</source>
            <translation>
                <numerusform>%Ln thing found.</numerusform>
                <numerusform>%Ln things found.</numerusform>
            </translation>
        </message>
        <message>
            <source>Nothing found.</source>
            <translation>Nothing found.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln packet looked at.</numerusform>
                <numerusform>%Ln packets looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln connection looked at.</numerusform>
                <numerusform>%Ln connections looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln program(s) looked at.</source>
            <translation>
                <numerusform>%Ln program looked at.</numerusform>
                <numerusform>%Ln programs looked at.</numerusform>
            </translation>
        </message>
        <message>
            <source>Not everything could be looked at in full.</source>
            <translation>Not everything could be looked at in full.</translation>
        </message>
    </context>
    <context>
        <name>ResultView</name>
        <message>
            <source>What this check found</source>
            <translation>What this check found</translation>
        </message>
        <message>
            <source>Show me what we found</source>
            <translation>Show me what we found</translation>
        </message>
        <message numerus="yes">
            <source>%Ln thing(s) found</source>
            <translation>
                <numerusform>%Ln thing found</numerusform>
                <numerusform>%Ln things found</numerusform>
            </translation>
        </message>
        <message>
            <source>Stopped. Nothing found so far</source>
            <translation>Stopped. Nothing found so far</translation>
        </message>
        <message>
            <source>Nothing found, but not everything was looked at</source>
            <translation>Nothing found, but not everything was looked at</translation>
        </message>
        <message>
            <source>Nothing found</source>
            <translation>Nothing found</translation>
        </message>
        <message numerus="yes">
            <source>We checked %Ln file(s) in full.</source>
            <translation>
                <numerusform>We checked %Ln file in full.</numerusform>
                <numerusform>We checked %Ln files in full.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln running program(s) looked at.</source>
            <translation>
                <numerusform>%Ln running program looked at.</numerusform>
                <numerusform>%Ln running programs looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln start(s) of programs looked at.</source>
            <translation>
                <numerusform>%Ln start of a program looked at.</numerusform>
                <numerusform>%Ln starts of programs looked at.</numerusform>
            </translation>
        </message>
        <message>
            <source>Running programs were not looked at yet.</source>
            <translation>Running programs were not looked at yet.</translation>
        </message>
        <message>
            <source>The check was stopped before its end.</source>
            <translation>The check was stopped before its end.</translation>
        </message>
        <message numerus="yes">
            <source>%Ln packet(s) looked at.</source>
            <translation>
                <numerusform>%Ln packet looked at.</numerusform>
                <numerusform>%Ln packets looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln connection(s) looked at.</source>
            <translation>
                <numerusform>%Ln connection looked at.</numerusform>
                <numerusform>%Ln connections looked at.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%Ln could not be looked at in full.</source>
            <translation>
                <numerusform>%Ln could not be looked at in full.</numerusform>
                <numerusform>%Ln could not be looked at in full.</numerusform>
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
            <translation>Plainwatch runs with all rights of this computer. Close it and start it as yourself.</translation>
        </message>
    </context>
    <context>
        <name>RunningView</name>
        <message>
            <source>Found so far</source>
            <translation>Found so far</translation>
        </message>
        <message>
            <source>The check goes on while you read.</source>
            <translation>The check goes on while you read.</translation>
        </message>
        <message>
            <source>This check looks at</source>
            <translation>This check looks at</translation>
        </message>
        <message>
            <source>of {total}</source>
            <translation>of {total}</translation>
        </message>
        <message>
            <source>of about {total}</source>
            <translation>of about {total}</translation>
        </message>
        <message numerus="yes">
            <source>%Ln found</source>
            <translation>
                <numerusform>%Ln found</numerusform>
                <numerusform>%Ln found</numerusform>
            </translation>
        </message>
        <message>
            <source>nothing found so far</source>
            <translation>nothing found so far</translation>
        </message>
        <message>
            <source>counting</source>
            <translation>counting</translation>
        </message>
        <message>
            <source>What runs on this computer is watched now.</source>
            <translation>What runs on this computer is watched now.</translation>
        </message>
        <message>
            <source>The connections of this computer are watched now.</source>
            <translation>The connections of this computer are watched now.</translation>
        </message>
        <message>
            <source>Watched for a few seconds after the files.</source>
            <translation>Watched for a few seconds after the files.</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>Settings</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Each change is kept at once.</source>
            <translation>Each change is kept at once.</translation>
        </message>
        <message>
            <source>The settings cannot be read or kept</source>
            <translation>The settings cannot be read or kept</translation>
        </message>
        <message>
            <source>Everything else goes on. The disk may be full, or the folder of Plainwatch may be locked.</source>
            <translation>Everything else goes on. The disk may be full, or the folder of Plainwatch may be locked.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Try again</translation>
        </message>
        <message>
            <source>Colours and text</source>
            <translation>Colours and text</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>We show this name when help is needed. Nobody is called by itself.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Who helps you?</translation>
        </message>
        <message>
            <source>While Plainwatch watches, it notices when one program changes many files in these folders.</source>
            <translation>While Plainwatch watches, it notices when one program changes many files in these folders.</translation>
        </message>
        <message>
            <source>Folders to keep an eye on</source>
            <translation>Folders to keep an eye on</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Language</translation>
        </message>
        <message>
            <source>Name of this computer</source>
            <translation>Name of this computer</translation>
        </message>
        <message>
            <source>Reception PC</source>
            <translation>Reception PC</translation>
        </message>
        <message>
            <source>Language and name</source>
            <translation>Language and name</translation>
        </message>
        <message>
            <source>Your own folders</source>
            <translation>Your own folders</translation>
        </message>
        <message>
            <source>A check of chosen folders looks here. Quick and full checks know their places by themselves.</source>
            <translation>A check of chosen folders looks here. Quick and full checks know their places by themselves.</translation>
        </message>
        <message>
            <source>Show the models</source>
            <translation>Show the models</translation>
        </message>
        <message>
            <source>What they look at, how often they are wrong, whether your office has changed, how to go back.</source>
            <translation>What they look at, how often they are wrong, whether your office has changed, how to go back.</translation>
        </message>
        <message>
            <source>Learned models</source>
            <translation>Learned models</translation>
        </message>
        <message>
            <source>Kept.</source>
            <translation>Kept.</translation>
        </message>
        <message>
            <source>This cannot be kept. Please write it in fewer, plain letters.</source>
            <translation>This cannot be kept. Please write it in fewer, plain letters.</translation>
        </message>
    </context>
    <context>
        <name>SignsCard</name>
        <message>
            <source>What we looked for</source>
            <translation>What we looked for</translation>
        </message>
        <message>
            <source>found</source>
            <translation>found</translation>
        </message>
        <message>
            <source>not found</source>
            <translation>not found</translation>
        </message>
    </context>
    <context>
        <name>SkippedCard</name>
        <message>
            <source>Not looked at: {n}</source>
            <translation>Not looked at: {n}</translation>
        </message>
        <message>
            <source>Nothing was left out so far.</source>
            <translation>Nothing was left out so far.</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln and why</source>
            <translation>
                <numerusform>Show it and why</numerusform>
                <numerusform>Show all %Ln and why</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>SkippedPanel</name>
        <message>
            <source>Back to the check</source>
            <translation>Back to the check</translation>
        </message>
        <message numerus="yes">
            <source>%Ln not, or not fully, looked at</source>
            <translation>
                <numerusform>%Ln not, or not fully, looked at</numerusform>
                <numerusform>%Ln not, or not fully, looked at</numerusform>
            </translation>
        </message>
        <message>
            <source>We say nothing about these. They may be fine, or not.</source>
            <translation>We say nothing about these. They may be fine, or not.</translation>
        </message>
    </context>
    <context>
        <name>StatePanel</name>
        <message>
            <source>Copy details</source>
            <translation>Copy details</translation>
        </message>
    </context>
    <context>
        <name>StepsCard</name>
        <message>
            <source>What to do now</source>
            <translation>What to do now</translation>
        </message>
    </context>
    <context>
        <name>StoryView</name>
        <message>
            <source>Who started it</source>
            <translation>Who started it</translation>
        </message>
        <message>
            <source>We did not see who started it.</source>
            <translation>We did not see who started it.</translation>
        </message>
        <message>
            <source>What it started</source>
            <translation>What it started</translation>
        </message>
        <message>
            <source>Nothing, as far as we saw.</source>
            <translation>Nothing, as far as we saw.</translation>
        </message>
        <message>
            <source>ran from {first} to {last}</source>
            <translation>ran from {first} to {last}</translation>
        </message>
        <message>
            <source>it has ended since</source>
            <translation>it has ended since</translation>
        </message>
        <message>
            <source>We do not know where its file lies.</source>
            <translation>We do not know where its file lies.</translation>
        </message>
        <message>
            <source>Its file lies in {folder}</source>
            <translation>Its file lies in {folder}</translation>
        </message>
        <message>
            <source>File</source>
            <translation>File</translation>
        </message>
        <message>
            <source>Command line</source>
            <translation>Command line</translation>
        </message>
        <message>
            <source>Program number (PID)</source>
            <translation>Program number (PID)</translation>
        </message>
        <message>
            <source>Account</source>
            <translation>Account</translation>
        </message>
        <message>
            <source>Started</source>
            <translation>Started</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Ended</translation>
        </message>
    </context>
    <context>
        <name>Strip</name>
        <message>
            <source>Show it</source>
            <translation>Show it</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Stop</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>Stop the check? What we found so far stays.</source>
            <translation>Stop the check? What we found so far stays.</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Paused. We will go on where we stopped.</source>
            <translation>Paused. We will go on where we stopped.</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Looking at the network</translation>
        </message>
        <message>
            <source>Checking files. Counting them first.</source>
            <translation>Checking files. Counting them first.</translation>
        </message>
        <message>
            <source>Checking files. {done} of {total}.</source>
            <translation>Checking files. {done} of {total}.</translation>
        </message>
        <message>
            <source>Checking files. {done} of about {total}.</source>
            <translation>Checking files. {done} of about {total}.</translation>
        </message>
    </context>
    <context>
        <name>TalkersCard</name>
        <message>
            <source>Programs and destinations</source>
            <translation>Programs and destinations</translation>
        </message>
        <message>
            <source>Nobody was active in this time.</source>
            <translation>Nobody was active in this time.</translation>
        </message>
        <message>
            <source>Programs</source>
            <translation>Programs</translation>
        </message>
        <message>
            <source>Computers</source>
            <translation>Computers</translation>
        </message>
        <message>
            <source>Destinations</source>
            <translation>Destinations</translation>
        </message>
        <message>
            <source>Show</source>
            <translation>Show</translation>
        </message>
        <message>
            <source>{who}, most data first</source>
            <translation>{who}, most data first</translation>
        </message>
        <message>
            <source>{who}, busiest first</source>
            <translation>{who}, busiest first</translation>
        </message>
        <message>
            <source>Show fewer</source>
            <translation>Show fewer</translation>
        </message>
        <message numerus="yes">
            <source>Show all %Ln</source>
            <translation>
                <numerusform>Show all %Ln</numerusform>
                <numerusform>Show all %Ln</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>TalksCard</name>
        <message>
            <source>Whom it talks to</source>
            <translation>Whom it talks to</translation>
        </message>
        <message>
            <source>To nobody, as far as we saw.</source>
            <translation>To nobody, as far as we saw.</translation>
        </message>
    </context>
    <context>
        <name>TechnicalCard</name>
        <message>
            <source>Technical details</source>
            <translation>Technical details</translation>
        </message>
        <message>
            <source>Ctrl+D</source>
            <translation>Ctrl+D</translation>
        </message>
        <message>
            <source>Rule names, command line, who started whom, exact times</source>
            <translation>Rule names, command line, who started whom, exact times</translation>
        </message>
        <message>
            <source>File path, command line, exact times</source>
            <translation>File path, command line, exact times</translation>
        </message>
        <message>
            <source>Rule names, file path, fingerprint, exact times</source>
            <translation>Rule names, file path, fingerprint, exact times</translation>
        </message>
        <message>
            <source>Addresses, packet numbers, exact times</source>
            <translation>Addresses, packet numbers, exact times</translation>
        </message>
        <message>
            <source>Copy details</source>
            <translation>Copy details</translation>
        </message>
    </context>
    <context>
        <name>TimelineCard</name>
        <message>
            <source>Show the whole time</source>
            <translation>Show the whole time</translation>
        </message>
        <message>
            <source>Data sent by this computer</source>
            <translation>Data sent by this computer</translation>
        </message>
        <message>
            <source>Data sent in this recording</source>
            <translation>Data sent in this recording</translation>
        </message>
        <message>
            <source>Connections of this computer</source>
            <translation>Connections of this computer</translation>
        </message>
        <message>
            <source>sent</source>
            <translation>sent</translation>
        </message>
        <message>
            <source>connections</source>
            <translation>connections</translation>
        </message>
        <message>
            <source>usual at this time of day</source>
            <translation>usual at this time of day</translation>
        </message>
        <message>
            <source>a finding</source>
            <translation>a finding</translation>
        </message>
        <message>
            <source>The list shows {time}.</source>
            <translation>The list shows {time}.</translation>
        </message>
        <message>
            <source>We do not know this computer long enough yet to say what is usual. That takes three days.</source>
            <translation>We do not know this computer long enough yet to say what is usual. That takes three days.</translation>
        </message>
        <message>
            <source>Click on a time, or use the arrow keys, to see who was active then.</source>
            <translation>Click on a time, or use the arrow keys, to see who was active then.</translation>
        </message>
    </context>
    <context>
        <name>Toolbar</name>
        <message>
            <source>Look at the network now</source>
            <translation>Look at the network now</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Open a recording</translation>
        </message>
        <message>
            <source>Listen for a minute</source>
            <translation>Listen for a minute</translation>
        </message>
        <message>
            <source>From</source>
            <translation>From</translation>
        </message>
    </context>
    <context>
        <name>TrapWords</name>
        <message>
            <source>Somebody changed this trap file, so it was not deleted: {path}</source>
            <translation>Somebody changed this trap file, so it was not deleted: {path}</translation>
        </message>
        <message>
            <source>No trap files here, the folder is missing or is copied elsewhere: {path}</source>
            <translation>No trap files here, the folder is missing or is copied elsewhere: {path}</translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) made. Leave them as they are.</source>
            <translation>
                <numerusform>%n trap file made. Leave it as it is.</numerusform>
                <numerusform>%n trap files made. Leave them as they are.</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n trap file(s) removed.</source>
            <translation>
                <numerusform>%n trap file removed.</numerusform>
                <numerusform>%n trap files removed.</numerusform>
            </translation>
        </message>
        <message>
            <source>Kept. Trap files are made as soon as a folder is chosen.</source>
            <translation>Kept. Trap files are made as soon as a folder is chosen.</translation>
        </message>
    </context>
    <context>
        <name>UndoBar</name>
        <message>
            <source>Undo</source>
            <translation>Undo</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Close</translation>
        </message>
    </context>
    <context>
        <name>UsesCard</name>
        <message>
            <source>What it uses</source>
            <translation>What it uses</translation>
        </message>
        <message>
            <source>{duration} of processor time so far</source>
            <translation>{duration} of processor time so far</translation>
        </message>
        <message>
            <source>read</source>
            <translation>read</translation>
        </message>
        <message>
            <source>written</source>
            <translation>written</translation>
        </message>
        <message>
            <source>We could not see that.</source>
            <translation>We could not see that.</translation>
        </message>
    </context>
    <context>
        <name>WatchForm</name>
        <message>
            <source>Trap files</source>
            <translation>Trap files</translation>
        </message>
        <message>
            <source>None</source>
            <translation>None</translation>
        </message>
        <message>
            <source>A few in each folder</source>
            <translation>A few in each folder</translation>
        </message>
        <message>
            <source>Nobody has a reason to touch them. A program that locks files does, and is noticed at once.</source>
            <translation>Nobody has a reason to touch them. A program that locks files does, and is noticed at once.</translation>
        </message>
    </context>
    <context>
        <name>WeekCard</name>
        <message>
            <source>Last 7 days</source>
            <translation>Last 7 days</translation>
        </message>
        <message numerus="yes">
            <source>%n check(s)</source>
            <translation>
                <numerusform>%n check</numerusform>
                <numerusform>%n checks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n finding(s)</source>
            <translation>
                <numerusform>%n finding</numerusform>
                <numerusform>%n findings</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n solved</source>
            <translation>
                <numerusform>%n solved</numerusform>
                <numerusform>%n solved</numerusform>
            </translation>
        </message>
        <message>
            <source>Today</source>
            <translation>Today</translation>
        </message>
        <message>
            <source>No check in these days yet.</source>
            <translation>No check in these days yet.</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>Your answers cannot be kept</source>
            <translation>Your answers cannot be kept</translation>
        </message>
        <message>
            <source>You can still check this computer. The questions come back at the next start.</source>
            <translation>You can still check this computer. The questions come back at the next start.</translation>
        </message>
        <message>
            <source>Check now</source>
            <translation>Check now</translation>
        </message>
        <message>
            <source>Welcome</source>
            <translation>Welcome</translation>
        </message>
        <message>
            <source>Three short questions, then the first check.</source>
            <translation>Three short questions, then the first check.</translation>
        </message>
        <message>
            <source>Our promise</source>
            <translation>Our promise</translation>
        </message>
        <message>
            <source>We never send anything away</source>
            <translation>We never send anything away</translation>
        </message>
        <message>
            <source>Everything stays on this computer.</source>
            <translation>Everything stays on this computer.</translation>
        </message>
        <message>
            <source>We never delete or block by ourselves</source>
            <translation>We never delete or block by ourselves</translation>
        </message>
        <message>
            <source>You decide, and you can undo it.</source>
            <translation>You decide, and you can undo it.</translation>
        </message>
        <message>
            <source>We never judge people</source>
            <translation>We never judge people</translation>
        </message>
        <message>
            <source>We look at computers, not at who uses them.</source>
            <translation>We look at computers, not at who uses them.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Language</translation>
        </message>
        <message>
            <source>Skip this question</source>
            <translation>Skip this question</translation>
        </message>
        <message>
            <source>You can change this later in Settings.</source>
            <translation>You can change this later in Settings.</translation>
        </message>
        <message>
            <source>Who helps you?</source>
            <translation>Who helps you?</translation>
        </message>
        <message>
            <source>Which folders?</source>
            <translation>Which folders?</translation>
        </message>
        <message>
            <source>Easy to read?</source>
            <translation>Easy to read?</translation>
        </message>
        <message>
            <source>Who helps you when something looks wrong?</source>
            <translation>Who helps you when something looks wrong?</translation>
        </message>
        <message>
            <source>We show this name when help is needed. Nobody is called by itself.</source>
            <translation>We show this name when help is needed. Nobody is called by itself.</translation>
        </message>
        <message>
            <source>The usual places</source>
            <translation>The usual places</translation>
        </message>
        <message>
            <source>Downloads, desktop, documents, mail and what starts by itself</source>
            <translation>Downloads, desktop, documents, mail and what starts by itself</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>The whole computer</translation>
        </message>
        <message>
            <source>Takes much longer; you can keep working</source>
            <translation>Takes much longer; you can keep working</translation>
        </message>
        <message>
            <source>Only some folders</source>
            <translation>Only some folders</translation>
        </message>
        <message>
            <source>You choose which</source>
            <translation>You choose which</translation>
        </message>
        <message>
            <source>Where shall we look first?</source>
            <translation>Where shall we look first?</translation>
        </message>
        <message>
            <source>This version looks at files, running programs and connections. It says what it did not look at.</source>
            <translation>This version looks at files, running programs and connections. It says what it did not look at.</translation>
        </message>
        <message>
            <source>Is this easy to read?</source>
            <translation>Is this easy to read?</translation>
        </message>
        <message>
            <source>Choose what is kind to your eyes. It changes at once.</source>
            <translation>Choose what is kind to your eyes. It changes at once.</translation>
        </message>
        <message>
            <source>Go on to folders</source>
            <translation>Go on to folders</translation>
        </message>
        <message>
            <source>Go on to the look</source>
            <translation>Go on to the look</translation>
        </message>
        <message>
            <source>Start the first check</source>
            <translation>Start the first check</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>Back</translation>
        </message>
    </context>
    <context>
        <name>activity</name>
        <message>
            <source>We can see which programs use the network, but not what they send. To see more, ask your helper.</source>
            <translation>We can see which programs use the network, but not what they send. To see more, ask your helper.</translation>
        </message>
    </context>
    <context>
        <name>errors</name>
        <message>
            <source>This page could not be shown</source>
            <translation>This page could not be shown</translation>
        </message>
        <message>
            <source>What we found earlier is still kept. Please try again. If it stays so, copy the details for help.</source>
            <translation>What we found earlier is still kept. Please try again. If it stays so, copy the details for help.</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Try again</translation>
        </message>
    </context>
    <context>
        <name>found</name>
        <message>
            <source>just now</source>
            <translation>just now</translation>
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
            <translation>Desktop</translation>
        </message>
        <message>
            <source>Documents</source>
            <translation>Documents</translation>
        </message>
        <message>
            <source>Mail</source>
            <translation>Mail</translation>
        </message>
        <message>
            <source>Temporary files</source>
            <translation>Temporary files</translation>
        </message>
        <message>
            <source>What starts by itself</source>
            <translation>What starts by itself</translation>
        </message>
        <message>
            <source>Your own folder</source>
            <translation>Your own folder</translation>
        </message>
        <message>
            <source>The whole computer</source>
            <translation>The whole computer</translation>
        </message>
        <message>
            <source>Programs that run now</source>
            <translation>Programs that run now</translation>
        </message>
        <message>
            <source>Network</source>
            <translation>Network</translation>
        </message>
    </context>
    <context>
        <name>run</name>
        <message>
            <source>Quick check</source>
            <translation>Quick check</translation>
        </message>
        <message>
            <source>Full check</source>
            <translation>Full check</translation>
        </message>
        <message>
            <source>Check of chosen folders</source>
            <translation>Check of chosen folders</translation>
        </message>
        <message>
            <source>Check of single files</source>
            <translation>Check of single files</translation>
        </message>
        <message>
            <source>Check of a recording</source>
            <translation>Check of a recording</translation>
        </message>
        <message>
            <source>Look at the network</source>
            <translation>Look at the network</translation>
        </message>
        <message>
            <source>Listening to the network</source>
            <translation>Listening to the network</translation>
        </message>
        <message>
            <source>Check of a recording of programs</source>
            <translation>Check of a recording of programs</translation>
        </message>
        <message>
            <source>Look at the programs</source>
            <translation>Look at the programs</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>Check of the network</source>
            <translation>Check of the network</translation>
        </message>
        <message>
            <source>Check of programs</source>
            <translation>Check of programs</translation>
        </message>
        <message>
            <source>Reading {name}</source>
            <translation>Reading {name}</translation>
        </message>
        <message>
            <source>Looking at the programs</source>
            <translation>Looking at the programs</translation>
        </message>
        <message>
            <source>Looking at the network</source>
            <translation>Looking at the network</translation>
        </message>
        <message>
            <source>Looking at the network and the programs</source>
            <translation>Looking at the network and the programs</translation>
        </message>
        <message>
            <source>Listening on {card}</source>
            <translation>Listening on {card}</translation>
        </message>
        <message>
            <source>Checking your files</source>
            <translation>Checking your files</translation>
        </message>
        <message>
            <source>Opening the recording. You can keep working.</source>
            <translation>Opening the recording. You can keep working.</translation>
        </message>
        <message>
            <source>We look at what runs, and watch what starts. You can keep working.</source>
            <translation>We look at what runs, and watch what starts. You can keep working.</translation>
        </message>
        <message>
            <source>We begin to listen. You can keep working.</source>
            <translation>We begin to listen. You can keep working.</translation>
        </message>
        <message>
            <source>Counting the files first. You can keep working.</source>
            <translation>Counting the files first. You can keep working.</translation>
        </message>
        <message>
            <source>of the data</source>
            <translation>of the data</translation>
        </message>
        <message>
            <source>of the time</source>
            <translation>of the time</translation>
        </message>
        <message>
            <source>of the files</source>
            <translation>of the files</translation>
        </message>
        <message>
            <source>stopped, nothing found so far</source>
            <translation>stopped, nothing found so far</translation>
        </message>
        <message>
            <source>nothing found</source>
            <translation>nothing found</translation>
        </message>
        <message>
            <source>You can keep working.</source>
            <translation>You can keep working.</translation>
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
            <translation>now</translation>
        </message>
        <message>
            <source>today at {time}</source>
            <translation>today at {time}</translation>
        </message>
        <message>
            <source>yesterday at {time}</source>
            <translation>yesterday at {time}</translation>
        </message>
        <message>
            <source>{day} at {time}</source>
            <translation>{day} at {time}</translation>
        </message>
        <message>
            <source>today</source>
            <translation>today</translation>
        </message>
        <message>
            <source>yesterday</source>
            <translation>yesterday</translation>
        </message>
        <message>
            <source>on {day}</source>
            <translation>on {day}</translation>
        </message>
        <message>
            <source>Less than a minute left.</source>
            <translation>Less than a minute left.</translation>
        </message>
        <message>
            <source>About {low} to {high} minutes left.</source>
            <translation>About {low} to {high} minutes left.</translation>
        </message>
        <message>
            <source>{done} of {total} read.</source>
            <translation>{done} of {total} read.</translation>
        </message>
        <message>
            <source>{done} of {total} seconds.</source>
            <translation>{done} of {total} seconds.</translation>
        </message>
        <message>
            <source>{done} of {total} files.</source>
            <translation>{done} of {total} files.</translation>
        </message>
        <message>
            <source>{done} of about {total} files.</source>
            <translation>{done} of about {total} files.</translation>
        </message>
    </context>
    <context>
        <name>skip</name>
        <message>
            <source>Not there</source>
            <translation>Not there</translation>
        </message>
        <message>
            <source>Gone in the meantime</source>
            <translation>Gone in the meantime</translation>
        </message>
        <message>
            <source>Not open to this account</source>
            <translation>Not open to this account</translation>
        </message>
        <message>
            <source>In use by another program</source>
            <translation>In use by another program</translation>
        </message>
        <message>
            <source>The disk gave an error</source>
            <translation>The disk gave an error</translation>
        </message>
        <message>
            <source>Only points elsewhere</source>
            <translation>Only points elsewhere</translation>
        </message>
        <message>
            <source>Points back to itself</source>
            <translation>Points back to itself</translation>
        </message>
        <message>
            <source>Not a real file</source>
            <translation>Not a real file</translation>
        </message>
        <message>
            <source>A device, not a file</source>
            <translation>A device, not a file</translation>
        </message>
        <message>
            <source>Made by the system itself</source>
            <translation>Made by the system itself</translation>
        </message>
        <message>
            <source>Name too long</source>
            <translation>Name too long</translation>
        </message>
        <message>
            <source>Too many folders inside each other</source>
            <translation>Too many folders inside each other</translation>
        </message>
        <message>
            <source>Left out on request</source>
            <translation>Left out on request</translation>
        </message>
        <message>
            <source>Too large to read in full</source>
            <translation>Too large to read in full</translation>
        </message>
        <message>
            <source>Changed while we looked</source>
            <translation>Changed while we looked</translation>
        </message>
        <message>
            <source>Locked with a password</source>
            <translation>Locked with a password</translation>
        </message>
        <message>
            <source>Damaged packed file</source>
            <translation>Damaged packed file</translation>
        </message>
        <message>
            <source>Packed too many times</source>
            <translation>Packed too many times</translation>
        </message>
        <message>
            <source>Packed file too large</source>
            <translation>Packed file too large</translation>
        </message>
        <message>
            <source>Too many files packed together</source>
            <translation>Too many files packed together</translation>
        </message>
        <message>
            <source>Packed suspiciously small</source>
            <translation>Packed suspiciously small</translation>
        </message>
        <message>
            <source>Packed file with false labels</source>
            <translation>Packed file with false labels</translation>
        </message>
        <message>
            <source>Packed in a way we cannot open</source>
            <translation>Packed in a way we cannot open</translation>
        </message>
        <message>
            <source>Not a recording we can read</source>
            <translation>Not a recording we can read</translation>
        </message>
        <message>
            <source>Damaged recording</source>
            <translation>Damaged recording</translation>
        </message>
        <message>
            <source>A kind of network we cannot read</source>
            <translation>A kind of network we cannot read</translation>
        </message>
        <message>
            <source>Packets recorded only in part</source>
            <translation>Packets recorded only in part</translation>
        </message>
        <message>
            <source>Locked or other packets</source>
            <translation>Locked or other packets</translation>
        </message>
        <message>
            <source>Network card was off</source>
            <translation>Network card was off</translation>
        </message>
        <message>
            <source>Too many conversations at once</source>
            <translation>Too many conversations at once</translation>
        </message>
        <message>
            <source>Too many messages to read them all</source>
            <translation>Too many messages to read them all</translation>
        </message>
        <message>
            <source>Packets lost while listening</source>
            <translation>Packets lost while listening</translation>
        </message>
        <message>
            <source>Too many findings of one kind</source>
            <translation>Too many findings of one kind</translation>
        </message>
        <message>
            <source>An empty recording</source>
            <translation>An empty recording</translation>
        </message>
        <message>
            <source>Recording ends too early</source>
            <translation>Recording ends too early</translation>
        </message>
        <message>
            <source>Lines we could not read</source>
            <translation>Lines we could not read</translation>
        </message>
        <message>
            <source>Lines read only in part</source>
            <translation>Lines read only in part</translation>
        </message>
        <message>
            <source>Lines about unknown programs</source>
            <translation>Lines about unknown programs</translation>
        </message>
        <message>
            <source>Starts that were too short to see</source>
            <translation>Starts that were too short to see</translation>
        </message>
        <message>
            <source>Programs of other accounts</source>
            <translation>Programs of other accounts</translation>
        </message>
        <message>
            <source>Folders we could not watch</source>
            <translation>Folders we could not watch</translation>
        </message>
        <message>
            <source>Programs that ended too soon</source>
            <translation>Programs that ended too soon</translation>
        </message>
        <message>
            <source>Memory of programs is closed to us</source>
            <translation>Memory of programs is closed to us</translation>
        </message>
        <message>
            <source>Memory is not open to this account</source>
            <translation>Memory is not open to this account</translation>
        </message>
        <message>
            <source>Too much memory to look at</source>
            <translation>Too much memory to look at</translation>
        </message>
        <message>
            <source>Programs we could not name</source>
            <translation>Programs we could not name</translation>
        </message>
        <message>
            <source>A model could not be used</source>
            <translation>A model could not be used</translation>
        </message>
        <message>
            <source>Took too long</source>
            <translation>Took too long</translation>
        </message>
        <message>
            <source>Needed too much memory</source>
            <translation>Needed too much memory</translation>
        </message>
        <message>
            <source>One part of the check stopped</source>
            <translation>One part of the check stopped</translation>
        </message>
        <message>
            <source>One part of the check failed</source>
            <translation>One part of the check failed</translation>
        </message>
        <message>
            <source>A rule could not be used</source>
            <translation>A rule could not be used</translation>
        </message>
        <message>
            <source>The check was stopped before</source>
            <translation>The check was stopped before</translation>
        </message>
        <message>
            <source>Not looked at yet</source>
            <translation>Not looked at yet</translation>
        </message>
        <message>
            <source>Another reason</source>
            <translation>Another reason</translation>
        </message>
    </context>
    <context>
        <name>summary</name>
        <message>
            <source>Copy a summary for {name}</source>
            <translation>Copy a summary for {name}</translation>
        </message>
        <message>
            <source>Copy a summary</source>
            <translation>Copy a summary</translation>
        </message>
    </context>
</TS>
