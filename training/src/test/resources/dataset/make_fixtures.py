"""Makes the HDF5 files of this folder: forms that h5py users write and jhdf cannot. Needs h5py."""
import h5py
import numpy as np

data = np.arange(6 * 2 * 8, dtype="f4").reshape(6, 2, 8)
label = np.arange(6, dtype="i8") % 3

with h5py.File("soft-link.h5", "w") as file:
    file["emg"] = data
    file["data"] = h5py.SoftLink("/emg")
    file["label"] = label

with h5py.File("broken-link.h5", "w") as file:
    file["data"] = h5py.SoftLink("/nothing")
    file["label"] = label

with h5py.File("external-link.h5", "w") as file:
    file["data"] = h5py.ExternalLink("soft-link.h5", "/emg")
    file["label"] = label

with h5py.File("unwritten.h5", "w") as file:
    file.create_dataset("data", shape=data.shape, dtype="f4")
    file["label"] = label

with h5py.File("complex.h5", "w") as file:
    file["data"] = data.astype("c8")
    file["label"] = label

with h5py.File("truth-values.h5", "w") as file:
    file["data"] = data
    file["label"] = label
    file["golden/mask"] = np.array([[True, False, True]])

with h5py.File("endless-link.h5", "w") as file:
    file["data"] = h5py.SoftLink("/data")
    file["label"] = label

with h5py.File("unwritten-chunks.h5", "w") as file:
    file.create_dataset("data", shape=data.shape, dtype="f4", chunks=(2, 2, 8))
    file["label"] = label

with h5py.File("long-axis.h5", "w") as file:
    file.create_dataset("data", shape=(2**31 + 5, 2, 8), dtype="f4", chunks=(2, 2, 8))
    file["label"] = label

with h5py.File("complex-labels.h5", "w") as file:
    file["data"] = data
    file["label"] = label.astype("c8")

with h5py.File("group.h5", "w") as file:
    file.create_group("data")
    file["label"] = label

with h5py.File("compact.h5", "w") as file:
    properties = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    properties.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple(data.shape)
    made = h5py.h5d.create(file.id, b"data", h5py.h5t.IEEE_F32LE, space, properties)
    made.write(h5py.h5s.ALL, h5py.h5s.ALL, data)
    file["label"] = label

# 24,576 chunks that each reach through all windows; one alone is written, the others are the fill.
with h5py.File("tall-chunks.h5", "w") as file:
    tall = file.create_dataset(
        "data", shape=(100_000, 12, 2048), dtype="f4", chunks=(100_000, 1, 1), compression="gzip"
    )
    tall[:, 3, 5] = 7

# A chunk that no memory holds; what is in it does not matter.
with h5py.File("huge-chunk.h5", "w") as file:
    huge = file.create_dataset(
        "data", shape=(40_000, 12, 2048), dtype="f4", chunks=(40_000, 12, 2048), compression="gzip"
    )
    huge.id.write_direct_chunk((0, 0, 0), b"nothing", 0)
