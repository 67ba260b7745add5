"""A good programme file, and what can be wrong in one: the old text, the new text, and the reason given.

The line that holds "# !" is the one to be named.
"""

from __future__ import annotations

GOOD = """\
slug = "north"
name = "Peers i nord"
organiser = "Nordskolen"
aim = "At støtte hinanden."
home_municipalities = ["Viborg"]

[fee]
payer = "municipality"
amount = 14000
when = "not_home"

[theory]
weeks = 2
sessions_per_week = 2
hours_per_session = 3.0

[practicum]
weeks = 13
follow_up_days = 2
sectors = { regional = 0.5, municipal = 0.5 }

[completion]
attendance_percent = 80
attendance_scope = "module"

[network]
offered_to = ["student"]

[selection]
seats = 8
criteria = [
    { key = "age", text = "Fyldt 18 år.", kind = "computed" },
    { key = "danish", text = "Taler dansk.", kind = "declared" },
]

[[outcomes]]
group = "Du kan"
points = ["Lytte"]

[[modules]]
number = 1
title = "Begyndelsen"
hours = 6.0
text = "Vi begynder."
rules = { student = "compulsory", colleague = "not_offered" }

[[modules]]
number = 2
title = "Resten"
hours = 6
text = "Vi fortsætter."
rules = { student = "elective" }

[[cohorts]]
slug = "north-2024"
name = "Nord 2024"
starts_on = 2024-09-09
theory_weekdays = ["monday", "wednesday"]
theory_time = "09:00"
theory_skip_weeks = [42]
practicum_starts_on = 2024-10-07

[[cohorts.key_dates]]
kind = "information_meeting"
starts_at = 2024-06-13T13:00:00
ends_at = 2024-06-13T15:00:00

[[cohorts.key_dates]]
kind = "application_deadline"
starts_at = 2024-08-19T08:00:00
"""
SECOND = '[[cohorts]]\nslug = "north-2024" # !\nname = "Nord 2025"\nstarts_on = 2025-09-08\n'
MEETING = '\n[[cohorts.key_dates]]\nkind = "{kind}"\nstarts_at = {at}\n'
MUST_BE_TEXT = "»%s« skal være en tekst i anførselstegn."
TWO_MORE = "Skriv både »%s« og »%s« eller ingen af dem."

# old text, new text (the line marked "# !" is the one to be named), reason
BAD = [
    # TOML itself
    ("weeks = 2", "weeks 2 # !", "Her mangler et lighedstegn efter nøglen."),
    (
        "weeks = 2",
        "weeks = two # !",
        "Værdien kan ikke læses. Tekster står i anførselstegn, decimaltal med punktum.",
    ),
    ('title = "Resten"', 'title = "Resten # !', "Teksten mangler sit sidste anførselstegn."),
    ("starts_on = 2024-09-09", "starts_on = 2024-02-30 # !", "Den dato findes ikke."),
    ("weeks = 2", "weeks = 2\nweeks = 3 # !", "Den samme nøgle eller overskrift står to gange."),
    ("[theory]", "[fee] # !", "Den samme nøgle eller overskrift står to gange."),
    ("[theory]", "[theory # !", "Overskriften bliver ikke lukket med »]«."),
    ("weeks = 2", 'weeks = 2 "x" # !', "Her står mere på linjen, end der skal."),
    ('group = "Du kan"', 'group = "C:\\x" # !', "En omvendt skråstreg i en tekst skal skrives to gange."),
    ("weeks = 2", "?= 2 # !", "Linjen kan ikke læses som TOML."),
    (
        "offered_to = [",
        "offered_to = ] # !",
        "Værdien kan ikke læses. Tekster står i anførselstegn, decimaltal med punktum.",
    ),
    # unknown keys
    (
        "amount = 14000",
        "amount = 14000\nammount = 1 # !",
        "Nøglen »ammount« kendes ikke her. Mente du »amount«?",
    ),
    (
        'group = "Du kan"',
        'group = "Du kan"\nzzz = 1 # !',
        "Nøglen »zzz« kendes ikke her. Her kan stå: group, points.",
    ),
    ("[theory]", "[theroy] # !\nx = 1\n[theory]", "Nøglen »theroy« kendes ikke her. Mente du »theory«?"),
    (
        'kind = "declared" }',
        'kind = "declared", kin = 1 } # !',
        "Nøglen »kin« kendes ikke her. Mente du »kind«?",
    ),
    ("number = 2", "number = 2\nhour = 6 # !", "Nøglen »hour« kendes ikke her. Mente du »hours«?"),
    # wrong types and bounds
    ('name = "Peers i nord"', "name = 7 # !", MUST_BE_TEXT % "name"),
    ('name = "Peers i nord"', 'name = "  " # !', "»name« er tom."),
    ('name = "Peers i nord"', 'name = "a\\u0000b" # !', "»name« rummer et tegn, der ikke kan vises."),
    (
        'name = "Peers i nord"',
        'name = "Peers 漢" # !',
        "Tegnet 漢 (U+6F22) kan ikke trykkes i dokumentet. Skriv teksten uden det, og prøv igen.",
    ),
    ('name = "Peers i nord"', f'name = "{"x" * 201}" # !', "»name« må højst fylde 200 tegn."),
    ('slug = "north"', 'slug = "Nord Øst" # !', "»slug« skal skrives som viborg-2024."),
    ('["Viborg"]', '"Viborg" # !', "»home_municipalities« skal være en liste."),
    ('["Viborg"]', '[\n"Viborg",\n7 # !\n]', MUST_BE_TEXT % "home_municipalities"),
    ('["Viborg"]', '[\n"Viborg",\n"Viborg" # !\n]', "»Viborg« står der to gange."),
    ("weeks = 2", 'weeks = "2" # !', "»weeks« skal være et helt tal fra 1 til 104."),
    ("weeks = 2", "weeks = 2.0 # !", "»weeks« skal være et helt tal fra 1 til 104."),
    ("weeks = 2", "weeks = true # !", "»weeks« skal være et helt tal fra 1 til 104."),
    ("weeks = 2", "weeks = 0 # !", "»weeks« skal være et helt tal fra 1 til 104."),
    ("follow_up_days = 2", "follow_up_days = -1 # !", "»follow_up_days« skal være et helt tal fra 0 til 50."),
    ("amount = 14000", "amount = -1 # !", "»amount« skal være et helt tal fra 0 til 10000000."),
    (
        "attendance_percent = 80",
        "attendance_percent = 101 # !",
        "»attendance_percent« skal være et helt tal fra 0 til 100.",
    ),
    ("hours = 6.0", "hours = 0 # !", "»hours« skal være et tal fra 0,05 til 10000."),
    ("hours = 6.0", "hours = nan # !", "»hours« skal være et tal fra 0,05 til 10000."),
    ("hours = 6.0", "hours = 1e99999999999999999999 # !", "»hours« skal være et tal fra 0,05 til 10000."),
    ("hours = 6.0", "hours = 6.01 # !", "»hours« skal være timer, der går op i hele minutter."),
    ("hours = 6.0", f"hours = 6.{'0' * 40}1 # !", "»hours« skal være timer, der går op i hele minutter."),
    (
        "[practicum]\n",
        "[practicum]\nhours_per_week = false # !\n",
        "»hours_per_week« skal være et tal fra 0,05 til 60.",
    ),
    (
        "starts_on = 2024-09-09",
        'starts_on = "2024-09-09" # !',
        "»starts_on« skal være en dato som 2024-09-09, uden anførselstegn.",
    ),
    (
        "starts_on = 2024-09-09",
        "starts_on = 2024-09-09T09:00:00 # !",
        "»starts_on« skal være en dato som 2024-09-09, uden anførselstegn.",
    ),
    (
        "starts_on = 2024-09-09",
        "starts_on = 0024-09-09 # !",
        "»starts_on« skal være en dato som 2024-09-09, uden anførselstegn.",
    ),
    *(
        (
            "starts_at = 2024-08-19T08:00:00",
            f"starts_at = {value} # !",
            "»starts_at« skal være dansk tid i hele minutter som 2024-06-13T13:00:00.",
        )
        for value in ("2024-08-19", "2024-08-19T08:00:00Z", "2024-08-19T08:00:30", "1024-08-19T08:00:00", "8")
    ),
    (
        "starts_at = 2024-08-19T08:00:00",
        "starts_at = 2024-03-31T02:30:00 # !",
        "»starts_at« falder i den time, som sommertiden springer over.",
    ),
    ('theory_time = "09:00"', 'theory_time = "9.00" # !', '»theory_time« skal skrives som "09:00".'),
    ('theory_time = "09:00"', "theory_time = 9 # !", MUST_BE_TEXT % "theory_time"),
    (
        "theory_skip_weeks = [42]",
        "theory_skip_weeks = [54] # !",
        "»theory_skip_weeks« skal være et helt tal fra 1 til 53.",
    ),
    (
        'kind = "application_deadline"',
        'kind = "application_deadline"\nregistration = "no" # !',
        "»registration« skal være true eller false.",
    ),
    (
        '[fee]\npayer = "municipality"\namount = 14000\nwhen = "not_home"',
        "[[fee]] # !",
        "»fee« skal være en tabel.",
    ),
    (
        '[[outcomes]]\ngroup = "Du kan"\npoints = ["Lytte"]',
        "[outcomes] # !",
        "»outcomes« skal være en liste.",
    ),
    ('rules = { student = "elective" }', 'rules = "elective" # !', "»rules« skal være en tabel."),
    # what is missing is named on the line of its table
    ('slug = "north"\nname = "Peers i nord"', 'name = "Peers i nord" # !', "Her mangler »slug«."),
    ('[fee]\npayer = "municipality"', "[fee] # !", "Her mangler »payer«."),
    ('[[modules]]\nnumber = 2\ntitle = "Resten"', "[[modules]] # !\nnumber = 2", "Her mangler »title«."),
    ('{ key = "danish", ', "{ ", "Her mangler »key«."),
    ('points = ["Lytte"]', "points = [] # !", "Her mangler »points«."),
    ('rules = { student = "elective" }', "rules = {} # !", "Her mangler »rules«."),
    # words outside the lists
    (
        'rules = { student = "elective" }',
        'rules = { students = "elective" } # !',
        "Nøglen »students« kendes ikke her. Mente du »student«?",
    ),
    (
        'rules = { student = "elective" }',
        'rules = { student = "optional" } # !',
        "»student« kan ikke være »optional«. Vælg mellem: compulsory, elective, not_offered.",
    ),
    (
        'offered_to = ["student"]',
        'offered_to = ["pupil"] # !',
        "»offered_to« kan ikke være »pupil«. Vælg mellem: paid_peer, volunteer_peer, colleague, student.",
    ),
    (
        'kind = "declared" }',
        'kind = "guessed" } # !',
        "»kind« kan ikke være »guessed«. Vælg mellem: computed, declared, reviewed.",
    ),
    (
        '["monday", "wednesday"]',
        '["monday", "onsdag"] # !',
        "»theory_weekdays« kan ikke være »onsdag«. Vælg mellem: "
        "monday, tuesday, wednesday, thursday, friday, saturday, sunday.",
    ),
    (
        "sectors = { regional = 0.5, municipal = 0.5 }",
        "sectors = { regional = 0.5, private = 0.5 } # !",
        "Nøglen »private« kendes ikke her. Her kan stå: regional, municipal, civil.",
    ),
    (
        'kind = "information_meeting"',
        'kind = "party" # !',
        "»kind« kan ikke være »party«. Vælg mellem: "
        "information_meeting, applications_open, questions_hour, application_deadline, start.",
    ),
    (
        'payer = "municipality"',
        'payer = "state" # !',
        "»payer« kan ikke være »state«. Vælg mellem: municipality, employer, none.",
    ),
    (
        'when = "not_home"',
        "when = 7 # !",
        "»when« kan ikke være »7«. Vælg mellem: always, not_home, never.",
    ),
    (
        'attendance_scope = "module"',
        'attendance_scope = "week" # !',
        "»attendance_scope« kan ikke være »week«. Vælg mellem: module, overall.",
    ),
    (
        "weeks = 2",
        'weeks = 2\nteachers_required = ["robot"] # !',
        "»teachers_required« kan ikke være »robot«. Vælg mellem: peer, professional, external.",
    ),
    # what must agree
    (
        "[theory]\nweeks = 2",
        "[theory] # !\nweeks = 3",
        "Modulerne har tilsammen 12 timer, men teorien har 18 (uger gange undervisningsgange gange timer).",
    ),
    ("weeks = 2\n", "", TWO_MORE % ("weeks", "sessions_per_week")),
    (
        "sectors = { regional = 0.5, municipal = 0.5 }",
        "sectors = { regional = 0.5, municipal = 0.4 } # !",
        "Andelene skal give 1 tilsammen, men giver 0,9.",
    ),
    (
        "sectors = { regional = 0.5, municipal = 0.5 }",
        "sectors = { regional = 1.5, municipal = 0.5 } # !",
        "»regional« skal være et tal fra 0 til 1.",
    ),
    ("number = 2", "number = 1 # !", "Modul 1 står der to gange."),
    ('{ key = "danish"', '{ key = "age"', "Kravet »age« står der to gange."),
    (
        "starts_at = 2024-08-19T08:00:00\n",
        "starts_at = 2024-08-19T08:00:00\n" + SECOND,
        "Holdet »north-2024« står der to gange.",
    ),
    (
        "ends_at = 2024-06-13T15:00:00",
        "ends_at = 2024-06-13T13:00:00 # !",
        "»ends_at« skal ligge efter »starts_at«.",
    ),
    (
        'kind = "application_deadline"',
        'kind = "information_meeting" # !',
        "Holdet har allerede en dato af slagsen »information_meeting«.",
    ),
    (
        "starts_at = 2024-08-19T08:00:00",
        "starts_at = 2024-09-10T08:00:00 # !",
        "Ansøgningsfristen skal ligge før holdets start.",
    ),
    (
        "starts_at = 2024-08-19T08:00:00\n",
        "starts_at = 2024-08-19T08:00:00 # !\n"
        + MEETING.format(kind="applications_open", at="2024-08-19T08:00:00"),
        "Ansøgningsfristen skal ligge efter ansøgningsstarten.",
    ),
    (
        "starts_at = 2024-08-19T08:00:00\n",
        "starts_at = 2024-08-19T08:00:00\n" + MEETING.format(kind="start", at="2024-09-10T09:00:00 # !"),
        "Datoen skal være den samme som holdets »starts_on«.",
    ),
    ('theory_time = "09:00"\n', "", TWO_MORE % ("theory_weekdays", "theory_time")),
    (
        '["monday", "wednesday"]',
        '["monday"] # !',
        "Der skal være 2 ugedage, en til hver undervisningsgang.",
    ),
    (
        "practicum_starts_on = 2024-10-07",
        "practicum_starts_on = 2024-09-22 # !",
        "Praktikken begynder, før teorien er slut.",
    ),
    (
        "[practicum]\nweeks = 13\nfollow_up_days = 2\nsectors = { regional = 0.5, municipal = 0.5 }",
        "",
        "Uddannelsen har ingen praktik; der mangler et afsnit »[practicum]«.",
    ),
    (
        'offered_to = ["student"]',
        'offered_to = ["colleague"] # !',
        "Ingen af modulerne er for målgruppen »colleague«.",
    ),
    (
        "number = 1",
        "number = 1\nextra_hours = { student = 1, colleague = 1 } # !",
        "Modulet bliver ikke tilbudt målgruppen »colleague«.",
    ),
    (
        "hours = 6.0",
        "introduction_days = { student = 1 }\nhours = 6.0 # !",
        "Introduktionens dage giver 3 timer, men modulet har 6.",
    ),
    ('organiser = "Nordskolen"\n', "", "Her mangler »organiser«: hvem der står for uddannelsen."),
    (
        'organiser = "Nordskolen"\n',
        'organiser = "Nordskolen" # !\norganisers = [{ name = "A" }]\n',
        "Skriv enten »organiser« eller »[[organisers]]«, ikke begge dele.",
    ),
    (
        'organiser = "Nordskolen"\n',
        'organisers = [\n{ name = "A", from = 2019-01-01, to = 2019-01-01 } # !\n]\n',
        "»to« skal ligge efter »from«.",
    ),
    *(
        (
            'organiser = "Nordskolen"\n',
            f'organisers = [\n{{ name = "A"{to} }},\n{{ name = "B"{from_} }} # !\n]\n',
            "»from« skal være samme dag som »to« hos den forrige, A.",
        )
        for to, from_ in (
            ("", ", from = 2019-01-01"),
            (", to = 2019-01-01", ""),
            (", to = 2019-01-01", ", from = 2019-01-02"),
        )
    ),
    (
        'payer = "municipality"\namount = 14000',
        'payer = "none"\namount = 1 # !',
        "Når ingen betaler, skal »amount« være 0.",
    ),
    (
        'home_municipalities = ["Viborg"]',
        "home_municipalities = []",
        "»not_home« kræver, at »home_municipalities« siger, hvem der bor hjemme.",
    ),
]
# ... or, where no mark fits, the line that holds this.
UNMARKED = {
    "Her mangler »key«.": "Taler dansk",
    TWO_MORE % ("weeks", "sessions_per_week"): "sessions_per_week = 2",
    TWO_MORE % ("theory_weekdays", "theory_time"): 'theory_weekdays = ["monday", "wednesday"]',
    "Kravet »age« står der to gange.": "Taler dansk",
    "Uddannelsen har ingen praktik; der mangler et afsnit »[practicum]«.": "practicum_starts_on",
    "Her mangler »organiser«: hvem der står for uddannelsen.": 'slug = "north"',
    "»not_home« kræver, at »home_municipalities« siger, hvem der bor hjemme.": "not_home",
}
