"""What the cells of a header say."""

import pytest

from pairing_portal.lib.workbooks.titles import plain


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("姓　名：", "姓名"),
        ("学校\n（全称）", "学校(全称)"),
        ("寄宿√", "寄宿"),
        ("＊身份证Ｎo.", "身份证no."),
    ],
)
def test_a_title_is_reduced_to_what_it_says(written: str, said: str) -> None:
    assert plain(written) == said
