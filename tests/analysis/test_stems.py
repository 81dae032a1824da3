"""Which words are forms of one word: Snowball, hyphens, American and British spelling."""

import pytest

from searchidx.analysis import stem_key, stem_language
from searchidx.analysis.stems import SNOWBALL

BRITISH_AMERICAN = """
colour color, colours colors, coloured colored, colouring coloring, colourful colorful,
honour honor, honourable honorable, favourite favorite, favouritism favoritism, neighbour neighbor,
neighbourhood neighborhood, labour labor, labourer laborer, behaviour behavior,
behavioural behavioral, endeavour endeavor, demeanour demeanor, odour odor, rumour rumor,
rumoured rumored, armour armor, armoured armored, armoury armory, harbour harbor, saviour savior,
humour humor, humourless humorless, tumour tumor, splendour splendor, vapour vapor, fervour fervor,
organise organize, organised organized, organising organizing, organisation organization,
organisers organizers, realise realize, recognise recognize, recognising recognizing,
apologise apologize, criticise criticize, mobilise mobilize, demobilisation demobilization,
authorise authorize, destabilise destabilize, normalisation normalization,
demilitarised demilitarized, prioritise prioritize, neutralised neutralized, terrorise terrorize,
victimise victimize, hospitalised hospitalized, specialise specialize, scrutinise scrutinize,
analyse analyze, analysed analyzed, analysing analyzing, paralysed paralyzed, catalyse catalyze,
defence defense, defences defenses, defenceless defenseless, offence offense, licence license,
pretence pretense, practise practice, practised practiced, centre center, centres centers,
centred centered, centring centering, theatre theater, theatregoers theatergoers, metre meter,
kilometres kilometers, centimetre centimeter, litre liter, fibre fiber, calibre caliber,
sabre saber, sombre somber, spectre specter, meagre meager, manoeuvre maneuver,
manoeuvres maneuvers, manoeuvring maneuvering, catalogue catalog, catalogued cataloged,
dialogue dialog, analogue analog, programme program, kilogramme kilogram, judgement judgment,
acknowledgement acknowledgment, travelled traveled, travelling traveling, traveller traveler,
cancelled canceled, labelled labeled, fuelled fueled, refuelling refueling, dialled dialed,
signalled signaled, levelled leveled, quarrelled quarreled, counsellor counselor,
councillors councilors, jewellery jewelry, jeweller jeweler, enrol enroll, enrolment enrollment,
fulfil fulfill, instalment installment, skilful skillful, wilful willful, distil distill,
woollen woolen, marvellous marvelous, aluminium aluminum, grey gray, greys grays, greyer grayer,
plough plow, ploughed plowed, sceptic skeptic, sceptical skeptical, scepticism skepticism,
mould mold, moulded molded, smouldering smoldering, moustache mustache, ageing aging, disc disk,
discs disks, cosy cozy, artefact artifact, sulphur sulfur, towards toward, anaesthetic anesthetic,
anaemia anemia, haemorrhage hemorrhage, paediatric pediatric, gynaecology gynecology,
encyclopaedia encyclopedia, orthopaedic orthopedic, leukaemia leukemia, archaeology archeology,
oestrogen estrogen, foetus fetus, diarrhoea diarrhea
"""
# Words that a British rule might lead to another word, or that only look British.
TRAPS = """
scour score, scouring scoring, pour pore, pouring poring, tour tore, hour whore, four for,
flour floor, sour sore, amour amoral, devour devoted, gilmour gilmore, rise rize, prise prize,
prised prized, wise wizard, promise prom, paradise parade, improvise improve, expertise expert,
supervise superb, premise premium, precise prize, devise devil, revise revive, advise advent,
exercise exert, franchise franc, televise telephone, noise nozzle, disguise guide, crisis crises,
basis bassist, louise louis, denise denis, advice adventure, fence fens, pence pens, prince prints,
sentence sentience, trance trans, glance glans, acre acer, massacre masseur, ogre ogler,
mediocre medic, sombrero somber, literature liter, metropolis meter, league leg, vague vag,
rogue rog, prague prag, discover disk, discuss disk, disciple disk, cosmos coz, costly coz,
haemus hemming, element elment, cement dement, poem pem, phoenix phenix, quell queen, skill skull,
silo sill, cheque check, storey story, tyre tire, kerb curb, draught draft, greyhound hound,
mouldova moldova, policy police
"""


def pairs(table: str) -> list[tuple[str, str]]:
    made = [
        tuple(pair.split()) for line in table.strip().splitlines() for pair in line.strip(", ").split(",")
    ]
    return [(one, other) for one, other in made]


@pytest.mark.parametrize(("british", "american"), pairs(BRITISH_AMERICAN))
def test_british_and_american_spelling_are_forms_of_one_word(british: str, american: str) -> None:
    assert stem_key(british, "en") == stem_key(american, "en")


@pytest.mark.parametrize(("one", "other"), pairs(TRAPS))
def test_the_british_rules_join_no_two_words(one: str, other: str) -> None:
    assert stem_key(one, "en") != stem_key(other, "en")


@pytest.mark.parametrize(
    "family",
    [
        "televise televised televising television",
        "supervise supervised supervision",
        "revise revised revision",
        "advertise advertised advertisement",
        "precise precisely precision",
        "surprise surprised surprisingly",
        "organise organised organising organisers organize organization",
        "fly-by fly-bys flyby",
        "prisoner prisoners",
        "cease-fire ceasefire cease-fires ceasefires",
        "e-mail email e-mails",
        "co-operate cooperate co-operated",
        "counter-offensive counteroffensive",
        "drone drones",
        "negotiate negotiated negotiating negotiation",
    ],
)
def test_the_forms_of_a_word_share_a_key(family: str) -> None:
    assert len({stem_key(word, "en") for word in family.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other", "together"),
    [
        ("tu-95", "tu95", True),
        ("a-50", "a50", True),
        ("f-16s", "f-16", True),
        ("tu-22m3s", "tu22m3", True),
        ("tu-95", "tu-96", False),
        ("30-day", "30-days", False),  # numbers have no forms
        ("1990s", "1990", False),
        ("g7", "g", False),
    ],
)
@pytest.mark.parametrize("language", ["en", "de", "uk"])
def test_codes_meet_with_and_without_hyphen_and_have_no_forms_but_a_plural(
    one: str, other: str, language: str, *, together: bool
) -> None:
    assert (stem_key(one, language) == stem_key(other, language)) is together


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "gefangenen", "gefangene"),
        ("fr", "prisonniers", "prisonnier"),
        ("es", "prisioneros", "prisionero"),
        ("ru", "пленных", "пленные"),
        ("tr", "esirler", "esir"),
        ("sv", "fångarna", "fång"),
    ],
)
def test_each_language_has_its_own_stems(language: str, one: str, other: str) -> None:
    assert stem_key(one, language) == stem_key(other, language)
    assert stem_key(one, "xx") != stem_key(other, "xx")


def test_british_rules_hold_for_english_only() -> None:
    assert stem_key("colour", "fr") != stem_key("color", "fr")


@pytest.mark.parametrize("language", ["uk", "zh", "xx", "", "not a language"])
def test_a_language_without_stems_leaves_words_alone_but_for_hyphens(language: str) -> None:
    assert stem_key("cease-fires", language) == "ceasefires"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (None, "en"),
        ("", "en"),
        ("en", "en"),
        ("en-GB", "en"),
        ("en_US", "en"),
        ("UK", "uk"),
        ("zh-Hant-TW", "zh"),
    ],
)
def test_the_stems_of_a_document_are_those_of_its_language(language: str | None, expected: str) -> None:
    assert stem_language(language) == expected


@pytest.mark.parametrize("language", SNOWBALL)
def test_every_term_has_a_key_in_every_language(language: str) -> None:
    for term in ("a", "s", "is", "our", "1", "習", "हिन्दी", "x" * 100, "a-b-c-d"):
        assert stem_key(term, language)
