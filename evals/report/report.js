// Filtering and searching the items; nothing leaves the page.
(() => {
  const items = [...document.querySelectorAll("#items > .item")];
  const controls = ["words", "right", "suite", "type", "fault"].map((id) => document.getElementById(id));
  const [words, right, suite, type, fault] = controls;
  const fits = (item) =>
    (!right.value || item.dataset.right === right.value) &&
    (!suite.value || item.dataset.suite === suite.value) &&
    (!type.value || item.dataset.type === type.value) &&
    (!fault.value || item.dataset.fault === fault.value) &&
    words.value.trim().toLowerCase().split(/\s+/).every((word) => item.dataset.words.includes(word));
  const show = () => {
    let shown = 0;
    for (const item of items) {
      item.hidden = !fits(item);
      shown += item.hidden ? 0 : 1;
    }
    document.getElementById("shown").textContent = `${shown} / ${items.length}`;
    document.getElementById("none").hidden = shown > 0;
  };
  const reveal = () => {
    const item = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (item && item.classList.contains("item")) {
      item.hidden = false;
      item.open = true;
      item.scrollIntoView();
    }
  };
  for (const control of controls) control.addEventListener("input", show);
  addEventListener("hashchange", reveal);
  show();
  reveal();
})();
