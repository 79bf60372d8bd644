"""Turn trained weights into what the product ships: ``python -m encoder.export --help``.

Written are network.onnx (int8 weights), relations.npy (the label scorer, float16), labels.json,
vocabulary.json and lemmas.json (inflected forms and their lemmas). The heads whose single best answer
is enough give it inside the graph.
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
from .network import INPUTS, Network, _one

OUTPUTS = ("vectors", "upos", "xpos", "feats", "script", "names", "starts", "arcs", "dependents", "governors")


class Shipped(nn.Module):
    """The network with the outputs that the product needs."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, *inputs: Tensor) -> tuple[Tensor, ...]:
        net = self.network
        words = net.words(*inputs)
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
    numbers = torch.ones(2, pieces, dtype=torch.long)
    example = (numbers, numbers, numbers, numbers, numbers.bool(), torch.arange(words).repeat(2, 1))
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


def spelled(words: set[str]) -> dict[str, dict[str, str]]:
    """Regular forms and their lemmas, as far as a word list tells which lemma there is.

    No rule of spelling knows that "telephoned" has a silent e and "abandoned" none, or that "swapped"
    doubles its consonant: the list does.
    """
    verbs, nouns = {}, {}
    for form in sorted(w for w in words if w.isalpha() and w.islower()):
        for ending in ("ed", "ing"):
            stem = form.removesuffix(ending)
            if stem == form or len(stem) < 3:
                continue
            bases = [f"{stem}e", stem]
            bases += [stem[:-1]] if stem[-1] == stem[-2] else []
            bases += [f"{stem[:-1]}y"] if ending == "ed" and stem.endswith("i") else []
            known = next((b for b in bases if b in words), None)
            if known:
                verbs[form] = known
        if form.endswith("ies") and f"{form[:-3]}y" in words:
            nouns[form] = verbs[form] = f"{form[:-3]}y"
    return {"VERB": verbs, "NOUN": nouns}


def irregular(path: Path) -> dict[str, str]:
    """Irregular verb forms and their lemmas: a line holds the lemma, then its other forms."""
    rows = [line.split() for line in path.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    return {form: lemma for lemma, *forms in rows for form in forms}


def lemma_table(data: Path, trees: list[str], words: list[Path]) -> dict[str, dict[str, str]]:
    """Return part of speech -> form -> lemma.

    What the treebanks say comes first, then irregular.txt, then word lists (`words`: one word a line).
    """
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for name in trees:
        for s in read_treebank(data / f"{name}-train.conllu.gz"):
            for form, tag, lemma in zip(s.words, s.upos or (), s.lemmas or (), strict=True):
                if tag in {"VERB", "NOUN", "ADJ", "ADV", "AUX"} and form.isalpha():
                    counts[tag, form.lower()][lemma] += 1
    table: dict[str, dict[str, str]] = defaultdict(dict)
    for tag, forms in spelled({w for path in words for w in path.read_text(encoding="utf-8").split()}).items():
        table[tag] |= forms
    table["VERB"] |= irregular(Path(__file__).with_name("irregular.txt"))
    for (tag, form), lemmas in sorted(counts.items()):
        lemma = lemmas.most_common(1)[0][0]
        if lemma.islower() and (lemma != form or tag in {"VERB", "AUX"}):  # put, cut, set: their own lemma
            table[tag][form] = lemma
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True, help="folder that encoder.train wrote")
    parser.add_argument("--base", type=Path, required=True, help="folder with the base vocabulary")
    parser.add_argument("--data", type=Path, required=True, help="folder with the treebanks")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--words", type=Path, nargs="+", required=True, help="word lists, one a line (Debian's wamerican, wbritish)"
    )
    parser.add_argument("--float", action="store_true", help="keep float32 weights (to measure what int8 costs)")
    args = parser.parse_args()
    network, labels = load(args.run)
    export(network, labels, args.base, args.out, int8=not args.float)
    config = tomllib.loads(Path(__file__).with_name("config.toml").read_text(encoding="utf-8"))
    table = lemma_table(args.data, config["trees"], args.words)
    (args.out / "lemmas.json").write_text(json.dumps(table, ensure_ascii=False, indent=0), encoding="utf-8")


if __name__ == "__main__":
    main()
