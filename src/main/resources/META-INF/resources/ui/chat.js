// The chat without reloading. Messages go over a WebSocket (ChatFrame says what is spoken); each has a key of its own
// and waits in this tab, also through a reload, until the server has stored it. Without this script forms do the same.
(() => {
  "use strict";
  const byId = id => document.getElementById(id);
  const main = byId("main"), log = byId("log"), thread = byId("thread"), composer = byId("composer"), text = byId("text");
  const path = main.dataset.path;
  const store = `banyan-chat ${path.split("-")[0]} ${main.dataset.user}`;
  const PING_MS = 25_000, PATIENCE = 2;

  const shortPath = path.slice("/s/".length), api = `/api/sub-client`, named = `shortPath=${encodeURIComponent(shortPath)}`;
  const FILES_AT_MOST = 10, EARLIER = 50;

  let conversation = main.dataset.conversation, last = Number(main.dataset.last), over = false;
  let socket = null, failures = 0, silent = 0, retry = 0, asked = false, writing = null, covers = 0;
  let draftKey = newKey(), files = []; // what is brought for the next message: {id, name, sizeText, picture, element}
  // What this tab has not seen stored: {conversation, key, text, files, sent, refused, element}.
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
      const open = waiting.filter(entry => !entry.refused).map(({ conversation, key, text, files }) => ({ conversation, key, text, files }));
      sessionStorage.setItem(store, JSON.stringify(open));
    } catch { /* a browser that stores nothing loses only what a reload would */ }
  }

  const here = entry => entry.conversation === conversation;

  // What is typed survives a reload of this tab.
  const draftOf = () => `${store} draft ${conversation}`;

  function keepDraft() {
    try {
      if (text.value) sessionStorage.setItem(draftOf(), text.value);
      else sessionStorage.removeItem(draftOf());
    } catch { /* a browser that stores nothing loses only what a reload would */ }
  }

  if (!text.value) text.value = sessionStorage.getItem(draftOf()) ?? "";

  /* What is on the screen. */

  const clone = id => byId(id).content.cloneNode(true).firstElementChild;

  function timeOf(iso) {
    const time = document.createElement("time"), at = new Date(iso);
    time.dateTime = iso;
    dress(time, at);
    return time;
  }

  function dress(time, at) {
    time.textContent = window.isToday(at) || time.closest(".msg") ? window.clockOf(at) : window.dayName(at);
    time.title = window.exactly(at);
  }

  document.querySelectorAll("time").forEach(time => dress(time, new Date(time.dateTime)));
  window.dayLines(thread);

  function bubble(id, words, carried = []) {
    const element = clone(id);
    element.querySelector("div").textContent = words;
    if (carried.length) element.querySelector("div").after(fileList(carried));
    byId("welcome").hidden = true;
    return element;
  }

  function fileList(carried) {
    const list = document.createElement("ul");
    list.className = "msg-files";
    for (const file of carried) {
      const item = document.createElement("li"), link = document.createElement("a");
      link.href = `${path}/files/${file.id}`;
      if (file.picture) {
        const picture = document.createElement("img");
        picture.src = link.href;
        picture.alt = file.name;
        link.className = "picture";
        link.append(picture);
      } else {
        const name = document.createElement("bdi"), size = document.createElement("span");
        name.textContent = file.name;
        size.textContent = file.sizeText;
        size.className = "faint";
        link.className = "file";
        link.download = "";
        link.append(byId("clip").content.cloneNode(true), name, " ", size);
      }
      item.append(link);
      list.append(item);
    }
    return list;
  }

  // What is stored stands before what is not yet.
  const firstWaiting = () => thread.querySelector(".msg.me.queued:not([data-position]), .msg.me.failed:not([data-position])");

  function put(element, next = firstWaiting()) {
    if (element.nextElementSibling !== next || element.parentNode !== thread) thread.insertBefore(element, next);
  }

  function note(entry, words, icon) {
    const small = entry.element.querySelector("small");
    small.replaceChildren(...(icon ? [byId("waiting").content.cloneNode(true)] : []), words);
  }

  function drawWaiting(entry) {
    if (!here(entry)) return;
    if (!entry.element) {
      entry.element = bubble("mine", entry.text, entry.files);
      entry.element.classList.add("queued");
      thread.append(entry.element);
    }
    if (!entry.refused) note(entry, isOpen() ? "Sending…" : "Waiting for the connection", true);
  }

  function drawMessage(message) {
    const known = waiting.find(entry => message.key && entry.key === message.key);
    waiting = waiting.filter(entry => entry !== known);
    let element = known?.element;
    if (message.role === "assistant") {
      element = writing ?? bubble("theirs", message.text);
      element.querySelector("div").textContent = message.text;
      settle();
      byId("writing")?.remove();
      thread.querySelectorAll(".retry").forEach(button => button.remove());
    } else if (!element) {
      element = fresh(message);
    }
    element.classList.remove("queued", "failed");
    put(element);
    dressMessage(element, message);
    if (message.end === "failed") element.querySelector("small").append(retryButton());
    if (message.role === "user" && writing && message.position > covers) queue(element);
    window.dayLines(thread);
  }

  // One that was not on the screen.
  function fresh(message) {
    const element = bubble({ user: "mine", assistant: "theirs" }[message.role] ?? "agent", message.text, message.attachments);
    if (message.author) element.querySelector(".sr").textContent = `${message.author}:`;
    return element;
  }

  function dressMessage(element, message) {
    element.dataset.position = message.position;
    if (message.end) element.classList.add(message.end);
    const small = element.querySelector("small"), parts = [];
    if (message.author) {
      const author = document.createElement("bdi");
      author.textContent = message.author;
      parts.push(author, " · ");
    }
    if (message.end === "stopped") parts.push("Stopped · ");
    small.replaceChildren(...parts, timeOf(message.at));
    dress(small.querySelector("time"), new Date(message.at));
  }

  function retryButton() {
    const again = document.createElement("button");
    again.type = "button";
    again.className = "btn s retry";
    again.textContent = "Try again";
    again.addEventListener("click", () => tryAgain(again));
    return again;
  }

  function tryAgain(button) {
    if (!isOpen()) return;
    send({ type: "retry", conversation });
    button.remove();
  }

  // What is said while an answer is written, is answered after it.
  function queue(element) {
    element.classList.add("queued");
    const small = element.querySelector("small");
    element.banyanSmall = [...small.childNodes];
    small.replaceChildren(byId("waiting").content.cloneNode(true), "Waiting for the answer to finish");
  }

  function unqueue() {
    thread.querySelectorAll(".msg.queued[data-position]").forEach(element => {
      element.classList.remove("queued");
      element.querySelector("small").replaceChildren(...element.banyanSmall);
    });
  }

  function settle() {
    writing?.querySelector("div").classList.remove("writing");
    writing = null;
    unqueue();
    log.removeAttribute("aria-busy");
    showStop();
  }

  function showStop() {
    byId("stop").hidden = !writing;
    byId("send").hidden = Boolean(writing) && !text.value.trim() && !files.length;
  }

  function drawEntry({ id, title, updatedAt }, moves = true) {
    const list = byId("conversations");
    let item = [...list.children].find(child => child.firstElementChild.dataset.id === id);
    if (!item) {
      if (searched()) return; // it is not known whether it has these words
      item = clone("entry");
      const link = item.firstElementChild;
      link.href = `${path}/chat/${id}`;
      link.dataset.id = id;
    }
    item.querySelector("bdi").textContent = title;
    item.querySelector("span").replaceChildren(timeOf(updatedAt));
    if (id === conversation) item.firstElementChild.setAttribute("aria-current", "page");
    if (!moves && item.parentNode) return;
    if (list.firstElementChild !== item && !item.contains(document.activeElement)) list.prepend(item);
    byId("no-conversations").hidden = true;
  }

  /* What the server says. */

  function adopt({ id, title }) {
    waiting.filter(here).forEach(entry => { entry.conversation = id; });
    conversation = id;
    main.dataset.conversation = id;
    composer.action = `${path}/chat/${id}`;
    for (const act of ["delete", "rename"]) {
      byId(act).href = `${path}/chat/${id}/${act}`;
      byId(act).hidden = false;
    }
    byId("rename-dialog").firstElementChild.action = `${path}/chat/${id}/rename`;
    entitle(title);
    history.replaceState(history.state, "", `${path}/chat/${id}`);
  }

  function entitle(title) {
    if (byId("title").textContent === title) return;
    document.title = document.title.replace(byId("title").textContent, () => title);
    byId("title").firstElementChild.textContent = title;
    byId("new-title").value = title;
  }

  function messages(frame) {
    const { conversation: about, messages: said } = frame;
    const begun = said.find(message => message.key && waiting.some(entry => !entry.conversation && entry.key === message.key));
    if (begun && !conversation) {
      adopt(about);
    } else if (begun) { // begun here before, shown elsewhere now
      waiting.find(entry => entry.key === begun.key).conversation = about.id;
    }
    drawEntry(about, said.length > 0);
    if (about.id !== conversation) {
      const stored = new Set(said.map(message => message.key));
      waiting = waiting.filter(entry => !(entry.conversation === about.id && stored.has(entry.key)));
    } else {
      asked = false;
      entitle(about.title);
      byId("handed-over").hidden = !about.handedOver;
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
    byId("writing")?.remove();
    writing ??= bubble("theirs", "");
    covers = frame.covers;
    const words = writing.querySelector("div");
    words.classList.add("writing");
    if (frame.whole) {
      words.textContent = frame.text;
      writing.querySelector("small").textContent = "Writing…";
    } else {
      words.append(frame.text);
    }
    log.setAttribute("aria-busy", "true");
    thread.querySelectorAll(".msg.me[data-position]:not(.queued)").forEach(element => {
      if (Number(element.dataset.position) > covers) queue(element);
    });
    put(writing, thread.querySelector(".msg.me.queued, .msg.me.failed"));
    showStop();
  }

  function dropped({ conversation: id }) {
    if (id !== conversation || !writing) return;
    writing.remove();
    settle();
  }

  function refused({ key, error, retryAfter }) {
    const entry = waiting.find(candidate => candidate.key === key);
    if (!entry) return;
    entry.sent = false;
    if (retryAfter) {
      if (entry.element) note(entry, `${error}. Retrying in ${retryAfter} s`, true);
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
    back.textContent = "Edit";
    back.addEventListener("click", () => {
      text.value = entry.text;
      (entry.files ?? []).forEach(file => chip(file));
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
    composer.querySelectorAll("button, input").forEach(control => { control.disabled = true; });
    composer.prepend(byId("gone").content.cloneNode(true));
  }

  const hear = { messages, delta, dropped, refused, gone, pong() {}, error() {} };

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
      send({ type: "message", key: entry.key, text: entry.text,
        ...(entry.conversation && { conversation: entry.conversation }),
        ...(entry.files?.length && { attachments: entry.files.map(file => file.id) }) });
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
    if (code === 4401) return sessionEnded();
    failures++;
    if (code === 4429) {
      state("bad", "Open in too many windows");
      retry = setTimeout(connect, 60_000);
      return;
    }
    state("warn", "Reconnecting…");
    if (!opened && failures % 3 === 2) isClosedToUs(`${path}/chat`).then(closed => closed && leave());
    retry = setTimeout(connect, retryDelay(failures));
  }

  const leave = () => location.assign(`${path}/login`);

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

  onReturn(connect);

  /* What the person does. */

  function newKey() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
  }

  composer.addEventListener("submit", event => {
    event.preventDefault();
    const words = text.value.trim();
    if (!words && !files.length || over) return;
    const unsent = files.find(file => file.refused) ?? files.find(file => !file.id);
    complain(unsent && (unsent.refused ? "Remove the file that can’t be sent, then send your message." : "A file is still uploading. Send your message when it’s done."));
    if (unsent) {
      if (unsent.refused) unsent.element.querySelector("button").focus();
      return;
    }
    byId("problem")?.remove();
    text.removeAttribute("aria-invalid");
    text.value = "";
    keepDraft();
    waiting.push({ conversation, key: draftKey, text: words, files: files.map(({ id, name, sizeText, picture }) => ({ id, name, sizeText, picture })) });
    draftKey = newKey();
    files = [];
    byId("files").replaceChildren();
    byId("files").hidden = true;
    showStop();
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

  text.addEventListener("input", () => {
    showStop();
    keepDraft();
  });

  byId("stop").addEventListener("click", () => {
    if (isOpen()) send({ type: "stop", conversation });
    text.focus();
  });

  thread.querySelectorAll("form.retry").forEach(form => form.addEventListener("submit", event => {
    if (!isOpen()) return;
    event.preventDefault();
    tryAgain(form);
  }));

  /* Files. */

  // One that is brought stands below the text until it is sent.
  function chip(file) {
    const element = file.element = clone("chip");
    element.querySelector("bdi").textContent = file.name;
    element.querySelector(".faint").textContent = file.sizeText ?? "";
    const remove = element.querySelector("button");
    remove.setAttribute("aria-label", `Remove ${file.name}`);
    remove.addEventListener("click", () => {
      file.request?.abort();
      if (file.id) fetch(`${api}/attachments/${file.id}?${named}`, { method: "DELETE" }).catch(() => {});
      element.remove();
      files = files.filter(other => other !== file);
      complain();
      byId("files").hidden = !files.length;
      showStop();
      text.focus();
    });
    if (file.id) {
      element.dataset.id = file.id;
      element.querySelector("progress").remove();
    }
    byId("files").append(element);
    byId("files").hidden = false;
    files.push(file);
    showStop();
    return file;
  }

  function bring(chosen) {
    if (over) return;
    const room = FILES_AT_MOST - files.length;
    complain(chosen.length > room ? `You can send ${FILES_AT_MOST} files at a time. ${chosen.length - room} not added.` : "");
    for (const content of [...chosen].slice(0, room)) {
      const file = chip({ name: content.name || "picture.png" });
      if (content.size > Number(main.dataset.maxFile)) {
        spoil(file, `“${file.name}” is larger than ${Math.floor(main.dataset.maxFile / 1_048_576)} MB`);
      } else {
        upload(file, content);
      }
    }
  }

  function upload(file, content) {
    const form = new FormData(), request = file.request = new XMLHttpRequest();
    if (conversation) form.append("conversationId", conversation);
    else form.append("key", draftKey);
    form.append("file", content, file.name);
    const progress = file.element.querySelector("progress");
    progress.setAttribute("aria-label", `Uploading ${file.name}`);
    request.upload.addEventListener("progress", event => { progress.value = event.loaded / event.total; });
    request.addEventListener("load", () => brought(file, request));
    request.addEventListener("error", () => spoil(file, `“${file.name}” wasn’t uploaded. Check your connection.`));
    request.open("POST", `${api}/attachments?${named}`);
    request.send(form);
  }

  function brought(file, request) {
    let answer;
    try {
      answer = JSON.parse(request.responseText);
    } catch {
      answer = {};
    }
    if (request.status === 401) return sessionEnded();
    if (!answer.success) return spoil(file, answer.error ?? `“${file.name}” wasn’t uploaded`);
    Object.assign(file, answer.data.attachment);
    file.element.dataset.id = file.id;
    file.element.querySelector("progress").remove();
    file.element.querySelector(".faint").textContent = file.sizeText;
    file.element.querySelector("bdi").textContent = file.name;
  }

  function complain(problem) {
    byId("file-problem").textContent = problem ?? "";
    byId("file-problem").hidden = !problem;
    if (problem) byId("live").textContent = problem;
  }

  function spoil(file, error) {
    file.refused = true;
    file.element.classList.add("bad");
    file.element.querySelector("progress")?.remove();
    file.element.querySelector("bdi").textContent = error;
    byId("live").textContent = error;
  }

  byId("file").addEventListener("change", event => {
    bring(event.target.files);
    event.target.value = "";
  });

  text.addEventListener("paste", event => {
    if (!event.clipboardData?.files.length) return;
    if (["text/plain", "text/html"].every(type => event.clipboardData.types.includes(type))) return; // cells, with their picture
    event.preventDefault();
    bring(event.clipboardData.files);
  });

  const pane = composer.closest(".conv");
  for (const kind of ["dragenter", "dragover"]) {
    pane.addEventListener(kind, event => {
      if (!event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      composer.classList.add("drop");
    });
  }
  pane.addEventListener("dragleave", event => pane.contains(event.relatedTarget) || composer.classList.remove("drop"));
  pane.addEventListener("drop", event => {
    composer.classList.remove("drop");
    if (!event.dataTransfer?.files.length) return;
    event.preventDefault();
    bring(event.dataTransfer.files);
  });

  /* Earlier messages, the list, the name. */

  let first = Number(main.dataset.first), loading = false;

  async function earlier() {
    if (loading || !conversation) return;
    loading = true;
    try {
      const answer = await fetch(`${api}/conversations/${conversation}/messages?${named}&before=${first}&limit=${EARLIER}`);
      if (!answer.ok) return;
      const { data } = await answer.json();
      const link = byId("earlier");
      for (const message of data.messages.toReversed()) {
        const element = fresh(message);
        link.after(element);
        dressMessage(element, message);
        first = message.position;
      }
      if (!data.earlier) link.remove();
    } catch { /* the link stays */ } finally {
      loading = false;
    }
  }

  if (byId("earlier")) {
    byId("earlier").addEventListener("click", event => {
      event.preventDefault();
      earlier();
    });
    new IntersectionObserver(seen => seen[0].isIntersecting && log.scrollTop !== 0 && earlier(), { root: log, rootMargin: "200px" })
      .observe(byId("earlier"));
  }

  const search = byId("search"), searched = () => search.value.trim();
  let soon = 0;

  async function find() {
    const words = searched();
    try {
      const answer = await fetch(`${api}/conversations?${named}&limit=50&search=${encodeURIComponent(words)}`);
      if (!answer.ok || words !== searched()) return;
      const { data } = await answer.json();
      byId("conversations").replaceChildren(...data.conversations.map(found => {
        const item = clone("entry"), link = item.firstElementChild;
        link.href = `${path}/chat/${found.id}`;
        link.dataset.id = found.id;
        link.querySelector("bdi").textContent = found.title;
        link.querySelector("span").append(timeOf(found.updatedAt));
        if (found.id === conversation) link.setAttribute("aria-current", "page");
        return item;
      }));
      document.querySelector(".convs-more")?.remove();
      byId("no-conversations").hidden = data.conversations.length > 0;
      byId("no-conversations").textContent = words ? "No conversations match your search." : "No conversations yet. Send a message to start a conversation.";
      byId("live").textContent = `${data.conversations.length} found`;
    } catch { /* Enter asks the server for the page */ }
  }

  search.addEventListener("input", () => {
    clearTimeout(soon);
    soon = setTimeout(find, 200);
  });
  // What was typed while this script was on its way, or what a browser keeps when it goes back, has sent no event.
  if (search.value !== search.defaultValue) find();

  const renaming = byId("rename-dialog");
  byId("rename").addEventListener("click", event => {
    event.preventDefault();
    renaming.showModal();
    byId("new-title").select();
  });
  byId("rename-cancel").addEventListener("click", () => renaming.close());

  byId("sign-out").addEventListener("submit", () => { over = true; }); // banyan.js clears the storage

  document.documentElement.classList.add("live");
  byId("files").querySelectorAll("li").forEach(item => {
    const { id, name, size, picture } = item.dataset;
    item.remove();
    chip({ id, name, sizeText: size, picture: picture === "true" });
  });
  byId("later")?.remove(); // the rest comes by itself
  state("", "Connecting…");
  waiting.forEach(drawWaiting);
  connect();
})();
