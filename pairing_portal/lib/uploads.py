"""The size of an upload, capped while it arrives (safety B1)."""

from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest

MAX_UPLOAD_BYTES = 8 * 1024 * 1024
MAX_DRAINED_BYTES = 40 * 1024 * 1024  # a body up to this size is read to its end, so that the answer arrives

UPLOAD_TOO_LARGE = "上传的文件超过 8 MB，没有接收。请删去图片和无关内容，或分成几个文件后再上传。"

FLAG = "pairing_portal.upload_too_large"


class CappedUploadHandler(FileUploadHandler):
    """Stops taking in files once a request’s files pass 8 MB together; first of FILE_UPLOAD_HANDLERS.

    A form asks `upload_is_too_large(request)` and shows UPLOAD_TOO_LARGE. Fields that stand behind
    the file in the form are lost, so file fields come last and the CSRF token first.
    """

    finished = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on to the next handler while the request’s files stay under the cap."""
        if self.finished + start + len(raw_data) > MAX_UPLOAD_BYTES and self.request is not None:
            self.request.META[FLAG] = True
            declared = int(self.request.META.get("CONTENT_LENGTH") or 0)
            raise StopUpload(connection_reset=declared > MAX_DRAINED_BYTES)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Count the file in; keeping it is the next handler’s part."""
        self.finished += file_size


def upload_is_too_large(request: HttpRequest) -> bool:
    """Whether this request’s files were cut off at the cap; `request.FILES` then lacks the file."""
    return bool(request.FILES is not None and request.META.get(FLAG, False))
