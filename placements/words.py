"""One word for one thing: what the values of the enumerations are called on screen and in documents.

`word(value)` is the Danish word, translatable; `tone(value)` is how its badge looks.
Templates: `{{ value|word }}`, `{{ value|tone }}`; `{{ minutes|duration }}` for a time that people spent.
"""

from __future__ import annotations

import enum

from placements.i18n import Text, _
from placements.models.agreements import AgreementStatus
from placements.models.allocations import AllocationStatus, PairKind
from placements.models.amendments import AmendmentKind, AmendmentStatus, InterruptionCause
from placements.models.application_decisions import DecisionKind
from placements.models.application_payments import PaymentSaid, PaymentStatus, PaymentTrack, WaiverAnswer
from placements.models.application_retention import ApplicationStep
from placements.models.applications import ApplicationStatus, Residence
from placements.models.attendance import AbsenceReason
from placements.models.clearances import ClearanceKind, ClearanceState
from placements.models.cohorts import KeyDateKind
from placements.models.completion import CompletionRule, Verdict
from placements.models.concerns import ConcernOutcome, ConcernStatus
from placements.models.diploma_designs import Accent, DiplomaBlock
from placements.models.diplomas import DiplomaKind, DiplomaStatus
from placements.models.documents import DocumentKind
from placements.models.enrolments import EnrolmentStatus
from placements.models.evaluations import Measure, Moment, QuestionKind
from placements.models.follow_up_days import AttendanceStatus
from placements.models.hosts import OrganisationKind, Sector
from placements.models.hours import Activity, HoursStatus
from placements.models.jobs import JobKind
from placements.models.network_groups import MeetingForm, NetworkPlaceStatus
from placements.models.offer_tasks import TaskKind
from placements.models.offers import Accessibility, OfferStatus, WayOfWorking
from placements.models.outcomes import Afterwards, Result, SelfSupporting
from placements.models.placements import LegalBasis, PlacementStatus
from placements.models.preferences import Reach
from placements.models.programmes import (
    AttendanceScope,
    Audience,
    CriterionKind,
    FeePayer,
    FeeWhen,
    ModuleRuleKind,
)
from placements.models.signatures import Light, Party, SignatureMethod
from placements.models.student_answers import Answer, DeclineReason
from placements.models.suggestions import SuggestionStatus
from placements.models.supervisions import SupervisionForm
from placements.models.talks import Progress, TalkKind, TalkStatus
from placements.models.teaching import TeacherKind
from placements.models.unit_reviews import Rating
from placements.models.users import Role
from placements.models.visits import VisitKind

WORDS: tuple[tuple[enum.StrEnum, Text], ...] = (
    (Role.ADMIN, _("Administrator")),
    (Role.COORDINATOR, _("Koordinator")),
    (Role.TEACHER, _("Underviser")),
    (Role.HOST, _("Praktikvært")),
    (Role.STUDENT, _("Studerende")),
    (Sector.REGIONAL, _("Regional")),
    (Sector.MUNICIPAL, _("Kommunal")),
    (Sector.CIVIL, _("Civil")),
    (OrganisationKind.REGION, _("Region")),
    (OrganisationKind.MUNICIPALITY, _("Kommune")),
    (OrganisationKind.ASSOCIATION, _("Forening")),
    (ClearanceKind.CRIMINAL_RECORD, _("Straffeattest")),
    (ClearanceKind.CHILD_PROTECTION, _("Børneattest")),
    (ClearanceKind.CONFIDENTIALITY, _("Tavshedserklæring")),
    (ClearanceKind.SITE_APPROVAL, _("Godkendelse som praktiksted")),
    (ClearanceState.MISSING, _("Ikke bedt om")),
    (ClearanceState.REQUESTED, _("Bedt om")),
    (ClearanceState.SEEN, _("I orden")),
    (ClearanceState.EXPIRED, _("Udløbet")),
    (Audience.PAID_PEER, _("Lønnet peer")),
    (Audience.VOLUNTEER_PEER, _("Frivillig peer")),
    (Audience.COLLEAGUE, _("Kollega")),
    (Audience.STUDENT, _("Studerende")),
    (ModuleRuleKind.COMPULSORY, _("Obligatorisk")),
    (ModuleRuleKind.ELECTIVE, _("Valgfrit")),
    (ModuleRuleKind.NOT_OFFERED, _("Udbydes ikke")),
    (AttendanceScope.MODULE, _("af tiden på hvert modul")),
    (AttendanceScope.OVERALL, _("af tiden i alt")),
    (CriterionKind.COMPUTED, _("Regnes ud")),
    (CriterionKind.DECLARED, _("Ansøgeren erklærer")),
    (CriterionKind.REVIEWED, _("Bedømmes")),
    (FeePayer.MUNICIPALITY, _("Kommunen")),
    (FeePayer.EMPLOYER, _("Arbejdsgiveren")),
    (FeePayer.NONE, _("Ingen")),
    (FeeWhen.ALWAYS, _("Altid")),
    (FeeWhen.NOT_HOME, _("Når deltageren ikke bor i en hjemkommune")),
    (FeeWhen.NEVER, _("Aldrig")),
    (KeyDateKind.INFORMATION_MEETING, _("Informationsmøde")),
    (KeyDateKind.APPLICATIONS_OPEN, _("Ansøgningen åbner")),
    (KeyDateKind.QUESTIONS_HOUR, _("Spørgetime")),
    (KeyDateKind.APPLICATION_DEADLINE, _("Ansøgningsfrist")),
    (KeyDateKind.START, _("Uddannelsen begynder")),
    (EnrolmentStatus.ACTIVE, _("I gang")),
    (EnrolmentStatus.COMPLETED, _("Gennemført")),
    (EnrolmentStatus.WITHDRAWN, _("Udmeldt")),
    (EnrolmentStatus.DEADLINE_PASSED, _("Fristen er overskredet")),
    (Accessibility.STEP_FREE, _("Adgang uden trin")),
    (Accessibility.LIFT, _("Elevator")),
    (Accessibility.QUIET_ROOM, _("Et stille rum")),
    (Accessibility.PUBLIC_TRANSPORT, _("Tæt på bus eller tog")),
    (Accessibility.FLEXIBLE_START, _("Fleksibel mødetid")),
    (Reach.MUNICIPALITY, _("Kun i min egen kommune")),
    (Reach.REGION, _("I min egen region")),
    (Reach.ANYWHERE, _("Hvor som helst")),
    (JobKind.DRAFT_AGREEMENTS, _("Lav kladder til aftaler")),
    (JobKind.SEND_AGREEMENTS, _("Send aftaler til underskrift")),
    (JobKind.PRINT_AGREEMENTS, _("Saml aftaler til print")),
    (JobKind.ISSUE_DIPLOMAS, _("Udsted uddannelsesbeviser")),
    (JobKind.ISSUE_CERTIFICATES, _("Udsted deltagerbeviser")),
    (JobKind.PRINT_DIPLOMAS, _("Saml beviser til print")),
    (OfferStatus.DRAFT, _("Kladde")),
    (OfferStatus.OPEN, _("Åben")),
    (OfferStatus.CLOSED, _("Lukket")),
    (AllocationStatus.PROPOSED, _("Forslag")),
    (AllocationStatus.COMMITTED, _("Gjort til forløb")),
    (AllocationStatus.UNDONE, _("Taget tilbage")),
    (PairKind.PINNED, _("Skal være der")),
    (PairKind.FORBIDDEN, _("Må ikke være der")),
    (WayOfWorking.INDIVIDUAL, _("Individuel peer-støtte")),
    (WayOfWorking.GROUP, _("Gruppebaseret peer-støtte")),
    (WayOfWorking.ORGANISATION, _("Deltagelse i stedets forandringer")),
    (TaskKind.INDIVIDUAL, _("Støtte til én ad gangen")),
    (TaskKind.GROUP, _("Støtte i grupper")),
    (TaskKind.ORGANISATION, _("Stedets forandringer")),
    (TaskKind.OTHER, _("Andet arbejde")),
    (PlacementStatus.DRAFT, _("Kladde")),
    (PlacementStatus.PROPOSED, _("Afventer praktikværten")),
    (PlacementStatus.ACCEPTED, _("Sagt ja")),
    (PlacementStatus.AGREED, _("Aftale underskrevet")),
    (PlacementStatus.ACTIVE, _("I praktik")),
    (PlacementStatus.COMPLETED, _("Gennemført")),
    (PlacementStatus.DECLINED, _("Sagt nej")),
    (PlacementStatus.CANCELLED, _("Aflyst")),
    (PlacementStatus.ENDED_EARLY, _("Stoppet før tid")),
    (Answer.YES, _("Ja tak")),
    (Answer.NO, _("Nej tak")),
    (DeclineReason.DISTANCE, _("Der er for langt")),
    (DeclineReason.HOURS, _("Dagene eller tiderne passer ikke")),
    (DeclineReason.TASKS, _("Opgaverne passer ikke til mig")),
    (DeclineReason.PERIOD, _("Perioden passer ikke")),
    (DeclineReason.OTHER_SEAT, _("Jeg har fundet et andet sted")),
    (DeclineReason.UNSAID, _("Det vil jeg ikke sige")),
    (SuggestionStatus.SUGGESTED, _("Venter på svar")),
    (SuggestionStatus.APPROVED, _("Godkendt")),
    (SuggestionStatus.DECLINED, _("Afslået")),
    (SuggestionStatus.WITHDRAWN, _("Trukket tilbage")),
    (LegalBasis.STUDY_PRACTICUM, _("Ulønnet studiepraktik")),
    (LegalBasis.JOB_CENTRE, _("Virksomhedspraktik gennem jobcentret")),
    (LegalBasis.EMPLOYMENT, _("Ansættelse")),
    (LegalBasis.VOLUNTEERING, _("Frivilligt arbejde")),
    (AgreementStatus.DRAFT, _("Kladde")),
    (AgreementStatus.AWAITING_SIGNATURES, _("Venter på underskrifter")),
    (AgreementStatus.SIGNED, _("Underskrevet")),
    (Party.STUDENT, _("Studerende")),
    (Party.HOST, _("Praktikvært")),
    (Party.COORDINATOR, _("Koordinator")),
    (Party.EMPLOYEE_REPRESENTATIVE, _("Medarbejderrepræsentant")),
    (SignatureMethod.MAILED_LINK, _("link fra mail")),
    (SignatureMethod.CODE, _("kode fra mail")),
    (SignatureMethod.OPERATOR_LINK, _("link fra driften")),
    (SignatureMethod.PAPER, _("på papir")),
    (Light.RED, _("Kræver handling")),
    (Light.AMBER, _("Venter")),
    (Light.GREEN, _("Underskrevet")),
    (ConcernStatus.OPEN, _("Ny")),
    (ConcernStatus.PLANNED, _("Har en plan")),
    (ConcernStatus.CLOSED, _("Afsluttet")),
    (ConcernOutcome.SOLVED, _("Det er løst")),
    (ConcernOutcome.CHANGED, _("Praktikken er ændret")),
    (ConcernOutcome.ENDED, _("Praktikken er stoppet")),
    (ConcernOutcome.NOTHING, _("Der var ikke noget at gøre")),
    (AbsenceReason.ILLNESS, _("Sygdom")),
    (AbsenceReason.WORK, _("Arbejde")),
    (AbsenceReason.FAMILY, _("Familie")),
    (AbsenceReason.APPOINTMENT, _("Aftale, der ikke kan flyttes")),
    (AbsenceReason.OTHER, _("Andet")),
    (TeacherKind.PEER, _("Peer-underviser")),
    (TeacherKind.PROFESSIONAL, _("Faglig underviser")),
    (TeacherKind.EXTERNAL, _("Underviser udefra")),
    (CompletionRule.ATTENDANCE, _("Fremmøde")),
    (CompletionRule.COMPULSORY, _("Obligatoriske moduler")),
    (CompletionRule.DEADLINE, _("Frist")),
    (CompletionRule.PRACTICUM_WEEKS, _("Praktikkens uger")),
    (CompletionRule.PRACTICUM_HOURS, _("Praktikkens timer")),
    (CompletionRule.FOLLOW_UP_DAYS, _("Opfølgningsdage")),
    (Verdict.MET, _("Opfyldt")),
    (Verdict.NOT_YET, _("Ikke endnu")),
    (Verdict.LOST, _("Kan ikke nås")),
    (AttendanceStatus.PRESENT, _("Til stede")),
    (AttendanceStatus.ABSENT, _("Ikke til stede")),
    (AttendanceStatus.EXCUSED, _("Lovligt fravær")),
    (HoursStatus.DRAFT, _("Kladde")),
    (HoursStatus.SUBMITTED, _("Venter på at blive bekræftet")),
    (HoursStatus.CONFIRMED, _("Bekræftet")),
    (HoursStatus.RETURNED, _("Sendt tilbage")),
    (Activity.INDIVIDUAL, _("Individuel peer-støtte")),
    (Activity.GROUP, _("Gruppebaseret peer-støtte")),
    (Activity.ORGANISATION, _("Deltagelse i stedets forandringer")),
    (Activity.OTHER, _("Andre opgaver")),
    (SupervisionForm.INDIVIDUAL, _("Individuel")),
    (SupervisionForm.GROUP, _("I gruppe")),
    (TalkKind.MIDWAY, _("Midtvejssamtale")),
    (TalkKind.FINAL, _("Slutevaluering")),
    (TalkStatus.PLANNED, _("Planlagt")),
    (TalkStatus.WRITTEN, _("Kladde")),
    (TalkStatus.SHARED, _("Venter på den studerende")),
    (TalkStatus.DISAGREED, _("Den studerende er ikke enig")),
    (TalkStatus.CLOSED, _("Afsluttet")),
    (Progress.NOT_SEEN, _("Ikke set endnu")),
    (Progress.ON_THE_WAY, _("På vej")),
    (Progress.REACHES, _("Når det")),
    (Progress.BEYOND, _("Når mere end det")),
    (Rating.NO, _("Nej")),
    (Rating.PARTLY, _("Lidt")),
    (Rating.MOSTLY, _("For det meste")),
    (Rating.YES, _("Ja")),
    (Moment.BEFORE, _("Før uddannelsen")),
    (Moment.AFTER, _("Efter uddannelsen")),
    (QuestionKind.SCALE, _("1 til 5")),
    (QuestionKind.YES_NO, _("Ja eller nej")),
    (QuestionKind.CHOICE, _("Et af flere svar")),
    (Measure.SELF_SUPPORTING, _("Selvforsørgende")),
    (Measure.CONTRIBUTED, _("Uddannelsen har bidraget positivt")),
    (Result.COMPLETED, _("Gennemført")),
    (Result.PARTLY, _("Delvist")),
    (Result.NOT_SHOWN, _("Mødte ikke op")),
    (Result.UNDER_WAY, _("Stadig i gang")),
    (Afterwards.PEER_JOB, _("Job som peer")),
    (Afterwards.OTHER_JOB, _("Andet job")),
    (Afterwards.EDUCATION, _("Uddannelse")),
    (Afterwards.VOLUNTEERING, _("Frivilligt arbejde")),
    (Afterwards.NOT_KNOWN, _("Ved det ikke endnu")),
    (SelfSupporting.YES, _("Ja")),
    (SelfSupporting.NO, _("Nej")),
    (SelfSupporting.NOT_KNOWN, _("Ved det ikke")),
    (VisitKind.VISIT, _("Besøg")),
    (VisitKind.PHONE, _("Telefon")),
    (VisitKind.MAIL, _("Mail")),
    (VisitKind.MEETING, _("Møde")),
    (NetworkPlaceStatus.WAITING, _("På venteliste")),
    (NetworkPlaceStatus.OFFERED, _("Tilbudt")),
    (NetworkPlaceStatus.ACCEPTED, _("Med i gruppen")),
    (NetworkPlaceStatus.DECLINED, _("Takket nej")),
    (NetworkPlaceStatus.LEFT, _("Har forladt gruppen")),
    (NetworkPlaceStatus.MOVED, _("Flyttet til en anden gruppe")),
    (MeetingForm.TALK, _("Oplæg")),
    (MeetingForm.CASE, _("Case")),
    (MeetingForm.SPARRING, _("Sparring")),
    (ApplicationStep.STARTED, _("Begyndt")),
    (ApplicationStep.SUBMITTED, _("Sendt")),
    (ApplicationStep.READ, _("Læst")),
    (ApplicationStep.OFFERED, _("Tilbudt en plads")),
    (ApplicationStep.ACCEPTED, _("Sagt ja")),
    (ApplicationStep.ENROLLED, _("Optaget på holdet")),
    (DecisionKind.OFFER, _("Tilbud om plads")),
    (DecisionKind.WAITING_LIST, _("Venteliste")),
    (DecisionKind.REJECTION, _("Afslag")),
    (DecisionKind.NEXT_YEAR, _("Opfordring til at søge igen")),
    (ApplicationStatus.DRAFT, _("Kladde")),
    (ApplicationStatus.SUBMITTED, _("Modtaget")),
    (ApplicationStatus.OFFERED, _("Tilbudt plads")),
    (ApplicationStatus.WAITING, _("På venteliste")),
    (ApplicationStatus.REJECTED, _("Fået afslag")),
    (ApplicationStatus.NEXT_YEAR, _("Opfordret til at søge igen")),
    (ApplicationStatus.ACCEPTED, _("Sagt ja")),
    (ApplicationStatus.DECLINED, _("Sagt nej")),
    *zip(Residence, (_("Bor i hjemkommunen"), _("Bor i regionen"), _("Bor uden for regionen")), strict=True),
    *zip(
        PaymentStatus,
        (_("Ikke lovet"), _("Lovet"), _("Regning sendt"), _("Betalt"), _("Bortfaldet")),
        strict=True,
    ),
    (PaymentSaid.AGREED, _("Ansøgeren siger, at kommunen betaler")),
    (PaymentSaid.ASKING, _("Ansøgeren har ikke aftalt det endnu")),
    (PaymentSaid.WAIVER, _("Ansøgeren vil søge om friplads eller tilskud")),
    *zip(PaymentTrack, (_("Fuld betaling"), _("Friplads"), _("Tilskud")), strict=True),
    *zip(WaiverAnswer, (_("Der er søgt"), _("Bevilget"), _("Afslået")), strict=True),
    (DiplomaStatus.ISSUED, _("Gyldigt")),
    (DiplomaKind.DIPLOMA, _("Uddannelsesbevis")),
    (DiplomaKind.CERTIFICATE, _("Deltagerbevis")),
    (DocumentKind.AGREEMENT, _("Praktikaftale")),
    (DocumentKind.DIPLOMA, _("Bevis")),
    (DiplomaBlock.MODULES, _("Modulernes titler")),
    (DiplomaBlock.HOURS, _("Timer")),
    (DiplomaBlock.PRACTICUM_PLACE, _("Praktikstedet")),
    (DiplomaBlock.SUPERVISOR, _("Praktikvejlederen")),
    (Accent.HEATHER, _("Lyng (rødlilla)")),
    (Accent.SEA, _("Hav (blå)")),
    (Accent.RUST, _("Rust (rødbrun)")),
    (Accent.PINE, _("Gran (grøn)")),
    (AmendmentKind.EXTENSION, _("Forlængelse")),
    (AmendmentKind.INTERRUPTION, _("Afbrydelse")),
    (AmendmentKind.PERIOD, _("Anden periode")),
    (AmendmentKind.HOURS, _("Andet timetal")),
    (AmendmentKind.SUPERVISOR, _("Ny praktikvejleder")),
    (AmendmentKind.UNIT, _("Nyt praktiksted")),
    (AmendmentKind.EARLY_END, _("Stop før tid")),
    (AmendmentStatus.DRAFT, _("Kladde")),
    (AmendmentStatus.AWAITING_SIGNATURES, _("Venter på underskrifter")),
    (AmendmentStatus.SIGNED, _("Underskrevet")),
    (AmendmentStatus.WITHDRAWN, _("Trukket tilbage")),
    (InterruptionCause.ILLNESS, _("Sygdom")),
    (InterruptionCause.LEAVE, _("Orlov")),
    (InterruptionCause.OTHER, _("Andet")),
    (DiplomaStatus.REISSUED, _("Erstattet af et nyt")),
    (DiplomaStatus.REVOKED, _("Trukket tilbage")),
)
# Keyed by class too: Role.STUDENT and Party.STUDENT are the same string.
_WORDS = {(type(value), value.value): text for value, text in WORDS}
TONES: tuple[tuple[enum.StrEnum, str], ...] = (
    (PlacementStatus.PROPOSED, "warn"),
    (PlacementStatus.ACCEPTED, "info"),
    (PlacementStatus.AGREED, "info"),
    (PlacementStatus.ACTIVE, "good"),
    (PlacementStatus.COMPLETED, "good"),
    (PlacementStatus.DECLINED, "bad"),
    (PlacementStatus.CANCELLED, "bad"),
    (PlacementStatus.ENDED_EARLY, "bad"),
    (ConcernStatus.OPEN, "warn"),
    (ConcernStatus.PLANNED, "info"),
    (ConcernStatus.CLOSED, "good"),
    (AgreementStatus.AWAITING_SIGNATURES, "warn"),
    (AgreementStatus.SIGNED, "good"),
    (AmendmentStatus.AWAITING_SIGNATURES, "warn"),
    (AmendmentStatus.SIGNED, "good"),
    (ClearanceState.REQUESTED, "warn"),
    (ClearanceState.SEEN, "good"),
    (ClearanceState.EXPIRED, "bad"),
    (Light.RED, "bad"),
    (Light.AMBER, "warn"),
    (Light.GREEN, "good"),
    (Verdict.MET, "good"),
    (Verdict.LOST, "bad"),
    (AllocationStatus.PROPOSED, "info"),
    (AllocationStatus.COMMITTED, "good"),
    (OfferStatus.OPEN, "good"),
    (SuggestionStatus.SUGGESTED, "warn"),
    (SuggestionStatus.APPROVED, "good"),
    (SuggestionStatus.DECLINED, "bad"),
    (EnrolmentStatus.ACTIVE, "good"),
    (EnrolmentStatus.COMPLETED, "good"),
    (EnrolmentStatus.WITHDRAWN, "bad"),
    (EnrolmentStatus.DEADLINE_PASSED, "bad"),
    (AttendanceStatus.PRESENT, "good"),
    (AttendanceStatus.ABSENT, "bad"),
    (AttendanceStatus.EXCUSED, "warn"),
    (TalkStatus.SHARED, "warn"),
    (TalkStatus.DISAGREED, "bad"),
    (TalkStatus.CLOSED, "good"),
    (HoursStatus.SUBMITTED, "warn"),
    (HoursStatus.CONFIRMED, "good"),
    (HoursStatus.RETURNED, "bad"),
    (NetworkPlaceStatus.WAITING, "info"),
    (NetworkPlaceStatus.OFFERED, "warn"),
    (NetworkPlaceStatus.ACCEPTED, "good"),
    (ApplicationStatus.OFFERED, "warn"),
    (ApplicationStatus.WAITING, "info"),
    (ApplicationStatus.ACCEPTED, "good"),
    *zip(PaymentStatus, ("warn", "info", "info", "good", "neutral"), strict=True),
    (DiplomaStatus.ISSUED, "good"),
    (DiplomaStatus.REVOKED, "bad"),
    (DiplomaStatus.REISSUED, "warn"),
)
_TONES = {(type(value), value.value): look for value, look in TONES}


def word(value: enum.StrEnum) -> Text:
    """Raises KeyError for a value that has no word (a test goes through them all)."""
    return _WORDS[type(value), value.value]


def tone(value: enum.StrEnum) -> str:
    """neutral, info, good, warn or bad."""
    return _TONES.get((type(value), value.value), "neutral")


def choices(kind: type[enum.StrEnum]) -> list[tuple[str, Text]]:
    """Every value of an enumeration with its word, in the order it is declared."""
    return [(member.value, word(member)) for member in kind]


def duration(minutes: int) -> Text:
    """6 timer, 1 time 30 min., 45 min."""
    whole, rest = divmod(minutes, 60)
    if not whole and rest:
        return _("%(minutes)s min.", minutes=rest)
    if rest:
        return (
            _("1 time %(minutes)s min.", minutes=rest)
            if whole == 1
            else _("%(hours)s timer %(minutes)s min.", hours=whole, minutes=rest)
        )
    return _("1 time") if whole == 1 else _("%(hours)s timer", hours=whole)
