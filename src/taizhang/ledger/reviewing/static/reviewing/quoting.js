// Words marked in the item's text become the quote of the form.
"use strict";
(() => {
  const text = document.getElementById("item-text");
  const quote = document.querySelector("[name=quote]");
  if (!text || !quote) return;
  text.addEventListener("mouseup", () => {
    const marked = String(document.getSelection()).trim();
    if (marked && text.textContent.includes(marked)) quote.value = marked;
  });
})();
