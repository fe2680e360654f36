// What holds for every room of the page.
(() => {
  // Gradio takes its labels from the browser's language; this page is Chinese for everyone.
  Object.defineProperty(navigator, "language", { get: () => "zh-CN" });
  Object.defineProperty(navigator, "languages", { get: () => ["zh-CN", "zh"] });
  document.documentElement.lang = "zh-CN";
})();
