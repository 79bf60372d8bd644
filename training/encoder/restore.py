"""Read the weights of a shipped model back into the network, to train on from them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from .data import Labels
from .network import LAYERS, Network

_MATRIX = re.compile(r"/(?P<module>\w+?)(?:_(?P<layer>\d))?(?:\.(?P<part>\d))?/MatMul")
"""How the exporter names the product of a Linear: /qkv_3/MatMul..., /upos/upos.1/MatMul...; it counts on from the
parser's layers to the reader's."""

_PLAIN = {
    "arc_head",
    "arc_dep",
    "rel_head",
    "rel_dep",
    "event",
    "status",
    "role_head",
    "role_word",
    "path_event",
    "path_word",
}
_IN_LAYERS = {"qkv", "out", "inner", "outer"}


def restore(network: Network, labels: Labels, model: Path) -> list[str]:
    """Put the int8 weights of `model` into `network`; returns the parameters that it has none for.

    Raises
    ------
    ValueError
        If a label set of the model is another than in `labels`.
    """
    shipped = json.loads((model / "labels.json").read_text(encoding="utf-8"))
    if other := [k for k, v in shipped.items() if v != getattr(labels, k)]:
        raise ValueError(f"{model}: the labels of {', '.join(other)} are not those of the training data")
    graph = onnx.load(str(model / "network.onnx")).graph
    arrays = {i.name.removeprefix("network."): numpy_helper.to_array(i) for i in graph.initializer}
    for name in [n.removesuffix("_quantized") for n in arrays if n.endswith("_quantized")]:
        whole = arrays[f"{name}_quantized"].astype(np.float32)
        arrays[name] = (whole - arrays[f"{name}_zero_point"]) * arrays[f"{name}_scale"]
    for node in (n for n in graph.node if n.op_type == "MatMulInteger"):
        weights = arrays[node.input[1].removeprefix("network.").removesuffix("_quantized")]
        if node.output[0].startswith("relations"):
            arrays["rel"] = weights.T.reshape(len(labels.rels), len(weights), -1).transpose(0, 2, 1)
        elif match := re.search(_MATRIX, node.output[0]):
            arrays[_parameter(**match.groupdict())] = weights.T
    missing = []
    for name, parameter in network.named_parameters():
        if name in arrays and arrays[name].shape == tuple(parameter.shape):
            parameter.data = torch.from_numpy(arrays[name].astype(np.float32).copy())
        else:
            missing.append(name)
    return missing


def _parameter(module: str, layer: str | None, part: str | None) -> str:
    if module in _IN_LAYERS:
        number = int(layer or 0)
        home = f"encoder.layers.{number}" if number < LAYERS else f"reader.{number - LAYERS}"
        return f"{home}.{module}.weight"
    known = f"{module}.{part}.weight" if part else f"{module}.weight"
    return known if module in _PLAIN else f"tags.{known}"
