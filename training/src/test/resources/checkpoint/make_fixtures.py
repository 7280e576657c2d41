"""Writes the .pth fixtures of this folder; run with any PyTorch from 1.6 on and NumPy."""

import argparse
import collections
import pathlib

import numpy
import torch

here = pathlib.Path(__file__).parent
ramp = torch.arange(24, dtype=torch.float32).reshape(4, 6) / 8

state = collections.OrderedDict()
state["module.plain"] = ramp.clone()
state["module.transposed"] = ramp.t()
state["module.column"] = ramp[:, 2]
state["module.expanded"] = torch.tensor([1.5, -2.5]).reshape(2, 1).expand(2, 3)
state["module.half"] = torch.tensor([1.0, -0.5, 65504.0, 6e-8, float("inf")]).half()
state["module.bfloat16"] = torch.tensor([1.0, -3.0]).bfloat16()
state["module.double"] = torch.tensor([0.1, -7.25], dtype=torch.float64)
state["module.whole"] = torch.tensor([3, -4], dtype=torch.int64)
state["module.bytes"] = torch.tensor([200, 1], dtype=torch.uint8)
state["module.truth"] = torch.tensor([True, False])
state["module.scalar"] = torch.nn.Parameter(torch.tensor(0.25))
state["module.empty"] = torch.zeros(0, 3)

torch.save(
    {
        "epoch": 7,
        "model_state_dict": state,
        "scheduler_state_dict": None,
        "val_loss": numpy.float64(0.625),
        "best": numpy.int32(-3),
        "metrics": {"accuracy": numpy.float32(0.5)},
        "args": argparse.Namespace(
            in_channels=8, wavelet_names=["db4", "sym5"], output=pathlib.PurePosixPath("a/b")
        ),
    },
    here / "mixed-types.pth",
)
torch.save(ramp, here / "bare-tensor.pth")
torch.save(
    {"weight": ramp}, here / "before-1.6.pth", _use_new_zipfile_serialization=False
)
