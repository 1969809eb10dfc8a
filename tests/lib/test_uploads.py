from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest
from django.test import RequestFactory

from pairing_portal.lib.uploads import MAX_UPLOAD_BYTES, CappedUploadHandler, upload_is_too_large


def make_request(*sizes: int) -> HttpRequest:
    files = {
        f"file{number}": SimpleUploadedFile("名单.xlsx", bytes(size)) for number, size in enumerate(sizes)
    }
    request = RequestFactory().post("/", {"token": "t", **files})
    request.upload_handlers = [CappedUploadHandler(request), TemporaryFileUploadHandler(request)]
    return request


@pytest.mark.parametrize("sizes", [(1000,), (MAX_UPLOAD_BYTES,), (1000, 2000)])
def test_upload_within_the_cap_arrives_whole(sizes: tuple[int, ...]) -> None:
    with closing(make_request(*sizes)) as request:
        assert not upload_is_too_large(request)
        assert [file.size for name in request.FILES for file in request.FILES.getlist(name)] == list(sizes)


@pytest.mark.parametrize("sizes", [(MAX_UPLOAD_BYTES + 1,), (MAX_UPLOAD_BYTES, 1), (60 * 1024 * 1024,)])
def test_upload_over_the_cap_is_flagged_and_what_came_before_is_kept(sizes: tuple[int, ...]) -> None:
    with closing(make_request(*sizes)) as request:
        assert upload_is_too_large(request)
        assert len(request.FILES) == len(sizes) - 1
        assert request.POST["token"] == "t"
