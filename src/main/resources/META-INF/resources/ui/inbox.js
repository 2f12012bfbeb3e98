// The inbox without reloading. Forms and links go where they would go without this script; the answer, a whole page, is
// put in place part by part. A socket says that something is different, never what: the page is fetched again then.
(() => {
  "use strict";
  const byId = id => document.getElementById(id);
  const main = () => byId("main");
  const path = main().dataset.path;
  const PING_MS = 25_000, PATIENCE = 2;
  let socket = null, failures = 0, silent = 0, retry = 0, busy = false, again = false;

  /* Times in the reader's own clock. */

  function dress(root) {
    for (const time of root.querySelectorAll("time")) {
      const at = new Date(time.dateTime);
      time.textContent = window.isToday(at) || time.closest("#thread") ? window.clockOf(at) : window.dayName(at);
      time.title = window.exactly(at);
    }
    if (byId("thread") && root.contains(byId("thread"))) window.dayLines(byId("thread"));
  }

  function prepare(root) {
    dress(root);
    root.querySelectorAll("[data-plain]").forEach(control => { control.hidden = true; });
    root.querySelectorAll("[data-alerts]").forEach(control => { control.hidden = false; });
    restoreDraft();
    window.inboxFiles.draw();
  }

  /* What is typed survives a reload of this tab, and a look at another conversation. */

  const draftOf = (thread = main().dataset.thread) => `banyan-inbox ${path} ${thread}`;

  function keepDraft() {
    const text = byId("text"), kind = byId("kind-note")?.checked ? "note" : "reply";
    if (!text || !byId("composer")) return;
    try {
      if (text.value) sessionStorage.setItem(draftOf(), JSON.stringify({ kind, words: text.value }));
      else sessionStorage.removeItem(draftOf());
    } catch { /* a browser that stores nothing loses only what a reload would */ }
  }

  function restoreDraft() {
    const text = byId("composer") && byId("text"), kept = text && sessionStorage.getItem(draftOf());
    if (!kept || text.value && !byId("problem")) return;
    const { kind, words } = JSON.parse(kept);
    if (text.value === words) return;
    if (!text.value) byId(`kind-${kind}`).checked = true;
    text.value = [text.value, words].filter(Boolean).join("\n"); // what was refused, and what was typed meanwhile
    keepDraft();
  }

  // What is typed while a message is on its way is the next one, with a key of its own.
  function clearDraft() {
    byId("composer").elements.key.value = window.inboxFiles.newKey();
    byId("text").value = "";
    byId("reply-to").value = "";
    byId("replying").hidden = true;
    keepDraft();
  }

  // A message that didn't leave stands before what was typed meanwhile. It may have arrived: alone, it keeps its key.
  function takeBack(data, thread) {
    if (thread !== main().dataset.thread) { // the reader has turned to another conversation
      const draft = JSON.stringify({ kind: data.get("kind"), words: data.get("message") });
      if (!sessionStorage.getItem(draftOf(thread))) sessionStorage.setItem(draftOf(thread), draft);
      return;
    }
    const text = byId("text");
    if (!text.value) byId("composer").elements.key.value = data.get("key");
    text.value = [data.get("message"), text.value].filter(Boolean).join("\n");
    byId("reply-to").value = data.get("replyTo");
    byId("replying").hidden = !data.get("replyTo");
    keepDraft();
  }

  /* A page that came is put in place. What somebody is typing stays, unless it was sent. */

  const holdsFocus = element => element?.contains(document.activeElement) && document.activeElement !== document.body;

  const scrollOf = element => element.matches(".scroll") ? element : element.querySelector(".scroll");

  function put(id, page, keep) {
    const old = byId(id), fresh = page.getElementById(id);
    if (keep && old && fresh) return;
    if (old && fresh) {
      const from = scrollOf(old), top = from?.scrollTop ?? 0;
      const focus = document.activeElement?.dataset?.id, name = document.activeElement?.id;
      const held = holdsFocus(old);
      for (const menu of old.querySelectorAll("[data-id] details[open]")) {
        fresh.querySelector(`[data-id="${CSS.escape(menu.closest("[data-id]").dataset.id)}"] details`)?.setAttribute("open", "");
      }
      const found = old.querySelector(".msg.found");
      if (found) page.getElementById(found.id)?.classList.add("found");
      old.replaceWith(document.adoptNode(fresh));
      prepare(fresh);
      const to = scrollOf(fresh);
      if (to) to.scrollTop = top;
      if (held && (name || focus)) fresh.querySelector(name ? `#${CSS.escape(name)}` : `[data-id="${CSS.escape(focus)}"]`)?.focus();
    } else if (old) {
      old.remove();
    } else if (fresh) {
      (id === "window" ? byId("composer").parentElement : main()).insertBefore(document.adoptNode(fresh), id === "window" ? byId("composer") : null);
      prepare(fresh);
    }
  }

  function show(html, sent) {
    const page = new DOMParser().parseFromString(html, "text/html"), fresh = page.getElementById("main");
    if (!fresh || fresh.dataset.path !== path) return false;
    const same = fresh.dataset.thread && fresh.dataset.thread === main().dataset.thread;
    const last = byId("thread")?.lastElementChild?.dataset.id;
    const typing = byId("search")?.contains(document.activeElement);
    document.title = page.title;
    const icon = document.querySelector("link[rel=icon]"), freshIcon = page.querySelector("link[rel=icon]");
    if (icon && freshIcon && icon.href !== freshIcon.href) icon.replaceWith(document.adoptNode(freshIcon));
    const menu = page.querySelector(".ws-nav");
    if (menu) document.querySelector(".ws-nav")?.replaceWith(document.adoptNode(menu));
    const before = main().dataset.view, turned = before !== fresh.dataset.view;
    for (const name of ["view", "thread"]) main().dataset[name] = fresh.dataset[name];
    if ("unread" in fresh.dataset) main().dataset.unread = "";
    else delete main().dataset.unread;
    if (typing) {
      for (const id of ["results", "lists", "mentions"]) put(id, page);
    } else {
      put("list", page);
    }
    if (same) {
      put("head", page, holdsFocus(byId("head")) && !sent && !turned);
      put("log", page);
      put("window", page, holdsFocus(byId("window")) && !sent);
      put("composer", page, sent !== "composer");
    } else {
      byId("conv").replaceWith(document.adoptNode(page.getElementById("conv")));
      prepare(byId("conv"));
    }
    if (same && sent && sent !== "composer") why(page);
    // Who has sent a message may already type a tag when its answer comes.
    put("details", page, same && holdsFocus(byId("details")) && (!sent || sent === "composer") && !turned);
    if (turned && fresh.dataset.view === "details") byId("details")?.querySelector("a")?.focus();
    else if (turned && before === "details") byId("head")?.querySelector(".narrow-details")?.focus();
    state();
    const news = byId("thread")?.lastElementChild;
    if (same && news?.dataset.id && news.dataset.id !== last && news.classList.contains("in")) say(news.textContent);
    read();
    return true;
  }

  // The composer stays as it is when something else was sent; why that was refused is shown above it.
  function why(page) {
    byId("problem")?.remove();
    const problem = page.getElementById("problem");
    if (!problem || !byId("composer")) return;
    byId("composer").prepend(document.adoptNode(problem));
    say(problem.textContent);
  }

  function say(text) {
    byId("live").textContent = "";
    setTimeout(() => { byId("live").textContent = text; }, 60);
  }

  // Answers may overtake one another: what was asked for last is shown, and a refresh never undoes a way taken meanwhile.
  let asked = 0;

  async function load(url, push, goes = push) {
    const own = goes ? ++asked : asked;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      const html = await answer.text();
      const place = () => {
        if (own !== asked || !goes && url !== location.href) return;
        if (answer.redirected && !answer.url.includes("/inbox") || !show(html)) {
          location.assign(url);
          return;
        }
        if (push) history.pushState(null, "", url);
        first();
      };
      if (goes || !pressed) place();
      else held = place;
    } catch {
      if (push) location.assign(url);
    }
  }

  // Where there is room for a conversation beside the list, the first one is open. It counts as read once the reader
  // turns to it.
  let glance = "";

  function first() {
    const link = byId("threads")?.querySelector("a");
    if (!link || !byId("calm") || byId("search").contains(document.activeElement) || !matchMedia("(min-width: 48.01rem)").matches) return;
    glance = link.dataset.id;
    history.replaceState(null, "", link.href);
    load(link.href, false, true);
  }

  function turnTo(event) {
    if (!glance || !event.target.closest?.("#conv, #details, #threads [aria-current]")) return;
    glance = "";
    read();
  }
  for (const type of ["pointerdown", "focusin"]) document.addEventListener(type, turnTo);

  // A refresh between pressing and letting go would take the link away, and the click with it. The newest waits.
  let pressed = false, held = null;
  addEventListener("pointerdown", () => { pressed = true; });
  for (const end of ["pointerup", "pointercancel", "blur"]) {
    addEventListener(end, () => setTimeout(() => {
      pressed = false;
      held?.();
      held = null;
    }));
  }

  // One at a time; whatever comes meanwhile is one more.
  async function refresh() {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    await load(location.href, false);
    busy = false;
    if (again) {
      again = false;
      refresh();
    }
  }

  // Messages leave one after the other, as they were typed.
  let leaving = 0, line = Promise.resolve();

  function send(form, submitter) {
    const data = new FormData(form, submitter), { thread } = main().dataset;
    if (data.get("file")?.name === "") data.delete("file");
    if (form.id !== "composer") {
      post(form, data, thread);
      return;
    }
    if (leaving && !data.get("message").trim() && !window.inboxFiles.any()) return; // Enter was pressed twice
    clearDraft();
    leaving++;
    line = line.catch(() => {}).then(() => {
      const files = thread === main().dataset.thread && window.inboxFiles.any();
      return files ? sendFiles(form, data) : post(form, data, thread);
    }).finally(() => { leaving--; });
  }

  async function post(form, data, thread) {
    const from = form.id || "form", body = data.has("file") ? data : new URLSearchParams(data);
    form.querySelectorAll("button").forEach(button => { button.disabled = true; });
    try {
      const answer = await fetch(form.action, { method: "POST", body }), html = await answer.text();
      if (thread !== main().dataset.thread) {
        if (from === "composer" && !answer.ok) takeBack(data, thread);
        refresh();
        return;
      }
      const focus = from === "composer";
      if (!show(html, from)) {
        if (focus) takeBack(data, thread);
        location.assign(answer.url);
        return;
      }
      if (answer.ok && answer.redirected) history.replaceState(null, "", answer.url);
      if (focus) byId("text")?.focus();
    } catch {
      if (from === "composer") takeBack(data, thread);
      say("Not sent. Check your connection.");
      form.querySelectorAll("button").forEach(button => { button.disabled = false; });
      state("warn", "Not sent. Check your connection.");
    }
  }

  async function sendFiles(form, data) {
    form.querySelectorAll("button").forEach(button => { button.disabled = true; });
    const { thread } = main().dataset;
    const { page, words } = await window.inboxFiles.send(form.action, data, say);
    data.set("message", words);
    if (words && !page) takeBack(data, thread);
    if (main().dataset.thread !== thread) return;
    if (page && !show(page, "composer")) location.reload();
    form.querySelectorAll("button").forEach(button => { button.disabled = false; });
    byId("text").focus();
    window.inboxFiles.draw();
  }

  document.addEventListener("submit", event => {
    const form = event.target;
    if (!main().contains(form)) return;
    if (form.method === "get") {
      event.preventDefault();
      load(`${form.action}?${new URLSearchParams(new FormData(form))}`, true);
      return;
    }
    if (form.id === "begin") return;
    event.preventDefault();
    send(form, event.submitter);
  });

  document.addEventListener("change", event => {
    if (event.target.matches("[data-send]")) event.target.form.requestSubmit();
    if (event.target.name === "kind") {
      byId("text").focus();
      keepDraft();
    }
  });

  document.addEventListener("click", event => {
    const saved = event.target.closest?.("[data-saved]");
    if (saved) {
      insert(saved.dataset.text);
      return;
    }
    const person = event.target.closest?.("[data-mention]");
    if (person) {
      mention(person.dataset.mention);
      return;
    }
    const answered = event.target.closest?.("[data-reply]");
    if (answered && byId("composer")) {
      event.preventDefault();
      answer(answered.dataset.reply);
      return;
    }
    if (event.target.closest?.("[data-reply-cancel]")) {
      event.preventDefault();
      answer("");
      return;
    }
    const quote = event.target.closest?.("a.quote");
    if (quote) {
      event.preventDefault();
      jump(quote.hash.slice(1));
      return;
    }
    const link = event.target.closest?.("#list a, #head a, #details a, #thread a.earlier");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    if (!link.href.startsWith(`${location.origin}${path}`) || link.href.endsWith("/new")) return;
    event.preventDefault();
    load(link.href, true);
  });

  /* A reply to a certain message, and the way to it. */

  function answer(id) {
    const message = id && byId(`m-${id}`), words = message?.querySelector("div")?.textContent.trim() || "File";
    byId("reply-to").value = id;
    byId("replying").hidden = !id;
    byId("replying-to").textContent = id ? words : "";
    message?.querySelector("details.msg-acts")?.removeAttribute("open");
    if (id && byId("kind-note")?.checked) byId("kind-reply").checked = true;
    byId("text").focus();
  }

  function jump(id) {
    const message = byId(id);
    if (!message) return;
    document.querySelectorAll(".msg.found").forEach(one => one.classList.remove("found"));
    message.classList.add("found");
    message.scrollIntoView({ block: "center" });
  }

  /* Typing, in both directions. */

  const TYPING_MS = 10_000, TYPES_MS = 25_000;
  let typed = 0, types = 0;

  function tellTyping() {
    const now = Date.now();
    if (now - typed < TYPING_MS || !byId("kind-reply")?.checked || socket?.readyState !== WebSocket.OPEN) return;
    typed = now;
    socket.send(JSON.stringify({ type: "typing", thread: main().dataset.thread }));
  }

  function showTyping(isTyping) {
    clearTimeout(types);
    const line = byId("typing");
    if (!line) return;
    line.hidden = !isTyping;
    if (isTyping) types = setTimeout(() => showTyping(false), TYPES_MS);
  }

  addEventListener("popstate", () => load(location.href, false, true));

  /* Saved replies: a slash and the beginning of a name, or the menu. */

  function insert(words) {
    const text = byId("text");
    const typed = /(^|\s)\/[\p{L}\p{M}\p{N}_-]*$/u.exec(text.value.slice(0, text.selectionStart));
    const start = typed ? typed.index + typed[1].length : text.selectionStart;
    text.setRangeText(words, start, text.selectionEnd, "end");
    byId("saved").hidePopover?.();
    text.focus();
    keepDraft();
  }

  document.addEventListener("input", event => {
    if (event.target.id !== "text") return;
    keepDraft();
    if (event.target.value) tellTyping();
    const before = event.target.value.slice(0, event.target.selectionStart);
    offer("saved", /(?:^|\s)\/([\p{L}\p{M}\p{N}_-]*)$/u.exec(before), document.querySelector("[popovertarget=saved]"));
    offer("people", byId("kind-note")?.checked ? MENTION.exec(before) : null, event.target);
  });

  // Shows the entries of a menu that begin with what was typed, as long as there are any.
  function offer(id, typed, source) {
    const menu = byId(id);
    if (!menu) return;
    const entries = [...menu.querySelectorAll("[data-saved], [data-mention]")];
    const nameOf = entry => (entry.dataset.saved ?? entry.dataset.mention).toLowerCase();
    entries.forEach(entry => { entry.hidden = Boolean(typed) && !nameOf(entry).startsWith(typed[1].toLowerCase()); });
    if (typed && entries.some(entry => !entry.hidden)) {
      if (!menu.matches(":popover-open")) menu.showPopover({ source });
      byId("text").focus();
    } else if (menu.matches(":popover-open")) {
      menu.hidePopover();
    }
  }

  /* Mentions: an at sign in a note, and the beginning of a colleague's name. */

  const MENTION = /(?:^|[^A-Za-z0-9_@.])@([A-Za-z0-9._-]*)$/;

  function mention(name) {
    const text = byId("text"), end = text.selectionStart;
    const typed = MENTION.exec(text.value.slice(0, end));
    text.setRangeText(`@${name} `, typed ? end - typed[1].length - 1 : end, text.selectionEnd, "end");
    byId("people").hidePopover?.();
    text.focus();
    keepDraft();
  }

  /* Keys: never while somebody types. */

  function step(by) {
    const links = [...document.querySelectorAll("#threads a")];
    const at = links.findIndex(link => link.dataset.id === main().dataset.thread);
    const next = links[at < 0 ? 0 : Math.min(Math.max(at + by, 0), links.length - 1)];
    if (next && links.indexOf(next) !== at) load(next.href, true);
  }

  function write(kind) {
    const choice = byId(`kind-${kind}`);
    if (!choice) return;
    choice.checked = true;
    byId("text").focus();
  }

  const keys = {
    j: () => step(1), k: () => step(-1), ArrowDown: () => step(1), ArrowUp: () => step(-1),
    r: () => write("reply"), n: () => write("note"), e: () => byId("close")?.click(),
    "/": () => document.querySelector("#search input").focus(), "?": () => byId("keys").showPopover(),
  };

  document.addEventListener("keydown", event => {
    const types = event.target.matches?.("input, textarea, select, [contenteditable]");
    if (event.target.id === "text") {
      const offered = document.querySelector("#saved:popover-open [data-saved]:not([hidden])");
      const person = document.querySelector("#people:popover-open [data-mention]:not([hidden])");
      if (event.key === "Enter" && byId("composer") && !event.isComposing && !event.shiftKey) {
        event.preventDefault();
        if (offered) insert(offered.dataset.text);
        else if (person) mention(person.dataset.mention);
        else byId("composer").requestSubmit();
      } else if (event.key === "Escape" && !offered && !person) {
        event.target.blur();
      }
      return;
    }
    if (types || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (document.querySelector("[popover]:popover-open")) return;
    if (event.key.startsWith("Arrow") && event.target.matches?.(".scroll")) return; // scrolls
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  /* Who looks at a thread has read it. */

  function read() {
    const { thread, unread } = main().dataset;
    if (!thread || thread === glance || unread === undefined || document.visibilityState !== "visible") return;
    delete main().dataset.unread;
    fetch(`${path}/${thread}/read`, { method: "POST", body: new URLSearchParams({ read: "yes" }), redirect: "manual" }).catch(() => {});
  }

  document.addEventListener("visibilitychange", read);

  /* What just came is told, unless the person is looking at it. The words come from a page, as all others. */

  async function tell({ thread, why }) {
    if (document.visibilityState === "visible" && document.hasFocus() && main().dataset.thread === thread && thread !== glance) return;
    const url = `${path}/${thread}`;
    try {
      const answer = await fetch(url, { headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const name = page.querySelector("#head h1, #head h2")?.textContent ?? "";
      const line = [...page.querySelectorAll(why === "mention" ? "#thread .msg.internal" : "#thread .msg.in")].at(-1);
      const text = (line?.querySelector(".said") ?? line?.querySelector("div"))?.textContent.trim() || "Sent a file";
      const who = why === "mention" ? `${line?.querySelector("b bdi")?.textContent ?? "A colleague"} mentioned you` : name;
      window.alertPerson?.(who, text, url);
    } catch { /* no connection: the page says so */ }
  }

  addEventListener("alert-opened", event => load(event.detail, true));

  /* The connection. */

  let condition = ["", ""];

  function state(kind = condition[0], words = condition[1]) {
    condition = [kind, words];
    const element = byId("connection");
    if (!element || !words) return;
    element.hidden = false;
    if (element.textContent === words) return;
    element.className = `state ${kind}`;
    const said = document.createElement("span");
    said.textContent = words;
    said.className = kind === "good" ? "sr" : "";
    element.replaceChildren(said);
  }

  function connect() {
    clearTimeout(retry);
    if (socket?.readyState <= WebSocket.OPEN) return;
    let opened = false;
    const back = socket !== null, mine = socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}/ws`);
    socket.addEventListener("open", () => {
      opened = true;
      failures = 0;
      silent = 0;
      state("good", "Live");
      if (back) refresh(); // what happened meanwhile
    });
    socket.addEventListener("message", event => {
      silent = 0;
      const frame = JSON.parse(event.data);
      if (frame.type === "typing" && frame.thread === main().dataset.thread) showTyping(frame.typing);
      if (frame.type === "changed") {
        if (frame.thread === main().dataset.thread && frame.what === "message") showTyping(false);
        refresh();
      }
      if (frame.type === "notify") tell(frame);
    });
    socket.addEventListener("close", event => {
      if (mine !== socket) return; // replaced already
      if (event.code === 4401) {
        sessionEnded();
        return;
      }
      failures++;
      if (event.code === 4429) {
        state("warn", "Open in too many windows");
        retry = setTimeout(connect, 60_000);
        return;
      }
      if (failures > 1) state("warn", "Reconnecting…");
      if (!opened && failures % 3 === 2) isClosedToUs(path).then(closed => closed && location.reload());
      retry = setTimeout(connect, retryDelay(failures));
    });
  }

  setInterval(() => {
    if (socket?.readyState !== WebSocket.OPEN) return;
    if (silent++ >= PATIENCE) socket.close();
    else socket.send('{"type":"ping"}');
  }, PING_MS);
  onReturn(connect);

  prepare(document);
  connect();
  read();
  first();
})();
