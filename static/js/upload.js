// Files are sent a few at a time, with the progress of each; without this script the form sends them all at once.
const AT_ONCE = 16, BYTES = 4e6; // files and bytes of one request, unless a single file has more
const LISTED = 200; // files with a line of their own

const form = document.querySelector("[data-upload]");
const drop = form.querySelector("[data-drop]");
const dropped = [];

function show(element, shown = true) { element.hidden = !shown; }
function size(bytes) { return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} kB` : `${(bytes / 1e6).toFixed(1)} MB`; }

// What was dropped: files, and folders walked through

async function walk(entry, path = "") {
  const name = path + entry.name;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [{ file, path: name }];
  }
  const reader = entry.createReader(), found = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) break;
    for (const each of some) if (!each.name.startsWith(".")) found.push(...await walk(each, `${name}/`));
  }
  return found;
}

show(form.querySelector("[data-dropped]"));
for (const type of ["dragenter", "dragover"]) drop.addEventListener(type, (event) => { event.preventDefault(); drop.classList.add("over"); });
drop.addEventListener("dragleave", (event) => { if (!drop.contains(event.relatedTarget)) drop.classList.remove("over"); });
drop.addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const items = [...event.dataTransfer.items], files = [...event.dataTransfer.files];
  const entries = items.map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const found = entries.length ? (await Promise.all(entries.map((entry) => walk(entry)))).flat() : files.map((file) => ({ file, path: file.name }));
  dropped.push(...found);
  const total = dropped.reduce((sum, each) => sum + each.file.size, 0);
  form.querySelector("[data-dropped]").textContent = `${dropped.length} dropped, ${size(total)}. Drop more, or hand them in.`;
});

// One line a file

class Line {
  constructor(list, path) {
    this.item = document.createElement("li");
    this.bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    this.bar.setAttribute("aria-label", path);
    const name = Object.assign(document.createElement("span"), { className: "name", textContent: path });
    this.item.append(name, this.bar);
    list.append(this.item);
  }
  done(share) { this.bar.value = share; }
  say(why) {
    this.bar.remove();
    this.item.append(Object.assign(document.createElement("span"), { className: "why", textContent: why }));
  }
}

// The way to the server

function send(address, data, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", (event) => progress?.(event.loaded, event.total));
    request.addEventListener("load", () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* no answer of ours */ }
      if (request.status < 300) resolve(answer);
      else reject(new Error(answer.error ?? (request.status === 403 ? "You are no longer signed in. Sign in and hand it in again." : `The server answered with ${request.status}.`)));
    });
    request.addEventListener("error", () => reject(new Error("The server cannot be reached. Hand it in again when it is back; what has arrived is kept.")));
    request.send(data);
  });
}

function groups(handed) {
  const made = [];
  let bytes = Infinity;
  for (const each of handed) {
    if (bytes + each.file.size > BYTES || made.at(-1).length === AT_ONCE) { made.push([]); bytes = 0; }
    made.at(-1).push(each);
    bytes += each.file.size;
  }
  return made;
}

// Bytes of a group that have arrived, spread over its files in their order.
function spread(group, loaded) {
  for (const each of group) {
    each.line?.done(each.file.size ? Math.min(1, Math.max(0, loaded / each.file.size)) : 1);
    loaded -= each.file.size;
  }
}

async function handIn(handed) {
  const button = form.querySelector("button[type=submit]"), sending = form.querySelector("[data-sending]");
  const words = sending.querySelector("[data-total]"), all = sending.querySelector("[data-all]"), list = sending.querySelector("[data-files]");
  const token = form.elements.csrfmiddlewaretoken.value, largest = Number(form.dataset.largest);
  const said = new FormData();
  for (const field of form.elements) if (field.name && !["file", "submit"].includes(field.type)) said.append(field.name, field.value);
  button.disabled = true;
  show(sending);
  list.replaceChildren();
  words.textContent = "Sending …";
  let refused = 0, arrived = 0;
  try {
    const upload = await send(form.action, said);
    handed.forEach((each, number) => { if (number < LISTED) each.line = new Line(list, each.path); });
    const small = handed.filter((each) => each.file.size <= largest);
    for (const each of handed) if (each.file.size > largest) { refused += 1; (each.line ??= new Line(list, each.path)).say(`It is larger than ${size(largest)}. Split it into its documents.`); }
    const total = small.reduce((sum, each) => sum + each.file.size, 0) || 1;
    for (const group of groups(small)) {
      const data = new FormData();
      data.append("csrfmiddlewaretoken", token);
      for (const { file, path } of group) { data.append("files", file, file.name); data.append("paths", path); }
      const answer = await send(upload.files, data, (loaded) => {
        spread(group, loaded);
        all.value = Math.min(1, (arrived + loaded) / total);
        words.textContent = `${size(arrived + loaded)} of ${size(total)}`;
      });
      arrived += group.reduce((sum, each) => sum + each.file.size, 0);
      spread(group, Infinity);
      for (const each of group) if (answer.refused?.[each.path]) { refused += 1; (each.line ??= new Line(list, each.path)).say(answer.refused[each.path]); }
    }
    all.value = 1;
    if (!refused) return location.assign(upload.page);
    words.textContent = `${refused} of ${handed.length} could not be taken; the others are at work. `;
    words.append(Object.assign(document.createElement("a"), { href: upload.page, textContent: "See what was found" }));
  } catch (error) {
    words.textContent = error.message;
    button.disabled = false;
  }
}

form.addEventListener("submit", (event) => {
  const chosen = [...form.querySelectorAll("input[type=file]")].flatMap((input) => [...input.files]);
  const named = chosen.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
  const handed = [...dropped, ...named.filter(({ path }) => !path.includes("/."))]; // what is hidden in a folder is not meant
  if (!handed.length) return; // a pasted text needs no progress
  event.preventDefault();
  handIn(handed);
});
