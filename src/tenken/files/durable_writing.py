"""Files that are whole or not there: what a crash, a full disk or a kill leaves is the old text or the new."""

from __future__ import annotations

import errno
import os
import re
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from tenken.files.file_reading import build_access_problem
from tenken.files.problems import Place, Problem, Problems

_ABANDONED_SECONDS = 3600
"""Seconds after which an unfinished file is no other save still at work."""

_LONGEST_NAME = 255 - len("..01234567.tmp")
"""Bytes of a file's name that fit into that of an unfinished one, as file systems allow 255."""

_PIECE = 1 << 20
"""Bytes that are copied at a time."""

_PATIENCE_SECONDS = 10
"""How long to wait for another program that is writing the same file; a save takes some milliseconds."""


class AlreadyThere(Exception):  # noqa: N818 - nobody's mistake: somebody else was first
    """A file that was to be new is there."""


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Keeps other writers of a file away for one look and one write; a file that is not there yet is not locked.

    The lock is on the file itself, which a save replaces: whoever waited looks whether it is still the one of that
    name. It goes with the process, so that nothing stays behind when that is killed. Raises `Problems` if another
    program keeps it too long.
    """
    handles: list[int] = []
    try:
        _open_locked(path, handles)
        yield
    finally:
        _close_all(handles)


def _close_all(handles: list[int]) -> None:
    while handles:
        with suppress(OSError):  # nothing was written through it
            os.close(handles.pop())


def _open_locked(path: Path, handles: list[int]) -> None:
    """Opens a file and locks it; what is open is among the handles at once, so that no signal leaves it locked."""
    given_up = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            handles.append(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
        except FileNotFoundError:
            return
        except OSError as error:
            raise Problems(build_access_problem(path, error)) from None
        if _is_locked_now(handles[0]) and _is_still_named(handles[0], path):
            return
        _close_all(handles)
        if time.monotonic() > given_up:
            text = "another program has been writing this file for {seconds} seconds; nothing was changed"
            raise Problems(Problem(Place(str(path)), text, {"seconds": _PATIENCE_SECONDS}))
        time.sleep(0.002)


def _is_locked_now(handle: int) -> bool:
    """Whether the lock is ours; where there are no locks, as on some network drives, nobody is waited for."""
    try:
        import fcntl  # noqa: PLC0415 - not there on Windows
    except ImportError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _is_still_named(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None


def encode_document(text: str) -> bytes:
    """A text in UTF-8; half a character, as a broken file name has it, becomes the sign for what cannot be read."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()


def write_durably(
    path: str | Path, text: str | bytes | Iterable[bytes], *, is_new: bool = False, like: Path | None = None
) -> None:
    """Replaces a file whole and durably: after a crash at any moment there is the old text or the new, never half.

    What comes in parts is written as it comes; nothing is kept if one of them raises anything. Symbolic links are
    followed; mode, owner, group and what else the system notes of a file stay as far as it lets us, and a new file has
    those of the one it shall be `like`, else the mode that the umask leaves. A device or a pipe is written to. Raises
    `Problems` when the system refuses, the file is read-only, or it has several names (hard links): replaced, it would
    lose the others, and written in place it could be left half. What it says tells whether the file is as it was or as
    it should be. Raises `AlreadyThere` if it was to be new.
    """
    whole = text.encode() if isinstance(text, str) else text
    content = (whole,) if isinstance(whole, bytes) else whole
    try:
        target = Path(os.path.realpath(path))
        if _is_device(Path(path)):
            _write_to_device(Path(path), content)
            return
        if not is_new:
            _refuse_irreplaceable(target)
        _replace_file(target, content, like or target, is_new=is_new)
    except OSError as error:
        raise Problems(build_access_problem(path, error)) from None
    try:
        _sync_folder(target.parent)
    except OSError as error:
        says = "{reason}; the file is written, but may not survive a power failure"
        raise Problems(Problem(Place(str(path)), says, {"reason": error.strerror})) from None
    _remove_abandoned_files(target)


def _is_device(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _write_to_device(path: Path, content: Iterable[bytes]) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_NONBLOCK)  # which fails, and does not wait, where nobody reads a pipe
    os.set_blocking(handle, True)
    with os.fdopen(handle, "wb") as device:
        device.writelines(content)


def _refuse_irreplaceable(target: Path) -> None:
    """Raises `PermissionError` for a file that is not for us to write, `Problems` for one that has other names, too."""
    try:
        state = target.stat()
    except FileNotFoundError:
        return
    # Nobody may write what has no mode for it, also where the system would let us, as it lets root.
    if not (state.st_mode & 0o222 and os.access(target, os.W_OK, effective_ids=os.access in os.supports_effective_ids)):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    if state.st_nlink > 1 and stat.S_ISREG(state.st_mode):
        says = "this file has {count} names (hard links), of which a save would change one; copy it, and name the copy"
        raise Problems(Problem(Place(str(target)), says, {"count": state.st_nlink}))


def _replace_file(target: Path, content: Iterable[bytes], like: Path, *, is_new: bool) -> None:
    unfinished = target.parent / f".{_shorten_name(target.name)}.{os.urandom(4).hex()}.tmp"
    try:
        with unfinished.open("xb") as file:
            _copy_attributes(like, file.fileno())
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            _name_new_file(unfinished, target)
        else:
            _rename_over(unfinished, target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _name_new_file(unfinished: Path, target: Path) -> None:
    """Gives a file its name unless there is one of that name, which a rename would replace."""
    try:
        os.link(unfinished, target)
    except FileExistsError:
        raise AlreadyThere from None
    except OSError:  # a file system without links
        if target.exists():
            raise AlreadyThere from None
        unfinished.replace(target)
        return
    unfinished.unlink()


def _rename_over(unfinished: Path, target: Path) -> None:
    """The new content under the old name; what is mounted there cannot be replaced, and is written in place."""
    try:
        unfinished.replace(target)
    except OSError as error:
        if error.errno != errno.EBUSY:
            raise
        with unfinished.open("rb") as made, target.open("r+b") as file:
            file.writelines(iter(partial(made.read, _PIECE), b""))
            file.truncate()
            os.fsync(file.fileno())
        unfinished.unlink()


def _copy_attributes(target: Path, handle: int) -> None:
    """Gives a new file the owner, the group, the mode and the rest of an old one.

    A group we cannot give it keeps no rights, as they would be those of another group.
    """
    try:
        before = target.stat()
    except FileNotFoundError:
        return
    mode = stat.S_IMODE(before.st_mode)
    if not _is_given_to(handle, before.st_uid, -1):
        mode &= ~stat.S_ISUID
    if not _is_given_to(handle, -1, before.st_gid):
        mode = mode & ~(stat.S_ISGID | stat.S_IRWXG) | (mode & stat.S_IRWXO) << 3
    _copy_extended_attributes(target, handle)
    os.fchmod(handle, mode)  # last, as each of the others takes some of it away


def _is_given_to(handle: int, owner: int, group: int) -> bool:
    """Whether a file has an owner or a group now; each is given by itself, as the system may let us do one of them."""
    with suppress(PermissionError):
        os.fchown(handle, owner, group)
    state = os.fstat(handle)
    return owner in (-1, state.st_uid) and group in (-1, state.st_gid)


def _copy_extended_attributes(target: Path, handle: int) -> None:
    """Copies what a file system notes besides, such as who else may read a file (ACL), where it can."""
    if sys.platform != "linux":
        return
    with suppress(OSError):
        for name in os.listxattr(target):
            with suppress(OSError):
                os.setxattr(handle, name, os.getxattr(target, name))


def _sync_folder(folder: Path) -> None:
    """Makes the new name of a file last as its content does."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove_abandoned_files(target: Path) -> None:
    """Removes what killed saves of this file left beside it, as far as the system lets us.

    The age is told by the clock of the file system, which a save has just set the file by.
    """
    with suppress(OSError):
        before = target.stat().st_mtime - _ABANDONED_SECONDS
        for entry in _list_unfinished_files(target):
            if entry.stat(follow_symlinks=False).st_mtime < before:
                Path(entry.path).unlink()


def _list_unfinished_files(target: Path) -> list[os.DirEntry[str]]:
    with os.scandir(target.parent) as entries:
        mine = (entry for entry in entries if _is_unfinished_name(entry.name, target.name))
        return [entry for entry in mine if entry.is_file(follow_symlinks=False)]


def _is_unfinished_name(name: str, target: str) -> bool:
    """Whether it is the name of an unfinished save of the target: eight digits between it and an ending of ours."""
    begins = f".{_shorten_name(target)}."
    digits = name.removeprefix(begins).removesuffix(".tmp")
    return name == f"{begins}{digits}.tmp" and len(digits) == 8 and set(digits) <= set("0123456789abcdef")


def _shorten_name(name: str) -> str:
    """As much of a file's name as fits into that of an unfinished one."""
    while len(os.fsencode(name)) > _LONGEST_NAME:
        name = name[:-1]
    return name
