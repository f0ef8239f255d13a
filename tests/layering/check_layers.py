#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every #include of the sources against the house's rule of who may see whom (docs/architecture.md)."""
import re
import subprocess
import sys
from pathlib import Path

TOP = Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else Path(__file__).resolve().parents[2]
BASE = {"services/base"}
DOMAIN = BASE | {"services/domain"}
TABS = "overview accounts streams consumers settings insights logs".split()
SEES = {
    "services/base": set(),
    "services/domain": BASE,
    "services/kubernetes": DOMAIN,
    "services/network": DOMAIN | {"services/kubernetes"},
    "services/nats": DOMAIN,
    "services/keychain": DOMAIN,
    "services/messaging": DOMAIN | {"services/kubernetes", "services/nats", "services/keychain"},
    "models": DOMAIN,
    "widgets/common": DOMAIN | {"models"},
    "widgets/objects": DOMAIN | {"models", "widgets/common", "services/messaging"},
    "widgets/connection": DOMAIN | {"widgets/common", "services/messaging"},
    **{f"widgets/{tab}": DOMAIN | {"models", "widgets/common", "widgets/objects", "services/messaging"} for tab in TABS},
    "app": None,        # the composition root sees everything
}
# How clients connect stands on two tabs.
for tab in ("overview", "accounts"):
    SEES[f"widgets/{tab}"] |= {"widgets/connection"}
# Third-party headers stay in one .cpp each, so that what they are can change without the house noticing.
ONLY_IN = {
    "yaml-cpp/": r"services/kubernetes/(kubeconfig\w*|yamldocuments)\.(cpp|h)",
    "nats/nats.h": r"services/nats/natslibrary\.h",
    "services/nats/natslibrary.h": r"services/nats/nats(client|library)\.cpp",
    "crypt.h": r"services/nats/bcrypt\.cpp",
    "qt6keychain/": r"services/keychain/qtkeychainstore\.cpp",
    "QDBus": r"(services/keychain/secretservice|widgets/common/sessionlock)\.(cpp|h)",
}
# Loading them takes time that the first window does not wait for: docs/adr/0005.
NETWORK = re.compile(r"<Q(Network|Ssl|WebSocket|Tcp|Udp|Host|AbstractSocket|LocalS)\w*>")
GUI = re.compile(r"<(QWidget|QApplication|QPainter|QIcon|QPixmap|QColor|QFont|QtWidgets|QtGui)\b")
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def box_of(path):
    """The box a path belongs to: the longest known folder it lies in."""
    return max((box for box in SEES if path.startswith(box + "/")), key=len, default=None)


def problems(path, text):
    box = box_of(path)
    for number, line in enumerate(text.splitlines(), 1):
        found = INCLUDE.match(line)
        if not found:
            continue
        where, (quote, name) = f"{path}:{number}", found.groups()
        for header, allowed in ONLY_IN.items():
            if name.startswith(header) and not re.fullmatch(allowed, path):
                yield f"{where}: {name} belongs into {allowed} alone"
        if box.startswith("services/") and GUI.search(line):
            yield f"{where}: services know nothing of windows ({name})"
        if box != "services/network" and NETWORK.search(line):
            yield f"{where}: Qt Network stays in services/network ({name})"
        if quote != '"' or name.endswith(".moc"):
            continue
        target = box_of(name)
        if target is None:
            if "/" in name or not name.startswith(("moc_", "ui_", "identity")):
                yield f'{where}: write includes from the root: "{name}"'
        elif target == "services/network" != box:
            yield f"{where}: services/network is loaded, not linked ({name})"
        elif target != box and SEES[box] is not None and target not in SEES[box]:
            yield f"{where}: {box} may not see {target}"


def main():
    listed = subprocess.run(["git", "-C", TOP, "ls-files", "-z", "-co", "--exclude-standard", "--", "*.h", "*.cpp"], check=True,
                            capture_output=True, text=True).stdout
    files = [name for name in listed.split("\0") if name and box_of(name)]
    if not files:
        sys.exit("no sources found: is this a checkout?")
    found = [problem for name in files for problem in problems(name, (TOP / name).read_text(encoding="utf-8"))]
    print(*found, sep="\n")
    print(f"{len(files)} files, {len(found)} broken rules")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
