"""Signatures by `ssh-keygen -Y`, with the keys people have: the one place it is called from."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tenken.files.problems import Place, Problem, Problems

NAMESPACE = "tenken"
"""What signatures are for, so that one made for something else is none here."""

_SECONDS_TO_SIGN = 120
"""How long somebody may take to type a passphrase or to touch a key."""
_SECONDS_TO_VERIFY = 20
_GOOD = re.compile(r"with \S+ key (SHA256:\S+)")


class VerifiedSignature(NamedTuple):
    """Whether a signature is good, by whom according to the file of signers, and by which key.

    `reason` is what ssh-keygen says against a key that is good and counts for nobody, if it says anything.
    """

    principal: str
    fingerprint: str
    reason: str = ""


def find_ssh_keygen() -> str:
    """Where the program is; raises `Problems` if it is not there."""
    found = shutil.which("ssh-keygen")
    if found is None:
        text = "signatures are made and verified by ssh-keygen, which is not there; it comes with OpenSSH 8.9 or newer"
        raise Problems(Problem(Place(""), text))
    return os.path.abspath(found)  # noqa: PTH100 - a name that PATH may have had from here


def sign_bytes(content: bytes, key: Path) -> bytes:
    """A signature in the form OpenSSH writes it; raises `Problems` with what ssh-keygen says if there is none."""
    done = _run_ssh_keygen(("-Y", "sign", "-n", NAMESPACE, "-f", str(key)), content, _SECONDS_TO_SIGN)
    if done.returncode or not done.stdout.startswith(b"-----BEGIN SSH SIGNATURE-----\n"):
        reason = next((line for line in _read_lines(done.stderr) if not line.startswith("Signing")), "")
        raise Problems(Problem(Place(str(key)), "ssh-keygen did not sign: {reason}", {"reason": reason}))
    return done.stdout


def verify_signature(content: bytes, signature: bytes, signers: Path) -> VerifiedSignature:
    """Who signed, if the file of signers has the key; no fingerprint if the signature is not good at all."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "signature"
        file.write_bytes(signature)
        here = ("-n", NAMESPACE, "-s", str(file))
        checked = _run_ssh_keygen(("-Y", "check-novalidate", *here), content, _SECONDS_TO_VERIFY)
        good = _GOOD.search(checked.stdout.decode("utf-8", "replace"))
        if checked.returncode or good is None:
            return VerifiedSignature("", "")
        found = _run_ssh_keygen(("-Y", "find-principals", "-s", str(file), "-f", str(signers)), b"", _SECONDS_TO_VERIFY)
        said = found.stderr
        for principal in _read_lines(found.stdout) if found.returncode == 0 else []:
            verify = ("-Y", "verify", *here, "-f", str(signers), "-I", principal)
            verified = _run_ssh_keygen(verify, content, _SECONDS_TO_VERIFY)
            if verified.returncode == 0:
                return VerifiedSignature(principal, good[1])
            said += verified.stderr
    return VerifiedSignature("", good[1], next((line for line in _read_lines(said) if ": " in line), ""))


def _run_ssh_keygen(arguments: Sequence[str], content: bytes, seconds: int) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            [find_ssh_keygen(), *arguments],
            input=content,
            capture_output=True,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
            timeout=seconds,
        )
    except subprocess.TimeoutExpired:
        text = "ssh-keygen took more than {seconds} seconds, and was ended"
        raise Problems(Problem(Place(""), text, {"seconds": seconds})) from None


def _read_lines(said: bytes) -> list[str]:
    return [line.strip() for line in said.decode("utf-8", "replace").splitlines() if line.strip()]
