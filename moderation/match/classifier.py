"""The ONNX classifier: type, industry and risk probabilities of normal texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Classification:
    """The classifier's probabilities by label; a head is empty where the classifier did not run."""

    type: Mapping[str, float] = field(default_factory=dict)
    industry: Mapping[str, float] = field(default_factory=dict)
    risk: Mapping[str, float] = field(default_factory=dict)
