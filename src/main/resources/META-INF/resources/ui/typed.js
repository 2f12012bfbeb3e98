// What was typed into a form stays in this tab until the server has taken it. Where the session had ended, the server
// couldn't be reached or something was gone, it is back as soon as the form is. Passwords and files aren't kept, nobody
// else gets to see it, and signing out forgets it (docs/decisions/0163-what-was-typed-stays-in-the-tab.md).
const STORE = "typed", DAY = 86_400_000;
const KEPT = "textarea, select, input:not([type=hidden], [type=password], [type=file], [type=search], [autocomplete=one-time-code])";
const TEXT = "textarea, input:not([type=checkbox], [type=radio])";
const find = (selector, root = document) => root.querySelector(selector);
const now = performance.getEntriesByType("navigation")[0] ?? {};
const who = find("#profile .menu-head")?.textContent ?? "";
const door = find("main.door");

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(STORE)) ?? [];
  } catch {
    return [];
  }
}

function write(drafts) {
  try {
    if (drafts.length) sessionStorage.setItem(STORE, JSON.stringify(drafts));
    else sessionStorage.removeItem(STORE);
  } catch { /* nothing is stored */ }
}

// A form by its address, its account, what it is about and its fields.
const nameOf = form => [form.getAttribute("action"), form.elements.as?.value, form.elements.id?.value, ...new Set(controls(form).map(one => one.name))].join(" ");
const controls = form => [...form.elements].filter(one => one.name && one.matches(KEPT));
// What the page says.
const said = one => one.options ? [...one.options].find(option => option.defaultSelected)?.value ?? one.options[0]?.value
  : isTick(one) ? one.defaultChecked : one.defaultValue;
const isTick = one => ["checkbox", "radio"].includes(one.type);
const isChanged = one => (isTick(one) ? one.checked : one.value) !== said(one);

// Only what differs from what the page said: changes of others stay theirs.
function changes(form) {
  const seen = {};
  return controls(form).map(one => {
    const nth = seen[one.name] = (seen[one.name] ?? -1) + 1;
    return isChanged(one) && [one.name, nth, isTick(one) ? one.checked : one.value];
  }).filter(Boolean);
}

let refused = null; // what the form of this page had before the server refused it, and drew it again

const isPost = form => form.getAttribute("method") === "post";
const isTyped = form => controls(form).some(one => one.matches(TEXT) && isChanged(one));

function draftOf(form) {
  const name = nameOf(form), before = refused?.form === name ? refused.fields : [];
  const fields = changes(form), known = new Set(fields.map(([name, nth]) => `${name} ${nth}`));
  const again = [...form.elements].some(one => ["password", "file"].includes(one.type) && one.value);
  return { form: name, who, at: Date.now(), again, fields: [...before.filter(([name, nth]) => !known.has(`${name} ${nth}`)), ...fields] };
}

// The form that is sent, and what was typed into others of the page, which the next page would lose.
function keep(form, others = []) {
  if (door) return;
  const waiting = read().filter(draft => draft.waits && draft.form !== nameOf(form));
  write([
    ...waiting,
    ...(isPost(form) && (isTyped(form) || refused) ? [draftOf(form)] : []),
    ...others.filter(one => one !== form && isPost(one) && one.id !== "composer" && isTyped(one)).map(one => ({ ...draftOf(one), kept: true })),
  ]);
}

function say(form, title, text) {
  document.querySelectorAll("[data-typed]").forEach(earlier => earlier.remove());
  const banner = find("#trouble")?.content.firstElementChild.cloneNode(true) ?? document.createElement("div");
  if (!banner.firstChild) banner.append(document.createElement("div"));
  banner.className = "banner warn mb";
  banner.tabIndex = -1;
  banner.setAttribute("role", "alert");
  banner.dataset.typed = "";
  const [strong, words] = ["strong", "p"].map(tag => find(tag, banner) ?? banner.lastElementChild.appendChild(document.createElement(tag)));
  strong.textContent = title;
  words.textContent = text;
  form.before(banner);
  banner.focus();
  banner.scrollIntoView({ block: "center" });
}

function fill(form, { fields, again }) {
  let filled = 0;
  for (const [name, nth, value] of fields) {
    const one = controls(form).filter(control => control.name === name)[nth];
    const key = typeof value === "boolean" ? "checked" : "value";
    if (!one || one[key] === value) continue;
    one[key] = value;
    if (one[key] !== value) continue; // a choice that is no longer there
    one.dispatchEvent(new Event("input", { bubbles: true }));
    for (let fold = one.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    filled++;
  }
  if (filled) say(form, "Not saved yet.", `What you typed is back. Check it, then save again.${again ? " Enter passwords and choose files again." : ""}`);
}

const drafts = read();
if (drafts.length && door) {
  // A door on the way back, or a page that says why not; any other one is where the form led.
  const isWay = find("[name=next]", door) || (now.responseStatus ?? 200) >= 400;
  write(isWay ? drafts.map(draft => ({ ...draft, kept: true, waits: true })) : []);
} else if (drafts.length) {
  const formOf = draft => [...document.forms].find(one => isPost(one) && nameOf(one) === draft.form);
  const isDone = new URL(now.name ?? location.href, location.href).searchParams.has("done");
  write(drafts.filter(draft => draft.waits && draft.who === who && !formOf(draft))); // the way back need not end at the form
  for (const draft of drafts) {
    const form = formOf(draft);
    const isBack = draft.kept || now.type !== "navigate" && !isDone;
    if (form && !draft.kept && now.responseStatus === 422) refused = draft;
    else if (form && isBack && draft.who === who && Date.now() - draft.at < DAY) fill(form, draft);
  }
}

// A form that htmx sends as it is typed, to show what it would make, is sent as any other when it is saved.
const isHtmx = form => form.hasAttribute("hx-post") && !form.hasAttribute("hx-trigger");

document.addEventListener("submit", event => {
  const form = event.target, { submitter } = event;
  if (event.defaultPrevented || isHtmx(form) || /\/(logout|leave)$/.test(form.getAttribute("action") ?? "")) return;
  if (isPost(form) && !navigator.onLine) {
    event.preventDefault();
    return say(form, "No connection. Nothing was saved.", "Check your connection and try again. What you typed is still here.");
  }
  keep(form, [...document.forms]);
  if (!isOfTwo(form)) return;
  event.preventDefault();
  compare(form, submitter, () => {
    form.dataset.compared = "";
    form.requestSubmit(submitter);
    delete form.dataset.compared;
  });
});

// What htmx sends stays in its place unless the whole page goes elsewhere.
document.addEventListener("htmx:confirm", event => {
  const { elt, issueRequest, triggeringEvent } = event.detail;
  if (!elt.matches("form") || !isHtmx(elt) || !isOfTwo(elt)) return;
  event.preventDefault();
  compare(elt, triggeringEvent?.submitter, () => issueRequest(true));
});
document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => elt.matches("form") && isHtmx(elt) && keep(elt));
document.addEventListener("htmx:afterRequest", ({ detail: { elt, xhr } }) => {
  if (elt.matches("form") && isHtmx(elt) && xhr.status >= 200 && xhr.status < 300 && !xhr.getResponseHeader("HX-Redirect")) write(read().filter(draft => draft.waits));
});

// Two windows, or two people, may have the same form open: `data-edits` says where it is, as it is now. What the other one
// has saved meanwhile stays, unless both have changed the same field: that is said before anything is replaced.
function isOfTwo(form) {
  return "edits" in form.dataset && !("compared" in form.dataset) && now.responseStatus === 200
    && !find("[aria-invalid]", form) && controls(form).some(isChanged);
}

function compare(form, submitter, send) {
  if (submitter) submitter.disabled = true;
  meanwhile(form).catch(() => "").then(both => {
    if (submitter) submitter.disabled = false;
    if (both) document.querySelectorAll(".toast").forEach(toast => toast.remove()); // of the save before this one
    if (both) say(form, "This was changed in the meantime.", `${both} Save again to replace it with yours.`);
    else send();
  });
}

async function meanwhile(form) {
  const answer = await fetch(form.dataset.edits || location.href, { headers: { Accept: "text/html" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(5000) });
  const forms = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").forms : [];
  const other = [...forms].find(one => nameOf(one) === nameOf(form));
  if (!other) return "";
  const ours = controls(form), both = [];
  controls(other).forEach((theirs, at) => {
    const own = ours[at];
    if (own?.name !== theirs.name || said(own) === said(theirs) || isTick(own) && own.value !== theirs.value) return;
    const is = said(theirs), key = isTick(own) ? "checked" : "value";
    if (!isChanged(own)) own[key] = is;
    else if (own[key] !== is) both.push(`${label(own)} is now ${shown(theirs, is)}.`);
    if (own.options) [...own.options].forEach(option => { option.defaultSelected = option.value === is; });
    else own[isTick(own) ? "defaultChecked" : "defaultValue"] = is;
  });
  if (controls(other).length !== ours.length) both.push("Something was added or removed.");
  return both.join(" ");
}

function label(one) {
  const words = one.labels?.[0]?.cloneNode(true);
  words?.querySelectorAll(".opt, .sr, .small, input, select, textarea").forEach(part => part.remove());
  return words?.textContent.trim() || "A field";
}

const shown = (one, is) => isTick(one) ? is ? "on" : "off" : one.options ? `“${[...one.options].find(option => option.value === is)?.text ?? is}”`
  : is === "" ? "empty" : `“${is.length > 80 ? `${is.slice(0, 79)}…` : is}”`;
