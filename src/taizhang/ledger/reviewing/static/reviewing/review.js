// Both sides of what was clicked stand out, and neither page nor reader loses its place.
"use strict";
(() => {
  const review = document.querySelector(".tz-review");
  if (!review) return;
  const other = (link) => document.getElementById(link.getAttribute("href").slice(1));
  const isInside = (link) => link && review.contains(link) && link.getAttribute("href")?.startsWith("#");

  function pair(link) {
    for (const marked of review.querySelectorAll(".is-paired")) marked.classList.remove("is-paired");
    const key = link.getAttribute("href").replace(/^#(read|from)-/, "");
    // The commitments inside an item's text are part of it.
    const within = `a.tz-read[href="#read-${key}"], a.tz-read[href^="#read-${key}-c"]`;
    for (const part of review.querySelectorAll(within)) part.classList.add("is-paired");
    document.getElementById(`read-${key}`)?.classList.add("is-paired");
  }

  review.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!isInside(link) || !other(link)) return;
    event.preventDefault();
    pair(link);
    history.replaceState(null, "", link.getAttribute("href"));
    other(link).scrollIntoView({ block: "center" });
    // The keyboard goes on where the eye is.
    const target = other(link);
    (target.matches("a, button") ? target : target.querySelector("a, button") ?? target).focus({ preventScroll: true });
  });

  // What leads here from another page or from a button is found on both sides too.
  if (location.hash.startsWith("#read-")) {
    const first = review.querySelector(`a.tz-read[href="${location.hash}"]`);
    if (first) {
      pair(first);
      first.scrollIntoView({ block: "center" });
      document.getElementById(location.hash.slice(1))?.scrollIntoView({ block: "center" });
    }
  }
})();
