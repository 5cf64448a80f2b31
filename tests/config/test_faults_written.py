"""A page that broke says that it has been written down; it has, and without what it held."""

from __future__ import annotations

import io
import logging

from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings


def break_down(request: HttpRequest, number: int) -> HttpResponse:
    raise ValueError("no row 李强 13512342799\nDETAIL: 张桂兰")


urlpatterns = [path("broken/<int:number>/", break_down)]


def test_a_page_that_broke_is_written_down_without_what_it_held(settings: Settings) -> None:
    settings.ROOT_URLCONF = __name__
    (handler,) = (one for one in logging.getLogger("django.request").handlers if isinstance(one, logging.StreamHandler))
    said = io.StringIO()
    before = handler.setStream(said)
    try:
        answer = Client(raise_request_exception=False).get("/broken/4711/")
    finally:
        handler.setStream(before)

    assert answer.status_code == 500
    assert "GET /broken/<int:number>/: ValueError" in said.getvalue() and said.getvalue().count("\n") == 1
    assert not any(word in said.getvalue() for word in ("4711", "13512342799", "李强", "张桂兰"))
