"""Where results go: a file that appears when it is complete, a device, or standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Protocol

from diplograph.errors import InputError

__all__ = ["output_file"]


class Bytes(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> int:
        """Write them."""


@contextmanager
def output_file(path: Path | None) -> Iterator[Bytes]:
    """A file that appears when it is complete; a device, a pipe or standard output, written to as it is."""
    if path is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = path.resolve()
    direct = target.exists() and not target.is_file()
    try:
        if not direct:
            target.parent.mkdir(parents=True, exist_ok=True)
        file = target.open("wb") if direct else NamedTemporaryFile(dir=target.parent, delete=False)  # noqa: SIM115
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}", remedy="check the path and its rights") from None
    with file:
        try:
            yield file
        except BaseException:
            if not direct:
                Path(file.name).unlink()
            raise
    if not direct:
        Path(file.name).chmod(0o666 & ~_umask())
        Path(file.name).replace(target)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
