"""C2PA: checks a manifest store and tells what is in it, by the library of the extra `marks`, which never calls out.

Its code is compiled and reads what strangers made; it runs in the bounded child only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any

from tenken.files.frozen_classes import Frozen
from tenken.marks.source_types import SaysAi, SourceDeclaration, build_declaration

_OFFLINE = {
    "core": {"allowed_network_hosts": []},
    "verify": {"remote_manifest_fetch": False, "ocsp_fetch": False},
}
"""No host may be asked for anything; the second line says the same once more, as an unknown key is taken silently."""

_MOST_MANIFESTS = 200
_UNTRUSTED = "untrusted"
_ALONE = "application/c2pa"


class Credentials(Frozen):
    """What a manifest store holds and how its check came out: `valid`, `trusted`, `tampered`, `invalid` or why not."""

    place: str = ""
    state: str = "none"
    codes: tuple[str, ...] = ()
    signer: str = ""
    certificate: str = ""
    generator: str = ""
    time_stamp: str = ""
    manifest: str = ""
    tells_watermark: bool = False
    declarations: tuple[SourceDeclaration, ...] = ()
    origin: Mapping[str, str] = {}

    @property
    def is_intact(self) -> bool:
        return self.state in ("valid", "trusted")

    @property
    def is_broken(self) -> bool:
        return self.state in ("tampered", "invalid")

    @property
    def is_open(self) -> bool:
        """Whether a store is there and nobody knows yet what it is worth."""
        return self.state != "none" and not self.is_intact and not self.is_broken


def check_credentials(path: Path, media_type: str, place: str, trust: str, store: bytes = b"") -> Credentials:
    """Checks the store in a file, or one that lies beside it."""
    if find_spec("c2pa") is None:
        return Credentials(place, "not_verified")
    with path.open("rb") as stream:
        return _check_stream(media_type, stream, place, trust, store)


def tell_loose_store(store: bytes, place: str) -> Credentials:
    """What a store says that stands in a text, where no library at hand can check whether it fits."""
    if not store or find_spec("c2pa") is None:
        return Credentials(place, "unsupported")
    told = _check_stream(_ALONE, BytesIO(store), place, "", b"")
    declarations = tuple(
        build_declaration(each.said, "c2pa-text", vouched=each.vouched, verified=False) for each in told.declarations
    )
    return Credentials(
        place,
        "unsupported",
        signer=told.signer,
        generator=told.generator,
        declarations=declarations,
        origin=told.origin,
    )


def _check_stream(media_type: str, stream: Any, place: str, trust: str, store: bytes) -> Credentials:  # noqa: ANN401
    import c2pa  # noqa: PLC0415 - compiled code, loaded only where there is something to check

    settings = {**_OFFLINE, **({"trust": {"user_anchors": trust}} if trust else {})}
    try:
        with c2pa.Reader(
            media_type, stream, manifest_data=store or None, context=c2pa.Context.from_dict(settings)
        ) as reader:
            held = json.loads(reader.json())
            return _tell_credentials(held, reader.get_validation_state() or "", place)
    except c2pa.C2paError as error:
        return Credentials(place, "unsupported" if str(error).startswith("NotSupported") else "unreadable")


def _tell_credentials(held: Mapping[str, Any], state: str, place: str) -> Credentials:
    manifests = held.get("manifests") or {}
    label = held.get("active_manifest") or ""
    active = manifests.get(label) or {}
    signature = active.get("signature_info") or {}
    codes = tuple(_list_failure_codes(held))
    walked = [*_walk_manifests(manifests, label)]
    declarations = [each for manifest in walked for each in manifest.list_declarations()]
    generator = (active.get("claim_generator_info") or [{}])[0]
    return Credentials(
        place,
        _name_state(state, codes),
        codes,
        signature.get("issuer") or "",
        signature.get("common_name") or "",
        " ".join(filter(None, (generator.get("name"), generator.get("version"))))
        or active.get("claim_generator")
        or "",
        signature.get("time") or "",
        label,
        any(manifest.tells_watermark for manifest in walked),
        tuple(declarations),
        _tell_origin(walked),
    )


def _name_state(state: str, codes: tuple[str, ...]) -> str:
    if state in ("Valid", "Trusted"):
        return state.lower()
    return "tampered" if any(code.endswith(".mismatch") for code in codes) else "invalid"


def _list_failure_codes(held: Mapping[str, Any]) -> Iterator[str]:
    results = held.get("validation_results") or {}
    deltas = [delta.get("validationDeltas") or {} for delta in results.get("ingredientDeltas") or ()]
    for each in (results.get("activeManifest") or {}, *deltas):
        yield from (failure["code"] for failure in each.get("failure") or () if _UNTRUSTED not in failure["code"])


class _Manifest:
    """One manifest of a store: that of the file itself, or of something that went into it."""

    def __init__(self, label: str, held: Mapping[str, Any], *, is_active: bool, is_sound: bool) -> None:
        self.label = label
        self.held = held
        self.place = "c2pa" if is_active else "c2pa-ingredient"
        self.is_sound = is_sound

    def list_assertions(self, label: str) -> Iterator[Mapping[str, Any]]:
        for assertion in self.held.get("assertions") or ():
            if str(assertion.get("label", "")).startswith(label) and isinstance(assertion.get("data"), dict):
                yield assertion

    def list_actions(self) -> Iterator[tuple[Mapping[str, Any], bool]]:
        """Each action, and whether the signer vouches for it; of an older claim the signer does for all."""
        for assertion in self.list_assertions("c2pa.actions"):
            vouched = bool(assertion.get("created")) or self.held.get("claim_version") == 1
            for action in assertion["data"].get("actions") or ():
                yield action, vouched

    def list_declarations(self) -> Iterator[SourceDeclaration]:
        for action, vouched in self.list_actions():
            if said := action.get("digitalSourceType"):
                yield build_declaration(str(said), self.place, vouched=vouched, verified=self.is_sound)

    @property
    def tells_watermark(self) -> bool:
        actions = (f"{action.get('action')} {action.get('description')}".lower() for action, _ in self.list_actions())
        return any("watermark" in said for said in actions) or any(self.list_assertions("c2pa.soft-binding"))

    def tell_origin(self) -> dict[str, str]:
        """What the manifest tells of the origin, if one of its actions says that a model was at work."""
        for action, _ in self.list_actions():
            declared = build_declaration(str(action.get("digitalSourceType") or ""), self.place)
            if declared.says_ai == SaysAi.YES and self.is_sound:
                return self._tell_action_origin(action)
        return {}

    def _tell_action_origin(self, action: Mapping[str, Any]) -> dict[str, str]:
        agent = action.get("softwareAgent") or {}
        agent = agent if isinstance(agent, dict) else {"name": agent}
        disclosed: Mapping[str, Any] = next((each["data"] for each in self.list_assertions("c2pa.ai-disclosure")), {})
        signature = self.held.get("signature_info") or {}
        told = {
            "provider_name": signature.get("issuer"),
            "system_name": agent.get("name") or disclosed.get("modelName"),
            "system_version": agent.get("version"),
            "time_date": action.get("when") or signature.get("time"),
            "unique_id": self.label,
            "created_or_altered": "created" if action.get("action") == "c2pa.created" else "altered",
        }
        return {name: str(value) for name, value in told.items() if value}


def _walk_manifests(manifests: Mapping[str, Any], active: str) -> Iterator[_Manifest]:
    """The manifest of the file, then those of what went into it, each once."""
    waiting, seen = [(active, True)], {""}
    while waiting and len(seen) <= _MOST_MANIFESTS:
        label, is_sound = waiting.pop(0)
        if label in seen or label not in manifests:
            continue
        seen.add(label)
        yield _Manifest(label, manifests[label], is_active=label == active, is_sound=is_sound)
        for ingredient in manifests[label].get("ingredients") or ():
            waiting.append((ingredient.get("active_manifest") or "", is_sound and _was_sound(ingredient)))


def _was_sound(ingredient: Mapping[str, Any]) -> bool:
    """Whether what went into a file was whole when it was taken in."""
    results = (ingredient.get("validation_results") or {}).get("activeManifest") or {}
    recorded = [*(ingredient.get("validation_status") or ()), *(results.get("failure") or ())]
    return all(_UNTRUSTED in str(each.get("code")) for each in recorded)


def _tell_origin(walked: list[_Manifest]) -> dict[str, str]:
    return next((origin for manifest in walked if (origin := manifest.tell_origin())), {})
