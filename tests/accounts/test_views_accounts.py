"""Accounts and their slips."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from pairing_portal.accounts.models import District, Role, Teacher, User
from pairing_portal.audit.models import Action, AuditEvent
from tests.builders import make_district, make_school, make_teacher, make_user

pytestmark = pytest.mark.django_db

SUBMISSION = "5f0f6c9e-7a37-4a48-9d0f-0f4b2c9d1a04"
NEW = {"name": "办公室", "username": "Office.1", "roles": ["office"], "submission_id": SUBMISSION}


@pytest.fixture
def district() -> District:
    return make_district()


@pytest.fixture
def admin(client: Client, district: District) -> Client:
    client.force_login(make_user(Role.ADMIN, district=district, username="admin"))
    return client


def slips(response: Any) -> dict[str, str]:
    return {slip.user.username: slip.code for slip in response.context["slips"]}


def can_sign_in(username: str, code: str) -> bool:
    return Client().post("/sign-in/", {"username": username, "password": code}).status_code == 302


def test_new_account_answers_with_its_slip_once(admin: Client, district: District) -> None:
    answer = admin.post(reverse("account_new"), NEW)
    code = slips(answer)["office.1"]
    assert code in answer.content.decode()
    user = User.objects.get(username="office.1")
    assert (user.district, user.roles) == (district, {Role.OFFICE})
    assert can_sign_in("office.1", code)
    again = admin.post(reverse("account_new"), NEW)
    assert again["Location"] == reverse("account_edit", args=[user.public_id])
    assert can_sign_in("office.1", code)


def test_taken_or_odd_sign_in_name_is_refused_in_words(admin: Client) -> None:
    taken = admin.post(reverse("account_new"), NEW | {"username": "ADMIN"})
    assert "这个登录名已经有人用了" in taken.content.decode()
    odd = admin.post(reverse("account_new"), NEW | {"username": "张三"})
    assert "登录名由 3 到 40 个字母、数字组成" in odd.content.decode()


def test_school_head_needs_a_teacher(admin: Client, district: District) -> None:
    teacher = make_teacher(make_school(district))
    refused = admin.post(reverse("account_new"), NEW | {"roles": ["school"]})
    assert "要选择对应教师" in refused.content.decode()
    admin.post(reverse("account_new"), NEW | {"roles": ["school"], "teacher": str(teacher.public_id)})
    teacher.refresh_from_db()
    assert teacher.user == User.objects.get(username="office.1")


def test_ticked_teachers_get_codes_that_work(admin: Client, district: District) -> None:
    school = make_school(district)
    first, second = make_teacher(school, name="折建国"), make_teacher(school, name="折建国")
    unticked = make_teacher(school, name="单秀英")
    chosen = {"teachers": [str(first.public_id), str(second.public_id)]}
    answer = admin.post(reverse("account_slips"), chosen)
    codes = slips(answer)
    assert set(codes) == {"shejianguo", "shejianguo2"}
    assert all(can_sign_in(*slip) for slip in codes.items())
    unticked.refresh_from_db()
    assert unticked.user is None
    assert AuditEvent.objects.filter(action=Action.ACCOUNT_CREATED).count() == 2


def test_slips_never_come_again(admin: Client, district: District) -> None:
    teacher = make_teacher(make_school(district), name="折建国")
    chosen = {"teachers": [str(teacher.public_id)]}
    code = slips(admin.post(reverse("account_slips"), chosen))["shejianguo"]
    assert admin.get(reverse("account_slips")).status_code == 405
    again = admin.post(reverse("account_slips"), chosen)
    assert code not in again.content.decode()
    assert User.objects.filter(username__startswith="shejianguo").count() == 1


def test_unused_codes_are_renewed_in_bulk(admin: Client, district: District) -> None:
    teacher = make_teacher(make_school(district), name="折建国")
    old = slips(admin.post(reverse("account_slips"), {"teachers": [str(teacher.public_id)]}))["shejianguo"]
    user = User.objects.get(username="shejianguo")
    new = slips(admin.post(reverse("account_slips"), {"users": [str(user.public_id)]}))["shejianguo"]
    assert not can_sign_in("shejianguo", old)
    assert can_sign_in("shejianguo", new)


def test_bulk_page_without_teachers_leads_to_their_roster(admin: Client) -> None:
    page = admin.get(reverse("account_bulk_new")).content.decode()
    assert "还没有教师" in page
    assert reverse("import_new") in page


def test_nobody_ticked_is_told_so(admin: Client, district: District) -> None:
    make_teacher(make_school(district))
    assert "请先勾选" in admin.post(reverse("account_slips"), {}).content.decode()


def test_teachers_of_another_district_get_nothing(admin: Client) -> None:
    stranger = make_teacher(name="外学区教师")
    assert "外学区教师" not in admin.get(reverse("account_bulk_new")).content.decode()
    admin.post(reverse("account_slips"), {"teachers": [str(stranger.public_id)]})
    assert Teacher.objects.get().user is None


def test_new_code_ends_the_old_password(admin: Client, district: District) -> None:
    user = make_user(Role.OFFICE, district=district, username="office")
    inside = Client()
    inside.force_login(user)
    answer = admin.post(reverse("account_code_new", args=[user.public_id]))
    assert can_sign_in("office", slips(answer)["office"])
    assert inside.get(reverse("teacher_list"))["Location"].startswith("/sign-in/")
    assert AuditEvent.objects.filter(action=Action.CODE_ISSUED, subject_id=str(user.public_id)).exists()


def test_own_code_is_not_issued(admin: Client) -> None:
    own = User.objects.get(username="admin")
    assert admin.post(reverse("account_code_new", args=[own.public_id])).status_code == 403


def test_role_taken_away_holds_from_the_next_request(admin: Client, district: District) -> None:
    user = make_user(Role.OFFICE, district=district)
    inside = Client()
    inside.force_login(user)
    form = {"name": user.name, "roles": ["aid"], "is_active": "on", "version": "1"}
    assert admin.post(reverse("account_edit", args=[user.public_id]), form).status_code == 302
    assert inside.get(reverse("teacher_list")).status_code == 403
    changed = AuditEvent.objects.filter(action=Action.ACCOUNT_CHANGED).get()
    assert changed.fields == ["is_active", "roles"]


def test_stale_page_of_an_account_changes_nothing(admin: Client, district: District) -> None:
    user = make_user(Role.OFFICE, district=district)
    address = reverse("account_edit", args=[user.public_id])
    form = {"name": "新名", "roles": ["aid"], "is_active": "on", "version": "1"}
    admin.post(address, form)
    stale = admin.post(address, form | {"name": "旧页", "roles": ["office"]})
    assert "这条记录刚被他人修改" in stale.content.decode()
    assert User.objects.get(pk=user.pk).roles == {Role.AID}


def test_administrator_cannot_lock_himself_out(admin: Client) -> None:
    own = User.objects.get(username="admin")
    form = {"name": own.name, "roles": ["office"], "version": "1"}
    refused = admin.post(reverse("account_edit", args=[own.public_id]), form)
    assert "不能取消自己的管理员身份" in refused.content.decode()
    own = User.objects.get(username="admin")
    assert (own.roles, own.is_active, own.version) == ({Role.ADMIN}, True, 1)


def test_teacher_link_moves_with_the_account(admin: Client, district: District) -> None:
    school = make_school(district)
    user = make_user(Role.TEACHER, district=district)
    former, new = make_teacher(school, user=user), make_teacher(school)
    form = {"name": user.name, "roles": ["teacher"], "is_active": "on", "version": "1"}
    admin.post(reverse("account_edit", args=[user.public_id]), form | {"teacher": str(new.public_id)})
    former.refresh_from_db()
    new.refresh_from_db()
    assert (former.user, new.user) == (None, user)


def test_list_filters_and_costs_the_same(
    admin: Client, district: District, django_assert_max_num_queries: Any
) -> None:
    for number in range(8):
        make_user(Role.TEACHER, Role.LEADER, district=district, name=f"教师{number}")
    make_user(Role.OFFICE, district=district, name="停用的", is_active=False)
    make_user(Role.OFFICE, district=make_district(), name="外学区的")
    with django_assert_max_num_queries(10):
        page = admin.get(reverse("account_list"))
    assert len(page.context["page"].rows) == 9
    closed = admin.get(reverse("account_list") + "?state=closed").context["page"].rows
    assert [user.name for user in closed] == ["停用的"]
    admin.post(reverse("account_list_search"), {"text": "教师3"})
    found = admin.get(reverse("account_list") + "?role=leader").context["page"].rows
    assert [user.name for user in found] == ["教师3"]


@pytest.mark.parametrize("name", ["account_edit", "account_code_new"])
def test_account_of_another_district_is_not_there(admin: Client, name: str) -> None:
    stranger = make_user(Role.OFFICE, district=make_district())
    assert admin.post(reverse(name, args=[stranger.public_id])).status_code == 404


@pytest.mark.parametrize("name", ["account_list", "account_new", "account_bulk_new", "audit_list"])
def test_accounts_and_log_are_for_administrators(client: Client, district: District, name: str) -> None:
    client.force_login(make_user(Role.OFFICE, Role.LEADER, Role.SCHOOL, district=district))
    assert client.get(reverse(name)).status_code == 403
