// Type-ahead after the ARIA combobox pattern. Without it the typed name is sent with the form, and the page asks whom it means.
(() => {
  "use strict";
  const WAIT = 120; // milliseconds after the last key

  function setUp(box) {
    const input = box.querySelector("input[type=text]");
    if (!input || input.getAttribute("role") === "combobox") return;
    const list = document.createElement("ul");
    list.id = `${input.id}-options`;
    list.className = "options";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0]?.textContent ?? "Suggestions");
    list.hidden = true;
    box.append(list);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);

    let timer, asked = 0;
    const options = () => [...list.querySelectorAll("[role=option]")];
    const current = () => list.querySelector("[aria-selected=true]");

    function close() {
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
      const chosen = document.createElement("input");
      chosen.type = "hidden";
      chosen.name = box.dataset.name;
      chosen.value = option.dataset.value;
      input.form.append(chosen);
      input.value = "";
      close();
      input.form.requestSubmit();
    }
    async function ask() {
      const number = ++asked, text = input.value.trim();
      if (!text) return close();
      const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(text)}`, { credentials: "same-origin" });
      if (number !== asked || !answer.ok) return;
      list.innerHTML = await answer.text();
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
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
      if (list.hidden) return;
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
