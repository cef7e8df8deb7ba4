"""The user pool's keys behind TLS, with a certificate that is trusted for as long as it is good."""

import ssl
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.stack.support import Stack

_HERE = "127.0.0.1"
_DAY = timedelta(days=1)


class Pool:
    """Where the keys are, and what is trusted: both certificates, so that their dates alone tell them apart."""

    def __init__(self, home: Path) -> None:
        self.url = ""
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        now = datetime.now(UTC)
        self._good = _certificate(home / "good", now - _DAY, now + _DAY)
        self._expired = _certificate(home / "expired", now - 2 * _DAY, now - _DAY)
        self.trusted = home / "trusted"
        self.trusted.write_bytes(self._good.read_bytes() + self._expired.read_bytes())
        self._present(self._good)

    @contextmanager
    def expired(self) -> Iterator[None]:
        """Nobody has renewed it in time."""
        self._present(self._expired)
        try:
            yield
        finally:
            self._present(self._good)

    def _present(self, certificate: Path) -> None:
        self.context.load_cert_chain(certificate, certificate.with_suffix(".key"))


@contextmanager
def serving(stack: Stack) -> Iterator[Pool]:
    """What the stack's pool serves, by TLS."""
    plain = stack.known["endpoint_url"]

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            with urllib.request.urlopen(f"{plain}{self.path}", timeout=10) as keys:
                content = keys.read()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    with TemporaryDirectory() as home, ThreadingHTTPServer((_HERE, 0), Handler) as server:
        pool = Pool(Path(home))
        server.socket = pool.context.wrap_socket(server.socket, server_side=True)
        pool.url = f"https://{_HERE}:{server.server_address[1]}"
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield pool
        finally:
            server.shutdown()
            thread.join()


def _certificate(path: Path, begins: datetime, ends: datetime) -> Path:
    """A certificate of this machine, signed by itself, with its key beside it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, path.name)])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(ends)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(_HERE))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path.write_bytes(made.public_bytes(Encoding.PEM))
    path.with_suffix(".key").write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return path
