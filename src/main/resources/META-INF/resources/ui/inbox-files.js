// Files for the inbox's composer: chosen, pasted or dropped, and sent one after the other, each as a message of its own.
// Without this script, the form sends what was chosen.
(() => {
  "use strict";
  const byId = id => document.getElementById(id);
  const AT_MOST = 10;
  let files = []; // {thread, file, name, key, why, element}

  const here = () => byId("main").dataset.thread;
  const ours = () => files.filter(item => item.thread === here());

  function newKey() {
    return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(24)))).replaceAll("+", "-").replaceAll("/", "_");
  }

  function bring(chosen) {
    const room = AT_MOST - ours().length;
    for (const file of [...chosen].slice(0, room)) {
      files.push({ thread: here(), file, name: file.name || "picture.png", key: newKey(), why: "" });
    }
    draw();
    complain(chosen.length > room ? `You can send ${AT_MOST} files at a time. ${chosen.length - room} not added.` : "");
  }

  function complain(problem) {
    byId("file-problem").textContent = byId("live").textContent = problem;
    byId("file-problem").hidden = !problem;
  }

  function chip(item) {
    const element = item.element = byId("picked-file").content.firstElementChild.cloneNode(true);
    const [name, more] = [element.querySelector("bdi"), element.querySelector(".faint")];
    name.textContent = item.name;
    more.textContent = item.why;
    element.classList.toggle("bad", Boolean(item.why));
    const remove = element.querySelector("button");
    remove.setAttribute("aria-label", `Remove ${item.name}`);
    remove.addEventListener("click", () => {
      files = files.filter(other => other !== item);
      draw();
      complain("");
      byId("text").focus();
    });
    return element;
  }

  function draw() {
    const list = byId("picked");
    if (!list) return;
    list.replaceChildren(...ours().map(chip));
    list.hidden = !list.childElementCount;
  }

  function post(url, body, item) {
    return new Promise(done => {
      const request = new XMLHttpRequest(), progress = item.element.querySelector("progress");
      progress.hidden = false;
      progress.setAttribute("aria-label", `Sending ${item.name}`);
      request.upload.addEventListener("progress", event => { progress.value = event.loaded / event.total; });
      request.addEventListener("load", () => done({ status: request.status, html: request.responseText }));
      request.addEventListener("error", () => done({ status: 0, html: "" }));
      request.open("POST", url);
      request.send(body);
    });
  }

  function reason({ status, html }) {
    if (!status) return "Not sent. Check your connection.";
    const said = new DOMParser().parseFromString(html, "text/html").querySelector("#problem p")?.textContent;
    return said ?? (status === 413 ? "This file is too large." : "Not sent. Try again.");
  }

  // Those that are refused stay, and say why. Returns the page after the last one, and the words that still wait.
  async function send(url, data, say) {
    const waiting = ours();
    let words = data.get("message"), page = "", refused = 0;
    for (const [at, item] of waiting.entries()) {
      const body = new FormData();
      for (const [name, value] of data) if (name !== "file") body.append(name, value);
      body.set("key", item.key);
      body.set("message", words);
      if (words !== data.get("message")) body.set("replyTo", "");
      body.set("file", item.file, item.name);
      if (waiting.length > 1) say(`Sending file ${at + 1} of ${waiting.length}`);
      const answer = await post(url, body, item);
      if (answer.status && answer.status !== 413) page = answer.html;
      if (answer.status >= 200 && answer.status < 300) {
        files = files.filter(other => other !== item);
        words = "";
      } else {
        refused++;
        item.why = reason(answer);
        item.key = answer.status ? newKey() : item.key; // perhaps it arrived
      }
      draw();
      if (!answer.status || answer.status === 429) break;
    }
    if (refused) say(waiting.filter(item => item.why).map(item => `${item.name}: ${item.why}`).join(" "));
    return { page, words };
  }

  document.addEventListener("change", event => {
    if (event.target.id !== "file") return;
    bring(event.target.files);
    event.target.value = "";
  });

  document.addEventListener("paste", event => {
    if (event.target.id !== "text" || !byId("picked") || !event.clipboardData?.files.length) return;
    if (["text/plain", "text/html"].every(type => event.clipboardData.types.includes(type))) return; // cells, with their picture
    event.preventDefault();
    bring(event.clipboardData.files);
  });

  const pane = event => byId("composer") && event.target.closest?.("#conv");
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, event => {
      if (!pane(event) || !event.dataTransfer?.types.includes("Files")) return;
      event.preventDefault();
      byId("composer").classList.add("drop");
    });
  }
  document.addEventListener("dragleave", event => {
    if (!byId("conv")?.contains(event.relatedTarget)) byId("composer")?.classList.remove("drop");
  });
  document.addEventListener("drop", event => {
    byId("composer")?.classList.remove("drop");
    if (!pane(event) || !event.dataTransfer?.files.length) return;
    event.preventDefault();
    bring(event.dataTransfer.files);
  });

  window.inboxFiles = { any: () => ours().length > 0, draw, newKey, send };
})();
