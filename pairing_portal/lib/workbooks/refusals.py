"""Why a whole file cannot be taken in, said to the person who chose it."""

from django.core.exceptions import ValidationError

SAVE_AS_XLSX = "请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。"


class WorkbookRefused(ValidationError):
    """A file that is not read at all; `.message` says in one sentence what to do, `.code` says why."""

    def __init__(self, sentence: str, code: str) -> None:
        super().__init__(sentence, code=code)
