// Marks the rows of the board that differ after a refresh, and says so to screen readers.
"use strict";
(() => {
  const states = () =>
    new Map([...document.querySelectorAll("#board tr[id]")].map((row) => [row.id, row.dataset.state]));
  let before = new Map();

  document.addEventListener("htmx:beforeSwap", () => { before = states(); });
  // Not afterSwap: settling puts the classes of rows back that had the same id before.
  document.addEventListener("htmx:afterSettle", () => {
    const changed = [...document.querySelectorAll("#board tr[id]")].filter(
      (row) => before.has(row.id) && before.get(row.id) !== row.dataset.state,
    );
    for (const row of changed) {
      row.classList.add("is-changed");
      setTimeout(() => row.classList.remove("is-changed"), 8000);
    }
    if (changed.length) {
      const news = document.getElementById("board-news");
      news.textContent = changed
        .map((row) => `${news.dataset.text} ${row.id.replace("item-", "")}: ${row.querySelector(".tz-verdict").textContent.trim()}`)
        .join("; ");
    }
  });
})();
