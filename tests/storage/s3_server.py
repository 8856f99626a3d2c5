"""A real server that speaks S3: OpenStack Swift, all of it on this machine, with a bucket for each test."""

from __future__ import annotations

import base64
import hmac
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from storage.s3 import Address, Bucket
from storage.tables import new_id

_KEY, _SECRET = "test:tester", "testing"
_PARTS = ("account", "container", "object", "proxy")
_COMMON = """[DEFAULT]
swift_dir = {etc}
devices = {devices}
mount_check = false
bind_ip = 127.0.0.1
bind_port = {port}
workers = 0
user =
log_name = {name}
"""
_STORES = """[pipeline:main]
pipeline = {name}-server
[app:{name}-server]
use = egg:swift#{name}
"""
_FRONT = """[pipeline:main]
pipeline = catch_errors proxy-logging cache listing_formats bulk s3api tempauth slo dlo proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
error_suppression_limit = 1000000
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:proxy-logging]
use = egg:swift#proxy_logging
[filter:cache]
use = egg:swift#memcache
[filter:listing_formats]
use = egg:swift#listing_formats
[filter:bulk]
use = egg:swift#bulk
[filter:s3api]
use = egg:swift#s3api
# A list has so many at most: whoever wants all of them asks for the next ones.
max_bucket_listing = 3
location = us-east-1
[filter:tempauth]
use = egg:swift#tempauth
user_test_tester = testing .admin
[filter:slo]
use = egg:swift#slo
[filter:dlo]
use = egg:swift#dlo
"""


@dataclass
class Server:
    """The server at an URL; its processes can be ended and started again."""

    url: str
    root: Path
    ports: dict[str, int]
    running: list[subprocess.Popen[bytes]]

    def start(self) -> None:
        """Start all of it and wait until it answers. Raises RuntimeError saying why it does not."""
        with (self.root / "log").open("ab") as log:
            for name in _PARTS:
                command = [sys.executable, "-W", "ignore", _tool(f"swift-{name}-server")]
                conf = str(self.root / f"{name}.conf")
                self.running.append(subprocess.Popen([*command, conf], stdout=log, stderr=log))
        until = time.monotonic() + 60
        while not all(map(_answers, self.ports.values())):
            if time.monotonic() > until or any(each.poll() is not None for each in self.running):
                self.end()
                raise RuntimeError((self.root / "log").read_text("utf-8", "replace")[-2000:])
            time.sleep(0.1)

    def end(self) -> None:
        """End all of it; what it has stays."""
        for each in self.running:
            each.kill()
            each.wait()
        self.running.clear()


def _answers(port: int) -> bool:
    with closing(socket.socket()) as asked:
        return not asked.connect_ex(("127.0.0.1", port))


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _laid(root: Path) -> Server:
    ports = {}
    for name in _PARTS:
        with closing(socket.socket()) as found:
            found.bind(("127.0.0.1", 0))
            ports[name] = found.getsockname()[1]
    (root / "devices" / "disk").mkdir(parents=True)
    (root / "swift.conf").write_text(
        "[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n"
        "[storage-policy:0]\nname = one\ndefault = yes\n"
    )
    for name in _PARTS:
        common = _COMMON.format(etc=root, devices=root / "devices", port=ports[name], name=name)
        rest = _FRONT if name == "proxy" else _STORES.format(name=name)
        (root / f"{name}.conf").write_text(common + rest)
        if name != "proxy":
            ring = [
                sys.executable,
                "-W",
                "ignore",
                _tool("swift-ring-builder"),
                str(root / f"{name}.builder"),
            ]
            node = f"r1z1-127.0.0.1:{ports[name]}/disk"
            for step in (["create", "4", "1", "0"], ["add", node, "1"], ["rebalance"]):
                subprocess.run([*ring, *step], check=True, capture_output=True)
    return Server(f"http://127.0.0.1:{ports['proxy']}", root, ports, [])


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server, started once."""
    pytest.importorskip("swift", reason="there is no S3 server here: pip install swift")
    root = tmp_path_factory.mktemp("s3")
    try:
        os.setxattr(root, "user.tried", b"1")  # it keeps what it knows of objects there
    except OSError as error:
        pytest.skip(f"the S3 server needs a disk with extended attributes: {error}")
    server = _laid(root)
    try:
        server.start()
    except RuntimeError as error:
        pytest.skip(f"the S3 server does not start here: {error}")
    yield server
    server.end()


@pytest.fixture
def bucket_url(s3_server: Server, monkeypatch: pytest.MonkeyPatch) -> str:
    """A new bucket, as `JIANGJIAN_FILES` names it; the credentials are in the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", _KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", _SECRET)
    name = f"bucket-{new_id()}"
    _make(s3_server, name)
    return f"s3://{name}/files?endpoint={s3_server.url}&region=us-east-1"


@pytest.fixture
def bucket(bucket_url: str, tmp_path: Path) -> Bucket:
    return Bucket(Address.of(bucket_url), tmp_path / "aside")


def _make(server: Server, name: str) -> None:
    """A new bucket, by hand: the library that is tested makes none. Signed as version 2 of the protocol had it."""
    date = formatdate(usegmt=True)
    signed = hmac.digest(_SECRET.encode(), f"PUT\n\n\n{date}\n/{name}".encode(), "sha1")
    said = {"Date": date, "Authorization": f"AWS {_KEY}:{base64.b64encode(signed).decode()}"}
    urlopen(Request(f"{server.url}/{name}", method="PUT", headers=said), timeout=30).close()
