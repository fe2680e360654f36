"""Putting the program together: the only file that names concrete classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from assistant.adapters.conversation_durable import DurableConversations
from assistant.adapters.conversation_memory import ConversationMemory
from assistant.adapters.lazy_database import LazyDatabase
from assistant.conversation import Question, Turn
from assistant.pipeline import Assistant
from assistant.ports import ClauseIndex, Conversations, FeedbackStore, Hit, SearchFilter
from assistant.retrieval.dense_weights import weights_for
from assistant.retrieval.ranking import PAYS_FROM as RANKING_PAYS_FROM
from assistant.retrieval.ranking import load_ranker
from assistant.retrieval.synonyms import Synonym, Synonyms
from assistant.settings import Settings, today
from assistant.steps.cues import load_cues
from assistant.steps.reading.places import names_held, spoken_of
from assistant.steps.reading.words import rarity_of
from assistant.steps.replies import load_replies
from assistant.steps.routing.limits import load_limits
from assistant.steps.routing.situations import build_situations
from assistant.steps.state import AnswerContext
from assistant.steps.subjects import build_subjects
from assistant.understanding.places import build_place_reader
from corpus.added import added_folder, with_added
from corpus.glossary import Glossary
from corpus.store import Corpus, load_corpus
from corpus.unfinished import clear_unfinished

if TYPE_CHECKING:
    from assistant.adapters.chat_model import ChatModel
    from assistant.adapters.hybrid_index import HybridIndex
    from assistant.adapters.reranker import CrossEncoderScorer

_TYPICAL = "{}能拿多少？条件是什么，找哪个部门？"
_NOBODYS = "warm-up"  # a conversation that is looked up and not there


class LazyIndex:
    """The search index, opened when first searched."""

    def __init__(self, corpus: Corpus, settings: Settings) -> None:
        self._corpus = corpus
        self._settings = settings
        self._opened: HybridIndex | None = None
        self._lock = Lock()
        self._scorer = load_scorer(settings)

    def search(self, query: str, limit: int = 10, only: SearchFilter | None = None) -> Sequence[Hit]:
        """Return the best clauses, best first; read again by a cross-encoder where one is set."""
        if self._scorer is None:
            return self.opened().search(query, limit, only)
        from assistant.adapters.reranker import RerankedIndex

        top = self._settings.reranker_top
        return RerankedIndex(self.opened(), self._scorer, self._whole_text, top).search(query, limit, only)

    def _whole_text(self, clause_id: str) -> str:
        clause = self._corpus.clause(clause_id)
        return "\n".join((self._corpus.document_of(clause_id).title, *clause.headings, clause.text))

    def opened(self, progress: bool = False, rebuild: bool = False) -> HybridIndex:
        """Return the index, opening (or building) it first where that has not been done."""
        with self._lock:
            if self._opened is None or rebuild:
                self._opened = self._open(progress, rebuild)
            return self._opened

    def _open(self, progress: bool, rebuild: bool) -> HybridIndex:
        from assistant.adapters.embeddings import load_embedder
        from assistant.adapters.index import Servers, open_index

        settings, glossary = self._settings, self._corpus.glossary
        embedder = load_embedder(
            settings.embedding_model,
            settings.embedding_query_instruction,
            max_length=settings.embedding_max_length,
            device=settings.embedding_device,
        )
        own_ranking = settings.data_dir / "ranking.yaml"
        is_large = len(self._corpus.clauses) >= RANKING_PAYS_FROM
        ranker = load_ranker(own_ranking) if own_ranking.is_file() else load_ranker() if is_large else None
        return open_index(
            self._corpus,
            settings.data_dir,
            embedder,
            progress=progress,
            rebuild=rebuild,
            weights=weights_for(embedder.name, [settings.data_dir / "dense_weights.yaml"]),
            ranker=ranker,
            names={name.slug: name.says for name in glossary.documents},
            synonyms=Synonyms(Synonym(term.says, term.means) for term in glossary.terms),
            servers=Servers(settings.chroma_url, settings.milvus_url),
        )


def load_scorer(settings: Settings) -> CrossEncoderScorer | None:
    """Return the cross-encoder that is set, not yet loaded; None where none is."""
    if not settings.reranker_model:
        return None
    from assistant.adapters.reranker import CrossEncoderScorer

    return CrossEncoderScorer(settings.reranker_model, device=settings.embedding_device)


class Application:
    """The loaded program: corpus and assistant. The index opens on the first question.

    Another corpus than the package's may be given.
    """

    def __init__(self, settings: Settings, corpus: Corpus | None = None) -> None:
        self.settings = settings
        self._given_corpus = corpus
        self._refreshing = Lock()

    @cached_property
    def corpus(self) -> Corpus:
        """Return the corpus: the package's documents, and those added to the data directory."""
        if self._given_corpus:
            return self._given_corpus
        clear_unfinished(added_folder(self.settings.data_dir))
        return with_added(load_corpus(), added_folder(self.settings.data_dir))

    def refresh(self) -> None:
        """Take up documents added or removed since; answers under way end with what they began with.

        Raises:
            AdapterError: the index cannot be brought up to date; everything stays as it was.
        """
        with self._refreshing:
            fresh = Application(self.settings, self._given_corpus)
            fresh.index.opened()
            fresh.__dict__.update(database=self.database, conversations=self.conversations, model=self.model)
            names = ("corpus", "index", "context", "assistant", "hermetic")
            self.__dict__.update({name: getattr(fresh, name) for name in names})

    @cached_property
    def index(self) -> LazyIndex:
        """Return the search index, not yet opened."""
        return LazyIndex(self.corpus, self.settings)

    @cached_property
    def database(self) -> LazyDatabase:
        """Return the database everything is kept in, not yet opened."""
        url = self.settings.database_url
        return LazyDatabase(url.get_secret_value() if url else None, self.settings.data_dir)

    @cached_property
    def conversations(self) -> Conversations:
        """Return what remembers conversations; the database opens with the first one."""
        return DurableConversations(
            lambda: open_conversations(self.database, self.settings.conversation_days)
        )

    @cached_property
    def feedback(self) -> FeedbackStore:
        """Return what keeps people's verdicts on answers; opens the database.

        Raises:
            DatabaseUnavailableError: the database cannot be opened.
        """
        return open_feedback(self.database)

    @cached_property
    def context(self) -> AnswerContext:
        """Return everything an answer is worked out from."""
        return build_context(self.corpus, self.index)

    @cached_property
    def model(self) -> ChatModel | None:
        """Return the language model that is set, its client not yet loaded; None where none is."""
        return load_model(self.settings)

    @cached_property
    def assistant(self) -> Assistant:
        """Return who answers questions."""
        settings, model = self.settings, self.model
        reader = model if settings.model_reads else None
        context = replace(self.context, model=model, model_seconds=settings.model_seconds, reader=reader)
        return Assistant(context, self.conversations)

    def warm_up(self) -> None:
        """Load whatever a first answer would otherwise wait for; it takes seconds.

        Raises:
            AdapterError: the index or the database cannot be opened.
            CorpusError: the corpus is damaged.
        """
        self.index.opened()
        name = next((measure.name for measure in self.corpus.measures), "")
        self.hermetic.ask(Question(_TYPICAL.format(name), today(self.settings)))
        if self.model is not None:
            self.model.load()
        self.conversations.conversation(_NOBODYS)
        _ = self.assistant

    def read_again(self, questions: Sequence[str], as_of: date) -> tuple[Turn, ...]:
        """Return the turns of a conversation someone else keeps, its questions read anew, oldest first.

        What was answered is worked out once more, without the language model, and nothing is kept.
        """
        memory = ConversationMemory(most_conversations=1)
        reader, name = Assistant(self.context, memory), "read-again"
        for text in questions:
            reader.ask(Question(text, as_of, name))
        return tuple(turn for turn in memory.turns(name) if turn.is_answer or turn.facts)

    @cached_property
    def hermetic(self) -> Assistant:
        """Return who answers questions and remembers them only while the process runs."""
        return Assistant(self.context, ConversationMemory())


def open_conversations(database: LazyDatabase, days: int) -> Conversations:
    """Return the conversations in the database, kept for so many days.

    Raises:
        DatabaseUnavailableError: the database cannot be opened.
    """
    from assistant.adapters.conversation_sql import SqlConversations
    from assistant.adapters.database import with_tables

    return SqlConversations(with_tables(database.opened()), days)


def open_feedback(database: LazyDatabase) -> FeedbackStore:
    """Return the verdicts in the database.

    Raises:
        DatabaseUnavailableError: the database cannot be opened.
    """
    from assistant.adapters.database import with_tables
    from assistant.adapters.feedback_sql import SqlFeedback

    return SqlFeedback(with_tables(database.opened()))


def load_model(settings: Settings) -> ChatModel | None:
    """Return the language model that is set, None where none is; its client loads on first use."""
    if not settings.model:
        return None
    from assistant.adapters.chat_model import ChatModel, ModelSettings

    return ChatModel(
        ModelSettings(
            settings.model, settings.model_base_url, settings.model_api_key, settings.model_max_tokens
        )
    )


def build_context(corpus: Corpus, index: ClauseIndex) -> AnswerContext:
    """Return everything an answer is worked out from."""
    glossary = _fitting_glossary(corpus)
    return AnswerContext(
        corpus=corpus,
        index=index,
        glossary=glossary,
        cues=load_cues(),
        replies=load_replies(),
        limits=load_limits(),
        rarity=rarity_of(clause.text for clause in corpus.clauses),
        subjects=build_subjects(corpus, glossary),
        situations=build_situations(corpus, glossary.paraphrases),
        places=build_place_reader(corpus.documents),
    )


def _fitting_glossary(corpus: Corpus) -> Glossary:
    """Return the corpus's glossary with the words its texts need, and the places they know taken out."""
    told = (name for one in corpus.documents for name in names_held(one, corpus))
    glossary = corpus.glossary.within(clause.text for clause in corpus.clauses)
    return glossary.knowing(told, map(spoken_of, corpus.clauses))


def load(settings: Settings | None = None) -> Application:
    """Return the program as configured."""
    return Application(settings or Settings())


def build_assistant(settings: Settings | None = None) -> Assistant:
    """Return who answers questions, as configured."""
    return load(settings).assistant


def build_index(settings: Settings | None = None, rebuild: bool = False, progress: bool = False) -> int:
    """Build or update the search index; return how many clauses it holds."""
    application = load(settings)
    application.index.opened(progress=progress, rebuild=rebuild)
    return len(application.corpus.clauses)
