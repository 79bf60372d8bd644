"""Train the encoder and its heads: ``python -m encoder.train --help``.

Settings stand in config.toml beside this file. The log of the run (settings, versions, seconds,
scores on the dev sets after each epoch) is written to OUT/log.jsonl, the weights of each stage to
OUT/stage-N.pt (a stage that is there already is not trained again), the last ones to OUT/network.pt.
"""

from __future__ import annotations

import argparse
import json
import platform
import random
import time
import tomllib
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from diplograph.extract.model.trees import decode_tree

from .base import fetch
from .data import Example, Labels, Windows, pad
from .network import INPUTS, Network, inside
from .restore import restore
from .sources import Sources

WEIGHTS = {"upos": 0.3, "xpos": 0.3, "feats": 0.3, "script": 0.3, "name": 1.0, "start": 0.5}
"""Share of each head in the loss, beside 1 for arcs and 1 for labels."""
MODE = 0.3
"""Share of the mode of an event; those of its class, roles and status stand in the settings of a stage."""


def load_vocabulary(folder: Path) -> Tokenizer:
    """Return the word-piece vocabulary without padding and truncation."""
    vocabulary = Tokenizer.from_file(str(folder / "tokenizer.json"))
    vocabulary.no_padding()
    vocabulary.no_truncation()
    return vocabulary


def collate(examples: list[Example]) -> tuple[tuple[Tensor, ...], dict[str, Tensor], Tensor]:
    """Pad examples: network inputs, targets (-1 = none), sentence numbers (-1 = padding)."""
    batch = pad([e.encoded for e in examples])
    inputs = tuple(torch.from_numpy(batch[name]) for name in INPUTS)
    words = batch["first"].shape[1]
    targets = {k: torch.full((len(examples), words), -1) for k in examples[0].targets}
    sentence = torch.full((len(examples), words), -1)
    for i, example in enumerate(examples):
        n = len(example.sentence)
        sentence[i, :n] = torch.tensor(example.sentence)
        for key, values in example.targets.items():
            targets[key][i, :n] = torch.tensor(values)
    return inputs, targets, sentence


def role_loss(roles: Tensor, examples: list[Example], events: Tensor) -> Tensor:
    """Loss of who takes part in the events of a batch, over every pair of an event and a word of its window."""
    row, column = torch.nonzero(events > 0, as_tuple=True)
    if not len(row):
        return roles.new_zeros(())
    numbers = torch.full(events.shape, -1)
    numbers[row, column] = torch.arange(len(row))
    target = torch.where((events >= 0)[row], 0, -1)
    for i, example in enumerate(examples):
        for event, word, role in example.arguments:
            target[numbers[i, event], word] = role
    return cross_entropy(roles[row, column].transpose(1, 2), target)


def cross_entropy(scores: Tensor, target: Tensor) -> Tensor:
    """Mean over the words that have a target."""
    total = functional.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=-1, reduction="sum")
    return total / (target >= 0).sum().clamp(min=1)


def loss_of(network: Network, examples: list[Example], stage: dict[str, Any]) -> Tensor:
    """Sum of the losses on a batch of all that a stage trains, weighted."""
    inputs, targets, sentence = collate(examples)
    loss = torch.zeros(())
    words, read = network.words_to_read(*inputs) if stage["own"] else network.words(*inputs)
    arcs, rooted = network.arcs(words)
    arcs = inside(arcs, sentence)
    if not stage["own"]:
        loss = _language_loss(network, words, arcs, rooted, targets)
    if (targets["event"] >= 0).any():
        roles = network.roles(words, read, arcs)
        loss = loss + stage["role"] * role_loss(roles, examples, targets["event"])
        event, mode, status = network.events(read)
        if stage["event"]:
            loss = loss + stage["event"] * cross_entropy(event, targets["event"])
        if stage["status"] and (targets["status"] >= 0).any():
            loss = loss + MODE * cross_entropy(mode, targets["mode"])
            loss = loss + stage["status"] * cross_entropy(status, targets["status"])
    return loss


def _language_loss(network: Network, words: Tensor, arcs: Tensor, rooted: Tensor, targets: dict[str, Tensor]) -> Tensor:
    loss = words.new_zeros(())
    for key, weight in WEIGHTS.items():
        if (targets[key] >= 0).any():
            loss = loss + weight * cross_entropy(network.tags[key](words), targets[key])
    if (targets["head"] >= 0).any():
        loss = loss + cross_entropy(arcs, targets["head"])
        loss = loss + cross_entropy(network.rels(words, rooted, targets["head"].clamp(min=0)), targets["rel"])
    return loss


def batches(examples: list[Example], budget: int, rng: random.Random) -> list[list[Example]]:
    """Group examples of like length into batches of at most `budget` pieces; shuffled."""
    ordered = sorted(examples, key=lambda e: len(e.encoded.ids) + rng.random() * 8)
    groups: list[list[Example]] = [[]]
    for example in ordered:
        if groups[-1] and (len(groups[-1]) + 1) * len(example.encoded.ids) > budget:
            groups.append([])
        groups[-1].append(example)
    rng.shuffle(groups)
    return groups


@torch.no_grad()
def evaluate(network: Network, windows: Windows) -> dict[str, float]:
    """Scores (percent) on gold words and sentences: LAS without subtypes, tags, starts; F1 of names."""
    network.eval()
    right: dict[str, int] = {}
    total: dict[str, int] = {}
    names, starts, events, roles = (np.zeros(3, dtype=int) for _ in range(4))
    rel_names = [r.split(":")[0] for r in windows.labels.rels]
    examples = list(windows.draw(random.Random(0), plain=True))
    for i in range(0, len(examples), 16):
        chunk = examples[i : i + 16]
        inputs, targets, sentence = collate(chunk)
        words, read = network.words(*inputs)
        predicted = {k: network.tags[k](words).argmax(-1) for k in network.TAGS}
        for key in ("upos", "xpos", "feats", "script"):
            known = targets[key] >= 0
            right[key] = right.get(key, 0) + int((predicted[key] == targets[key])[known].sum())
            total[key] = total.get(key, 0) + int(known.sum())
        if (targets["event"] >= 0).any():
            parts = network.roles(words, read, inside(network.arcs(words)[0], sentence))
            more = _read_events(network.events(read), parts, chunk, targets, right, total)
            events, roles = events + more[0], roles + more[1]
            continue
        known = targets["start"] >= 0
        p, g = predicted["start"][known] == 1, targets["start"][known] == 1
        starts += np.array([int((p & g).sum()), int(p.sum()), int(g.sum())])
        for row in range(len(chunk)):
            if (targets["name"][row] < 0).all():
                continue
            n = len(chunk[row].sentence)
            found = _spans([windows.labels.names[t] for t in predicted["name"][row, :n]])
            gold = _spans([windows.labels.names[max(0, int(t))] for t in targets["name"][row, :n]])
            names += np.array([len(found & gold), len(found), len(gold)])
        scores, rooted = network.arcs(words)
        scores = inside(scores, sentence)
        heads = torch.zeros_like(targets["head"])
        for row, example in enumerate(chunk):
            numbers = np.array(example.sentence)
            for s in range(numbers[-1] + 1):
                (own,) = np.nonzero(numbers == s)
                columns = np.concatenate(([0], own + 1))
                tree = decode_tree(scores[row][own][:, columns].numpy())
                heads[row, own] = torch.from_numpy(columns[tree])
        rels = network.rels(words, rooted, heads).argmax(-1)
        known = targets["head"] >= 0
        agree = heads == targets["head"]
        same = torch.tensor(
            [
                [rel_names[int(a)] == rel_names[int(b)] for a, b in zip(x, y, strict=True)]
                for x, y in zip(rels, targets["rel"], strict=True)
            ]
        )
        for key, hit in (("uas", agree), ("las", agree & same)):
            right[key] = right.get(key, 0) + int(hit[known].sum())
            total[key] = total.get(key, 0) + int(known.sum())
    shares = {k: round(100 * right[k] / total[k], 2) for k in right if total[k]}
    spans = {
        k: _f1(counts)
        for k, counts in (("starts", starts), ("names", names), ("events", events), ("roles", roles))
        if counts[2]
    }
    return shares | spans


def _read_events(
    answers: tuple[Tensor, Tensor, Tensor], scores: Tensor, chunk: list[Example], targets: dict[str, Tensor],
    right: dict[str, int], total: dict[str, int],
) -> tuple[np.ndarray, np.ndarray]:  # fmt: skip
    """Count hits, findings and gold: of events (word and class), and of roles at the gold events."""
    event, _, status = answers
    known, gold = targets["event"] >= 0, targets["event"] > 0
    found = (event.argmax(-1) * known) > 0
    events = np.array([int(((event.argmax(-1) == targets["event"]) & gold).sum()), int(found.sum()), int(gold.sum())])
    for key, hits in (("trigger", found & gold), ("status", (status.argmax(-1) == targets["status"]) & gold)):
        right[key] = right.get(key, 0) + int(hits.sum())
        total[key] = total.get(key, 0) + int(gold.sum())
    best = scores.argmax(2)
    roles = np.zeros(3, dtype=int)
    for i, example in enumerate(chunk):
        wanted = set(example.arguments)
        own = torch.nonzero(gold[i])[:, 0].tolist()
        said = {(e, w, int(best[i, e, w])) for e in own for w in range(len(example.sentence)) if best[i, e, w]}
        roles += np.array([len(wanted & said), len(said), len(wanted)])
    return events, roles


def _f1(counts: np.ndarray) -> float:
    hits, found, gold = counts
    return round(200 * hits / max(1, found + gold), 2)


def _spans(tags: list[str]) -> set[tuple[int, int, str]]:
    out, begin, label = set(), -1, ""
    for i, tag in enumerate([*tags, "O"]):
        if begin >= 0 and (tag[0] != "I" or tag[2:] != label):
            out.add((begin, i, label))
            begin = -1
        if tag[0] == "B" or (tag[0] == "I" and begin < 0):
            begin, label = i, tag[2:]
    return out


def optimizer_of(network: Network, stage: dict[str, Any]) -> torch.optim.Optimizer:
    """AdamW with a rate for the pretrained layers, one for the heads and one for those that read events.

    Pieces and positions stay as they are; in a stage of the reader's `own`, all that is not its.
    """
    for embedding in (network.encoder.piece, network.encoder.position):
        embedding.weight.requires_grad_(False)
    trained = (network.reader,) if stage["own"] else (network.encoder.layers, network.encoder.norm)
    pretrained = [p for module in trained for p in module.parameters()]
    reader = list(network.reader_parameters())
    chosen = {id(p) for p in pretrained + reader}
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in chosen and not stage["own"]]
    return torch.optim.AdamW(
        [
            {"params": pretrained, "lr": stage["rate_encoder"]},
            {"params": heads, "lr": stage["rate_heads"]},
            {"params": reader, "lr": stage["rate_reader"]},
        ],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )


def train(
    network: Network, windows: Windows, config: dict[str, Any], stage: dict[str, Any], rng: random.Random
) -> Iterator[tuple[int, Network]]:
    """Train for the epochs of a stage; after each, give its number and the (averaged) weights."""
    optimizer = optimizer_of(network, stage)
    steps = stage["epochs"] * len(batches(list(windows.draw(rng)), config["budget"], rng))
    warm = config["warm_up"] * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: min(1.0, (t + 1) / warm) * max(0.01, 1 - t / steps)
    )
    decay = torch.optim.swa_utils.get_ema_multi_avg_fn(stage["averaging"])
    average = torch.optim.swa_utils.AveragedModel(network, multi_avg_fn=decay)
    begun, step, recent = time.time(), 0, 0.0
    for epoch in range(stage["epochs"]):
        for group in batches(list(windows.draw(rng)), config["budget"], rng):
            network.train_reader() if stage["own"] else network.train()
            loss = loss_of(network, group, stage)
            if not loss.requires_grad:  # no event to learn from
                continue
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            average.update_parameters(network)
            recent += loss.item()
            step += 1
            if step % 100 == 0:
                print(f"step {step}/{steps} loss {recent / 100:.3f} {time.time() - begun:.0f} s", flush=True)
                recent = 0.0
        yield epoch, average.module


def restored(network: Network, labels: Labels, model: Path) -> None:
    """Put a shipped model's weights into the network."""
    if other := restore(network, labels, model):
        raise ValueError(f"{model}: no weights for {', '.join(other)}")
    network.own = True


def run(config: dict[str, Any], sources: Sources, out: Path, start: Path | None = None) -> None:
    """Train all stages of a config, or the last one from the weights of the shipped model `start`.

    Weights and log go to `out`.
    """
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(config["seed"])
    torch.set_num_threads(config["threads"])
    rng = random.Random(config["seed"])

    base = fetch(sources.base)
    vocabulary = load_vocabulary(base)
    sentences, items = sources.train(config["trees"])
    acts = sources.train_events()
    labels = Labels.of(sentences + acts)
    dev = {k: Windows(s, labels, vocabulary, config["pieces"]) for k, s in sources.dev(config["trees"]).items()}
    network = Network(labels, without=config["without"])
    network.encoder.load_base(base / "model.safetensors")
    begin = len(config["stage"]) - 1 if start else 0
    if start:
        restored(network, labels, start)
    with (out / "log.jsonl").open("a", encoding="utf-8") as log:

        def note(**entry: object) -> None:
            print(json.dumps(entry), file=log, flush=True)
            print(json.dumps(entry), flush=True)

        note(config=config, versions={"torch": torch.__version__, "python": platform.python_version()})
        for number, stage in enumerate(config["stage"], 1):
            if number <= begin:
                continue
            if stage["own"] and not network.own:
                network.part()
            weights = out / f"stage-{number}.pt"
            if weights.exists():
                network.load_state_dict(torch.load(weights, weights_only=True)["network"])
                continue
            trees = sentences if stage["every"] else ()
            texts = [*trees, *(items if stage["items"] else ()), *(acts if stage["repeat"] else ())]
            drawing = {key: stage[key] for key in ("headlines", "marked", "masked", "every", "repeat", "written")}
            windows = Windows(texts, labels, vocabulary, config["pieces"], **drawing)
            begun = time.time()
            for epoch, trained in train(network, windows, config, stage, rng):
                scores = {k: evaluate(trained, w) for k, w in dev.items()}
                note(stage=number, epoch=epoch, seconds=round(time.time() - begun), dev=scores)
            torch.save({"network": trained.state_dict(), "labels": asdict(labels)}, weights)
            network.load_state_dict(trained.state_dict())
    if not network.own:
        network.part()
    torch.save({"network": network.state_dict(), "labels": asdict(labels)}, out / "network.pt")


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Return a parser that knows where the data are (see `Sources`) and where the results go."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with the treebanks and name annotations")
    parser.add_argument("--items", type=Path, required=True, help="the news items that names-*.jsonl annotate")
    parser.add_argument("--base", type=Path, required=True, help="folder for the base weights (fetched if absent)")
    parser.add_argument("--events", type=Path, required=True, help="folder with the annotated events")
    parser.add_argument("--news", type=Path, required=True, help="evaluation folder with dev items: docs, gold")
    parser.add_argument("--out", type=Path, required=True)
    return parser


def settings() -> dict[str, Any]:
    """Return config.toml."""
    return tomllib.loads(Path(__file__).with_name("config.toml").read_text(encoding="utf-8"))


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--start", type=Path, help="go on from the weights of a shipped model with the last stage")
    args = parser.parse_args()
    sources = Sources(args.data, args.items, args.base, args.events, args.news)
    run(settings(), sources, args.out, args.start)


if __name__ == "__main__":
    main()
