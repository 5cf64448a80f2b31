"""Follow every link a reader is offered, from page to page, and keep one address of each kind and each form on the way."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve

LINK = re.compile(r'\s(?:href|hx-get|formaction|src)="([^"#]+)')
FORM = re.compile(r"<form\b.*?</form>", re.S)
WORDS = {"name", "move", "kind", "matter", "level", "rule"}
"""What a path says that is no key of a record: another word is another address."""


def names(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, str]]:
    """(name, route) of every address of the product."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield str(entry.name), route
        else:
            yield from names(entry, route)


def kind_of(url: str) -> str:
    """desk:case of a case, desk:move/accept of a move of it."""
    found = resolve(urlsplit(url).path)
    return "/".join([found.view_name, *(str(found.kwargs[word]) for word in sorted(WORDS & found.kwargs.keys()))])


@dataclass
class Form:
    """A form as it stands on a page: where it goes, and its element."""

    page: str
    action: str
    tag: Tag = field(repr=False)


@dataclass
class Walk:
    """What one reader comes to: one address of each kind, pages as they read, and one form of each kind."""

    kinds: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    forms: dict[str, Form] = field(default_factory=dict)
    broken: dict[str, int] = field(default_factory=dict)


def follow(client: Client, start: str = "/desk/", *, most: int = 1) -> Walk:
    """Every page below ``start`` that links lead to, at most ``most`` of a kind: two records tell what one does."""
    walk, seen, wait = Walk(), Counter[str](), deque([start])
    met = {start}
    while wait:
        url = wait.popleft()
        answer: Any = client.get(url)
        if answer.status_code >= 400:
            walk.broken[url] = answer.status_code
        if answer.status_code != 200 or not answer["Content-Type"].startswith("text/html"):
            continue
        text = answer.content.decode()
        walk.pages[url] = text
        for form in _forms(text, url):
            kind = kind_of(form.action)
            walk.forms.setdefault(kind, form)
            walk.kinds.setdefault(kind, urlsplit(form.action).path)
        for kind, target in _targets(text, url, start, walk):
            if target in met:
                continue
            met.add(target)
            walk.kinds.setdefault(kind, target)
            if seen[kind] < most:
                seen[kind] += 1
                wait.append(target)
    return walk


def _targets(text: str, url: str, start: str, walk: Walk) -> Iterator[tuple[str, str]]:
    """(kind, address) of each link that stays below ``start``; one that leads nowhere is broken."""
    for target in (urlsplit(urljoin(url, unescape(found))).path for found in LINK.findall(text)):
        if target.startswith(start):
            try:
                yield kind_of(target), target
            except Resolver404:
                walk.broken[target] = 404


def _forms(text: str, url: str) -> Iterator[Form]:
    """Those that change something; one sent by its buttons alone counts as one for each of them."""
    for found in FORM.findall(text):
        tag = BeautifulSoup(found, "html.parser").form
        if tag is None or str(tag.get("method", "")).lower() != "post":
            continue
        for sent in {str(tag.get("action") or url), *(str(b["formaction"]) for b in tag.select("[formaction]"))}:
            action = urljoin(url, sent)
            if urlsplit(action).path.startswith("/desk/"):
                yield Form(url, action, tag)
