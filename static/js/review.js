// Single keys for the review queue: each presses the button or link that names it. They rest while one types, with a modifier
// held, and when they are switched off (WCAG 2.1.4).
(() => {
  "use strict";
  const SWITCH = "review-keys";
  const TYPED = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

  function listening() { return localStorage.getItem(SWITCH) !== "off"; }

  function offer() {
    const box = document.querySelector("[data-keys-on]");
    if (!box) return;
    box.closest("label").hidden = false;
    box.checked = listening();
  }
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-keys-on]")) localStorage.setItem(SWITCH, event.target.checked ? "on" : "off");
  });
  document.addEventListener("DOMContentLoaded", offer);
  document.addEventListener("htmx:afterSettle", offer);

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat || event.defaultPrevented) return;
    if (event.key === "Escape" && event.target.id === "reason") return document.getElementById("heading").focus();
    if (event.target.closest(TYPED) || !listening()) return;
    const meant = event.key === "r" ? document.getElementById("reason") : document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!meant) return;
    event.preventDefault();
    if (event.key === "r") meant.focus();
    else meant.click();
  });
})();
