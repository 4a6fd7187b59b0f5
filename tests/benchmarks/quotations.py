"""How looking for quotations grows with the source and with their number. Run it by hand: it prints ratios.

python tests/benchmarks/quotations.py
"""

from __future__ import annotations

import random
import time

from argmap.model import ArgumentMap, Quotation, Statement
from argmap.sources.original import Original
from argmap.sources.quotations import check_quotations


def main() -> None:
    """Time found and missing quotations on sources of doubling length."""
    rng = random.Random(7)
    vocabulary = [f"{a}{b}" for a in "bcdfglmnprst" for b in ("an", "or", "ill", "ep", "ud", "ast")]
    vocabulary += [f"{a}{b}{c}" for a in "bdgkmt" for b in ("er", "ol") for c in ("ing", "ment", "ous", "ity")]
    base = None
    for size in (25_000, 50_000, 100_000, 200_000):
        words = rng.choices(vocabulary, k=size)
        text = " ".join(words)
        quotations = []
        for number in range(size // 100):
            start = rng.randrange(size - 12)
            quoted = words[start : start + 12]
            if number % 10 == 0:
                quoted[6] = "changed"
            quotations.append(Quotation(words=" ".join(quoted)))
        map = ArgumentMap(statements=(Statement(id="a", text="a", quotations=tuple(quotations)),))
        begun = time.perf_counter()
        told = check_quotations(map, [Original("x.txt", text)])
        taken = time.perf_counter() - begun
        base = base or taken / size
        each = taken / size / base
        counts = f"{size:>8} words, {len(quotations):>5} quotations, {len(told):>4} missing"
        print(f"{counts}: {taken:6.2f} s, {each:4.2f} a word")


if __name__ == "__main__":
    main()
