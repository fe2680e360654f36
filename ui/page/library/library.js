// 政策库: a file to add is read here, by the browser, and carried in a field nobody sees; nothing is uploaded.
(() => {
  const LARGEST = 2 * 1024 * 1024;
  const KINDS = [
    ".txt", ".md", ".html", ".htm", ".docx", ".pdf", ".doc", ".wps", ".rtf", ".odt", ".ofd", ".xlsx", ".xls", ".png", ".jpg", ".jpeg",
  ];
  let serial = 0;

  const tell = (words) => {
    const told = document.querySelector(".pa-choose-told");
    if (told) told.textContent = words;
  };

  const base64 = (bytes) => {
    const parts = [];
    for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
    return btoa(parts.join(""));
  };

  const carry = async (file) => {
    if (!KINDS.some((kind) => file.name.toLowerCase().endsWith(kind))) return tell(`${file.name}：请选择 docx、pdf、html、txt、ofd、xlsx、doc、wps 文件或图片。`);
    if (!file.size) return tell(`${file.name}：文件是空的。`);
    if (file.size > LARGEST) return tell(`${file.name}：超过 2 MB。更大的文件请用命令行 policy-assistant add。`);
    const box = document.querySelector("#pa-add-file textarea, #pa-add-file input");
    if (!box) return;
    tell(`正在读 ${file.name}…`);
    const content = base64(new Uint8Array(await file.arrayBuffer()));
    const kind = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement : HTMLInputElement;
    Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(box, JSON.stringify({ name: file.name, content, serial: ++serial }));
    box.dispatchEvent(new Event("input", { bubbles: true }));
    tell(`已选择 ${file.name}`);
  };

  document.addEventListener("click", (event) => {
    if (!event.target.closest("button.pa-choose")) return;
    const picker = document.createElement("input");
    picker.type = "file";
    picker.accept = KINDS.join(",");
    picker.addEventListener("change", () => picker.files[0] && carry(picker.files[0]));
    picker.click();
  });
})();
