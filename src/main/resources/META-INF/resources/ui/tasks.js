// What goes on in the background is followed on whichever page is open, and its end is said once. It asks only while
// something runs: often at first, less often while nothing changes. Which tasks a window has seen running is kept for
// its next page; nothing else is.
(() => {
  "use strict";
  const open = document.getElementById("tasks-open"), list = document.getElementById("tasks-list");
  if (!open) return;
  const FIRST = 2000, LAST = 15_000, key = `tasks ${open.dataset.tasks}`;
  let wait = FIRST, timer = 0, asking = false;

  function seen() {
    try {
      return JSON.parse(sessionStorage.getItem(key)) ?? [];
    } catch {
      return [];
    }
  }
  function keep(ids) {
    try {
      if (ids.length) sessionStorage.setItem(key, JSON.stringify(ids));
      else sessionStorage.removeItem(key);
    } catch { /* then the next page doesn't know them */ }
  }
  const tasks = root => [...root.querySelectorAll("[data-task]")];
  const idOf = task => task.dataset.task;

  function say(task) {
    const toast = document.getElementById("task-over").content.firstElementChild.cloneNode(true);
    toast.querySelector("span").textContent = task.dataset.over;
    toast.querySelector("a").href = task.querySelector("a").getAttribute("href");
    if ("failed" in task.dataset) {
      const icon = toast.querySelector("use");
      icon.setAttribute("href", icon.getAttribute("href").replace(/#.*/, "#i-warn"));
      toast.querySelector(".icon").classList.remove("good");
    }
    document.querySelector(".toasts").append(toast);
  }

  function draw(fresh) {
    const running = tasks(fresh).filter(task => !("over" in task.dataset));
    tasks(fresh).filter(task => "over" in task.dataset).forEach(say);
    keep(running.map(idOf));
    if (list.innerHTML !== fresh.innerHTML) wait = FIRST;
    // Never under the hand: what has the focus stays, and only its numbers change.
    const focused = list.contains(document.activeElement) ? idOf(document.activeElement.closest("[data-task]")) : "";
    list.replaceChildren(...running);
    if (focused) (tasks(list).find(task => idOf(task) === focused)?.querySelector("a") ?? open).focus();
    open.hidden = running.length === 0;
    open.querySelector(".count").textContent = running.length;
    open.setAttribute("aria-label", `${running.length} ${running.length === 1 ? "task" : "tasks"} in progress`);
    if (running.length === 0) document.getElementById("tasks").hidePopover();
  }

  async function ask() {
    if (asking || document.hidden) return;
    asking = true;
    const url = new URL(open.dataset.tasks, location.href);
    seen().forEach(id => url.searchParams.append("seen", id));
    try {
      const answer = await fetch(url, { redirect: "manual", cache: "no-store", headers: { "HX-Request": "true" } });
      if (!answer.ok) return keep([]);
      draw(new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("tasks-list"));
    } catch { /* no network: it asks again */
    } finally {
      asking = false;
    }
    next();
  }

  function next() {
    clearTimeout(timer);
    if (seen().length === 0) return;
    timer = setTimeout(ask, wait);
    wait = Math.min(LAST, wait * 1.3);
  }

  // What ended while its window went from page to page is asked for at once.
  const before = seen(), here = tasks(list).map(idOf);
  keep([...new Set([...before, ...here])]);
  if (before.some(id => !here.includes(id))) ask();
  else next();
  document.addEventListener("visibilitychange", () => { if (!document.hidden && seen().length) ask(); });
})();
