"""Whether what lies in `shared/` is shared: a fact that one document alone uses belongs in its folder."""

from __future__ import annotations

from collections.abc import Iterator

from corpus.proof.finding import Finding
from corpus.store import Corpus


def check_shared(corpus: Corpus) -> Iterator[Finding]:
    """Yield a finding for each shared fact that only one document's measures ask for.

    One that no measure asks for serves the rules of combination, whatever the document.
    """
    for name, fact in corpus.facts.items():
        users = {measure.document for measure in corpus.measures if name in measure.fact_names}
        if not fact.document and len(users) == 1:
            slug = users.pop()
            message = f"只有 {slug} 用到，请移到 documents/{slug}/facts.yaml"
            yield Finding(slug, "", f"shared/facts.yaml 的事实 {name}", "全项", message)
