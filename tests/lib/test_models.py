"""What every row shares."""

from pairing_portal.accounts.models import District
from pairing_portal.lib.models import another
from students.models import Enrolment, Student


def test_another_row_has_the_patterns_values_and_a_public_id_of_its_own() -> None:
    pattern = Student(district=District(name="示例学区"), town="示例镇")

    row = another(pattern)

    assert (row.town, row.district.name, row.id_number) == ("示例镇", "示例学区", "")
    assert row.public_id != pattern.public_id


def test_another_row_leaves_its_pattern_alone() -> None:
    pattern = Enrolment(is_boarder=False)
    row = another(pattern)

    row.is_boarder, row.student = True, Student(name="张三")

    assert not pattern.is_boarder
    assert "student" not in pattern._state.fields_cache
