"""What a visit says in words, and what its former text is read back from."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tests.visits.scene import make_scene, own_visit
from visits.models import Visit, VisitRevision

pytestmark = pytest.mark.django_db


def test_told_speaks_the_words_of_the_page() -> None:
    told = Visit(
        visited_on=date(2018, 5, 1), way="home", acts=("talk", "gift"), nobody_home=True, situation="好"
    ).told
    assert told["visited_on"] == ("日期", "2018年5月1日")
    assert told["way"] == ("方式", "上门")
    assert told["acts"] == ("做了什么", "谈心、送物")
    assert told["nobody_home"] == ("家中无人", "是")
    assert told["is_planned"] == ("定期家访", "")


def test_former_text_comes_back_as_it_was() -> None:
    visit = own_visit(make_scene(), acts=("talk",), follow_up="再去", follow_up_on=date(2030, 1, 1))
    values = Visit.objects.get().kept_values
    assert VisitRevision(visit=visit, version=1, values=values).former.told == visit.told


def test_codes_are_found_whole() -> None:
    visit = own_visit(make_scene(), difficulties=("dropout_risk",))
    assert Visit.objects.filter(difficulties__has="dropout_risk").get() == visit
    assert not Visit.objects.filter(difficulties__has="dropout").exists()


@pytest.mark.parametrize(
    "values", [{"way": "phone", "nobody_home": True}, {"follow_up_on": date(2000, 1, 1)}]
)
def test_database_refuses_what_cannot_be(values: dict[str, object]) -> None:
    scene = make_scene()
    with pytest.raises(IntegrityError), transaction.atomic():
        own_visit(scene, **values)
