// Type-ahead after the ARIA combobox pattern: in a field of the form, and in the box for the condition at the caret.
// Without it what was typed is sent as it is, and the page says whom or what it took.
(() => {
  "use strict";
  const WAIT = 120; // milliseconds after the last key

  // The condition that ends at the caret: where it begins, its minus, its field ("" for a bare word) and what was typed of the value.
  function conditionAt(text, caret) {
    const before = text.slice(0, caret);
    const quoted = (before.match(/"/g) ?? []).length % 2 === 1;
    const found = before.match(quoted ? /(-?)(?:([a-z_]+):)?\s?"([^"]*)$/i : /(-?)(?:([a-z_]+):\s?)?([^\s":]*)$/i);
    return found && { start: found.index, minus: found[1], field: found[2] ?? "", typed: found[3] };
  }

  function setUp(box) {
    const input = box.querySelector("input");
    if (!input || input.getAttribute("role") === "combobox") return;
    const list = document.createElement("ul");
    list.id = `${input.id}-options`;
    list.className = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    list.hidden = true;
    box.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);

    const wholeBox = "box" in box.dataset;
    let timer, asked = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const current = () => list.querySelector("[aria-selected=true]");
    const condition = () => wholeBox
      ? conditionAt(input.value, input.selectionStart)
      : { field: box.dataset.field, typed: input.value };

    function close() {
      clearTimeout(timer);
      asked += 1;
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
    function select(option) {
      current()?.setAttribute("aria-selected", "false");
      option?.setAttribute("aria-selected", "true");
      if (!option) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    }
    function choose(option) {
      if (wholeBox) {
        const { start, minus } = condition(), { term, value } = option.dataset;
        const rest = input.value.slice(input.selectionStart).replace(/^[^\s"]*"?/, "").trimStart();
        const head = `${input.value.slice(0, start)}${term.startsWith("without:") ? "" : minus}${term}${value ? " " : ""}`;
        input.value = head + rest;
        input.setSelectionRange(head.length, head.length);
      } else {
        input.value = option.dataset.value;
      }
      close();
      input.focus();
      if (wholeBox && !option.dataset.value) ask(); // a field's name alone: go on with its values
    }
    async function ask() {
      const number = ++asked, part = condition();
      if (!part || (!part.field && !part.typed.trim())) return close();
      const query = new URLSearchParams({ field: part.field, q: part.typed.trim() });
      const answer = await fetch(`${box.dataset.suggest}?${query}`, { credentials: "same-origin" });
      if (number !== asked || !answer.ok) return;
      list.innerHTML = await answer.text();
      for (const option of options()) option.id = `${list.id}-${option.id}`;
      list.hidden = wholeBox && !options().length;
      input.setAttribute("aria-expanded", String(!list.hidden));
      input.removeAttribute("aria-activedescendant");
    }

    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // keep the focus in the field
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) {
        if (event.key !== "ArrowDown" || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        return void ask(); // what Escape sent away comes back
      }
      const all = options(), at = all.indexOf(current());
      if (event.key === "ArrowDown") select(all[(at + 1) % all.length]);
      else if (event.key === "ArrowUp") select(all[at <= 0 ? all.length - 1 : at - 1]);
      else if (event.key === "Enter" && at >= 0) choose(all[at]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
  }

  const setUpAll = () => document.querySelectorAll(".combobox").forEach(setUp);
  document.addEventListener("DOMContentLoaded", setUpAll);
  document.addEventListener("htmx:afterSettle", setUpAll);
  document.addEventListener("htmx:historyRestore", setUpAll);
})();
