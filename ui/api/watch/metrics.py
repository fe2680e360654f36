"""Figures for Prometheus: requests, answers, steps, the queue. No label holds a word of a user."""

from __future__ import annotations

import os
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from assistant.conversation import Answer
from ui.api.gate.queue import Queue

SHARED = "PROMETHEUS_MULTIPROC_DIR"  # the library's own variable: the workers of one server add up there
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_REQUEST_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)
_STEP_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 20)


class Metrics:
    """The figures of one application."""

    def __init__(self) -> None:
        self._registry = own = CollectorRegistry()
        self._more: list[Collector] = []
        self.requests = Counter(
            "policy_requests_total", "HTTP 请求数", ["method", "route", "status"], registry=own
        )
        self.seconds = Histogram(
            "policy_request_seconds", "HTTP 请求用时（秒）", ["route"], buckets=_REQUEST_S, registry=own
        )
        self.answers = Counter("policy_answers_total", "回答数，按结果", ["outcome", "channel"], registry=own)
        self.steps = Histogram(
            "policy_step_seconds", "回答各步用时（秒）", ["step"], buckets=_STEP_S, registry=own
        )
        self.running = Gauge(
            "policy_answers_running", "正在回答的问题数", multiprocess_mode="livesum", registry=own
        )
        self.waiting = Gauge(
            "policy_answers_waiting", "排队的问题数", multiprocess_mode="livesum", registry=own
        )
        self.streams_left = Counter("policy_streams_left_total", "中途离开的流式请求数", registry=own)
        self.refused = Counter(
            "policy_refused_total", "被拒的请求数：限速、已满、无密钥", ["why"], registry=own
        )

    def add(self, collector: Collector) -> None:
        """Show further figures that are counted when they are read, alike in every worker."""
        self._more.append(collector)
        self._registry.register(collector)

    def answered(self, answer: Answer, channel: str) -> None:
        """Count an answer and the time of its steps."""
        self.answers.labels(answer.outcome.value, channel).inc()
        for step, milliseconds in answer.timings_ms:
            self.steps.labels(step).observe(milliseconds / 1000)

    def watch(self, queue: Queue) -> None:
        """Note how the queue stands."""
        self.running.set(queue.running)
        self.waiting.set(queue.waiting)

    def text(self) -> bytes:
        """Return the figures as Prometheus reads them; of all workers where several share a directory."""
        if not os.environ.get(SHARED):
            return generate_latest(self._registry)
        together = CollectorRegistry()
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
        for collector in self._more:
            together.register(collector)
        return generate_latest(together)


def share_between_workers(directory: Path) -> None:
    """Let the workers started from here add up their figures in a directory."""
    directory.mkdir(parents=True, exist_ok=True)
    os.environ[SHARED] = str(directory)
