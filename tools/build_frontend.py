"""Put the front end's outside parts into build/static: Tabler's CSS, HTMX, MapLibre, and one sprite of just the icons we name.

Reads node_modules (``npm ci``), writes only what changed, and needs no Node.js itself. Run it again after naming
a new icon: ``python tools/build_frontend.py``. Ends with 1 and a sentence when a package or an icon is missing.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
NODE_MODULES = Path(os.environ.get("CUNLIAN_NODE_MODULES", PROJECT / "node_modules"))
TARGET = Path(os.environ.get("CUNLIAN_BUILD", PROJECT / "build")) / "static"
SOURCES = PROJECT / "src" / "cunlian"

# ECharts joins this list with the first page that needs it: what no page uses is not shipped. MapLibre's worker comes as a
# file of its own: the other build starts it from a blob, which a Content-Security-Policy of 'self' refuses.
FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler.min.css",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "maplibre-gl/dist/maplibre-gl.css": "maplibre-gl.css",
    "maplibre-gl/dist/maplibre-gl-csp.js": "maplibre-gl-csp.js",
    "maplibre-gl/dist/maplibre-gl-csp-worker.js": "maplibre-gl-csp-worker.js",
}

# Names are found where they are written: {% icon "eye" %} in a template, icon="eye" in Python or in a tag's argument.
NAMED = (
    re.compile(r"""{%-?\s*icon\s+["']([a-z0-9-]+)["']"""),
    re.compile(r"""\bicon\s*(?::\s*str\s*)?=\s*["']([a-z0-9-]+)["']"""),
    re.compile(r"""\),\s*"([a-z0-9-]+)",\s*(?:True|False)\),"""),  # a row of a table of verbs
)
INNER = re.compile(r"<svg[^>]*>(.*)</svg>", re.S)


def named_icons() -> dict[str, Path]:
    """Every icon our templates and code name, with one file that names it."""
    found: dict[str, Path] = {}
    for file in sorted([*SOURCES.rglob("*.html"), *SOURCES.rglob("*.py")]):
        text = file.read_text(encoding="utf-8")
        for pattern in NAMED:
            found.update({name: file for name in pattern.findall(text) if name not in found})
    return found


def sprite(names: dict[str, Path]) -> str:
    """All icons as symbols ``i-<name>`` of one SVG. SystemExit names the first icon Tabler does not have."""
    symbols = []
    for name in sorted(names):
        source = NODE_MODULES / "@tabler/icons/icons/outline" / f"{name}.svg"
        if not source.exists():
            raise SystemExit(f"Tabler has no outline icon “{name}”, named in {names[name].relative_to(PROJECT)}.")
        inner = INNER.search(source.read_text(encoding="utf-8"))
        if not inner:
            raise SystemExit(f"{source} is not an SVG.")
        body = " ".join(inner.group(1).split()).replace('<path stroke="none" d="M0 0h24v24H0z" fill="none"/>', "")
        symbols.append(f'<symbol id="i-{name}" viewBox="0 0 24 24">{body}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def write(path: Path, data: bytes) -> bool:
    """Write only what differs, so that caches and watchers stay quiet. True when it wrote."""
    if path.exists() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return True


def main() -> int:
    if not NODE_MODULES.exists():
        print(f"{NODE_MODULES} is missing. Run “npm ci” first.", file=sys.stderr)
        return 1
    changed = 0
    for source, name in FILES.items():
        # Source maps are not shipped, so the line that names them goes: production storage refuses dangling references.
        data = re.sub(
            rb"\n?(/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=.*)\s*$",
            b"\n",
            (NODE_MODULES / source).read_bytes(),
        )
        changed += write(TARGET / name, data)
    names = named_icons()
    changed += write(TARGET / "icons.svg", sprite(names).encode())
    print(f"build/static: {len(FILES) + 1} files, {len(names)} icons, {changed} written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
