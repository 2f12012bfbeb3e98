// Every page works without this script. It opens dialogs in place, keeps the focus where the work is, says aloud what
// changed, and tells in words when a request fails. It knows htmx by its events, asks it only to wake what was put in place, and stores nothing but the time zone.
(() => {
  "use strict";
  const find = (selector, root = document) => root.querySelector(selector);
  const byId = id => document.getElementById(id);
  const on = (type, handle, early) => document.addEventListener(type, handle, early);
  const dates = document.currentScript.src.replace("banyan.js", "dates.js");

  // Emptied first, because the same words twice are news too.
  function say(text) {
    const live = byId("live");
    if (!live || !text) return;
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 60);
  }

  // The reader's time zone: what a cookie says, which the server keeps in step with the person's settings, or the
  // browser's, which the cookie then tells the server. It formats times in it; this does where it did not know it yet.
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zone = (() => {
    const told = /(?:^|; )banyan_zone=([\w+/-]+)/.exec(document.cookie)?.[1] ?? own;
    try {
      return Intl.DateTimeFormat("en", { timeZone: told }) && told;
    } catch {
      return own;
    }
  })();
  document.cookie = `banyan_zone=${zone}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  const UTC = /(?:([A-Z][a-z]{2} \d{1,2}, \d{4}),? )?\b(\d{2}:\d{2}(?::\d{2})?) UTC\b/g;
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, dated = { day: "numeric", month: "short", year: "numeric" };
  const inZone = (at, form) => at.toLocaleString("en", { timeZone: zone, ...form });
  const exact = at => `${inZone(at, { ...dated, ...clock, second: "2-digit" })} ${zone}`;
  const dayOf = at => inZone(at, dated), yearOf = at => inZone(at, { year: "numeric" });
  const ownDay = at => inZone(at, { ...dated, year: yearOf(at) === yearOf(new Date()) ? undefined : "numeric" });

  function local(root) {
    for (const time of root.querySelectorAll("time[datetime*=T]:not([data-ago])")) {
      const at = new Date(time.dateTime), words = time.textContent, hour = time.querySelector("span");
      if (isNaN(at)) continue;
      time.title = exact(at);
      if (hour) { // a day, and the time below it
        time.firstChild.data = inZone(at, dated);
        hour.textContent = inZone(at, { ...clock, second: /:\d{2}:/.test(hour.textContent) ? "2-digit" : undefined });
      } else if (/^\d{2}:\d{2}$/.test(words)) time.textContent = dayOf(at) === dayOf(new Date()) ? inZone(at, clock) : ownDay(at);
      else if (/^\d{2}:\d{2}:\d{2}$/.test(words)) time.textContent = inZone(at, { ...clock, second: "2-digit" });
      else if (/^[A-Z][a-z]{2} \d{1,2}(, \d{4})?$/.test(words)) time.textContent = words.includes(",") ? dayOf(at) : ownDay(at);
    }
    root.querySelectorAll("[data-zone]").forEach(name => { name.textContent = zone; });
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, text =>
      text.data.includes(" UTC") && !text.parentElement?.closest("textarea, script, code, pre, option, bdi") ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP);
    const found = [];
    while (texts.nextNode()) found.push(texts.currentNode);
    for (const text of found) {
      text.data = text.data.replace(UTC, (_, day, hour) => {
        const at = new Date(`${day ?? inZone(new Date(), { ...dated, timeZone: "UTC" })} ${hour} UTC`);
        text.parentElement.title ||= exact(at);
        return inZone(at, day ? { ...dated, ...clock } : clock);
      });
    }
  }

  // Controls that only a script can serve are hidden until there is one; and a schedule begins in the zone of whoever writes it.
  const serve = root => {
    root.querySelectorAll("[data-reveal], [data-copy], [data-dismiss], [data-pick-all], [data-pick-shown]").forEach(control => { control.hidden = false; });
    root.querySelectorAll("[data-own-zone]").forEach(zones => {
      if (!zones.options || [...zones.options].some(option => option.value === zone)) zones.value = zone;
    });
    local(root);
    root.querySelectorAll("[data-drop]").forEach(chosen);
    root.querySelectorAll("[data-color-of]").forEach(picker => { picker.hidden = false; });
    root.querySelectorAll("[data-unscripted], [data-crop-fields]").forEach(part => { part.hidden = true; });
    root.querySelectorAll("form:has([data-when])").forEach(applying);
    if (find("[type=date], [type=datetime-local]", root)) import(dates).then(({ serve: calendars }) => calendars(root, zone, say), () => {});
    if (root.closest?.("form")) applying(root.closest("form"));
  };
  // Of fields that apply to some choices of another field, those of the other choices are hidden. A hidden group isn't sent.
  function applying(form) {
    form.querySelectorAll("[data-when]").forEach(part => {
      const [name, ...values] = part.dataset.when.split(" ");
      part.hidden = !values.includes(form.elements[name]?.value);
      if (part.matches("fieldset")) part.disabled = part.hidden;
    });
  }
  serve(document);

  // The page of such a form is only the way to where it leads.
  find("form[data-leads-on]")?.submit();

  // The greeting and how long ago something was, by the reader's own clock.
  const greeting = find("[data-greeting]"), hour = Number(inZone(new Date(), { hour: "2-digit", hourCycle: "h23" }));
  if (greeting) greeting.textContent = hour < 5 || hour >= 18 ? "Good evening" : hour < 12 ? "Good morning" : "Good afternoon";
  document.querySelectorAll("time[data-ago]").forEach(time => {
    const minutes = Math.max(0, Math.round((Date.now() - new Date(time.dateTime)) / 60_000));
    time.title = exact(new Date(time.dateTime));
    if (minutes < 60) time.textContent = minutes < 1 ? "now" : `${minutes} min`;
    else if (minutes < 24 * 60) time.textContent = `${Math.round(minutes / 60)} h`;
  });
  // Days in the reader's own zone, and a line wherever a conversation goes on on another day.
  const dayBefore = at => inZone(new Date(new Date(`${dayOf(at)} UTC`) - 864e5), { ...dated, timeZone: "UTC" });
  window.clockOf = at => inZone(at, clock);
  window.exactly = exact;
  window.isToday = at => dayOf(at) === dayOf(new Date());
  window.dayName = (at, options) => {
    const now = new Date();
    return window.isToday(at) ? "Today" : dayOf(at) === dayBefore(now) ? "Yesterday"
      : at.toLocaleDateString([], { timeZone: zone, ...options, day: "numeric", month: "short", year: yearOf(at) === yearOf(now) ? undefined : "numeric" });
  };
  window.dayLines = thread => {
    thread.querySelectorAll(":scope > [data-day]").forEach(line => line.remove());
    let last = "";
    for (const part of thread.querySelectorAll(":scope > :has(time)")) {
      const at = new Date(part.querySelector("time").dateTime), day = dayOf(at);
      if (day !== last) {
        const line = document.createElement("p");
        line.className = "date";
        line.dataset.day = "";
        line.textContent = window.dayName(at, { weekday: "long" });
        part.before(line);
      }
      last = day;
    }
  };

  // A colour is its code; the picker beside it writes the code and follows it.
  on("input", event => {
    const field = event.target, code = field.dataset?.colorOf && byId(field.dataset.colorOf);
    if (code) code.value = field.value;
    const picker = field.id && find(`[data-color-of="${CSS.escape(field.id)}"]`);
    if (picker && /^#[0-9a-f]{6}$/i.test(field.value)) picker.value = field.value.toLowerCase();
    if (field.form && find("[data-when]", field.form)) applying(field.form);
  }, true);

  // A file is chosen, or dropped on the control that lies over its place. What was chosen is named, and a picture shown.
  function weight(bytes) {
    return bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1048576).toFixed(1)} MB`;
  }
  function chosen(slot) {
    const input = find("input", slot), files = [...input.files], named = find(".drop-file", slot), shown = find("img", slot);
    slot.classList.add("on");
    slot.classList.toggle("full", files.length > 0);
    named.textContent = files.map(file => `${file.name} (${weight(file.size)})`).join(", ");
    named.hidden = files.length === 0;
    find(".drop-say", slot).hidden = files.length > 0;
    find("[data-drop-clear]", slot).hidden = files.length === 0;
    shown.hidden = true;
    if (!files[0]?.type.startsWith("image/") || slot.closest("[data-crop]")) return;
    const reader = new FileReader();
    reader.onload = () => {
      shown.src = reader.result;
      shown.hidden = false;
    };
    reader.readAsDataURL(files[0]);
  }
  const slotOf = event => event.target.closest?.("[data-drop]");
  on("change", event => slotOf(event) && chosen(slotOf(event)));
  for (const type of ["dragenter", "dragleave", "drop"])
    on(type, event => slotOf(event)?.classList.toggle("over", type === "dragenter" && event.target.type === "file"));
  on("click", event => {
    const slot = event.target.closest("[data-drop-clear]")?.closest("[data-drop]");
    if (!slot) return;
    const input = find("input", slot);
    input.value = "";
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });

  // A large upload says how far it is. Where it leads is opened as ever, and a page that refuses it takes the place of
  // this one's content.
  const LARGE = 1048576;
  on("submit", event => {
    const form = event.target, slots = [...form.querySelectorAll("[data-drop]")];
    const size = slots.flatMap(slot => [...find("input", slot).files]).reduce((sum, file) => sum + file.size, 0);
    if (event.defaultPrevented || form.enctype !== "multipart/form-data" || size < LARGE) return;
    event.preventDefault();
    const slot = slots.find(one => one.classList.contains("full")), bar = document.createElement("progress");
    const words = document.createElement("span"), request = new XMLHttpRequest(), data = new FormData(form, event.submitter);
    bar.setAttribute("aria-label", "Upload");
    bar.max = 100;
    words.className = "small muted drop-progress";
    slot.after(bar, words);
    if (event.submitter) event.submitter.disabled = true;
    const end = () => {
      bar.remove();
      words.remove();
      if (event.submitter) event.submitter.disabled = false;
    };
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = 100 * loaded / total;
      words.textContent = loaded < total ? `${weight(loaded)} of ${weight(total)} uploaded` : "Uploaded. Reading the file…";
    };
    request.upload.onload = () => {
      bar.removeAttribute("value");
      say(words.textContent);
    };
    request.onload = () => {
      const posted = new URL(form.action, location.href).href;
      if (request.responseURL !== posted) return location.assign(request.responseURL);
      const page = new DOMParser().parseFromString(request.responseText, "text/html"), main = byId("main");
      if (!page.getElementById("main")) return location.reload();
      end();
      document.title = page.title;
      main.replaceChildren(...page.getElementById("main").childNodes);
      window.htmx?.process(main);
      serve(main);
      scrollTo(0, 0);
      (find("[autofocus], [role=alert]", main) ?? main).focus();
    };
    request.onerror = () => {
      end();
      trouble(form, "No connection. Nothing was saved.", "Check your connection and try again. What you typed is still here.");
    };
    request.open("POST", form.action);
    request.send(data);
  });

  // A chosen picture is shown in the part that will be kept, as the sliders say: the server cuts it in the same way.
  on("change", event => {
    const slot = event.target.type === "file" && event.target.closest("[data-crop]");
    if (!slot) return;
    const [file] = event.target.files, image = find(".crop-shown", slot);
    find("[data-crop-fields]", slot).hidden = !file;
    if (!file) return;
    const reader = new FileReader();
    reader.onload = () => {
      image.src = reader.result;
      image.hidden = false;
      find(".picture-none .icon", slot)?.remove();
      crop(slot);
    };
    reader.readAsDataURL(file);
  });
  on("input", event => {
    const slot = event.target.type === "range" && event.target.closest("[data-crop]");
    if (slot) crop(slot);
  });
  function crop(slot) {
    const value = name => Number(find(`[name="${slot.dataset.crop}${name}"]`, slot).value);
    const at = `${value("X")}% ${value("Y")}%`, { style } = find(".crop-shown", slot);
    style.objectFit = "cover";
    style.objectPosition = at;
    style.transformOrigin = at;
    style.transform = `scale(${value("Zoom") / 100})`;
  }
  // What the browser refuses is said below the field, as what the server refuses, and not in a bubble of the browser.
  const nameOf = control => {
    const label = control.labels?.[0]?.cloneNode(true);
    label?.querySelectorAll(".opt, .sr, input, select, textarea").forEach(part => part.remove());
    return label?.textContent.trim() || control.getAttribute("aria-label") || "This field";
  };
  const refusal = control => {
    const { valueMissing, typeMismatch, tooShort, rangeUnderflow, rangeOverflow } = control.validity, name = nameOf(control);
    if (valueMissing) return control.type === "checkbox" ? "Select this box to continue" : `${name} is required`;
    if (typeMismatch && control.type === "email") return "Enter an email address such as name@example.com";
    if (typeMismatch && control.type === "url") return "Enter a web address such as https://example.com";
    if (tooShort) return `${name} must be at least ${control.minLength} characters`;
    if (rangeUnderflow) return `${name} must be ${control.min} or more`;
    if (rangeOverflow) return `${name} must be ${control.max} or less`;
    return control.validationMessage;
  };
  function unrefuse(control) {
    const message = byId(control.dataset.refused);
    if (!message) return;
    const { before } = message.dataset;
    message.parentElement.querySelectorAll("[data-aside]").forEach(help => { help.hidden = false; delete help.dataset.aside; });
    message.remove();
    delete control.dataset.refused;
    control.removeAttribute("aria-invalid");
    if (before) control.setAttribute("aria-describedby", before);
    else control.removeAttribute("aria-describedby");
  }
  on("invalid", event => {
    const control = event.target;
    event.preventDefault();
    unrefuse(control);
    const field = control.closest(".field"), message = document.createElement("p");
    message.className = "error";
    message.id = `refused-${control.id || control.name}`;
    message.textContent = refusal(control);
    message.dataset.before = control.getAttribute("aria-describedby") ?? "";
    field?.querySelectorAll(".help, .error").forEach(help => { help.hidden = true; help.dataset.aside = ""; });
    if (field) field.append(message);
    else (control.closest(".row, .input-group, label") ?? control).after(message);
    control.dataset.refused = message.id;
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", message.id);
    for (let fold = control.closest("details:not([open])"); fold; fold = fold.parentElement.closest("details:not([open])")) fold.open = true;
    const first = [...(control.form?.elements ?? [])].find(one => one.willValidate && !one.validity.valid);
    if (!first || first === control) control.focus();
  }, true);
  on("input", event => { if (event.target.dataset?.refused) unrefuse(event.target); });

  // Signing out takes along what this tab kept for the person: drafts, messages that wait.
  on("submit", event => {
    if (!/\/logout$/.test(event.target.getAttribute("action") ?? "")) return;
    try {
      sessionStorage.clear();
    } catch { /* nothing was stored */ }
  });

  on("click", event => {
    const control = event.target.closest?.("[data-reveal], [data-copy], [data-dismiss], [data-close]");
    if (!control) return;
    if ("close" in control.dataset) control.closest("dialog").close();
    else if ("dismiss" in control.dataset) control.closest(".toast").remove();
    else if (control.dataset.reveal) reveal(control, byId(control.dataset.reveal));
    else copy(control, byId(control.dataset.copy));
  });

  function reveal(control, input) {
    const shown = input.type === "text";
    input.type = shown ? "password" : "text";
    control.setAttribute("aria-pressed", String(!shown));
  }

  // Where only a part of an address is shown, the whole of it is copied.
  async function copy(control, source) {
    const whole = source.dataset.full ?? source.value ?? source.textContent;
    try {
      await navigator.clipboard.writeText(whole);
      const use = find("use", control), before = use.getAttribute("href");
      use.setAttribute("href", before.replace(/#.*/, "#i-check"));
      setTimeout(() => use.setAttribute("href", before), 2000);
      say("Copied");
    } catch { // no clipboard outside https: the text is selected, the keys do the rest
      if (source.select) return source.select(), say("Selected, ready to copy");
      source.textContent = whole;
      getSelection().selectAllChildren(source);
      say("Selected, ready to copy");
    }
  }

  // Of two quick clicks on a form that creates, the second is dropped: its answer would be that it was sent before.
  on("submit", event => {
    const form = event.target;
    if (!form.elements.idempotencyKey || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) event.preventDefault();
    else form.dataset.sent = "yes";
    setTimeout(() => delete form.dataset.sent, 3000);
  });

  // One box ticks all of its table or list, and shows whether all are ticked.
  on("change", event => {
    const table = event.target.closest?.("table, [data-picks]"), all = table && find("[data-pick-all]", table);
    if (!all) return;
    const boxes = [...table.querySelectorAll(":is(tbody, ul) .pick input:enabled")];
    if (event.target === all) boxes.forEach(box => { box.checked = all.checked; });
    const ticked = boxes.filter(box => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    say(`${ticked} selected`);
  });

  // What the page before this one did was said once: neither reload nor bookmark says it again.
  const done = new URL(location.href);
  if (done.searchParams.has("done") || done.searchParams.has("undo")) {
    say(find(".toast span")?.textContent);
    done.searchParams.delete("done");
    done.searchParams.delete("undo");
    history.replaceState(history.state, "", done);
  }

  on("animationend", event => {
    if (event.animationName === "leave") event.target.remove();
  });

  // A form shows in a frame what it would make of what is typed; without this, a button does.
  let drawing = 0;
  on("input", event => {
    const form = event.target.closest("form[data-preview]");
    if (!form) return;
    clearTimeout(drawing);
    drawing = setTimeout(() => {
      const frame = byId(form.dataset.preview);
      frame.src = `${frame.getAttribute("src").split("?")[0]}?${new URLSearchParams(new FormData(form))}`;
    }, 300);
  });

  // What counts down goes on between two answers of the server, which says how many seconds are left.
  setInterval(() => document.querySelectorAll("[data-left]").forEach(clock => {
    const left = Math.max(0, Number(clock.dataset.left) - 1);
    clock.dataset.left = left;
    find("progress", clock).value = left;
    find("[data-seconds]", clock).textContent = left;
  }), 1000);

  /* Dialogs: htmx appends one to the body; it opens, and gives the focus back when it goes. */

  let opener = null;

  function open(dialog) {
    document.querySelectorAll("dialog:not([data-kept])").forEach(other => other !== dialog && other.remove());
    const from = opener;
    dialog.addEventListener("close", () => {
      dialog.remove();
      (from?.checkVisibility() ? from : from && find("a.name", from.closest(".sender") ?? document.createElement("i")) || from)?.focus();
    });
    dialog.showModal();
  }

  on("htmx:load", event => {
    serve(event.detail.elt);
    if (event.detail.elt.matches("dialog")) open(event.detail.elt);
  });

  /* Requests: what was asked is kept until the answer is in place, because the swap takes the asking element away. */

  let asked = null;

  on("htmx:beforeSend", event => {
    const { elt, target, requestConfig } = event.detail;
    if (target === document.body && !elt.closest("dialog")) opener = elt; // a dialog may lead to the next one
    if (!elt.closest("#links")) return;
    const control = requestConfig.triggeringEvent?.submitter ?? null;
    const items = [...document.querySelectorAll(".link-item")];
    asked = { ...elt.dataset, control: control?.id, first: elt.id === "link-new", wrote: requestConfig.verb !== "get",
      index: items.indexOf(elt.closest(".link-item")), undo: () => {} };
    if (control?.getAttribute("role") === "switch") {
      const flip = () => control.setAttribute("aria-checked", String(control.getAttribute("aria-checked") !== "true"));
      flip(); // at once; an error puts it back
      asked.undo = flip;
    }
  });

  on("htmx:afterSettle", event => {
    const { target, xhr } = event.detail;
    if (xhr.status < 300) calm();
    if (target.id === "links" && asked) settleLinks(xhr.status);
    if (target.id) say(byId(target.id)?.dataset.announce);
    if (byId(target.id)?.dataset.verdict) judge(byId(target.id));
    if (target.id === "switch-options") settleOptions(xhr);
    if (target.id === "palette-found") settleFound(xhr);
  });

  // The answer about a name stands under its field, which is then as valid as the answer says.
  function judge(answer) {
    const field = find(`[aria-describedby="${answer.id}"]`);
    if (answer.dataset.verdict === "REFUSED") field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  // A suggestion fills its field, and what was typed elsewhere stays.
  on("click", event => {
    const suggestion = event.target.closest?.("[data-fill]");
    if (!suggestion) return;
    event.preventDefault();
    const field = byId(suggestion.dataset.fill);
    field.value = suggestion.dataset.value;
    field.focus();
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  function settleLinks(status) {
    const { move, gone, back, control, done, first, wrote, index } = asked;
    asked = null;
    if (status >= 300) {
      (find("#links [aria-invalid]") ?? byId("links-h")).focus();
      return;
    }
    const items = [...document.querySelectorAll(".link-item")];
    if (first) (byId("new-title") ?? byId("links-h")).focus();
    else if (gone) (find("a.icon-btn", items[Math.min(index, items.length - 1)] ?? document.createElement("i")) ?? byId("links-h")).focus();
    else if (back) byId(back)?.focus();
    else if (!wrote) find(".link-edit [autofocus]")?.focus();
    else if (control) usable(control)?.focus();
    const place = items.indexOf(byId(`link-${move}`)) + 1;
    if (wrote) {
      say(move && place ? `${done} to place ${place} of ${items.length}` : done);
      const preview = byId("preview");
      if (preview) preview.src = preview.getAttribute("src");
    }
  }

  // At the ends of the list one of the two arrows is off; the other one takes the focus.
  function usable(id) {
    const control = byId(id);
    return control?.disabled ? byId(id.replace(/^(up|down)/, way => (way === "up" ? "down" : "up"))) : control;
  }

  /* Failures: said in a banner above the place, and what was typed stays. */

  const calm = () => document.querySelectorAll("[data-trouble]").forEach(banner => banner.remove());

  function trouble(elt, title, text) {
    asked?.undo();
    asked = null;
    calm();
    const banner = byId("trouble").content.firstElementChild.cloneNode(true);
    banner.dataset.trouble = "";
    find("strong", banner).textContent = title;
    find("p", banner).textContent = text;
    const dialog = find("dialog[open] .dialog-body"), links = elt.closest?.("#links");
    if (dialog) dialog.prepend(banner);
    else if (links) links.firstElementChild.after(banner);
    else byId("main").prepend(banner);
    banner.scrollIntoView({ block: "nearest" });
  }

  const noConnection = event => trouble(event.detail.elt, "No connection. Nothing was saved.",
    "Check your connection and try again. What you typed is still here.");
  on("htmx:sendError", noConnection);
  on("htmx:timeout", noConnection);
  on("htmx:sendAbort", () => asked?.undo());

  on("htmx:responseError", event => {
    const { elt, xhr } = event.detail;
    const request = xhr.getResponseHeader("X-Request-Id");
    switch (xhr.status) {
      case 403: { // the answer is a page that says why
        const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
        const said = find("h1 + p, .banner strong", page)?.textContent.trim();
        return trouble(elt, "You don’t have permission to do this. Nothing was saved.",
          said || "Reload the page to see what you can do here.");
      }
      case 404:
      case 409:
        return trouble(elt, "This was changed in the meantime. Nothing was saved.", "Reload the page to see the latest version, then try again.");
      case 413:
        return trouble(elt, "The text is too long. Nothing was saved.", "Shorten it and try again.");
      case 429: {
        const wait = xhr.getResponseHeader("Retry-After");
        return trouble(elt, "Too many requests. Nothing was saved.", /^\d+$/.test(wait ?? "")
          ? `Try again in ${wait} seconds. What you typed is still here.` : "Wait a moment and try again. What you typed is still here.");
      }
      default:
        return trouble(elt, "Something went wrong. Nothing was saved.",
          `Try again in a moment. What you typed is still here.${request ? ` Request ID for support: ${request}.` : ""}`);
    }
  });

  // A refused handshake says nothing to scripts; the page that the socket serves does. For chat and inbox, too.
  window.isClosedToUs = async page => {
    try {
      const answer = await fetch(page, { redirect: "manual", cache: "no-store" });
      return answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status);
    } catch {
      return false; // no network: go on trying
    }
  };

  // A socket was closed because the session is over: the page leads to the login. Whoever has just signed out goes where
  // the answer leads, which may be their provider, and which a reload would cancel.
  let leaving = false;
  document.addEventListener("submit", event => {
    leaving ||= event.target.matches('form[action$="/logout"], form[action$="/leave"]');
  });
  window.sessionEnded = () => { if (!leaving) location.reload(); };

  // How long to wait before the next attempt to open a socket: about a second at first, so that a restart of the server
  // is hardly seen, then longer; never at the moment at which all others try. For chat and inbox, too.
  window.retryDelay = failures => Math.min(15_000, 1000 * 1.5 ** (failures - 1)) * (0.5 + Math.random() / 2);

  // When there is a network again, or somebody looks, there is nothing to wait for.
  window.onReturn = connect => {
    addEventListener("online", connect);
    addEventListener("pageshow", event => { if (event.persisted) connect(); });
    document.addEventListener("visibilitychange", () => { if (!document.hidden) connect(); });
  };

  /* The tab of this page is seen, also where its row is wider than a phone. */
  for (const tab of document.querySelectorAll(":is(.tabs, .ws-nav) [aria-current]"))
    tab.scrollIntoView({ block: "nearest", inline: "center" });

  /* Live parts: a socket says that something has changed, and the part is fetched anew; never under the hand. */

  // Once htmx listens, which it does from this event on: a word before it would be waited for without end.
  const live = find("[data-live]");
  if (live) document.addEventListener("DOMContentLoaded", () => follow(live));

  function follow(holder) {
    const part = () => byId(holder.dataset.part), state = byId("live-state");
    const now = () => window.clockOf(new Date());
    // What else asks for the part, such as its filter: its answer belongs into the part that was there when it asked.
    const others = new Set();
    on("htmx:beforeSend", ({ detail: { elt, target, xhr } }) => { if (target === part() && elt !== target) others.add(xhr); });
    on("htmx:afterRequest", ({ detail: { xhr } }) => { if (others.delete(xhr) && due) renew(); });
    const busy = xhr => (others.size > 0 && !others.has(xhr)) || find("dialog[open]") || find(":popover-open, .dragged", part());
    let retry = 0, socket = null, renewed = now(), failures = 0, due = false, asking = false, asked = 0, lost = false, said = part().dataset.announce;

    function renew() {
      due = true;
      if (asking || busy()) return;
      due = false;
      asking = true;
      asked = Date.now();
      part().dispatchEvent(new CustomEvent("renew"));
    }

    const settle = () => { asking = false; if (due) renew(); };
    // Many changes at once are one; and where the server needs long for the part, it has twice as long a rest.
    const rest = () => setTimeout(settle, Math.max(200, 2 * (Date.now() - asked)));
    on("htmx:afterSettle", event => {
      if (event.detail.target.id !== holder.dataset.part) return;
      renewed = now();
      const words = part().dataset.announce;
      if (words !== said) say(said = words);
      rest();
    });
    // Whoever is signed out meanwhile gets the login in place of the part: then the whole page goes there.
    on("htmx:beforeSwap", event => {
      const { target, xhr } = event.detail;
      if (target !== part()) return;
      if (busy(xhr)) { // a menu was opened, or a filter was set, while the answer was on its way
        event.detail.shouldSwap = false;
        asking = false;
        due = true;
      } else if (new URL(xhr.responseURL).pathname !== new URL(target.getAttribute("hx-get"), location.href).pathname) {
        event.detail.shouldSwap = false;
        location.reload();
      } else if ("rows" in holder.dataset && event.detail.elt === target && patch(target, xhr.responseText)) {
        event.detail.shouldSwap = false;
        renewed = now();
        rest();
      }
    });
    // What is counted, and not told of, is asked for now and then.
    if (holder.dataset.every > 0) setInterval(() => { if (!lost && !document.hidden) renew(); }, holder.dataset.every * 1000);
    for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
      on(failure, event => { if (event.detail.elt === part()) settle(); });
    }
    on("toggle", () => { if (due) renew(); }, true);
    on("close", () => { if (due) renew(); }, true);

    function show(kind, text) {
      state.hidden = false;
      state.className = `state push ${kind}`;
      state.textContent = text;
    }

    function open() {
      clearTimeout(retry);
      if (socket?.readyState <= WebSocket.OPEN) return;
      socket = new WebSocket(new URL(holder.dataset.live, location.href.replace(/^http/, "ws")));
      let opened = false;
      socket.onopen = () => {
        opened = true;
        failures = 0;
        show("good live", "Live");
        lost = false;
      };
      // The first word is that something may have changed, or names the state that a fresh page shows.
      socket.onmessage = ({ data }) => { if (data !== part().dataset.seen) renew(); };
      socket.onclose = ({ code }) => {
        if (code === 4401) return sessionEnded();
        if (!lost) say("Connection lost. This page may be out of date.");
        lost = true;
        if (code === 4429) {
          show("warn", `Open in too many windows. Updated ${renewed}`);
          retry = setTimeout(open, 60_000);
          return;
        }
        failures++;
        show("warn", `Reconnecting… Updated ${renewed}`);
        if (!opened && failures % 3 === 2) isClosedToUs(location.href).then(closed => closed && location.reload());
        retry = setTimeout(open, retryDelay(failures));
      };
    }

    onReturn(open);
    open();

    // A code that has run out is renewed by the server's word; where that got lost, by asking.
    setInterval(() => {
      if (find('[data-left="0"]', holder)) renew();
    }, 3000);
  }

  // Only the rows that differ are replaced, so that ticks, focus and scrolling stay where they are. Where other rows
  // are there than before, the whole part is swapped.
  function patch(part, html) {
    const fresh = new DOMParser().parseFromString(html, "text/html").getElementById(part.id);
    if (fresh) local(fresh); // as the rows that are there
    const rows = [...part.querySelectorAll("[data-row]")], next = [...(fresh?.querySelectorAll("[data-row]") ?? [])];
    if (rows.length === 0 || rows.length !== next.length || rows.some((row, at) => row.id !== next[at].id
      || row.parentElement.className !== next[at].parentElement.className)) return false;
    rows.forEach((row, at) => {
      if (row.outerHTML === next[at].outerHTML) return;
      const held = row.contains(document.activeElement) ? document.activeElement.id : "";
      const ticked = find(".pick input", row)?.checked, row2 = document.importNode(next[at], true);
      row.replaceWith(row2);
      htmx.process(row2);
      if (ticked) find(".pick input", row2).checked = true;
      if (held) byId(held)?.focus();
    });
    return true;
  }

  /* Search: Ctrl or ⌘ K or / opens it, typing filters, arrows mark, Enter opens what is marked. The focus stays in
     the field, and what is said is said inside: outside of an open dialog nothing is. */

  const palette = byId("palette"), query = byId("palette-q");
  const askedFor = xhr => new URL(xhr.responseURL).searchParams.get("q") ?? "";
  let answered = "", go = false;

  // A field that was hidden a moment ago, as by Escape, keeps the focus until the browser draws again.
  const isTyping = event => Boolean(event.target.closest?.("input, textarea, select, [contenteditable]")?.checkVisibility());

  const help = byId("help");
  if (help && !byId("keys")) on("keydown", event => {
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || find("dialog[open]")) return;
    find('[popovertarget="help"]').click(); // which tells the menu its place
    find("a", help).focus();
  });

  if (palette) {
    const options = () => [...palette.querySelectorAll("[role=option]")];
    const marked = () => find('[aria-selected="true"]', palette);
    const show = () => {
      if (palette.open) return;
      document.querySelectorAll(":popover-open").forEach(open => open.hidePopover());
      palette.showModal();
      query.select();
    };
    find(".jump")?.addEventListener("click", event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show();
    });
    on("keydown", event => {
      const modified = event.ctrlKey || event.metaKey;
      const wanted = modified && !event.altKey && !event.shiftKey ? event.key.toLowerCase() === "k"
        : !modified && !event.altKey && event.key === "/" && !find('input[aria-keyshortcuts="/"]') && !isTyping(event);
      if (!wanted || find("dialog[open]:not(#palette)")) return;
      event.preventDefault();
      show();
    });
    palette.addEventListener("click", event => {
      const option = event.target.closest("[role=option]");
      if (option && option.id !== "palette-all") remember(option);
    });
    query.addEventListener("input", () => { go = false; });
    query.addEventListener("keydown", event => {
      const all = options(), at = all.indexOf(marked());
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (all.length) mark(all[(at + (event.key === "ArrowDown" ? 1 : all.length - 1) + all.length) % all.length]);
      } else if (event.key === "Enter" && !event.isComposing) {
        event.preventDefault();
        if (query.value !== answered) go = true; // the answer is on its way
        else marked()?.click();
      }
    });
  }

  function mark(option) {
    palette.querySelectorAll("[role=option]").forEach(one => one.setAttribute("aria-selected", String(one === option)));
    query.setAttribute("aria-expanded", String(Boolean(option)));
    if (option) query.setAttribute("aria-activedescendant", option.id);
    else query.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  // What was opened from here in this tab comes first the next time.
  function opened() {
    try {
      return JSON.parse(sessionStorage.getItem("opened")) ?? [];
    } catch {
      return [];
    }
  }

  function remember(option) {
    const words = ["b", "i", "span"].map(tag => find(tag, option)?.textContent ?? "");
    const its = { href: option.getAttribute("href"), icon: find("use", option).getAttribute("href"), words };
    try {
      sessionStorage.setItem("opened", JSON.stringify([its, ...opened().filter(one => one.href !== its.href)].slice(0, 5)));
    } catch { /* nothing is stored */ }
  }

  function showOpened() {
    const found = byId("palette-found"), known = [...found.querySelectorAll("a")].map(one => one.getAttribute("href"));
    const items = opened().filter(one => !known.includes(one.href));
    if (!items.length) return;
    const make = (tag, parent, its = {}, text = "") => {
      const part = parent.appendChild(document.createElement(tag));
      Object.entries(its).forEach(([name, value]) => part.setAttribute(name, value));
      part.append(text);
      return part;
    };
    const list = byId("palette-list") ?? make("div", found, { id: "palette-list", role: "listbox", "aria-label": "Recently opened" });
    find(".palette-none", found)?.remove();
    const group = make("div", list, { role: "group", "aria-labelledby": "palette-opened" });
    make("div", group, { id: "palette-opened", class: "palette-h", role: "presentation" }, "Recently opened");
    items.forEach(({ href, icon, words }, index) => {
      const option = make("a", group, { id: `palette-p${index}`, role: "option", href, tabindex: "-1", "aria-selected": "false" });
      option.append(find("svg", palette).cloneNode(true));
      find("use", option).setAttribute("href", icon);
      find("svg", option).classList.add("s");
      ["b", "i", "span"].forEach((tag, part) => {
        if (words[part]) make("bdi", make(tag, option, { class: part === 2 ? "truncate push" : "truncate" }), {}, words[part]);
      });
    });
    list.prepend(group);
  }

  function settleFound(xhr) {
    answered = askedFor(xhr);
    if (answered === "") showOpened();
    mark(find("[role=option]", palette));
    byId("palette-said").textContent = byId("palette-found").dataset.announce;
    // An answer to what was typed so far is not the one that Enter waits for.
    if (!go || answered !== query.value) return;
    go = false;
    find("[role=option]", palette)?.click();
  }

  /* Context switcher: typing filters, arrows move, Enter switches to where they are, or to the first that was found. */

  const panel = find(".switcher-panel"), search = byId("switch-search");
  if (!panel) return;
  let shown = "", wanted = null;
  const choices = () => [...panel.querySelectorAll(".switcher-list button:enabled")].filter(choice => choice.checkVisibility());
  const stale = () => search.value !== shown;

  // While one searches, the recent ones step aside, for what is found may be among them, and of the others those that
  // are not meant: so the first in the list is what Enter and the first arrow take.
  const recent = byId("switch-recent"), fixed = [byId("switch-own"), ...panel.querySelectorAll("#switch-managed > li")];
  const plain = text => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  function stepAside() {
    const text = plain(search.value.trim());
    if (recent) recent.hidden = text !== "";
    fixed.forEach(one => { one.hidden = text !== "" && !plain(find("b", one).textContent + " " + (find("button", one) ?? one).value).includes(text); });
    const managed = byId("switch-managed");
    if (managed) managed.previousElementSibling.hidden = managed.hidden = [...managed.children].every(one => one.hidden);
  }
  search.addEventListener("input", () => {
    wanted = null;
    stepAside();
  });
  const take = {
    ArrowDown: () => choices()[0]?.focus(),
    Enter: () => choices()[0]?.click(),
  };
  panel.addEventListener("keydown", event => {
    const stops = [search, ...choices()], at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1 }[event.key];
    if (at === 0 && stale() && event.key in take) { // the answer is on its way
      event.preventDefault();
      wanted = event.key;
    } else if (step !== undefined && at >= 0 && !(at === 0 && (event.key === "Home" || event.key === "End"))) {
      event.preventDefault();
      stops[(step + stops.length) % stops.length].focus();
    } else if (event.key === "Enter" && at === 0) {
      event.preventDefault();
      if (search.value.trim() !== "") take.Enter();
    } else if (at > 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
      search.focus(); // and the letter lands there
    }
  });

  function settleOptions(xhr) {
    shown = askedFor(xhr);
    stepAside();
    const number = document.querySelectorAll("#switch-options button").length;
    if (search.value.trim() !== "") say(number === 1 ? "1 brand" : `${number} brands`);
    take[wanted]?.();
    wanted = null;
  }
})();
