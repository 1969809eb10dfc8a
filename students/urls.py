"""Addresses of this app's pages."""

from django.urls import URLPattern, path

from students.views import (
    class_teachers,
    classes,
    details,
    enrolments,
    households,
    import_columns,
    import_progress,
    imports,
    lists,
    mending,
    numbers,
    people,
    registers,
)

urlpatterns: list[URLPattern] = [
    path("students/", lists.student_list, name="student_list"),
    path("students/search/", lists.student_list_search, name="student_list_search"),
    path("students/find/", numbers.student_find, name="student_find"),
    path("students/new/", people.student_new, name="student_new"),
    path("students/<uuid:public_id>/", details.student_detail, name="student_detail"),
    path("students/<uuid:public_id>/edit/", people.student_edit, name="student_edit"),
    path("students/<uuid:public_id>/household/", households.student_household, name="student_household"),
    path(
        "students/<uuid:public_id>/household/search/",
        households.student_household_search,
        name="student_household_search",
    ),
    path(
        "students/<uuid:public_id>/household/link/",
        households.student_household_link,
        name="student_household_link",
    ),
    path(
        "students/<uuid:public_id>/household/leave/",
        households.student_household_leave,
        name="student_household_leave",
    ),
    path("students/<uuid:public_id>/numbers/", numbers.student_numbers, name="student_numbers"),
    path("students/<uuid:public_id>/enrolments/new/", enrolments.enrolment_new, name="enrolment_new"),
    path("students/<uuid:public_id>/enrolments/end/", enrolments.enrolment_end, name="enrolment_end"),
    path("students/<uuid:public_id>/entries/new/", registers.register_entry_new, name="register_entry_new"),
    path("entries/<uuid:public_id>/edit/", registers.register_entry_edit, name="register_entry_edit"),
    path("entries/<uuid:public_id>/end/", registers.register_entry_end, name="register_entry_end"),
    path("classes/", classes.class_list, name="class_list"),
    path("classes/new/", classes.class_new, name="class_new"),
    path("classes/<uuid:public_id>/", classes.class_detail, name="class_detail"),
    path("classes/<uuid:public_id>/edit/", classes.class_edit, name="class_edit"),
    path(
        "classes/<uuid:public_id>/teachers/new/", class_teachers.class_teacher_new, name="class_teacher_new"
    ),
    path("class-teachers/<uuid:public_id>/end/", class_teachers.class_teacher_end, name="class_teacher_end"),
    path("imports/", imports.import_list, name="import_list"),
    path("imports/new/", imports.import_new, name="import_new"),
    path("imports/progress/", import_progress.import_progress, name="import_progress"),
    path("imports/<uuid:public_id>/", imports.import_detail, name="import_detail"),
    path("imports/<uuid:public_id>/columns/", import_columns.import_columns, name="import_columns"),
    path(
        "imports/<uuid:public_id>/columns/forget/",
        import_columns.import_columns_forget,
        name="import_columns_forget",
    ),
    path("imports/<uuid:public_id>/refresh/", imports.import_refresh, name="import_refresh"),
    path("imports/<uuid:public_id>/mend/", mending.import_row_mend, name="import_row_mend"),
    path("imports/<uuid:public_id>/leave-out/", mending.import_row_leave_out, name="import_row_leave_out"),
    path("imports/<uuid:public_id>/take-back/", mending.import_row_take_back, name="import_row_take_back"),
    path("imports/<uuid:public_id>/confirm/", imports.import_confirm, name="import_confirm"),
    path("imports/<uuid:public_id>/discard/", imports.import_discard, name="import_discard"),
    path("imports/<uuid:public_id>/undo/", imports.import_undo, name="import_undo"),
]
