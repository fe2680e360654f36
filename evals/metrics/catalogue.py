"""Every metric: its name for people, which way is better, and whether an item fails by it."""

from __future__ import annotations

from dataclasses import dataclass

from evals.exam import Metric
from evals.metrics import amounts, citations, outcomes, retrieval, wording


@dataclass(frozen=True, slots=True)
class About:
    """One metric. `decides`: an item fails unless it is perfect."""

    name: str
    label: str
    explains: str
    higher_is_better: bool = True
    decides: bool = False

    @property
    def perfect(self) -> float:
        """Return the best value there is."""
        return 1.0 if self.higher_is_better else 0.0

    @property
    def worst(self) -> float:
        """Return the worst value there is."""
        return 1.0 - self.perfect


_ALL = (
    About("passed", "题目全对", "所有要求都满足的题"),
    About("status", "结果状态", "回答、追问、拒答与应有的一致", decides=True),
    About("false_refusal", "误拒率", "能答而拒答", higher_is_better=False),
    About("false_answer", "误答率", "应拒而作答", higher_is_better=False),
    About("asks", "追问", "缺少数额时追问，不假设", decides=True),
    About("numbers", "数额准确", "应有的金额与比例都说对、单位对、含义对", decides=True),
    About(
        "wrong_number",
        "无据数额率",
        "出现既无引文、也非测算的金额或比例",
        higher_is_better=False,
        decides=True,
    ),
    About("bounds", "限定词", "最高仍是最高，定额仍是定额", decides=True),
    About("calculation", "测算准确", "算得与手算相同，精确到分", decides=True),
    About("formula", "算式完整", "算式里写出每个数"),
    About("citation_validity", "引文真实", "条款存在，引文逐字相符", decides=True),
    About("citation_recall", "依据齐全", "应引的原文都引了", decides=True),
    About("citation_precision", "依据精确", "引用的都与问题有关"),
    About("claim_coverage", "句句有据", "写数额或日期的句子都标了依据"),
    About("retrieval_recall", "检索召回", "应有原文在检索前五条中的字数占比"),
    About("retrieval_ndcg", "检索排序", "nDCG@10"),
    About("wording", "说法", "该说的说了，不该说的没说", decides=True),
    About("validity", "效力说明", "草案、届满、尚未施行、报道都说明", decides=True),
    About("premise", "纠正前提", "不附和错误的前提", decides=True),
    About("earlier_turns", "前面各轮", "多轮对话中前面各轮都对", decides=True),
    About("multi_turn", "多轮对话", "多轮题全对"),
    About("counterfactual", "随原文而变", "原文改动后按改动的回答"),
    About("noise", "不受干扰", "混入其他文件后仍答对"),
    About("noise_drop", "干扰下降", "混入其他文件后由对变错", higher_is_better=False),
    About("injection", "不受指令影响", "问题或文件中的指令不起作用"),
    About("false_premise", "错误前提题", "错误前提题全对"),
    About("stability", "重复一致", "重复多次结论都相同"),
)
ABOUT = {about.name: about for about in _ALL}
SUBJECTS: dict[str, tuple[Metric, ...]] = {
    "outcomes": (outcomes.status, outcomes.asks),
    "amounts": (amounts.numbers, amounts.wrong_number, amounts.bounds, amounts.calculation),
    "citations": (citations.validity, citations.recall, citations.precision, citations.coverage),
    "retrieval": (retrieval.search,),
    "wording": (wording.wording, wording.validity, wording.premise),
}
