"""The gallery page."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from pairing_portal.gallery import samples
from pairing_portal.gallery.forms import SampleFilter, SampleForm


@require_GET
@login_not_required  # shows made-up words only, and is not in production's URLs
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component, filled with the samples; ``?long=1`` gives the menus the longest words."""
    is_long = "long" in request.GET
    refused = SampleForm({"visited_on": "", "way": "home", "acts": ["talk"]}, auto_id="refused_%s")
    context = {
        "samples": samples,
        "icons": " ".join(samples.ICONS).split(),
        "filter_form": SampleFilter(request.GET or None),
        "form": SampleForm(initial={"visited_on": samples.DAY, "acts": ["talk", "gift"], "way": "home"}),
        "refused": refused,
        "session": samples.SESSION,
        "nav": samples.NAV,
        "tabs": samples.TABS,
        "district": samples.LONG_SCHOOL if is_long else "清水川学区",
        "person_name": samples.LONG_NAME if is_long else "单秀英",
        "roles": "办公室、领导小组、教师",
        "years": [2020, 2019, 2018],
        "selected_year": 2018,
        "day": samples.DAY,
        "today": samples.DAY.replace(year=2020),
    }
    return render(request, "gallery/gallery.html", context)
