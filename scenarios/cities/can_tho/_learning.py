"""Units, norms, pay and offers of schools, universities and vocational training."""

from collections.abc import Iterator
from dataclasses import dataclass

from _tables import MILLIARD, Cells, Row, by_script, needs, source, ward_share

POSTS = ("professional", "support", "management")
GENERAL = ("preschool", "primary", "lower_secondary", "upper_secondary")
COURSES = ("short_course", "intermediate", "college")
PAID_MONTHS_OF_COURSE = 3
NEEDS = needs()
# Public preschools, primary and lower secondary schools admit by zone.
REACH_KM = {"upper_secondary": 45}
PRIVATE_SCHOOL_KM = 40
CENTRE_KM = 45
LECTURERS_PER_OTHER_POST = 0.4
RULES = {
    "preschool": "preschool_primary",
    "primary": "preschool_primary",
    "lower_secondary": "secondary_vocational_secondary_continuing",
    "upper_secondary": "secondary_vocational_secondary_continuing",
    "continuing_upper_secondary": "secondary_vocational_secondary_continuing",
    "higher_education": "university",
    "higher_education_medical": "university",
    "short_course": "college_intermediate",
    "intermediate": "college_intermediate",
    "college": "college_intermediate",
}
MEDICAL = "medicine_pharmacy_university"


@dataclass(frozen=True)
class Items:
    """norms_education.csv by item, service, place kind and post class."""

    rows: dict[tuple[str, str, str, str], Row]

    def row(self, item: str, service: str, place: str = "all", post: str = "all") -> Row:
        """The row of a service, else that of all services."""
        key = item, service, place, post
        return self.rows.get(key) or self.rows[item, "all", place, post]

    def value(self, item: str, service: str, place: str = "all", post: str = "all") -> float:
        """Its value."""
        return float(self.row(item, service, place, post)["value"])

    def hourly(self, service: str, post: str) -> float:
        """Pay of an hour of a post of the service in the base year; VND."""
        pay = (
            self.value("pay_coefficient", service, post=post)
            * self.value("base_salary", "all")
            * (1.0 + self.value("allowance_2025", service, post=post))
            * (1.0 + self.value("employer_contribution", service, post=post))
        )
        return 12.0 * pay / self.value("paid_hours", "all")


def items() -> Items:
    """The long table of norms of education and training."""
    return Items(
        {
            (row["item"], row["service"], row["place_kind"], row["post_class"]): row
            for row in source("norms_education")
        }
    )


def service_of(norm: str) -> str:
    """Service of a norm: medical study and continuing education are norms of wider services."""
    wider = {
        "continuing_upper_secondary": "upper_secondary",
        "higher_education_medical": "higher_education",
    }
    return wider.get(norm, norm)


def months_of(norm: str) -> int:
    """Months of tuition over which a yearly norm is spread; a course is one output."""
    return int(NEEDS[service_of(norm)]["teaching_months"] or 1)


def posts(norm: Items) -> Iterator[Cells]:
    """Rows of posts.csv: a pay group a norm; school managers hold teachers' grades and rules."""
    for group, rule in RULES.items():
        for post in POSTS:
            coefficient = norm.row("pay_coefficient", group, post=post)
            yield (
                group,
                post,
                coefficient["value"],
                norm.value("allowance_2025", group, post=post),
                f"teacher_allowance.{'support_staff' if post == 'support' else rule}",
                norm.value("employer_contribution", group, post=post),
                norm.value("paid_hours", "all"),
                coefficient["source"] or "mean of grades; judgement",
                coefficient["status"],
            )


def norms(norm: Items) -> Iterator[Cells]:
    """Rows of norms.csv: yearly norms over the months of tuition, a course as a whole."""
    for row in source("services_education"):
        service, months = row["service"], months_of(row["service"])
        public = row["ownership"] == "public"
        labour, direct = float(row["labour_2025"]), float(row["direct_2025"])
        hours = [norm.value("hours", service, post=post) for post in POSTS]
        if not public:
            # Only the payroll of non-public units is assumed: turned into hours of professionals.
            hours = [labour / norm.hourly(service, "professional"), 0.0, 0.0]
        yield (
            service if public else f"{service}_non_public",
            service_of(service),
            "public" if public else "non_public",
            row["ownership"],
            service,
            *(value / months for value in hours),
            direct / months,
            float(row["management_2025"]) / (labour + direct),
            float(row["depreciation_2025"]) / months,
            norm.value("useful_life", service),
            0,
            0,
            by_script(f"yearly norm / {months}" if months > 1 else "norm a course", row["source"]),
            row["status"],
        )


def units() -> Iterator[Cells]:
    """Rows of units.csv: school groups, universities, colleges, centres."""
    levels = dict.fromkeys(GENERAL, "commune") | {"upper_secondary": "city"}
    place_names = {row["place"]: row["name"] for row in source("places")}
    for row in source("schools"):
        public, level = row["ownership"] == "public", levels[row["education_level"]]
        kind = "công lập" if public else "ngoài công lập"
        name = f"{NAMES[row['education_level']]} {kind}: {place_names[row['place']]}"
        posts_of = float(row["teachers"]) + float(row["vacant_posts"])
        yield (
            *(row["unit"], name, row["place"], "education"),
            *(level if public else "city", row["ownership"], "school_group"),
            *(level if public else None, row["autonomy_tier"], 0, posts_of),
            *(row["other_posts"], float(row["asset_value_bn_vnd"]) * MILLIARD),
            row["school_count"],
            row["source"] + "; posts include the vacant ones",
            row["status"],
        )
    for row in source("universities"):
        yield _tertiary(row, row["university"], ("education", "university"), row["lecturers"])
    for row in source("vocational"):
        yield _tertiary(row, row["unit"], ("vocational", row["unit_type"]), row["trainers"])


NAMES = {
    "preschool": "Nhóm trường mầm non",
    "primary": "Nhóm trường tiểu học",
    "lower_secondary": "Nhóm trường trung học cơ sở",
    "upper_secondary": "Nhóm trường trung học phổ thông",
}


def _tertiary(row: Row, unit: str, kind: tuple[str, str], professionals: str) -> Cells:
    public = row["ownership"] == "public"
    level = row["owner_level"].split(":")[0] if public else "city"
    other = row.get("other_posts") or float(round(float(professionals) * LECTURERS_PER_OTHER_POST))
    return (
        *(unit, row["name_vi"], row["place"], kind[0], level, row["ownership"], kind[1]),
        *(level if public else None, row["autonomy_tier"], 0, professionals, other),
        *(float(row["asset_value_bn_vnd"]) * MILLIARD, 1),
        row["source"] + ("" if "other_posts" in row else "; other posts 0.4 a lecturer (assumed)"),
        row["status"],
    )


@dataclass(frozen=True)
class Entrants:
    """Mean drop-out of training, and the share of its entrants who live outside the city."""

    drop_out: dict[str, float]
    outsider_share: dict[str, float]


def intake() -> dict[str, float]:
    """All entrants of each kind of training."""
    return {
        course: sum(float(row[f"intake_{course}"]) for row in source("vocational"))
        for course in COURSES
    }


def offers(norm: Items, entrants: Entrants) -> Iterator[Cells]:
    """Rows of offers.csv for schools, universities and training."""
    wards = ward_share()
    for row in source("schools"):
        yield _school(row, norm, wards[row["place"]])
    for row in source("universities"):
        yield _university(row)
    for row in source("vocational"):
        yield from _training(row, norm, entrants, wards)


def city_fee(norm: Items, level: str, ward: float) -> float:
    """The city's tuition of a level a month, by the share of the place's people in wards; VND."""
    return ward * norm.value("tuition_month", level, "ward") + (1.0 - ward) * norm.value(
        "tuition_month", level, "commune"
    )


def _school(row: Row, norm: Items, ward: float) -> Cells:
    level, public = row["education_level"], row["ownership"] == "public"
    fee = city_fee(norm, level, ward)
    own = None if public else norm.value("non_public_fee", level)
    # Public primary schools were free before 2025: nobody's tuition is replaced there.
    tuition = None if public and level == "primary" else fee
    return (
        *(row["unit"], level, level if public else f"{level}_non_public"),
        *("public" if public else "non_public", float(row["pupils_2024_25"]), 1, 0),
        *(float(row["seats"]), row["seats"], level if public else None, own, 0, 0),
        *(REACH_KM.get(level, 0) if public else PRIVATE_SCHOOL_KM, tuition, 1, None),
        by_script("learners and seats of the group; fee by ward share", row["source"]),
        row["status"],
    )


def _university(row: Row) -> Cells:
    public = row["ownership"] == "public"
    norm = "higher_education_medical" if row["university"] == MEDICAL else "higher_education"
    monthly = float(row["tuition_year_vnd"]) / months_of("higher_education")
    return (
        *(row["university"], "higher_education", norm if public else f"{norm}_non_public"),
        *("public" if public else "non_public", float(row["students_2025"]), 1),
        *(1.0 - float(row["resident_share"]), float(row["seats"]), row["seats"]),
        *(norm if public else None, None if public else monthly, 0, 0, None),
        *(monthly if public else None, 1, None),
        by_script("students of 2025; yearly tuition / 10", row["source"]),
        row["status"],
    )


def _training(
    row: Row, norm: Items, entrants: Entrants, wards: dict[str, float]
) -> Iterator[Cells]:
    volumes = {course: float(row[f"intake_{course}"]) for course in COURSES}
    for course, hazard in entrants.drop_out.items():
        grades = range(int(NEEDS[course]["grades"]))
        volumes[course] *= sum((1.0 - hazard) ** grade for grade in grades)
    volumes["continuing_upper_secondary"] = float(row["continuing_learners"])
    full_time = dict(volumes)
    # A course of about three months fills a seat for a quarter of a year.
    full_time["short_course"] *= 0.25
    used = sum(full_time.values()) / float(row["seats"])
    for course, volume in volumes.items():
        if volume > 0.0:
            yield (
                *(row["unit"], service_of(course), *_terms(row, norm, course)[:2]),
                *(volume, 1, entrants.outsider_share.get(course, 0.0)),
                *(volume / used, volume / used),
                *_terms(row, norm, course)[2:4],
                *(0, 0, CENTRE_KM if course not in COURSES else None),
                *(_tuition(row, norm, course, wards), 1, None),
                by_script(
                    "intake x grades with drop-out; seats by full-time equivalents; outsiders:"
                    " intake beyond the residents' entrants",
                    row["source"],
                ),
                row["status"],
            )


def _terms(row: Row, norm: Items, course: str) -> tuple[str, str, str | None, float | None]:
    """Norm, nest, norm of the regulated price, own price."""
    if row["ownership"] == "public":
        return course, "public" if course in COURSES else "continuing", course, None
    months = PAID_MONTHS_OF_COURSE if course == "short_course" else 1
    fee = months * norm.value("non_public_fee", course)
    return f"{course}_non_public", "non_public", None, fee


def _tuition(row: Row, norm: Items, course: str, wards: dict[str, float]) -> float | None:
    if row["ownership"] != "public":
        return None
    if course not in COURSES:
        return city_fee(norm, course, wards[row["place"]])
    return norm.value("tuition_course" if course == "short_course" else "tuition_month", course)


def study_elsewhere(learners: float, norm: Items) -> Cells:
    """The offer of study outside the city, at the price and cost of a public university."""
    return (
        *("outside", "higher_education", "higher_education", "elsewhere", learners, 0, 0),
        *(learners / 0.9, learners, "higher_education", None, 0, 0, None),
        *(norm.value("tuition_month", "higher_education"), 1, None),
        by_script("outside_city_share of resident students; seats assumed nearly full"),
        "assumed",
    )
