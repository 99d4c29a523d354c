// Correcting in the page: the form takes the focus and gives it back; what is marked in a document's text may be put to use.
(() => {
  "use strict";
  let opener = null; // id of the link that opened the form
  const announce = (text) => { document.getElementById("announcement").textContent = text; };

  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches("a.amend")) opener = event.target.id;
  });
  document.addEventListener("htmx:afterSettle", () => {
    const form = document.getElementById("editing");
    if (form && !form.contains(document.activeElement)) {
      (form.querySelector("[aria-invalid=true]") ?? form.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
      return;
    }
    if (!form && opener) {
      document.getElementById(opener)?.focus({ preventScroll: true });
      opener = null;
    }
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const sent = event.detail.requestConfig?.elt;
    if (!sent?.matches?.("a.amend, #editing, form.undo")) return;
    const { responseText, responseURL } = event.detail.xhr;
    if (responseText.includes('id="record"') || responseText.includes('id="editing"')) {
      if (sent.dataset.done && responseText.includes('id="record"')) announce(sent.dataset.done);
      return;
    }
    // Another page came, or an error. What was typed stays where it is.
    event.detail.shouldSwap = false;
    if (sent.id !== "editing") return location.assign(responseURL);
    event.detail.isError = false;
    const { status } = event.detail.xhr, out = status < 400 || status === 403;
    sent.querySelector(".unsaved")?.remove();
    const said = document.createElement("p");
    said.className = "mistake unsaved";
    said.setAttribute("role", "alert");
    said.textContent = out
      ? "You are not signed in any more. Copy what you wrote, sign in, and open the form again."
      : `This could not be saved (error ${status}). What you wrote is still here: try again in a moment.`;
    sent.prepend(said);
  });

  // Cancel, by its link or with Escape: the value stands there again as before.
  function cancel(form) {
    const link = form.querySelector("[data-cancel]");
    const place = link && document.getElementById(link.dataset.cancel);
    if (!place || !document.getElementById("record")) return false;
    htmx.ajax("GET", link.getAttribute("href"), { target: place, select: `#${link.dataset.cancel}`, swap: "outerHTML" });
    return true;
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-cancel]");
    if (link && cancel(link.closest("#editing"))) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    // An Escape that sent suggestions away has been heard.
    const form = event.key === "Escape" && !event.defaultPrevented && event.target.closest("#record #editing");
    if (form && cancel(form)) event.preventDefault();
  });

  // In a document: words that are selected, with the mouse or the keyboard, lead to what may be done with them.
  const text = document.querySelector("[data-mark]");
  const bar = document.getElementById("mark-bar");
  if (!text || !bar) return;

  // The place of a point of the selection in the document's text, in characters as the server counts them.
  function offset(node, at) {
    const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
    if (!holder || !text.contains(holder)) return null;
    const before = document.createRange();
    before.selectNodeContents(holder);
    before.setEnd(node, at);
    return Number(holder.dataset.start) + [...before.toString()].length;
  }
  function offer() {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const start = range && offset(range.startContainer, range.startOffset);
    const end = range && offset(range.endContainer, range.endOffset);
    if (start === null || end === null || !range || end <= start) { bar.hidden = true; return; }
    const query = new URLSearchParams({ start, end, quote: range.toString().slice(0, 2000) });
    if ([...range.toString()].length > 2000) query.delete("quote");
    for (const link of bar.querySelectorAll("a")) link.href = `${text.dataset.mark}?${query}&do=${link.dataset.do}`;
    const box = range.getBoundingClientRect();
    bar.hidden = false;
    bar.style.top = `${scrollY + box.bottom + 8}px`;
    bar.style.left = `${Math.max(8, Math.min(scrollX + box.left, innerWidth - bar.offsetWidth - 12))}px`;
  }
  let timer;
  document.addEventListener("selectionchange", () => { clearTimeout(timer); timer = setTimeout(offer, 150); });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !bar.hidden) { getSelection().removeAllRanges(); bar.hidden = true; }
    // The selection stays where it is while the focus goes to what may be done with it.
    if (event.key === "m" && !event.ctrlKey && !event.metaKey && !event.altKey && !bar.hidden && !event.target.closest("input, textarea, select")) bar.querySelector("a").focus();
  });
})();
