"""What sessions take of a GPU's memory: small programs, run one by one, and a table of the results.

    python -m tests.tensorflow.gpu_memory     # needs a GPU that TensorFlow can use

The process makes one allocator for each GPU, with the options of the first session there: what a
later session asks for changes nothing (`GPUProcessState::GetGPUAllocator` in TensorFlow's
`core/common_runtime/gpu/gpu_process_state.cc`).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import NamedTuple

NO_GPU = "TensorFlow sees no GPU"

# A process of its own each: what TensorFlow takes, it keeps until the process ends. Another process
# may use the GPU too, so what counts is the difference that the program makes.
PROLOGUE = f"""
import os
import subprocess
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"


def used():
    query = ["nvidia-smi", "--query-gpu=memory.used", "--format=csv,noheader,nounits", "--id=0"]
    return int(subprocess.check_output(query))


before = used()

import tensorflow as tf

if not tf.config.experimental.list_physical_devices("GPU"):
    sys.exit("{NO_GPU}")
K = tf.compat.v1.keras.backend
Session, ConfigProto = tf.compat.v1.Session, tf.compat.v1.ConfigProto
tf.compat.v1.disable_eager_execution()


def asking(**options):
    return ConfigProto(gpu_options=tf.compat.v1.GPUOptions(**options))


def growth():
    return asking(allow_growth=True)


def run(session):
    assert session.run(tf.reduce_sum(tf.ones([1000, 1000]))) == 1e6


def memory_growth():
    for gpu in tf.config.experimental.list_physical_devices("GPU"):
        tf.config.experimental.set_memory_growth(gpu, True)


def build():
    model = tf.keras.Sequential([tf.keras.layers.Dense(1, input_shape=(3,))])
    model.get_weights()
"""
EPILOGUE = "\nprint(used() - before)\n"


class Program(NamedTuple):
    """A program about memory, and how much it is to take.

    Attributes:
        lines: What it runs.
        takes: ``"all"`` of the GPU's memory, ``"grows"`` as it is needed, a ``"share"`` of 0.3, or
            ``"none"``.
        variables: What its environment sets.
    """

    lines: str
    takes: str
    variables: tuple[tuple[str, str], ...] = ()


PROGRAMS = (
    Program("run(Session())", "all"),
    Program("run(Session(config=growth()))", "grows"),
    Program("config = ConfigProto(); s = Session(config=config)\n"
            "config.gpu_options.allow_growth = True; run(s)", "all"),
    Program("run(Session(config=asking(per_process_gpu_memory_fraction=0.3)))", "share"),
    Program("run(Session(config=ConfigProto(device_count={'GPU': 0})))", "none"),
    Program("run(Session())", "grows", (("TF_FORCE_GPU_ALLOW_GROWTH", "true"),)),
    Program("memory_growth(); run(Session())", "grows"),
    Program("memory_growth(); run(Session(config=ConfigProto()))", "all"),
    Program("memory_growth(); build()", "grows"),
    Program("first = Session(); run(Session(config=growth()))", "all"),
    Program("first = Session(); run(first); first.close(); run(Session(config=growth()))", "all"),
    Program("first = Session(config=growth()); run(Session())", "grows"),
    Program("first = Session(config=growth()); build()", "grows"),
    Program("build(); K.set_session(Session(config=growth())); build()", "all"),
    Program("K.set_session(Session(config=growth())); K.clear_session(); build()", "grows"),
)  # fmt: skip


class NoGpu(Exception):
    """There is no GPU here that TensorFlow can use; says why."""


def nvidia_smi(field: str) -> int:
    """A number, in MiB, that nvidia-smi knows of the first GPU.

    Raises:
        NoGpu: There is none, or nvidia-smi is not installed.
    """
    if shutil.which("nvidia-smi") is None:
        raise NoGpu("nvidia-smi is not installed")
    query = ["nvidia-smi", f"--query-gpu={field}", "--format=csv,noheader,nounits", "--id=0"]
    result = subprocess.run(query, capture_output=True, text=True)
    if result.returncode != 0:
        raise NoGpu(f"nvidia-smi says {(result.stdout or result.stderr).strip()!r}")
    return int(result.stdout)


def taken(program: Program) -> int:
    """The MiB of GPU memory that a program takes.

    Raises:
        NoGpu: TensorFlow can use none.
        RuntimeError: The program failed; says how.
    """
    environment = {**os.environ, "CUDA_DEVICE_ORDER": "PCI_BUS_ID", "CUDA_VISIBLE_DEVICES": "0"}
    environment.pop("TF_FORCE_GPU_ALLOW_GROWTH", None)
    environment.update(program.variables)
    source = PROLOGUE + program.lines + EPILOGUE
    command = [sys.executable, "-c", source]
    result = subprocess.run(command, capture_output=True, text=True, env=environment)
    if NO_GPU in result.stderr:
        raise NoGpu(f"{NO_GPU}: this build is for CPUs, or CUDA is missing")
    if result.returncode != 0:
        raise RuntimeError(result.stderr)
    return int(result.stdout)


def main() -> str | None:
    """Print a row for each program; return what is wrong, or None."""
    try:
        print(f"{nvidia_smi('memory.free')} MiB are free")
        print("| program | MiB |\n|---|--:|")
        for program in PROGRAMS:
            lines = "`, `".join(program.lines.replace("\n", "; ").split("; "))
            variables = "".join(f"`{name}={value}` " for name, value in program.variables)
            print(f"| {variables}`{lines}` | {taken(program):,} |", flush=True)
    except NoGpu as error:
        return f"no GPU: {error}"
    return None


if __name__ == "__main__":
    sys.exit(main())
