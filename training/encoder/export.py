"""Turn trained weights into what the product ships: ``python -m encoder.export --run FOLDER --base FOLDER --out FOLDER``.

Written are network.onnx (int8 weights), relations.npy (the label scorer, float16), labels.json,
vocabulary.json and lemmas.json (the inflected forms of the treebanks and their lemmas). The heads whose single best answer is enough give it inside the graph.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import tomllib
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from .data import Labels, read_treebank
from .network import Network, _one

INPUTS = ("ids", "shapes", "breaks", "mask", "first")
OUTPUTS = ("vectors", "upos", "xpos", "feats", "script", "names", "starts", "arcs", "dependents", "governors")


class Shipped(nn.Module):
    """The network with the outputs that the product needs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, shapes: Tensor, breaks: Tensor, mask: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        net = self.network
        words = net.words(ids, shapes, breaks, mask, first)
        arcs, rooted = net.arcs(words)
        best = [net.tags[k](words).argmax(-1) for k in ("upos", "xpos", "feats", "script")]
        starts = net.tags["start"](words)
        return (
            words,
            *best,
            net.tags["name"](words),
            starts[..., 1] - starts[..., 0],
            arcs,
            _one(net.rel_dep(words)),
            _one(net.rel_head(rooted)),
        )


def load(run: Path) -> tuple[Network, Labels]:
    """Read the weights and labels that encoder.train wrote."""
    state = torch.load(run / "network.pt", map_location="cpu", weights_only=True)
    labels = Labels(**state["labels"])
    network = Network(labels)
    network.load_state_dict(state["network"])
    return network.eval(), labels


def export(network: Network, labels: Labels, base: Path, out: Path, *, int8: bool = True) -> None:
    """Write the four files of the shipped model."""
    out.mkdir(parents=True, exist_ok=True)
    words, pieces = 7, 12
    example = (
        torch.ones(2, pieces, dtype=torch.long),
        torch.ones(2, pieces, dtype=torch.long),
        torch.ones(2, pieces, dtype=torch.long),
        torch.ones(2, pieces, dtype=torch.bool),
        torch.arange(words).repeat(2, 1),
    )
    axes: dict[str, dict[int, str]] = {k: {0: "windows", 1: "pieces"} for k in INPUTS[:-1]}
    axes["first"] = {0: "windows", 1: "words"}
    axes |= {k: {0: "windows", 1: "words"} for k in OUTPUTS}
    axes["arcs"] = {0: "windows", 1: "words", 2: "rooted"}
    axes["governors"] = {0: "windows", 1: "rooted"}
    with tempfile.TemporaryDirectory() as tmp:
        plain = Path(tmp) / "plain.onnx"
        torch.onnx.export(
            Shipped(network), example, str(plain), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip
        if int8:
            quantize_dynamic(
                plain, out / "network.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Gather"],
            )  # fmt: skip
        else:
            shutil.copy(plain, out / "network.onnx")
    onnx.checker.check_model(str(out / "network.onnx"))
    np.save(out / "relations.npy", network.rel.detach().numpy().astype(np.float16))
    sets = {k: getattr(labels, k) for k in ("rels", "upos", "xpos", "feats", "scripts", "names")}
    (out / "labels.json").write_text(json.dumps(sets, ensure_ascii=False, indent=0), encoding="utf-8")
    shutil.copy(base / "tokenizer.json", out / "vocabulary.json")


def _silent_e(path: Path) -> dict[str, str]:
    """Forms whose lemma ends in a silent e, which no rule of spelling tells (telephoned, but abandoned)."""
    words = set(path.read_text(encoding="utf-8").split())
    bases = [w for w in words if w.isalpha() and w.islower() and len(w) > 3 and w.endswith("e") and w[:-1] not in words]
    forms = {f: w for w in bases for f in (f"{w}d", f"{w[:-1]}ing") if f in words}
    return dict(sorted(forms.items()))


def lemma_table(data: Path, trees: list[str], words: Path) -> dict[str, dict[str, str]]:
    """Return part of speech -> form -> lemma, for the forms that differ from their lemma.

    From the treebanks, and for silent e from a word list (`words`: one word a line).
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in trees:
        for s in read_treebank(data / f"{name}-train.conllu.gz"):
            for form, tag, lemma in zip(s.words, s.upos or (), s.lemmas or (), strict=True):
                if tag in {"VERB", "NOUN", "ADJ", "ADV", "AUX"} and form.isalpha():
                    counts[tag, form.lower()][lemma] += 1
    table: dict[str, dict[str, str]] = defaultdict(dict)
    table["VERB"] |= _silent_e(words)
    for (tag, form), lemmas in sorted(counts.items()):
        lemma = lemmas.most_common(1)[0][0]
        if lemma != form and lemma.islower():
            table[tag][form] = lemma
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder that encoder.train wrote")
    parser.add_argument("--base", type=Path, required=True, help="folder with the base vocabulary")
    parser.add_argument("--data", type=Path, required=True, help="folder with the treebanks")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--words", type=Path, required=True, help="word list, one a line (Debian's wamerican)")
    parser.add_argument("--float", action="store_true", help="keep float32 weights (to measure what int8 costs)")
    args = parser.parse_args()
    network, labels = load(args.run)
    export(network, labels, args.base, args.out, int8=not args.float)
    config = tomllib.loads(Path(__file__).with_name("config.toml").read_text(encoding="utf-8"))
    table = lemma_table(args.data, config["trees"], args.words)
    (args.out / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
