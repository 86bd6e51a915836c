"""Which paths are uploads: the only files of this machine that a request may name."""

import os
import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Gradio keeps every upload, and every file that it hands out, under the hash of its content.
_PLACE = re.compile(r"[0-9a-f]{64}/[^/]+")
_SERVED = "/gradio_api/file="


class UploadFolder:
    """The folder in which this server keeps what was uploaded to it."""

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.abspath(folder)  # noqa: PTH100 - links stay, paths are compared with it

    def holds(self, path: str) -> bool:
        """Whether `path` is an upload of this server: a file, reached without links and in no roundabout way.

        Of a path that leads elsewhere nothing is looked up, so that nobody
        learns from the answer or its time whether there is such a file.
        """
        place = path.removeprefix(f"{self._folder}{os.sep}").replace(os.sep, "/")
        if place == path or not _PLACE.fullmatch(place) or os.path.normpath(path) != path:
            return False
        try:
            found = Path(path)
            straight = Path(os.path.realpath(self._folder), *place.split("/")) == Path(os.path.realpath(path))
            return straight and found.is_file() and not found.is_symlink()
        except (OSError, ValueError):
            return False

    def is_address(self, url: str, path: str, host: str) -> bool:
        """Whether `url` is where the server that goes by `host` serves that upload."""
        before, found, served = url.partition(_SERVED)
        try:
            parts = urlsplit(before)
        except ValueError:
            return False
        at_home = parts.scheme in ("", "http", "https") and parts.netloc in ("", host)
        return bool(found) and at_home and path in (served, unquote(served))
