"""Every word on the page that a person sees or hears and that is not Chinese."""

FIND = r"""() => {
  const found = [];
  const foreign = (words) => /[A-Za-z]{3,}/.test(words) && !/[\u4e00-\u9fff]/.test(words);
  const isSeen = (part) => part.checkVisibility({ visibilityProperty: true });
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let one = walker.nextNode(); one; one = walker.nextNode()) {
    const part = one.parentElement, words = one.nodeValue.trim();
    if (foreign(words) && isSeen(part) && !part.closest("script, style, svg")) found.push(words);
  }
  for (const part of document.querySelectorAll("body *"))
    for (const name of ["aria-label", "title", "placeholder", "alt", "aria-description"]) {
      const words = part.getAttribute(name);
      if (words && foreign(words) && isSeen(part)) found.push(`${name}: ${words}`);
    }
  return found;
}"""


def english_on(page):
    """Return the words that are not Chinese, as they stand now."""
    return page.evaluate(FIND)
