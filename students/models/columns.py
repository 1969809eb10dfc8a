"""Which column of an office’s own list means what, as somebody said it once."""

from typing import Self

from django.db import models

from pairing_portal.accounts.models import District
from pairing_portal.lib.models import Row, RowQuerySet
from students.models.imports import RosterImport


class ColumnChoiceQuerySet(RowQuerySet):
    """Queries over column choices."""

    def kept(self, district: District, kind: str, header_hash: str) -> Self:
        """What is remembered for that set of headers: one row at most."""
        return self.filter(district=district, kind=kind, header_hash=header_hash).exclude(columns={})


class ColumnChoice(Row):
    """What the columns of one set of headers mean, kept for the next list that has the same ones."""

    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="column_choices", verbose_name="学区"
    )
    kind = models.CharField("名册类型", max_length=20, choices=RosterImport.Kind)
    header_hash = models.CharField("表头校验值", max_length=64)
    # key of our column by the header’s words, blank for one that is not read; empty once forgotten
    columns = models.JSONField("列对应", default=dict, blank=True)
    changed_at = models.DateTimeField("修改时间", auto_now=True)

    objects = ColumnChoiceQuerySet.as_manager()

    class Meta(Row.Meta):
        verbose_name = "列对应"
        ordering = ["-changed_at", "-pk"]
        constraints = [
            *Row.Meta.constraints,
            models.UniqueConstraint(
                fields=["district", "kind", "header_hash"],
                name="one_choice_per_set_of_headers",
                violation_error_message="这套表头的列对应已经保存过，请重新打开本页。",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {len(self.columns)} 列"
