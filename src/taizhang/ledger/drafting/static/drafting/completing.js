// Completes names in formulas: a list below the field, by keyboard and mouse, quiet while an input
// method is composing. Without it the page lists the names, and Compute says where a name is wrong.
"use strict";
(() => {
  const address = document.getElementById("write").dataset.completions;
  let number = 0;

  function watch(field) {
    const box = document.createElement("div");
    box.className = "tz-completing";
    field.before(box);
    box.append(field);
    const list = document.createElement("ul");
    list.className = "tz-options";
    list.id = `options-${++number}`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", field.labels[0] ? field.labels[0].textContent.trim() : field.name);
    box.append(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) {
      field.setAttribute(name, value);
    }
    const state = { field, list, found: null, at: 0, asked: 0, timer: 0 };
    field.addEventListener("input", (event) => { if (!event.isComposing) later(state); });
    field.addEventListener("compositionend", () => later(state));
    field.addEventListener("keydown", (event) => keyed(state, event));
    field.addEventListener("blur", () => close(state));
    // Not click: by then the field has lost the focus.
    list.addEventListener("mousedown", (event) => {
      const option = event.target.closest("li");
      event.preventDefault();
      if (option) take(state, Number(option.dataset.at));
    });
  }

  function later(state) {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => ask(state), 120);
  }

  async function ask(state) {
    const turn = ++state.asked;
    const query = new URLSearchParams({
      text: state.field.value, at: state.field.selectionStart, language: state.field.dataset.language,
    });
    const answer = await fetch(`${address}?${query}`, { headers: { Accept: "application/json" } });
    if (!answer.ok || turn !== state.asked || document.activeElement !== state.field) return;
    show(state, await answer.json());
  }

  function show(state, found) {
    state.found = found;
    state.at = 0;
    const typed = state.field.value.slice(found.start, found.end);
    const isDone = found.options.length === 1 && found.options[0].name === typed;
    if (!found.options.length || isDone) { close(state); return; }
    state.list.replaceChildren(...found.options.map((option, at) => line(state, option, at)));
    state.list.hidden = false;
    state.field.setAttribute("aria-expanded", "true");
    mark(state);
  }

  function line(state, option, at) {
    const item = document.createElement("li");
    item.id = `${state.list.id}-${at}`;
    item.dataset.at = at;
    item.setAttribute("role", "option");
    const name = document.createElement("code");
    const label = document.createElement("span");
    const kind = document.createElement("span");
    name.textContent = option.name;
    label.textContent = option.label;
    kind.textContent = option.kind;
    item.append(name, label, kind);
    return item;
  }

  function mark(state) {
    [...state.list.children].forEach((item, at) => {
      item.setAttribute("aria-selected", String(at === state.at));
      if (at === state.at) {
        state.field.setAttribute("aria-activedescendant", item.id);
        item.scrollIntoView({ block: "nearest" });
      }
    });
  }

  function keyed(state, event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === " " && event.ctrlKey) { event.preventDefault(); ask(state); return; }
    if (state.list.hidden) return;
    const many = state.found.options.length;
    if (event.key === "ArrowDown") state.at = (state.at + 1) % many;
    else if (event.key === "ArrowUp") state.at = (state.at + many - 1) % many;
    else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); take(state, state.at); return; }
    else if (event.key === "Escape") { close(state); event.stopPropagation(); return; }
    else return;
    event.preventDefault();
    mark(state);
  }

  function take(state, at) {
    const { start, end, options } = state.found;
    const { field } = state;
    const { name, opens } = options[at];
    const isOpen = field.value[end] === "(" || field.value[end] === "（";
    field.setRangeText(opens && !isOpen ? `${name}(` : name, start, end, "end");
    close(state);
    field.focus();
    if (opens && !isOpen) ask(state);
  }

  function close(state) {
    clearTimeout(state.timer);
    state.asked += 1;
    state.list.hidden = true;
    state.field.setAttribute("aria-expanded", "false");
    state.field.removeAttribute("aria-activedescendant");
  }

  document.querySelectorAll("textarea[data-language]").forEach(watch);
})();
