"""Every route that the running application has, Gradio's own included, as requests can reach it."""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.routing import BaseRoute, Mount

from index.settings import Settings


@dataclass(frozen=True, order=True)
class Endpoint:
    """One method of one route; `path` has the names of its parameters in braces."""

    path: str
    method: str

    def filled(self, value: str) -> str:
        """The path with `value` for every parameter."""
        return re.sub(r"\{[^}]*\}", lambda _: value, self.path)


def every_route(environment: dict[str, str]) -> tuple[Endpoint, ...]:
    """The routes of the application with its pages, its own routes and the tools, sorted; asked of a fresh process."""
    command = [sys.executable, "-m", "tests.ui.every_route"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, timeout=120)
    return tuple(Endpoint(*pair) for pair in json.loads(done.stdout))


def _endpoints(routes: Iterable[BaseRoute], prefix: str) -> Iterator[Endpoint]:
    for route in routes:
        if isinstance(route, Mount) and route.routes:
            yield from _endpoints(route.routes, prefix + route.path)
        elif isinstance(route, Mount):
            yield Endpoint(f"{prefix}{route.path}/{{path:path}}", "GET")
        elif (included := getattr(route, "effective_candidates", None)) is not None:
            yield from _endpoints(included(), prefix)
        else:
            for method in sorted(getattr(route, "methods", None) or {"GET", "POST"}):
                yield Endpoint(prefix + str(route.path), method)  # type: ignore[attr-defined]


def _write() -> None:
    from ui.desk.desk import Desk
    from ui.server.server import build_application

    routes = build_application(Desk(Settings.from_environment()), tools=True).routes
    found = sorted({(endpoint.path, endpoint.method) for endpoint in _endpoints(routes, "")})
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    _write()
