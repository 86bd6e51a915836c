"""Take training steps until the steps or the hours are spent, with a checkpoint to go on from.

The weights of the last part of a run may be averaged: their mean lies nearer
to the middle of what suits than the last of them (Izmailov et al.,
arXiv:1803.05407).
"""

import logging
import random
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from index.errors import TrainingDataError
from index.training.student import Student

if TYPE_CHECKING:
    import torch

logger = logging.getLogger(__name__)

_CHECKPOINT = "checkpoint.pt"
_SAMPLE_STEPS = 6
_WARMING = 30


class Schedule(Protocol):
    """What a trainer reads of the settings of a run.

    `averaged` is the last part of the run of which the weights are averaged, 0..1; 0 for the last weights themselves.
    `dropout` is the chance that a number in a trained layer is left out of a step.
    """

    @property
    def steps(self) -> int: ...
    @property
    def layer_rate(self) -> float: ...
    @property
    def projection_rate(self) -> float: ...
    @property
    def frozen_layers(self) -> int: ...
    @property
    def averaged(self) -> float: ...
    @property
    def dropout(self) -> float: ...
    @property
    def checkpoint_seconds(self) -> int: ...
    @property
    def seed(self) -> int: ...


# The kind of a step and its losses, by name; what is drawn for it depends on the generator alone.
Losses = Callable[[random.Random], "tuple[str, dict[str, torch.Tensor]]"]


class Trainer:
    """Trains `students` on `losses`, each at its pace; the batch of a step depends on its number alone.

    `described` are the settings as they stand in a checkpoint: one that was
    made with others is refused. `sample` is a quick try of a few steps.
    `paces` multiply the rates of each student.
    """

    def __init__(
        self,
        students: Sequence[Student],
        losses: Losses,
        settings: Schedule,
        described: Mapping[str, object],
        work: Path,
        sample: int | None,
        hours: float | None,
        paces: Sequence[float] = (1.0,),
    ) -> None:
        import torch

        torch.manual_seed(settings.seed)
        self._students, self._losses, self._settings = students, losses, settings
        self._described = dict(described)
        self._file = work / _CHECKPOINT
        self._steps = settings.steps if sample is None else _SAMPLE_STEPS
        self._hours = hours
        self._spent = 0.0
        self._step = 0
        self._averaged = 0
        self._optimizer = self._optimiser(paces)
        self._mean = [weight.detach().clone() for weight in self._trained()]

    def _trained(self) -> "list[torch.Tensor]":
        return [weight for group in self._optimizer.param_groups for weight in group["params"]]

    def _optimiser(self, paces: Sequence[float]) -> "torch.optim.Optimizer":
        import torch

        settings, groups = self._settings, list[dict[str, Any]]()
        for student, pace in zip(self._students, paces, strict=True):
            network = student.network
            for module in (network.embeddings, *network.encoder.layer[: settings.frozen_layers]):
                module.requires_grad_(False)
            trained = [p for p in network.parameters() if p.requires_grad]
            groups.append({"params": trained, "lr": pace * settings.layer_rate})
            groups.append({"params": list(student.projection.parameters()), "lr": pace * settings.projection_rate})
        for group in groups:
            group["peak"] = group["lr"]
        return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)

    def run(self) -> int:
        """Train; the students end with the last weights, or the mean of the last ones. Returns the steps taken."""
        self._resume()
        self._drop_out()
        began, saved, losses = time.monotonic() - self._spent, time.monotonic(), _MeanLosses()
        while (progress := self._progress(time.monotonic() - began)) < 1:
            for group in self._optimizer.param_groups:
                group["lr"] = group["peak"] * min(1.0, (self._step + 1) / _WARMING, 1.02 - progress)
            losses.add(*self._take_step())
            self._step += 1
            # A run that was ended, and is given more hours, has averaged weights that are no longer the last ones.
            self._averaged = self._averaged + 1 if progress >= 1 - self._settings.averaged else 0
            if self._averaged:
                self._average()
            if self._step % 20 == 0:
                logger.info("step %d, %.3f done: %s", self._step, progress, losses.report())
            if time.monotonic() - saved > self._settings.checkpoint_seconds:
                self._save(time.monotonic() - began)
                saved = time.monotonic()
        self._save(time.monotonic() - began)
        self._take_mean()
        return self._step

    def _drop_out(self) -> None:
        """Have the trained layers drop what the settings say, and the others nothing."""
        import torch

        for network in (student.network.train() for student in self._students):
            layers = network.encoder.layer[self._settings.frozen_layers :]
            trained = {id(module) for layer in layers for module in layer.modules()}
            for module in network.modules():
                if isinstance(module, torch.nn.Dropout):
                    module.p = self._settings.dropout if id(module) in trained else 0.0

    def _progress(self, spent: float) -> float:
        by_clock = spent / (self._hours * 3600) if self._hours else 0.0
        return max(self._step / self._steps, by_clock)

    def _take_step(self) -> tuple[str, dict[str, float]]:
        import torch

        kind, losses = self._losses(random.Random(self._settings.seed * 1_000_003 + self._step))
        self._optimizer.zero_grad()
        sum(losses.values()).backward()  # type: ignore[union-attr]
        for student in self._students:
            torch.nn.utils.clip_grad_norm_(student.network.parameters(), 1.0)
        self._optimizer.step()
        return kind, {name: float(loss.detach()) for name, loss in losses.items()}

    def _average(self) -> None:
        for mean, weight in zip(self._mean, self._trained(), strict=True):
            mean.lerp_(weight.detach(), 1 / self._averaged)

    def _take_mean(self) -> None:
        if self._averaged:
            for mean, weight in zip(self._mean, self._trained(), strict=True):
                weight.data.copy_(mean)

    def _save(self, spent: float) -> None:
        import torch

        state = {
            "students": [student.state() for student in self._students],
            "optimizer": self._optimizer.state_dict(),
            "mean": self._mean,
            "averaged": self._averaged,
            "step": self._step,
            "spent": spent,
            "settings": self._described,
            "pieces": self._pieces(),
        }
        unfinished = self._file.with_suffix(".unfinished")
        torch.save(state, unfinished)
        unfinished.replace(self._file)

    def _resume(self) -> None:
        import torch

        if not self._file.is_file():
            return
        state = torch.load(self._file, weights_only=True)
        if state["settings"] != self._described:
            raise TrainingDataError(f"{self._file}: made with other settings. Remove it, or name another folder.")
        if state["pieces"] != self._pieces():
            raise TrainingDataError(
                f"{self._file}: made with another vocabulary, so from other texts. Remove it, or name another folder."
            )
        for student, kept in zip(self._students, state["students"], strict=True):
            student.restore(kept)
        self._optimizer.load_state_dict(state["optimizer"])
        self._mean, self._averaged = state["mean"], state["averaged"]
        self._step, self._spent = state["step"], state["spent"]
        logger.info("going on from step %d", self._step)

    def _pieces(self) -> list[str]:
        vocabulary: dict[str, Any] = self._students[0].tokenizer.get_vocab()
        return sorted(vocabulary, key=vocabulary.__getitem__)


class _MeanLosses:
    """The mean of each loss of each kind of step since the last report."""

    def __init__(self) -> None:
        self._values: dict[str, list[float]] = {}

    def add(self, kind: str, losses: dict[str, float]) -> None:
        for name, loss in losses.items():
            self._values.setdefault(f"{kind} {name}", []).append(loss)

    def report(self) -> str:
        line = ", ".join(f"{name} {np.mean(values):.3f}" for name, values in sorted(self._values.items()))
        self._values.clear()
        return line
