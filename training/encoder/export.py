"""Turn trained weights into what the product ships: ``python -m encoder.export --help``.

Written are network.onnx (int8 weights), labels.json,
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
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from .data import Labels, read_treebank
from .network import (
    BREAKS,
    HEADS,
    MARKS,
    OWN,
    PIECES,
    SHAPES,
    Layer,
    Network,
    first_pieces,
    inside,
    sentences,
    with_one,
)

INPUTS = ("ids", "shapes", "breaks", "marks", "first")
OUTPUTS = (
    *("vectors", "upos", "xpos", "feats", "script", "names", "starts", "arcs", "relations", "governors"),
    *("events", "modes", "statuses", "roles"),
)
TOLERANCE = 1e-3
"""How far the numbers of the exported graph may lie from those of the network, at float32."""


class Attention(torch.autograd.Function):
    """Attention over a whole window; one node of the exported graph (com.microsoft.MultiHeadAttention)."""

    @staticmethod
    def forward(ctx: Any, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        """Queries, keys and values, each (1, pieces, WIDTH), to the same shape."""
        q, k, v = (x.unflatten(2, (HEADS, -1)).transpose(1, 2) for x in (q, k, v))
        return functional.scaled_dot_product_attention(q, k, v).transpose(1, 2).flatten(2)

    @staticmethod
    def symbolic(g: Any, q: Any, k: Any, v: Any) -> Any:
        """The node."""
        return g.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS).setType(q.type())


def attend(layer: Layer, pieces: Tensor) -> Tensor:
    """What the pieces attend to in a layer."""
    return Attention.apply(*layer.qkv(pieces).chunk(3, -1))


def top(layers: Sequence[Layer], pieces: Tensor, first: Tensor) -> Tensor:
    """Vectors of the words after the top layers; the last one looks only at the first piece of each word."""
    *others, last = layers
    for layer in others:
        pieces = layer.after(pieces, attend(layer, pieces))
    return last.after(first_pieces(pieces, first), first_pieces(attend(last, pieces), first))


class Shipped(nn.Module):
    """The network as the product runs it: one window at a time, so without mask.

    The label scorer is the bilinear form x' R y of a word x and its governor y. The product takes the
    governor from the tree, so the graph gives x' R (`relations`) and y (`governors`) apart.
    """

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        labels, width, _ = network.rel.shape
        self.relations = nn.Linear(width, labels * width, bias=False)
        self.relations.weight.data = network.rel.detach().transpose(1, 2).reshape(-1, width).contiguous()

    def forward(self, ids: Tensor, shapes: Tensor, breaks: Tensor, marks: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        net = self.network
        pieces = net.encoder.embed(ids, shapes, breaks, marks)
        for layer in net.encoder.layers[:-OWN]:
            pieces = layer.after(pieces, attend(layer, pieces))
        words, read = (top(layers, pieces, first) for layers in (net.encoder.layers[-OWN:], net.reader))
        arcs, rooted = net.arcs(words)
        best = [net.tags[k](words).argmax(-1) for k in ("upos", "xpos", "feats", "script")]
        starts = net.tags["start"](words)
        return (
            words,
            *best,
            net.tags["name"](words),
            starts[..., 1] - starts[..., 0],
            arcs,
            self.relations(with_one(net.rel_dep(words))),
            with_one(net.rel_head(rooted)),
            *net.events(read),
            net.roles(words, read, inside(arcs, sentences(starts))),
        )


def load(run: Path) -> tuple[Network, Labels]:
    """Read the weights and labels that encoder.train wrote."""
    state = torch.load(run / "network.pt", map_location="cpu", weights_only=True)
    labels = Labels(**state["labels"])
    network = Network(labels)
    network.load_state_dict(state["network"])
    network.own = True
    return network.eval(), labels


def export(network: Network, labels: Labels, base: Path, out: Path, *, int8: bool = True) -> None:
    """Write the files of the shipped model, lemmas.json apart."""
    out.mkdir(parents=True, exist_ok=True)
    axes: dict[str, dict[int, str]] = {k: {1: "pieces"} for k in INPUTS[:-1]}
    axes |= {k: {1: "words"} for k in ("first", *OUTPUTS)}
    axes |= {"arcs": {1: "words", 2: "rooted"}, "governors": {1: "rooted"}, "roles": {1: "words", 3: "words"}}
    with tempfile.TemporaryDirectory() as tmp:
        plain = Path(tmp) / "plain.onnx"
        torch.onnx.export(
            Shipped(network).eval(), window(words=7, pieces=12), str(plain), input_names=list(INPUTS),
            output_names=list(OUTPUTS), dynamic_axes=axes, opset_version=17, custom_opsets={"com.microsoft": 1},
            dynamo=False,
        )  # fmt: skip
        check(plain, network)
        if int8:
            quantize_dynamic(
                plain, out / "network.onnx", per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
                op_types_to_quantize=["MatMul", "Gather"],
            )  # fmt: skip
        else:
            shutil.copy(plain, out / "network.onnx")
    onnx.checker.check_model(str(out / "network.onnx"))
    (out / "labels.json").write_text(json.dumps(asdict(labels), ensure_ascii=False, indent=0), encoding="utf-8")
    shutil.copy(base / "tokenizer.json", out / "vocabulary.json")


def window(words: int, pieces: int) -> tuple[Tensor, ...]:
    """A window of made-up input."""
    draw = torch.Generator().manual_seed(1)
    layers = (torch.randint(n, (1, pieces), generator=draw) for n in (PIECES, SHAPES, BREAKS, MARKS))
    return (*layers, torch.arange(1, words + 1)[None])


@torch.no_grad()
def check(plain: Path, network: Network) -> None:
    """Raise ValueError unless the graph says what the network says, on a window of another size."""
    given = window(words=40, pieces=60)
    *layers, first = given
    session = onnxruntime.InferenceSession(str(plain), providers=["CPUExecutionProvider"])
    answers = session.run(list(OUTPUTS), {k: v.numpy() for k, v in zip(INPUTS, given, strict=True)})
    found = dict(zip(OUTPUTS, map(torch.as_tensor, answers), strict=True))
    words, read = network.words(*layers, torch.ones_like(layers[0]).bool(), first)
    arcs, rooted = network.arcs(words)
    starts = network.tags["start"](words)
    heads = arcs.argmax(-1)
    relations, governors = found["relations"].unflatten(2, (len(network.rel), -1)), found["governors"][0, heads]
    for name, ours, exported in (
        ("vectors", words, found["vectors"]),
        ("names", network.tags["name"](words), found["names"]),
        ("arcs", arcs, found["arcs"]),
        ("labels", network.rels(words, rooted, heads), (relations @ governors[..., None]).squeeze(-1)),
        ("events", network.events(read)[0], found["events"]),
        ("roles", network.roles(words, read, inside(arcs, sentences(starts))), found["roles"]),
    ):
        distance = float((ours - exported).abs().max())
        if distance > TOLERANCE:
            raise ValueError(f"{name}: the exported graph differs by {distance:.2g} from the network")


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
