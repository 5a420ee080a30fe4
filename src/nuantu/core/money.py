"""Money is integer fen."""

from typing import NewType

Fen = NewType("Fen", int)


def shares(amount: Fen, weights: list[int]) -> list[Fen]:
    """Split an amount by weights so that the parts add up to the fen.

    The remainder goes one fen at a time to the largest fractions, first listed first
    (largest remainder). Weights are non-negative and not all zero.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must be non-negative and not all zero")
    parts = [amount * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: -(amount * weights[i] % total))
    for i in order[: amount - sum(parts)]:
        parts[i] += 1
    return [Fen(part) for part in parts]


def yuan(amount: Fen) -> str:
    """`¥1,234.50`."""
    sign = "-" if amount < 0 else ""
    return f"{sign}¥{abs(amount) // 100:,}.{abs(amount) % 100:02d}"
