// The board of pools with a mouse or the keys alone. Without this script its menus, links and forms do the same.
(() => {
  "use strict";
  const byId = id => document.getElementById(id);
  const board = () => byId("board");
  const on = (type, handle) => document.addEventListener(type, handle);

  function say(text) {
    const live = byId("live");
    live.textContent = "";
    setTimeout(() => { live.textContent = text; }, 60);
  }

  /* Filters: an address holds only what was asked for, so that it can be shared. */

  on("htmx:configRequest", event => {
    if (event.detail.elt.id !== "filters") return;
    for (const [name, value] of [...event.detail.formData.entries()]) if (value === "") event.detail.formData.delete(name);
  });

  /* Selection */

  const boxes = () => [...(board()?.querySelectorAll(".pick input") ?? [])];
  const ticked = () => boxes().filter(box => box.checked);
  const tell = () => say(`${ticked().length} selected`);

  on("click", event => {
    const all = event.target.closest?.("[data-pick-shown]");
    if (!all) return;
    const every = boxes().every(box => box.checked);
    boxes().forEach(box => { box.checked = !every; });
    tell();
  });
  on("change", event => { if (event.target.closest?.(".pick")) tell(); });
  on("reset", event => { if (event.target.id === "bulk") setTimeout(tell); });

  // Where the whole board is swapped, what was ticked stays so.
  let kept = [];
  on("htmx:beforeSwap", event => { if (event.detail.target.id === "board") kept = ticked().map(box => box.value); });
  on("htmx:afterSettle", event => {
    if (event.detail.target.id !== "board") return;
    boxes().forEach(box => { box.checked ||= kept.includes(box.value); });
    ready();
  });

  /* Keys: they work where nobody types. */

  const names = () => [...board().querySelectorAll("a.name")];
  const row = () => document.activeElement.closest?.(".sender[data-row]");

  on("keydown", event => {
    if (!board() || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open], :popover-open")) return;
    if (event.target.matches("input:not([type=checkbox]), select, textarea")) return;
    const here = row(), at = here ? names().indexOf(here.querySelector("a.name")) : -1;
    switch (event.key) {
      case "/":
        byId("board-text")?.focus();
        break;
      case "ArrowDown":
      case "ArrowUp": {
        if (!here && document.activeElement !== document.body) return;
        const next = names()[event.key === "ArrowDown" ? at + 1 : Math.max(0, at - 1)];
        if (!next) return;
        next.focus();
        break;
      }
      case "x":
        if (!here) return;
        here.querySelector(".pick input").click();
        break;
      case "m": {
        const move = here?.querySelector("[data-move-sender]");
        if (!move) return here ? say("You can move servants only, and only to another master") : undefined;
        here.querySelector("a.name").focus(); // where the focus comes back to
        move.click();
        break;
      }
      default:
        return;
    }
    event.preventDefault();
  });
  /* Dragging a servant to another pool is a form, as its dialog is. */

  let dragged = null;

  function ready() {
    document.querySelectorAll("#board [data-drag]").forEach(item => { item.draggable = true; });
  }
  ready();

  const target = event => {
    const pool = dragged && event.target.closest?.(".pool[data-pool]");
    return pool && pool !== dragged.closest(".pool") ? pool : null;
  };
  const clear = () => document.querySelectorAll(".drop").forEach(pool => pool.classList.remove("drop"));

  on("dragstart", event => {
    const item = event.target.closest?.("[data-drag]");
    if (!item) return;
    dragged = item;
    item.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", item.dataset.drag);
  });
  on("dragover", event => {
    const pool = target(event);
    clear();
    if (!pool) return;
    event.preventDefault();
    pool.classList.add("drop");
  });
  on("drop", event => {
    const pool = target(event);
    if (!pool) return;
    event.preventDefault();
    const form = byId("drop");
    form.action = `/admin/pools/${encodeURIComponent(dragged.dataset.drag)}/move`;
    form.elements.newMasterId.value = pool.dataset.pool;
    say(`Moving to ${pool.dataset.name}`);
    form.submit();
  });
  on("dragend", () => {
    clear();
    dragged?.classList.remove("dragged");
    dragged = null;
  });
})();
