"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from pairing_portal.accounts.views import (
    accounts,
    kept_forms,
    log,
    passwords,
    schools,
    sessions,
    set_up,
    sign_in,
    slips,
    teacher_changes,
    teachers,
)

urlpatterns: list[URLPattern] = [
    path("sign-in/", sign_in.sign_in, name="sign_in"),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("health/", sign_in.health, name="health"),
    path("year/", sign_in.year_select, name="year_select"),
    path("first-password/", passwords.first_password, name="first_password"),
    path("password/", passwords.password_change, name="password_change"),
    path("sessions/state/", sessions.session_state, name="session_state"),
    path("sessions/extend/", sessions.session_extend, name="session_extend"),
    path("sessions/end-others/", sessions.session_end_others, name="session_end_others"),
    path("sessions/<uuid:public_id>/end/", sessions.session_end, name="session_end"),
    path("kept/", kept_forms.kept_form_list, name="kept_form_list"),
    path("kept/<uuid:public_id>/discard/", kept_forms.kept_form_discard, name="kept_form_discard"),
    path("setup/", set_up.setup, name="setup"),
    path("district/", set_up.district_edit, name="district_edit"),
    path("schools/", schools.school_list, name="school_list"),
    path("schools/new/", schools.school_new, name="school_new"),
    path("schools/<uuid:public_id>/edit/", schools.school_edit, name="school_edit"),
    path("schools/<uuid:public_id>/close/", schools.school_close, name="school_close"),
    path("teachers/", teachers.teacher_list, name="teacher_list"),
    path("teachers/search/", teachers.teacher_list_search, name="teacher_list_search"),
    path("teachers/new/", teachers.teacher_new, name="teacher_new"),
    path("teachers/<uuid:public_id>/", teachers.teacher_detail, name="teacher_detail"),
    path("teachers/<uuid:public_id>/edit/", teachers.teacher_edit, name="teacher_edit"),
    path("teachers/<uuid:public_id>/move/", teacher_changes.teacher_move, name="teacher_move"),
    path("teachers/<uuid:public_id>/end/", teacher_changes.teacher_end, name="teacher_end"),
    path("accounts/", accounts.account_list, name="account_list"),
    path("accounts/search/", accounts.account_list_search, name="account_list_search"),
    path("accounts/new/", accounts.account_new, name="account_new"),
    path("accounts/bulk/", slips.account_bulk_new, name="account_bulk_new"),
    path("accounts/slips/", slips.account_slips, name="account_slips"),
    path("accounts/<uuid:public_id>/edit/", accounts.account_edit, name="account_edit"),
    path("accounts/<uuid:public_id>/code/", slips.account_code_new, name="account_code_new"),
    path(
        "accounts/<uuid:public_id>/sessions/end/", sessions.account_sessions_end, name="account_sessions_end"
    ),
    path("accounts/<uuid:public_id>/unlock/", sessions.account_unlock, name="account_unlock"),
    path("log/", log.audit_list, name="audit_list"),
]
