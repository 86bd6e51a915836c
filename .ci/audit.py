"""Look for known faults of the libraries in requirements.txt.

pip-audit asks the database of advisories. Of a library that it cannot ask
about, `.ci/audited.tsv` must have the pinned version: who changes a version
looks it up, and writes down when and where.

Usage: python .ci/audit.py [PIP_AUDIT]; exit code 1 where a fault is known or a version was not looked at.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

_HERE = Path(__file__).parent
_REQUIREMENTS = _HERE.parent / "requirements.txt"
_PINNED = re.compile(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.]+)", re.MULTILINE)


def main() -> int:
    """Say what is known of the libraries; 0 where nothing is and all were looked at."""
    pinned = {name.lower(): version for name, version in _PINNED.findall(_REQUIREMENTS.read_text("utf-8"))}
    found = _asked(sys.argv[1]) if len(sys.argv) > 1 else []
    known = [
        f"{library['name']} {library['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'none'}"
        for library in found
        for fault in library.get("vulns", [])
    ]
    asked = {library["name"].lower() for library in found if "skip_reason" not in library}
    rows = [line.split("\t") for line in (_HERE / "audited.tsv").read_text("utf-8").splitlines()[1:]]
    looked_at = {(name.lower(), version) for name, version, *_ in rows}
    missing = sorted(f"{n} {v}" for n, v in pinned.items() if n not in asked and (n, v) not in looked_at)
    for line in known:
        sys.stdout.write(f"known fault: {line}\n")
    for line in missing:
        sys.stdout.write(f"not looked at: {line}; look it up, and add it to .ci/audited.tsv\n")
    sys.stdout.write(f"{len(asked)} libraries asked about, {len(pinned) - len(asked)} by .ci/audited.tsv\n")
    return 1 if known or missing else 0


def _asked(pip_audit: str) -> list[dict[str, object]]:
    """What pip-audit says of each library; nothing where it cannot ask."""
    options = ["--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json"]
    command = [pip_audit, "-r", str(_REQUIREMENTS), *options]
    try:
        said = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False).stdout
        return list(json.loads(said)["dependencies"])
    except (OSError, subprocess.TimeoutExpired, ValueError, KeyError):
        return []


if __name__ == "__main__":
    sys.exit(main())
