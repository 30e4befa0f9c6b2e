"""What a participant lives on, can do and hopes for: the socio-economic profile (IDDRS 4.20, profiling)."""

from schema import codes_profile
from schema.entity import Entity
from schema.fields import By, Choice, Day, Flag, Ref, Text, Whole

PLAN = "To plan work, training and return with the person (IDDRS 4.20, profiling)"
NOTICE = (
    "These questions help to plan work, training and support. This is not a promise: nobody can say today "
    "what you will receive.",
    "You may leave any question out. It changes nothing about whether you take part.",
)


def _occupation(label: str, hint: str = "") -> Choice:
    return Choice(
        label,
        codes_profile.OCCUPATION,
        hint=hint,
        sensitivity="none",
        purpose=PLAN,
        required=True,
    )


def _obstacle(label: str) -> Flag:
    return Flag(label, sensitivity="high", purpose="To clear what stands in the way")


class Profile(Entity):
    """One interview on one day, after the notice that it promises nothing. No child is asked about service."""

    noun = "profile"
    label = "Profile"
    plural = "Profiles"
    hangs_on = "case_id"
    columns = ("date", "education", "occupation_now", "occupation_wanted", "intention")
    sorted_by = "date"
    today = "date"
    adding = "Record a profile"
    none_yet = "No profile is recorded yet."
    read_out = NOTICE

    case_id = Ref("Case", "case", gives_scope=True, purpose="Whose profile", required=True)
    notice_read = Flag(
        "The notice was read out before the questions",
        sensitivity="none",
        purpose="Profiling raises hopes: nobody is asked before they know that it promises nothing",
        required=True,
    )
    date = Day("Date", sensitivity="none", purpose=PLAN, required=True)
    education = Choice(
        "Highest level completed",
        codes_profile.EDUCATION,
        sensitivity="none",
        purpose=PLAN,
        required=True,
    )
    school_years = Whole("Years in school", most=30, sensitivity="none", purpose=PLAN)
    certificates = Text("Certificates of a trade", longest=200, sensitivity="none", purpose=PLAN)
    service_skills = Text(
        "Skills learned in service",
        hint="As cook, medic, mechanic, radio operator. A child is not asked",
        longest=200,
        sensitivity="severe",
        purpose=PLAN,
    )
    occupation_before = _occupation("Work before", "Before they joined, as a civilian")
    occupation_now = _occupation("Work now")
    occupation_wanted = _occupation("Work wanted")
    household_size = Whole("People in the household", most=60, purpose=PLAN)
    housing = Choice("Housing", codes_profile.HOUSING, purpose=PLAN)
    land = Choice("Land", codes_profile.LAND, purpose=PLAN)
    assets = Choice("What they have to work with", codes_profile.ASSETS, purpose=PLAN)
    debts = Choice("Debts", codes_profile.DEBTS, purpose=PLAN)
    income = Choice("Main income", codes_profile.INCOME, purpose=PLAN)
    intention = Choice("Wants to", codes_profile.INTENTION, sensitivity="high", purpose=PLAN)
    study_wanted = Choice("Wants to learn", codes_profile.STUDY, sensitivity="none", purpose=PLAN)
    fears = Text(
        "Fears about return",
        hint="No names",
        longest=1000,
        multiline=True,
        sensitivity="severe",
        purpose="To keep the person safe",
    )
    obstacle_childcare = _obstacle("Obstacle: care of children")
    obstacle_disability = _obstacle("Obstacle: disability")
    obstacle_stigma = _obstacle("Obstacle: stigma")
    obstacle_retaliation = _obstacle("Obstacle: feud or retaliation")
    obstacle_documents = _obstacle("Obstacle: no documents")
    obstacle_land = _obstacle("Obstacle: dispute over land")
    recorded_by = By("Read out and asked by", sensitivity="moderate", purpose="Who read the notice")
