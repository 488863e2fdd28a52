"""The application over Django; its own server is runserver's, which has a thread for each connection."""

import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from .answers import HELLO, TEMPLATES, VALUES, lines

# Of what startproject sets, these need no database.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]


def hello(request: HttpRequest) -> HttpResponse:
    """Answer the talk's 13 bytes."""
    return HttpResponse(HELLO)


def environ(request: HttpRequest) -> HttpResponse:
    """Show the environment."""
    return HttpResponse(lines(request.META))


def template(request: HttpRequest) -> HttpResponse:
    """Render the page."""
    return render(request, "page.html", VALUES)


urlpatterns = [path("", hello), path("environ", environ), path("template", template)]

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    DEBUG=False,
    LOGGING_CONFIG=None,
    MIDDLEWARE=MIDDLEWARE,
    ROOT_URLCONF=tuple(urlpatterns),
    SECRET_KEY="x" * 50,
    TEMPLATES=[{"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [TEMPLATES]}],
    WSGI_APPLICATION=f"{__name__}.app",
)
app = get_wsgi_application()

if __name__ == "__main__":
    execute_from_command_line(["manage.py", "runserver", "--noreload", sys.argv[1]])
