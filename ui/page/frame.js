// What holds for every tab of the page.
(() => {
  // Gradio takes its labels from the browser's language; this page is Chinese for everyone.
  Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
  Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });
  document.documentElement.lang = "zh-CN";

  // A file comes inside the page, once; it is saved from here and never lies on the server.
  const handed = new Set();
  const save = (file) => {
    if (handed.has(file.id)) return;
    handed.add(file.id);
    const part = (name) => file.querySelector(name).textContent;
    const bytes = Uint8Array.from(atob(part(".pa-file-content")), (one) => one.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type: part(".pa-file-mime") }));
    link.download = part(".pa-file-name");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  // A day is picked from the browser's own calendar; until then the field says what it stands at.
  const isDay = (box) => box.matches?.("#pa-day input, .pa-day input");
  document.addEventListener("focusin", ({ target }) => { if (isDay(target)) target.type = "date"; });
  document.addEventListener("focusout", ({ target }) => { if (isDay(target) && !target.value) target.type = "text"; });

  // What Gradio says in English whatever the language; anything else it might say is told as a failure.
  const SAID = {
    "Error": "出错了", "Warning": "请注意", "Info": "提示", "Success": "完成", "Connection Lost": "连接断开",
    "Connection to the server was lost. Attempting reconnection...": "与服务器的连接断开了，正在重新连接。恢复后页面会自动刷新。",
    "Connection errored out.": "与服务器的连接中断了，请稍后再试。",
    "This application is currently busy. Please try again.": "现在提问的人太多，请稍后再试。",
    "Close": "关闭",
  };
  const isChinese = (words) => /[\u4e00-\u9fff]/.test(words) || !/[A-Za-z]{2}/.test(words);
  const FAILED = "操作没有成功，请稍后再试。";
  const inChinese = () => {
    for (const part of document.querySelectorAll(".toast-title, .toast-message-text")) {
      const lines = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      for (let line = lines.nextNode(); line; line = lines.nextNode()) {
        const words = line.nodeValue.trim();
        if (!isChinese(words)) line.nodeValue = SAID[words] || (part.matches(".toast-title") ? SAID.Info : FAILED);
      }
    }
    for (const part of document.querySelectorAll(".toast-close[aria-label=Close]")) part.setAttribute("aria-label", SAID.Close);
    // A choice is called by its label, not by the name it has inside the program.
    for (const choice of document.querySelectorAll("label > input[title]")) {
      const label = choice.parentElement.textContent.trim();
      if (label && choice.title !== label) choice.title = label;
    }
  };

  // Without a network the page says so at once, not only when the next question fails.
  const tellNetwork = () => {
    const told = document.querySelector(".pa-offline");
    if (navigator.onLine) return told?.remove();
    if (told) return;
    const notice = document.createElement("div");
    notice.className = "pa-offline";
    notice.setAttribute("role", "alert");
    notice.textContent = "网络已断开。已有的内容可以继续看；恢复后再提问。";
    document.body.prepend(notice);
  };
  addEventListener("offline", tellNetwork);
  addEventListener("online", tellNetwork);

  const watch = () => {
    document.querySelectorAll(".pa-file[id]").forEach(save);
    inChinese();
  };
  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
})();
