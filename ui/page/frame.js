// What holds for every room of the page.
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
  const watch = () => {
    document.querySelectorAll(".pa-file[id]").forEach(save);
  };
  new MutationObserver(watch).observe(document.documentElement, { childList: true, subtree: true });
})();
