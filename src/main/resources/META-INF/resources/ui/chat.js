// The chat without reloading. Messages go over a WebSocket (ChatFrame says what is spoken); each has a key of its own
// and waits in this tab, also through a reload, until the server has stored it. Without this script forms do the same.
(() => {
  "use strict";
  const byId = id => document.getElementById(id);
  const main = byId("main"), log = byId("log"), thread = byId("thread"), composer = byId("composer"), text = byId("text");
  const path = main.dataset.path;
  const store = `banyan-chat ${path.split("-")[0]} ${main.dataset.user}`;
  const PING_MS = 25_000, PATIENCE = 2, SLOWEST_MS = 15_000;

  let conversation = main.dataset.conversation, last = Number(main.dataset.last), over = false;
  let socket = null, failures = 0, silent = 0, retry = 0, asked = false, writing = null;
  // What this tab has not seen stored: {conversation, key, text, sent, refused, element}.
  let waiting = read();

  function read() {
    try {
      return JSON.parse(sessionStorage.getItem(store) ?? "[]");
    } catch {
      return [];
    }
  }

  function keep() {
    try {
      const open = waiting.filter(entry => !entry.refused).map(({ conversation, key, text }) => ({ conversation, key, text }));
      sessionStorage.setItem(store, JSON.stringify(open));
    } catch { /* a browser that stores nothing loses only what a reload would */ }
  }

  const here = entry => entry.conversation === conversation;

  /* What is on the screen. */

  const clone = id => byId(id).content.cloneNode(true).firstElementChild;

  function timeOf(iso) {
    const time = document.createElement("time"), at = new Date(iso);
    time.dateTime = iso;
    dress(time, at);
    return time;
  }

  function dress(time, at) {
    const today = at.toDateString() === new Date().toDateString();
    time.textContent = today || time.closest(".msg")
      ? at.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" })
      : at.toLocaleDateString([], { day: "numeric", month: "short" });
    time.title = at.toLocaleString();
  }

  document.querySelectorAll("time").forEach(time => dress(time, new Date(time.dateTime)));

  function bubble(id, words) {
    const element = clone(id);
    element.querySelector("div").textContent = words;
    byId("welcome").hidden = true;
    return element;
  }

  const firstWaiting = () => thread.querySelector(".msg.queued, .msg.failed");

  function put(element) {
    const next = firstWaiting();
    if (element.nextElementSibling !== next || element.parentNode !== thread) thread.insertBefore(element, next);
  }

  function note(entry, words, icon) {
    const small = entry.element.querySelector("small");
    small.replaceChildren(...(icon ? [byId("waiting").content.cloneNode(true)] : []), words);
  }

  function drawWaiting(entry) {
    if (!here(entry)) return;
    if (!entry.element) {
      entry.element = bubble("mine", entry.text);
      entry.element.classList.add("queued");
      thread.append(entry.element);
    }
    if (!entry.refused) note(entry, isOpen() ? "Sending…" : "Waits for the connection", true);
  }

  function drawMessage(message) {
    const known = waiting.find(entry => message.key && entry.key === message.key);
    waiting = waiting.filter(entry => entry !== known);
    let element = known?.element;
    if (message.role === "assistant") {
      element = writing ?? bubble("theirs", message.text);
      element.querySelector("div").textContent = message.text;
      settle();
    } else if (!element) {
      element = bubble("mine", message.text);
    }
    element.classList.remove("queued", "failed");
    element.dataset.position = message.position;
    element.querySelector("small").replaceChildren();
    put(element);
    const time = timeOf(message.at);
    element.querySelector("small").append(time);
    dress(time, new Date(message.at));
  }

  function settle() {
    writing = null;
    log.removeAttribute("aria-busy");
  }

  function drawEntry({ id, title, updatedAt }) {
    const list = byId("conversations");
    let item = [...list.children].find(child => child.firstElementChild.dataset.id === id);
    if (!item) {
      item = clone("entry");
      const link = item.firstElementChild;
      link.href = `${path}/chat/${id}`;
      link.dataset.id = id;
      link.querySelector("bdi").textContent = title;
    }
    item.querySelector("span").replaceChildren(timeOf(updatedAt));
    if (id === conversation) item.firstElementChild.setAttribute("aria-current", "page");
    if (list.firstElementChild !== item && !item.contains(document.activeElement)) list.prepend(item);
    byId("no-conversations").hidden = true;
  }

  /* What the server says. */

  function adopt({ id, title }) {
    waiting.filter(here).forEach(entry => { entry.conversation = id; });
    conversation = id;
    main.dataset.conversation = id;
    composer.action = `${path}/chat/${id}`;
    byId("delete").href = `${path}/chat/${id}/delete`;
    byId("delete").hidden = false;
    byId("title").firstElementChild.textContent = title;
    document.title = `${title}${document.title.slice(document.title.indexOf(","))}`;
    history.replaceState(history.state, "", `${path}/chat/${id}`);
  }

  function messages(frame) {
    const { conversation: about, messages: said } = frame;
    const begun = said.find(message => message.key && waiting.some(entry => !entry.conversation && entry.key === message.key));
    if (begun && !conversation) {
      adopt(about);
    } else if (begun) { // begun here before, shown elsewhere now
      waiting.find(entry => entry.key === begun.key).conversation = about.id;
    }
    drawEntry(about);
    if (about.id !== conversation) {
      const stored = new Set(said.map(message => message.key));
      waiting = waiting.filter(entry => !(entry.conversation === about.id && stored.has(entry.key)));
    } else {
      asked = false;
      for (const message of said) {
        if (message.position === last + 1) {
          drawMessage(message);
          last = message.position;
        } else if (message.position <= last) {
          forget(message.key);
        }
      }
      if (frame.more || about.messages > last) hello();
    }
    keep();
    flush();
  }

  // Stored already, and on the screen already: such as after a reload.
  function forget(key) {
    const known = key && waiting.find(entry => entry.key === key);
    if (!known) return;
    known.element?.remove();
    waiting = waiting.filter(entry => entry !== known);
  }

  function delta(frame) {
    if (frame.conversation !== conversation) return;
    writing ??= bubble("theirs", "");
    writing.querySelector("div").append(frame.text);
    log.setAttribute("aria-busy", "true");
    put(writing);
  }

  function refused({ key, error, retryAfter }) {
    const entry = waiting.find(candidate => candidate.key === key);
    if (!entry) return;
    entry.sent = false;
    if (retryAfter) {
      if (entry.element) note(entry, `${error}. Sent in ${retryAfter} s`, true);
      entry.later = true;
      setTimeout(() => {
        entry.later = false;
        flush();
      }, retryAfter * 1000);
      return;
    }
    entry.refused = true;
    keep();
    if (!entry.element) return;
    entry.element.classList.replace("queued", "failed");
    const back = document.createElement("button");
    back.type = "button";
    back.className = "btn s";
    back.textContent = "Edit again";
    back.addEventListener("click", () => {
      text.value = entry.text;
      entry.element.remove();
      waiting = waiting.filter(other => other !== entry);
      text.focus();
    });
    note(entry, `Not sent: ${error}`);
    entry.element.querySelector("small").append(back);
  }

  function gone({ conversation: id }) {
    [...byId("conversations").children].find(item => item.firstElementChild.dataset.id === id)?.remove();
    waiting = waiting.filter(entry => entry.conversation !== id);
    keep();
    if (id !== conversation || over) return;
    over = true;
    text.disabled = true;
    composer.querySelector("button").disabled = true;
    composer.prepend(byId("gone").content.cloneNode(true));
  }

  const hear = { messages, delta, refused, gone, pong() {}, error() {} };

  /* The connection. */

  const isOpen = () => socket?.readyState === WebSocket.OPEN;
  const send = frame => socket.send(JSON.stringify(frame));

  function state(kind, words) {
    const element = byId("connection");
    element.hidden = false;
    if (element.textContent === words) return;
    element.className = `state ${kind}`;
    const said = document.createElement("span");
    said.textContent = words;
    said.className = kind === "good" ? "sr-narrow" : ""; // a phone has room for bad news only
    element.replaceChildren(said);
  }

  function hello() {
    if (!conversation || asked || over || !isOpen()) return;
    asked = true;
    send({ type: "hello", conversation, after: last });
  }

  // In order; of a conversation that is not begun yet only the first, until the server has named it.
  function flush() {
    waiting.forEach(drawWaiting);
    if (!isOpen()) return;
    let beginning = false;
    for (const entry of waiting) {
      if (entry.refused || entry.later) continue;
      if (!entry.conversation && beginning) continue;
      beginning ||= !entry.conversation;
      if (entry.sent) continue;
      entry.sent = true;
      send({ type: "message", key: entry.key, text: entry.text, ...(entry.conversation && { conversation: entry.conversation }) });
    }
  }

  function connect() {
    clearTimeout(retry);
    if (over || socket && socket.readyState <= WebSocket.OPEN) return;
    let opened = false;
    const mine = socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}${path}/chat/ws`);
    mine.addEventListener("open", () => {
      opened = true;
      failures = silent = 0;
      asked = false;
      state("good", "Connected");
      waiting.forEach(entry => { entry.sent = false; });
      hello();
      flush();
    });
    mine.addEventListener("message", event => {
      silent = 0;
      const frame = JSON.parse(event.data);
      hear[frame.type]?.(frame);
    });
    mine.addEventListener("close", event => lost(mine, event.code, opened));
  }

  function lost(which, code, opened) {
    if (which !== socket) return;
    socket = null;
    settle();
    thread.querySelectorAll(".msg.assistant:not([data-position])").forEach(element => element.remove());
    waiting.forEach(entry => { entry.sent = false; });
    waiting.forEach(drawWaiting);
    if (code === 4401) return leave();
    failures++;
    if (code === 4429) {
      state("bad", "Open in too many windows");
      retry = setTimeout(connect, 60_000);
      return;
    }
    state("warn", "Reconnecting…");
    if (!opened && failures % 3 === 2) stillSignedIn();
    retry = setTimeout(connect, Math.min(SLOWEST_MS, 300 * 2 ** failures) * (.75 + Math.random() / 2));
  }

  const leave = () => location.assign(`${path}/login`);

  // A refused handshake says nothing to scripts; the page does.
  async function stillSignedIn() {
    try {
      const answer = await fetch(`${path}/chat`, { redirect: "manual", cache: "no-store" });
      if (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) leave();
    } catch { /* no network: go on trying */ }
  }

  setInterval(() => {
    if (!isOpen()) return;
    if (silent++ >= PATIENCE) {
      const dead = socket;
      dead.close();
      lost(dead, 4408, true); // the closing handshake of a dead connection takes its time
    } else {
      send({ type: "ping" });
    }
  }, PING_MS);

  addEventListener("online", connect);
  addEventListener("pageshow", event => event.persisted && connect());
  document.addEventListener("visibilitychange", () => document.hidden || connect());

  /* What the person does. */

  const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");

  composer.addEventListener("submit", event => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words || over) return;
    byId("problem")?.remove();
    text.removeAttribute("aria-invalid");
    text.value = "";
    waiting.push({ conversation, key: newKey(), text: words });
    keep();
    flush();
    log.scrollTop = 0;
    text.focus();
    connect();
  });

  text.addEventListener("keydown", event => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    composer.requestSubmit();
  });

  byId("sign-out").addEventListener("submit", () => {
    over = true;
    try {
      sessionStorage.removeItem(store);
    } catch { /* nothing was stored */ }
  });

  byId("later")?.remove(); // the rest comes by itself
  state("", "Connecting…");
  waiting.forEach(drawWaiting);
  connect();
})();
