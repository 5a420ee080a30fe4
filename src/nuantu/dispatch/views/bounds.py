"""The limits of the pages that need no account."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse

from nuantu.core.http import PublicRequest, render
from nuantu.dispatch import services
from nuantu.dispatch.selectors import areas
from nuantu.dispatch.selectors.placing import NobodyAnswers

P = ParamSpec("P")


def bounded(
    view: Callable[Concatenate[PublicRequest, P], HttpResponse],
) -> Callable[Concatenate[PublicRequest, P], HttpResponse]:
    """A form of many megabytes, one form too many, or nobody to take it in: a page says what to do."""

    @wraps(view)
    def within(request: PublicRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except RequestDataTooBig:
            return render(request, "dispatch/too_big.html", status=413)
        except NobodyAnswers as nobody:
            return render(request, "dispatch/nobody.html", {"reason": str(nobody)}, status=503)
        except services.TooManyReports as limit:
            context = {"reason": str(limit), "hotlines": areas.hotlines()}
            response = render(request, "dispatch/too_many.html", context, status=429)
            response["Retry-After"] = str(limit.retry_seconds)
            return response

    return cast("Callable[Concatenate[PublicRequest, P], HttpResponse]", within)
