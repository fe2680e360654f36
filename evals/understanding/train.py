"""`python -m evals.understanding.train [--write]`: train the small models on the labelled questions.

Facets of a question, the role of each number in it, and what a later turn does. Trained on the records that
are not held out, judged on those that are (other documents and authors together); with `--write` the weights
are put where the assistant reads them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from assistant.understanding.linear_classifier import LinearClassifier, bucket_numbers
from evals.understanding.examples import Example, act_examples, facet_examples, role_examples
from evals.understanding.records import load_conversations, load_questions

FOLDER = Path(__file__).parents[2] / "assistant" / "understanding"
BUCKETS = 2**15
_ROUNDS = 40
_RATE = 0.02
_DECAY = 2e-5
_FEWEST = 8  # examples of a label, for it to be learned


def main() -> None:
    """Train, print the figures on what was held out, and write the weights where asked to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--all", action="store_true", help="train on the held-out records, too, when writing")
    given = parser.parse_args()
    questions, talks = load_questions(), load_conversations()
    told = {
        "facets": (list(facet_examples(questions, talks)), False),
        "roles": (list(role_examples(questions, talks)), True),
        "acts": (list(act_examples(talks)), True),
    }
    for name, (examples, is_exclusive) in told.items():
        trained = [one for one in examples if not one.is_test]
        held = [one for one in examples if one.is_test]
        classifier = fit(trained, is_exclusive)
        report(name, classifier, trained, held, misses=given.misses)
        if given.write:
            save(FOLDER / f"{name}.npz", fit(examples, is_exclusive) if given.all else classifier)


def fit(examples: Sequence[Example], is_exclusive: bool, buckets: int = BUCKETS) -> LinearClassifier:
    """Train one classifier: logistic (or softmax) loss, Adam, L2, the same seed each time."""
    import torch

    torch.manual_seed(7)
    counts = Counter(label for one in examples for label in one.labels)
    labels = tuple(sorted(label for label, count in counts.items() if count >= _FEWEST))
    rows = [bucket_numbers(one.features, buckets) for one in examples]
    wanted = torch.tensor([[float(label in one.labels) for label in labels] for one in examples])
    table = torch.nn.EmbeddingBag(buckets, len(labels), mode="sum")
    torch.nn.init.zeros_(table.weight)
    bias = torch.nn.Parameter(torch.zeros(len(labels)))
    optimiser = torch.optim.Adam([*table.parameters(), bias], lr=_RATE)
    order = np.arange(len(rows))
    shuffled = np.random.default_rng(7)
    for _ in range(_ROUNDS):
        shuffled.shuffle(order)
        for at in range(0, len(order), 64):
            some = order[at : at + 64]
            flat = torch.tensor([column for row in some for column in rows[row]])
            offsets = torch.tensor(np.cumsum([0, *(len(rows[row]) for row in some[:-1])]))
            scale = torch.tensor([[1 / max(len(rows[row]), 1) ** 0.5] for row in some])
            scores = table(flat, offsets) * scale + bias
            target = wanted[some]
            if is_exclusive:
                loss = torch.nn.functional.cross_entropy(scores, target.argmax(dim=1))
            else:
                loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, target)
            loss = loss + _DECAY * (table.weight**2).sum()
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimiser.step()
    weights = table.weight.detach().numpy().T.astype(np.float32)
    return LinearClassifier(labels, weights, bias.detach().numpy().astype(np.float32), is_exclusive)


def report(
    name: str,
    classifier: LinearClassifier,
    trained: Sequence[Example],
    held: Sequence[Example],
    *,
    misses: bool,
) -> None:
    """Print precision and recall of each label on what was held out."""
    right: Counter[str] = Counter()
    said: Counter[str] = Counter()
    there: Counter[str] = Counter()
    exact = 0
    for one in held:
        found = classifier.probabilities(one.features)
        best = max(found, key=lambda label: found[label])
        guessed = (
            {best} if classifier.is_exclusive else {label for label, chance in found.items() if chance >= 0.5}
        )
        guessed = guessed or {best}
        exact += guessed == set(one.labels)
        said.update(guessed)
        there.update(one.labels)
        right.update(guessed & set(one.labels))
        if misses and guessed != set(one.labels):
            print(f"  {name}: {one.text}  want {sorted(one.labels)} got {sorted(guessed)}")  # noqa: T201
    print(f"{name}: {len(trained)} trained, {len(held)} held out, all right {exact / max(len(held), 1):.3f}")  # noqa: T201
    for label in sorted(there, key=lambda each: -there[each]):
        precision, recall = right[label] / max(said[label], 1), right[label] / max(there[label], 1)
        print(f"  {label:15} n {there[label]:4}  precision {precision:.2f}  recall {recall:.2f}")  # noqa: T201


def save(path: Path, classifier: LinearClassifier) -> None:
    """Write the weights, half precision."""
    about = json.dumps({"labels": classifier.labels, "is_exclusive": classifier.is_exclusive})
    np.savez_compressed(
        path, about=np.array(about), weights=classifier.weights.astype(np.float16), biases=classifier.biases
    )


if __name__ == "__main__":
    main()
