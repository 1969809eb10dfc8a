"""The office's code lists, as data with effective dates; nothing here is shown as "the regulation"."""

from pairing_portal.lib.codes.households import (
    HOUSEHOLD_ATTRIBUTES,
    HOUSEHOLD_STATUSES,
    POVERTY_CAUSES,
    parse_household_attribute,
    parse_household_status,
    parse_poverty_cause,
    parse_poverty_causes,
)
from pairing_portal.lib.codes.lists import Code, CodeList
from pairing_portal.lib.codes.people import (
    GUARDIAN_RELATIONS,
    NATIONS,
    RELATIONS_TO_HEAD,
    DisabilityKind,
    Sex,
    parse_boarding,
    parse_guardian_relation,
    parse_nation,
    parse_relation_to_head,
    parse_sex,
)
from pairing_portal.lib.codes.recognition import (
    DIFFICULTY_TYPES,
    RECOGNITION_GRADES,
    SPECIAL_FAMILY_TYPES,
    is_special_family_only,
    parse_difficulty_type,
    parse_difficulty_types,
    parse_recognition_grade,
    recognition_grades,
)

__all__ = [
    "DIFFICULTY_TYPES",
    "GUARDIAN_RELATIONS",
    "HOUSEHOLD_ATTRIBUTES",
    "HOUSEHOLD_STATUSES",
    "NATIONS",
    "POVERTY_CAUSES",
    "RECOGNITION_GRADES",
    "RELATIONS_TO_HEAD",
    "SPECIAL_FAMILY_TYPES",
    "Code",
    "CodeList",
    "DisabilityKind",
    "Sex",
    "is_special_family_only",
    "parse_boarding",
    "parse_difficulty_type",
    "parse_difficulty_types",
    "parse_guardian_relation",
    "parse_household_attribute",
    "parse_household_status",
    "parse_nation",
    "parse_poverty_cause",
    "parse_poverty_causes",
    "parse_recognition_grade",
    "parse_relation_to_head",
    "parse_sex",
    "recognition_grades",
]
