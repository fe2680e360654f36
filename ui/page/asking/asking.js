// 咨询: sources open when their number is clicked, suggestions are asked, answers copied.
(() => {
  const open = (id) => {
    const card = document.getElementById(id);
    if (!card) return;
    const panel = card.closest(".pa-panel") || document;
    for (const turn of panel.querySelectorAll(".pa-turn")) turn.classList.toggle("is-away", !turn.contains(card));
    for (const other of panel.querySelectorAll(".pa-source.is-open")) other.classList.remove("is-open");
    card.classList.add("is-open");
    const clause = card.querySelector(".pa-clause");
    const mark = clause && clause.querySelector("mark");
    if (mark) clause.scrollTop = Math.max(0, mark.offsetTop - clause.offsetTop - 24);
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    card.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" });
    card.focus({ preventScroll: true });
  };

  // On a phone the panel is far away: the source unfolds right under the words that cite it, and folds again.
  const isNarrow = matchMedia("(max-width: 860px)");
  const unfold = (link) => {
    const id = link.getAttribute("href").slice(1);
    const card = document.getElementById(id);
    const block = link.closest("li, p, .pa-amount, dd") || link.parentElement;
    if (!card || !block) return;
    const open = block.parentElement.querySelector(`:scope > .pa-unfolded[data-of="${id}"]`);
    if (link.getAttribute("aria-expanded") === "true" && open) {
      open.remove();
      return link.setAttribute("aria-expanded", "false");
    }
    open?.remove();
    const copy = card.cloneNode(true);
    copy.removeAttribute("id");
    copy.classList.remove("is-open");
    copy.classList.add("pa-unfolded");
    copy.dataset.of = id;
    block.after(copy);
    link.setAttribute("aria-expanded", "true");
    const clause = copy.querySelector(".pa-clause"), mark = clause?.querySelector("mark");
    if (mark) clause.scrollTop = Math.max(0, mark.offsetTop - clause.offsetTop - 24);
    copy.focus({ preventScroll: true });
    copy.scrollIntoView({ behavior: "instant", block: "nearest" });
  };

  const fill = (box, text) => {
    const kind = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const ask = (text) => {
    const box = document.querySelector("#pa-question textarea");
    const send = document.querySelector("#pa-send");
    if (!box || !send) return;
    fill(box, text);
    setTimeout(() => send.click(), 50);
  };

  // A question sent while an answer comes is asked after it: so a double click or a held key must not count as one.
  const onceOnly = (event, repeats) => {
    if (repeats && event.target.closest?.("#pa-send, #pa-question")) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  addEventListener("click", (event) => onceOnly(event, event.detail > 1), true);
  for (const kind of ["keydown", "keypress"])
    addEventListener(kind, (event) => onceOnly(event, event.repeat && event.key === "Enter"), true);

  // A verdict travels in a field nobody sees; the serial makes the same click a second time a new one.
  let serial = 0;
  const vote = (button, reason) => {
    const box = document.querySelector("#pa-vote-box textarea, #pa-vote-box input");
    const [turn, name] = button.value.split("-");
    const verdict = button.classList.contains("is-given") ? "none" : name;
    if (box) fill(box, JSON.stringify({ turn: Number(turn), verdict, reason, serial: ++serial }));
  };

  // Ask the question once more that stands above a failed answer.
  const again = (button) => {
    const before = [...document.querySelectorAll("#pa-chat .pa-question")]
      .filter((one) => one.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (before.length) ask(before[before.length - 1].innerText);
  };

  const words = (answer) => {
    const copy = answer.cloneNode(true);
    for (const node of copy.querySelectorAll(".pa-copy, .pa-suggestions, .pa-tools, .pa-reason, .pa-thanks, .pa-unfolded")) node.remove();
    const ids = [];
    for (const link of copy.querySelectorAll(".pa-cite")) {
      const id = link.getAttribute("href").slice(1);
      if (!ids.includes(id)) ids.push(id);
      link.replaceWith("〔" + link.textContent + "〕");
    }
    for (const node of copy.querySelectorAll("p, li, .pa-sum-head, .pa-amount, .pa-foot")) node.append("\n");
    const sources = ids.map((id) => document.getElementById(id)).filter(Boolean).map((card) => {
      const part = (name) => (card.querySelector(name) || {}).textContent || "";
      return `〔${part(".pa-n")}〕${part(".pa-source-title")}${part(".pa-clause-label")}：「${part("mark")}」`;
    });
    const text = copy.textContent.replace(/\n{2,}/g, "\n").trim();
    return sources.length ? `${text}\n\n依据\n${sources.join("\n")}` : text;
  };

  const copy = async (button) => {
    const text = words(button.closest(".pa-answer"));
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    const before = button.textContent;
    button.textContent = "已复制";
    setTimeout(() => (button.textContent = before), 1600);
  };

  // Gradio labels a message with its whole source; a screen reader shall hear the words once.
  const labels = { "Scroll down": "滚到底部", "Clear": "清空", "chatbot conversation": "对话" };
  const relabel = () => {
    for (const [english, chinese] of Object.entries(labels)) {
      for (const part of document.querySelectorAll(`[aria-label="${english}"]`)) {
        part.setAttribute("aria-label", chinese);
        if (part.title) part.title = chinese;
      }
    }
    const past = document.querySelector("#pa-past-list input");
    if (past) past.placeholder = "历史对话";
    for (const message of document.querySelectorAll("[data-testid=bot][aria-label*='<']")) message.setAttribute("aria-label", "回答");
    for (const message of document.querySelectorAll("[data-testid=user][aria-label*='<']")) message.setAttribute("aria-label", "提问");
  };
  // A new question comes to the top, so that its answer is read from the conclusion on.
  let asked = 0;
  const follow = () => {
    const questions = document.querySelectorAll("#pa-chat .pa-question");
    if (questions.length > asked) {
      const row = questions[questions.length - 1];
      setTimeout(() => row.scrollIntoView({ block: "start", behavior: "instant" }), 60);
    }
    asked = questions.length;
  };
  new MutationObserver(() => (relabel(), follow())).observe(document.documentElement, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label"] });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.pa-cite");
    if (link) {
      event.preventDefault();
      isNarrow.matches ? unfold(link) : open(link.getAttribute("href").slice(1));
    }
    const question = event.target.closest("button.pa-ask");
    if (question) ask(question.textContent);
    const button = event.target.closest("button.pa-copy");
    if (button) copy(button);
    const voted = event.target.closest("button.pa-vote");
    if (voted) vote(voted, "");
    const reason = event.target.closest("button.pa-reason-send");
    if (reason) vote(reason, reason.parentElement.querySelector(".pa-reason-text").value);
    const repeated = event.target.closest("button.pa-again");
    if (repeated) again(repeated);
  });
})();
