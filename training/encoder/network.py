"""The network: one MiniLM encoder and, on each word's first piece, a head per layer of annotation.

What reads events has the top layers twice: once the parser's, and once its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from .data import Labels

INPUTS = ("ids", "shapes", "breaks", "marks", "mask", "first")
"""What `Network.words` takes, in this order (see `data.pad`)."""

WIDTH, HEADS, INNER, LAYERS, PIECES, POSITIONS = 384, 12, 1536, 6, 30522, 512
OWN = 3
"""Layers on top that the reader of events has of its own; it shares those below with the parser."""
SHAPES, BREAKS, MARKS = 6, 4, 13
ROLE_WIDTH = 96
FAR = 24
"""Words between an event and another word from which on their distance is one."""
PATHS = 7
"""Ways in the tree from an event to another word that the scorer of roles knows (see `Network.paths`)."""


class Layer(nn.Module):
    """A BERT layer (post-norm)."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=bias)
        return self.after(x, attended.transpose(1, 2).reshape(batch, length, WIDTH))

    def after(self, x: Tensor, attended: Tensor) -> Tensor:
        """What follows the attention."""
        x = self.norm1(x + self.drop(self.out(attended)))
        return self.norm2(x + self.drop(self.outer(functional.gelu(self.inner(x)))))


class Encoder(nn.Module):
    """Pieces to vectors; word shapes, breaks and marks come in as embeddings that start at zero."""

    def __init__(self) -> None:
        super().__init__()
        self.piece, self.position = nn.Embedding(PIECES, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.shape, self.gap = nn.Embedding(SHAPES, WIDTH), nn.Embedding(BREAKS, WIDTH)
        self.mark = nn.Embedding(MARKS, WIDTH, padding_idx=0)
        for embedding in (self.shape, self.gap, self.mark):
            nn.init.zeros_(embedding.weight)
        self.norm, self.drop = nn.LayerNorm(WIDTH, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))

    def load_base(self, path: Path) -> None:
        """Take over the published BERT weights (model.safetensors)."""
        w = load_file(path)
        self.piece.weight.data = w["embeddings.word_embeddings.weight"]
        self.position.weight.data = w["embeddings.position_embeddings.weight"]
        self.kind.data = w["embeddings.token_type_embeddings.weight"][0]
        self.norm.load_state_dict({t: w[f"embeddings.LayerNorm.{t}"] for t in ("weight", "bias")})
        for i, layer in enumerate(self.layers):
            own = f"encoder.layer.{i}."
            for t in ("weight", "bias"):
                parts = [w[f"{own}attention.self.{n}.{t}"] for n in ("query", "key", "value")]
                getattr(layer.qkv, t).data = torch.cat(parts)
                for module, name in (
                    (layer.out, "attention.output.dense"),
                    (layer.norm1, "attention.output.LayerNorm"),
                    (layer.inner, "intermediate.dense"),
                    (layer.outer, "output.dense"),
                    (layer.norm2, "output.LayerNorm"),
                ):
                    getattr(module, t).data = w[f"{own}{name}.{t}"]

    def forward(self, ids: Tensor, shapes: Tensor, breaks: Tensor, marks: Tensor, bias: Tensor) -> Tensor:
        """What the top layers read: (windows, pieces, WIDTH)."""
        return through(self.layers[:-OWN], self.embed(ids, shapes, breaks, marks), bias)

    def embed(self, ids: Tensor, shapes: Tensor, breaks: Tensor, marks: Tensor) -> Tensor:
        """What the first layer reads: (windows, pieces, WIDTH)."""
        x = self.piece(ids) + self.position.weight[: ids.shape[1]] + self.kind
        return self.drop(self.norm(x + self.shape(shapes) + self.gap(breaks) + self.mark(marks)))


def through(layers: Iterable[nn.Module], x: Tensor, bias: Tensor) -> Tensor:
    """Pass vectors through layers; `bias` is added to the attention."""
    for layer in layers:
        x = layer(x, bias)
    return x


def first_pieces(pieces: Tensor, first: Tensor) -> Tensor:
    """Keep of each word its first piece: (windows, words, WIDTH)."""
    return torch.gather(pieces, 1, first[:, :, None].expand(-1, -1, WIDTH))


def inside(arcs: Tensor, sentence: Tensor) -> Tensor:
    """Arc scores with those out that lead from one sentence to another; `sentence` numbers that of each word."""
    same = sentence[:, :, None] == sentence[:, None, :]
    root = torch.ones_like(same[:, :, :1])
    return arcs.masked_fill(~torch.cat([root, same], 2), -1e4)


def sentences(starts: Tensor) -> Tensor:
    """Number of the sentence of each word, by the scores of the head that finds their starts."""
    return (starts[..., 1] > starts[..., 0]).long().cumsum(1)


def with_one(x: Tensor) -> Tensor:
    """Append a constant 1, so that a bilinear form has its linear terms too."""
    return torch.cat([x, torch.ones_like(x[..., :1])], -1)


class Network(nn.Module):
    """Encoder and heads (biaffine parser after Dozat and Manning 2017).

    Inputs named in `without` (shapes, breaks, marks) are not looked at: so their worth can be measured.
    Until it is on its `own` (`part`), the reader of events goes by the vectors of the parser.
    """

    TAGS = ("upos", "xpos", "feats", "script", "name", "start")

    def __init__(self, labels: Labels, arc_width: int = 256, rel_width: int = 96, without: Sequence[str] = ()) -> None:
        super().__init__()
        self.without = without
        self.encoder = Encoder()
        self.reader = nn.ModuleList(Layer() for _ in range(OWN))
        self.own = False
        sizes = {
            "upos": len(labels.upos),
            "xpos": len(labels.xpos),
            "feats": len(labels.feats),
            "script": len(labels.scripts),
            "name": len(labels.names),
            "start": 2,
        }
        self.tags = nn.ModuleDict({k: nn.Sequential(nn.Dropout(0.2), nn.Linear(WIDTH, n)) for k, n in sizes.items()})
        self.event_sizes = [len(labels.events), len(labels.modes)]
        self.event = self._reader(sum(self.event_sizes), 256)
        self.status = self._reader(len(labels.statuses), 128)
        self.role_head, self.role_word = self._mlp(ROLE_WIDTH, 0.1), self._mlp(ROLE_WIDTH, 0.1)
        self.role_distance = nn.Embedding(2 * FAR + 1, len(labels.roles))
        nn.init.zeros_(self.role_distance.weight)
        self.path_event, self.path_word = (nn.Linear(WIDTH, PATHS * len(labels.roles)) for _ in range(2))
        for module in (self.path_event, self.path_word):
            nn.init.zeros_(module.weight)
            nn.init.zeros_(module.bias)
        self.role = nn.Parameter(torch.randn(ROLE_WIDTH + 1, len(labels.roles), ROLE_WIDTH + 1) * 0.02)
        self.arc_head, self.arc_dep = self._mlp(arc_width), self._mlp(arc_width)
        self.rel_head, self.rel_dep = self._mlp(rel_width), self._mlp(rel_width)
        self.root = nn.Parameter(torch.randn(WIDTH) * 0.02)
        self.arc = nn.Parameter(torch.randn(arc_width + 1, arc_width) * 0.02)
        self.rel = nn.Parameter(torch.randn(len(labels.rels), rel_width + 1, rel_width + 1) * 0.02)

    @staticmethod
    def _mlp(width: int, drop: float = 0.2) -> nn.Sequential:
        return nn.Sequential(nn.Dropout(drop), nn.Linear(WIDTH, width), nn.ReLU(), nn.Dropout(drop))

    @staticmethod
    def _reader(size: int, width: int) -> nn.Sequential:
        return nn.Sequential(
            nn.Dropout(0.2), nn.Linear(WIDTH, width), nn.GELU(), nn.Dropout(0.2), nn.Linear(width, size)
        )

    def part(self) -> None:
        """Give the reader of events its own top layers, which begin as copies of the parser's."""
        self.reader.load_state_dict(self.encoder.layers[-OWN:].state_dict())
        self.own = True

    def shared(self, ids: Tensor, shapes: Tensor, breaks: Tensor, marks: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """What the top layers read, (windows, pieces, WIDTH), and the bias of their attention."""
        given = {"shapes": shapes, "breaks": breaks, "marks": marks}
        shapes, breaks, marks = (torch.zeros_like(v) if k in self.without else v for k, v in given.items())
        bias = torch.where(mask, 0.0, -1e4)[:, None, None, :]
        return self.encoder(ids, shapes, breaks, marks, bias), bias

    def words(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """Vectors of the words for the parser and for the reader, each (windows, words, WIDTH)."""
        *pieces, first = inputs
        lower, bias = self.shared(*pieces)
        words = first_pieces(through(self.encoder.layers[-OWN:], lower, bias), first)
        return words, first_pieces(through(self.reader, lower, bias), first) if self.own else words

    def words_to_read(self, *inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The same, for training the reader alone: what it shares with the parser and the parser stay as they are."""
        *pieces, first = inputs
        with torch.no_grad():
            lower, bias = self.shared(*pieces)
            words = first_pieces(through(self.encoder.layers[-OWN:], lower, bias), first)
        return words, first_pieces(through(self.reader, lower, bias), first)

    def train_reader(self) -> None:
        """Training mode for the reader and what it shares; the parser's own part reads as it will when all is done."""
        self.train()
        for module in (self.encoder.layers[-OWN:], self.arc_head, self.arc_dep):
            module.eval()

    def arcs(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """Arc scores (windows, words, 1 + words), and the words with the root in front of them."""
        rooted = torch.cat([self.root.expand(words.shape[0], 1, -1), words], 1)
        scores = with_one(self.arc_dep(words)) @ self.arc @ self.arc_head(rooted).transpose(1, 2)
        return scores, rooted

    def rels(self, words: Tensor, rooted: Tensor, heads: Tensor) -> Tensor:
        """Label scores (windows, words, labels) of the arcs to the given heads (0 = root)."""
        chosen = torch.gather(rooted, 1, heads[:, :, None].expand(-1, -1, WIDTH))
        dependents, governors = with_one(self.rel_dep(words)), with_one(self.rel_head(chosen))
        return torch.einsum("bwi,rij,bwj->bwr", dependents, self.rel, governors)

    def events(self, words: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of each word's event class, mode and status: (windows, words, labels of each)."""
        return *self.event(words).split(self.event_sizes, -1), self.status(words)

    def reader_parameters(self) -> Iterator[nn.Parameter]:
        """The weights of the heads that read events, its layers apart."""
        roles = (self.role_head, self.role_word, self.role_distance, self.path_event, self.path_word)
        for module in (self.event, self.status, *roles):
            yield from module.parameters()
        yield self.role

    def paths(self, arcs: Tensor) -> Tensor:
        """How likely each way in the tree leads from one word to another: (windows, words, words, PATHS).

        Down to a child, a grandchild, a great-grandchild; up to the head, the head's head; to another child of the
        head, to a grandchild. `arcs` are the parser's scores inside sentences (`inside`), the root in column 0.
        """
        up = arcs.detach().softmax(-1)[..., 1:]
        down, twice = up.transpose(1, 2), up @ up
        ways = (
            down,
            twice.transpose(1, 2),
            (twice @ up).transpose(1, 2),
            up,
            twice,
            up @ down,
            up @ twice.transpose(1, 2),
        )
        return torch.stack(ways, -1)

    def roles(self, words: Tensor, read: Tensor, arcs: Tensor) -> Tensor:
        """What each word is to the event at each word: (windows, words, roles, words).

        By what the reader has read of both, how far they are apart, and how they hang together in the tree: there by
        what the reader knows of the event and the parser of the other word.
        """
        events, others = with_one(self.role_head(read)), with_one(self.role_word(read))
        chosen = (events @ self.role.flatten(1)).unflatten(2, (-1, ROLE_WIDTH + 1))
        position = torch.arange(read.shape[1])
        apart = (position[None] - position[:, None]).clamp(-FAR, FAR) + FAR
        scores = chosen @ others.transpose(1, 2)[:, None] + self.role_distance(apart).transpose(1, 2)
        paths = self.paths(arcs)
        by_event = self.path_event(read).unflatten(2, (PATHS, -1))
        by_word = self.path_word(words).unflatten(2, (PATHS, -1))
        tied = paths @ by_event + (paths.transpose(1, 2) @ by_word).transpose(1, 2)
        return scores + tied.transpose(2, 3)
