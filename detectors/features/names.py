"""Looks at names of computers: whose they are, and whether a person or a machine made them up.

Before this on the path: names from look-ups. After it: ``dns_tunnel``, ``dga``, ``suspicious_tls`` and friends.
The judge of made-up names is a small table of letter pairs, counted over everyday words in four languages below.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from itertools import pairwise

_WORDS = """
about account admin advert agency air alarm album all alpha android animal answer api app apple archive area art
asset assist atlas audio auto baby back bank bar base bay beach beauty best beta bike bill bird black blog blue
board boat body bonus book border box brand bridge bright brother browser build bus business buy cable cache cafe
call camp campus car card care cart case cash cast cat cell center central change channel chat check chef child
choice church city class clean clear click client clinic clock cloud club coach code coffee college color comfort
common company compass computer connect contact content control cook cool copy core corner cost count country course
cover credit cross crown culture custom cyber daily dance data date day deal delta demo dental design desk detail
device dialog digital direct discover display doctor dog domain door down dragon dream drive drop drug dynamic eagle
early earth east easy eco edge edit edu education effect electric element elite email emerald energy engine english
enter enterprise event ever exact exchange expert explore express extra eye face factor factory fair family farm
fashion fast favor feed field file film final finance find fine fire first fish fit five fix flash flex flight flow
flower fly focus food force foreign forest forever form forum forward found four free fresh friend front fruit fuel
full fun fund future gallery game garden gate general gift girl give glass global go goal gold golf good grand graph
great green grid group grow guard guest guide hair hand happy hard harmony harvest head health heart heat help hero
high hill history hit hobby holiday home honey hope horse hospital host hotel hour house human hunter ice idea image
impact index india info inner input inside insight instant insurance inter internet invest island item jewel job
join journal journey jump junior just keep key kid kind king kitchen knowledge lab lake land language laser last law
lead learn legal lemon letter level library life light like lime line link lion list little live load local location
lock logic login long look lotus love low luck lunch machine magazine magic mail main make man manage map marine
mark market master match material matter max media medical meet mega member memory menu message metal metro micro
middle mind mini mirror mobile model modern moment money monitor month moon more morning mortgage motion motor
mountain move movie multi museum music name nation native nature near need net network new news next night node
noise nord normal north note notice now number nurse ocean office official oil old olive one online only open option
orange order organic origin other outdoor outlet over own page paint palace panel paper parent park part partner
party pass path pay peace people perfect person pet phone photo phrase pilot pink pixel place plan planet plant
plastic play player plus point police policy pool popular port portal post power practice premium press price prime
print private process product profile program project proof property protect provider public pure push quality quick
quiet race radio rain random rapid rate reach read ready real record red refer region register relay release remote
rent repair report rescue research reserve resource rest result review reward rich ride right river road robot rock
role room root rose round route royal run safe sale salon same sand satellite save scan school science score screen
script search season seat second secret secure select sell send senior sense series serve server service session set
seven shadow shape share sharp ship shop short show side sign signal silver simple single sister site six size skill
sky sleep small smart smile snow social soft solar solid solution song sound source south space spark special speed
sport spot spring square stable staff stage standard star start state static station status steel step stock stone
stop storage store storm story stream street strong student studio study style success sugar summer sun super supply
support sure surf survey sweet swift switch symbol system table tablet talent target task tax team tech telecom
temple ten tennis term test text theme think third ticket tiger time tiny title today tool top total touch tour town
track trade traffic train transfer travel tree trend trial trip true trust turbo twin type under union unit united
universe university update upper urban use user valley value vault vector venture verify video view village vision
visit vital voice vote wall watch water wave way wealth weather web wedding week welcome west wheel white wide wild
wind window wine winter wire wisdom wolf woman wonder wood word work world write yard year yellow yes young zebra
zero zone alle ansicht arbeit arzt auto bahn bau baum berg bild blatt brief buch bund daten deutsch dienst dorf
druck ecke eisen energie erde fahrt familie farbe fenster feuer finanz firma fisch flug forschung frau freund freude
garten gebiet geld gemeinde geschichte gesund gewerbe glas handel handwerk haus heim herz himmel hof holz jahr
jugend kauf kind kirche klasse klein kraft kranken kreis kunst land leben lehrer leute licht liebe luft macht markt
mensch mond morgen mutter nacht natur neu platz preis raum recht reise richtig schiff schloss schnell schule schutz
see seite sonne spiel sprache stadt stein stern strasse stunde tag technik teil tier tisch tochter vater verein
verkehr verlag versicherung wald wagen wasser weg welt werk wetter wirtschaft wohnung wort zeit zeitung ziel zimmer
zukunft accueil achat agence aide amour annonce arbre argent assurance avenir banque beau belle bien blanc bois
bonjour boutique bureau cadeau campagne carte chaise chambre chanson chaud chemin cheval chose ciel cinema classe
cle coeur commerce conseil coupe cuisine demain dernier dimanche eau ecole ecran emploi enfant espace etoile facile
faire femme fenetre ferme feuille fille fleur fleuve foire forme france frere garage gare gens gestion grand groupe
herbe heure histoire hiver homme image impot jardin jeu jeune jour journal laine langue lettre libre lieu livre
logement loisir lumiere lune lycee maire maison marche mariage matin meilleur mer mode monde montagne mot moulin
moyen musee neige nom nouveau nuit objet oiseau ombre papier pays peinture petit peuple pierre place plage pluie
poisson pomme pont porte poste premier presse prix produit quartier racine region reseau reve rire rouge route rue
sable saison sante service soeur soir soleil sortie source sport tableau temps terre tete theatre toit tour travail
vacances valeur vent verre vert vie vieux ville vin voiture voyage bezuelen biblio buerger doheem dag duerf eis
fraei gemeng gutt haut kanner kleng land lieweg maart mullen nei owes schoul sprooch stad strooss wanter zait
"""
"""Everyday words that names are made of: English, German, French, Luxembourgish."""

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SMOOTHING = 0.35
"""Added to each pair, so that a pair never met is unlikely, not impossible."""
_NO_LETTER_PAIR = math.log2(1 / 400)
"""What a pair with a digit costs: as much as a rare pair of letters."""

MIN_LETTERS = 6
"""Shorter names tell nothing."""
ODD_BITS = -5.4
"""Mean log2 likelihood of a letter pair below which a name looks machine-made; words have -3.7, random letters -6.2."""

MIN_RANDOM_LETTERS, MIN_CHANGES = 8, 3
"""Length, and changes between letters and digits, of a label drawn by lot."""

_REGISTRIES = frozenset(
    ["ac", "co", "com", "edu", "gob", "gov", "gv", "ltd", "mil", "ne", "net", "nom", "or", "org", "plc"]
)
"""Second-level labels under which registries of countries sell names, as in ``example.co.uk``."""
_VOWELS = frozenset("aeiouy")
_HEX = re.compile(r"(?=.*\d)(?=.*[a-f])[0-9a-f]{6,}\Z")


@lru_cache(maxsize=65_536)
def registered_name(name: str) -> str:
    """Give the part of a name that somebody bought: ``www.example.co.uk`` -> ``example.co.uk``."""
    labels = name.strip(".").split(".")
    is_under_registry = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _REGISTRIES  # noqa: PLR2004
    return ".".join(labels[-3:] if is_under_registry else labels[-2:])


def prefix_of(name: str) -> str:
    """Give what stands before the registered part: ``a.b.example.com`` -> ``a.b``."""
    return name[: -len(registered_name(name))].strip(".")


@lru_cache(maxsize=65_536)
def likelihood_bits(label: str) -> float:
    """Say how likely the letter pairs of one label are.

    Returns:
        Mean log2 likelihood of a pair, from about -3.3 (a word) to -9 (noise); 0 for a label too short to tell.
    """
    text = label.lower().replace("-", "")
    if len(text) < MIN_LETTERS:
        return 0.0
    table = pair_bits()
    pairs = [text[place : place + 2] for place in range(len(text) - 1)]
    return sum(table.get(pair, _NO_LETTER_PAIR) for pair in pairs) / len(pairs)


def looks_machine_made(label: str) -> bool:
    """Tell whether a label looks like nothing that a person would choose."""
    if label.startswith("xn--") or len(label) < MIN_LETTERS:
        return False
    if _HEX.match(label):
        return True
    letters = sum(letter in _LETTERS for letter in label)
    if letters * 2 < len(label):
        return False
    vowels = sum(letter in _VOWELS for letter in label)
    has_no_vowels = letters >= MIN_LETTERS and vowels * 7 <= letters
    return likelihood_bits(label) < ODD_BITS or has_no_vowels


def looks_random(label: str) -> bool:
    """Tell whether letters and digits of a label were drawn by lot: stricter than ``looks_machine_made``."""
    if len(label) < MIN_RANDOM_LETTERS or "-" in label:
        return False
    changes = sum(left.isdigit() != right.isdigit() for left, right in pairwise(label))
    return changes >= MIN_CHANGES and looks_machine_made(label)


def entropy_bits(text: str) -> float:
    """Give bits per letter: 0 for one letter repeated, about 4 for hex digits, 5 for base32."""
    if not text:
        return 0.0
    counts = [text.count(letter) for letter in set(text)]
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts)


@cache
def everyday_words() -> frozenset[str]:
    """Give the words that the table of letter pairs was counted over."""
    return frozenset(_WORDS.split())


@cache
def pair_bits() -> dict[str, float]:
    """Count letter pairs of the words: log2 of how often the second letter follows the first."""
    counts = {first + second: _SMOOTHING for first in _LETTERS for second in _LETTERS}
    for word in _WORDS.split():
        for place in range(len(word) - 1):
            pair = word[place : place + 2]
            if pair in counts:
                counts[pair] += 1
    totals = {first: sum(counts[first + second] for second in _LETTERS) for first in _LETTERS}
    return {pair: math.log2(count / totals[pair[0]]) for pair, count in counts.items()}
