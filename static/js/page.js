// Where the navigation is wider than the screen, the page's own place in it is seen.
document.querySelector(".mainnav [aria-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });

// What a swap in place owes to people who do not see it, and the claim card.
document.addEventListener("htmx:afterSettle", (event) => {
  const heading = event.target.querySelector?.("[data-announce]") ?? document.querySelector("#results [data-announce]");
  if (heading) document.getElementById("announcement").textContent = heading.textContent.trim().replace(/\s+/g, " ");
  // What was pressed may be gone: go on from the heading of what came instead. What came by itself takes nobody anywhere.
  const pressed = ["click", "submit"].includes(event.detail.requestConfig?.triggeringEvent?.type);
  if (pressed && document.activeElement === document.body) document.querySelector("#listing-heading, #heading")?.focus({ preventScroll: true });
});

// An answer that is no page of the list, an error say, is shown as the page that it is. What a form is sent to may be no page:
// then the one that it was sent from is shown as it is now, signed out or with a form that counts again.
document.addEventListener("htmx:responseError", ({ detail: { requestConfig, pathInfo } }) => {
  if (requestConfig.verb === "get") location.assign(pathInfo.finalRequestPath);
  else location.reload();
});
document.addEventListener("htmx:sendError", () => {
  document.getElementById("announcement").textContent = "The server cannot be reached.";
});

let opener = null;
document.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest('a.claim[hx-target="#card"]');
  if (!link || link.closest("#card")) return;
  opener?.classList.remove("open");
  opener = link;
  link.classList.add("open");
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.closest("#card")) document.querySelector("#card .claim-card")?.focus({ preventScroll: true });
});

function closeCard() {
  const card = document.getElementById("card");
  if (!card?.querySelector(".claim-card")) return;
  card.replaceChildren();
  opener?.classList.remove("open");
  opener?.focus();
}
document.addEventListener("click", (event) => { if (event.target.closest("[data-close]")) closeCard(); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") closeCard(); });

// Copying and printing need a script, so their buttons appear with it.
function offer() { document.querySelectorAll("[data-copy][hidden], [data-print][hidden]").forEach((button) => { button.hidden = false; }); }
document.addEventListener("DOMContentLoaded", offer);
document.addEventListener("htmx:afterSettle", offer);
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) return print();
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
  document.getElementById("announcement").textContent = "Copied";
  button.textContent = "Copied";
});

// Paper has all that was said.
addEventListener("beforeprint", () => { for (const folded of document.querySelectorAll("details.more-said")) folded.open = true; });
