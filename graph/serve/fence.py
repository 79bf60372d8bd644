"""What a worker process cannot do, whatever a query makes the engine try.

Memory is limited by the platform's resource limits. On Linux, Landlock also takes away TCP
connections and every file outside the store; where the kernel has no Landlock, the refusals before
the worker stand alone.
"""

from __future__ import annotations

import ctypes
import os
import struct
import sys
from pathlib import Path

__all__ = ["has_landlock", "limit_memory", "shut_in"]

_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""System calls of Landlock; the same on every architecture that CPython supports on Linux."""
_VERSION_FLAG, _PATH_RULE, _NO_NEW_PRIVILEGES = 1, 1, 38
_ALL_FILE_RIGHTS = (1 << 13) - 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_BIND_TCP, _CONNECT_TCP = 1 << 0, 1 << 1
_WITH_NETWORK = 4
"""First version of Landlock that knows the network."""


def limit_memory(megabytes: int) -> None:
    """Limit the address space of this process, and let it leave no core dump."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20, megabytes * 2**20))


def has_landlock() -> bool:
    """Return whether this kernel can shut a process in."""
    if not sys.platform.startswith("linux"):
        return False
    return _call(_CREATE, None, 0, _VERSION_FLAG) >= _WITH_NETWORK


def shut_in(store: Path) -> None:
    """Leave this thread, and those it starts, nothing but reading the store: no TCP, no other file.

    Raises
    ------
    OSError
        If the kernel has Landlock but refuses to apply it.
    """
    if not has_landlock():
        return
    rules = struct.pack("=QQ", _ALL_FILE_RIGHTS, _BIND_TCP | _CONNECT_TCP)
    fence = _checked(_call(_CREATE, rules, len(rules), 0))
    folder = os.open(store, os.O_PATH | os.O_DIRECTORY)
    try:
        rule = struct.pack("=Qi", _READ_FILE | _READ_FOLDER, folder)
        _checked(_call(_ADD, fence, _PATH_RULE, rule, 0))
        _checked(ctypes.CDLL(None, use_errno=True).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0))
        _checked(_call(_RESTRICT, fence, 0))
    finally:
        os.close(folder)
        os.close(fence)


def _call(number: int, *arguments: object) -> int:
    return int(ctypes.CDLL(None, use_errno=True).syscall(number, *arguments))


def _checked(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result
