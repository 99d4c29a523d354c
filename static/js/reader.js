// The marks in a document by keyboard: Tab reaches them as one, arrows lead from each to the next. What a mark is stands in its title.
(() => {
  "use strict";
  const marks = [...document.querySelectorAll(".text .place + mark[title]")];
  if (!marks.length) return;
  marks[0].tabIndex = 0;
  for (const mark of marks.slice(1)) mark.tabIndex = -1;
  document.querySelector("[data-by-arrows]").hidden = false;

  document.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key], at = marks.indexOf(event.target);
    if (!step || at < 0 || !marks[at + step] || event.shiftKey || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    marks[at].tabIndex = -1;
    marks[at + step].tabIndex = 0;
    marks[at + step].focus();
  });
})();
