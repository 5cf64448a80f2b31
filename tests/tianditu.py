"""A small map service that speaks the protocol of 天地图 over HTTP: names to points, points to counties, tiles."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from PIL import Image

from cunlian.kernel.access import SYSTEM
from cunlian.places.actions.districts import set_district
from cunlian.places.actions.positions import set_position
from cunlian.places.map_service import TROUBLE
from cunlian.places.models import District, Place

KEY = "a1b2c3county"
REVIEWED = "GS(2026)0001号"
HERE = "610902"


def _picture() -> bytes:
    held = io.BytesIO()
    Image.new("RGB", (256, 256), "#d9e4dc").save(held, "PNG")
    return held.getvalue()


PICTURE = _picture()


class Tianditu(ThreadingHTTPServer):
    """``known``: longitude and latitude by name; all of them lie in ``county``. ``asked``: every path it was asked for, with
    the headers' User-Agent. ``failing``: answers 500. ``sleeping``: answers nobody until it is woken."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.known: dict[str, tuple[Any, Any]] = {}
        self.county, self.failing = HERE, False
        self.asked: list[tuple[str, str]] = []
        self.woken = threading.Event()
        self.woken.set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answering(BaseHTTPRequestHandler):
    server: Tianditu

    def log_message(self, *_arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        said = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.server.asked.append((self.path, self.headers["User-Agent"]))
        self.server.woken.wait(20)
        if self.server.failing:
            self._say(500, b"Internal error", "text/plain")
        elif said.get("tk") != KEY:
            self._tell({"msg": "非法Key", "resolve": "请到API控制台重新申请key", "code": 301007}, 403)
        elif parts.path == "/geocoder":
            self._tell(self._place(json.loads(said["postStr"])) if "postStr" in said else self._point(said["ds"]))
        elif said.get("TILEMATRIX") == "17":
            self._say(404, b"", "text/plain")
        else:
            self._say(200, PICTURE, "image/png")

    def _point(self, asked: str) -> dict[str, Any]:
        name = json.loads(asked)["keyWord"]
        if name not in self.server.known:
            return {"msg": "无结果", "status": "404"}
        longitude, latitude = self.server.known[name]
        spot = {"score": 95, "level": "社区村落", "lon": longitude, "lat": latitude, "keyWord": name}
        return {"msg": "ok", "location": spot, "searchVersion": "6.0.0", "status": "0"}

    def _place(self, _spot: dict[str, Any]) -> dict[str, Any]:
        parts = {"county_code": f"156{self.server.county}", "town": "青石镇", "nation": "中国"}
        result = {"formatted_address": "测试省测试区青石镇柳湾北约60米", "addressComponent": parts}
        return {"result": result, "msg": "ok", "status": "0"}

    def _tell(self, told: dict[str, Any], status: int = 200) -> None:
        self._say(status, json.dumps(told, ensure_ascii=False).encode(), "application/json;charset=UTF-8")

    def _say(self, status: int, body: bytes, kind: str) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except BrokenPipeError:
            pass  # whoever asked has stopped waiting


def lay(*places: Place) -> None:
    """Give each a point: the first in the south-west, each further one a kilometre on to the north-east."""
    for number, place in enumerate(places):
        set_position(
            place, by=SYSTEM, latitude_e7=327000000 + number * 90000, longitude_e7=1087000000 + number * 107000
        )


@pytest.fixture
def service(district: District, settings: Any) -> Iterator[Tianditu]:
    """A map service whose key the district has."""
    set_district(district.root, by=SYSTEM, map_service_key=KEY, map_review_number=REVIEWED)
    cache.delete(TROUBLE)  # where tests run without a transaction, that of the one before is still there
    with Tianditu() as server:
        settings.MAP_SERVICE_URL = settings.MAP_TILES_URL = server.url
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield server
        server.woken.set()
        server.shutdown()
