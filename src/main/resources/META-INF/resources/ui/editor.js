// The list of links by hand: a grip drags a link or a group to its place. Without this script the arrows do it.
(() => {
  "use strict";
  const rows = () => [...document.querySelectorAll("#links .link-item")];
  const clear = () => rows().forEach(row => row.classList.remove("dragging", "drop-before", "drop-after"));
  let dragged = null;

  // What only a script can serve appears; and a schedule begins in the zone of whoever writes it.
  function serve(root) {
    root.querySelectorAll(".grip").forEach(grip => { grip.hidden = false; });
    root.querySelectorAll("[data-own-zone]").forEach(zones => {
      const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
      if ([...zones.options].some(option => option.value === own)) zones.value = own;
    });
  }
  serve(document);
  document.addEventListener("htmx:load", event => serve(event.detail.elt));

  document.addEventListener("dragstart", event => {
    if (!event.target.closest?.(".grip")) return;
    dragged = event.target.closest(".link-item");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.title);
    event.dataTransfer.setDragImage(dragged, 20, 20);
    dragged.classList.add("dragging");
  });

  document.addEventListener("dragend", () => { clear(); dragged = null; });

  const under = event => dragged && event.target.closest?.("#links .link-item");
  const isUpper = (row, event) => {
    const box = row.getBoundingClientRect();
    return event.clientY < box.top + box.height / 2;
  };

  document.addEventListener("dragover", event => {
    const row = under(event);
    if (!row) return;
    event.preventDefault();
    rows().forEach(other => other.classList.remove("drop-before", "drop-after"));
    if (row !== dragged) row.classList.add(isUpper(row, event) ? "drop-before" : "drop-after");
  });

  document.addEventListener("drop", event => {
    const row = under(event);
    if (!row) return;
    event.preventDefault();
    if (row !== dragged) place(dragged, row, isUpper(row, event));
  });

  // The first row of a level below another one.
  const next = (row, level) => rows().slice(rows().indexOf(row) + 1).find(other => other.dataset.in === level && other !== dragged);

  function place(item, row, upper) {
    const form = document.getElementById("place"), isGroup = item.dataset.kind === "group";
    let group = row.dataset.in, before = upper ? row : next(row, group);
    if (isGroup && group) { // a group stands on the page, behind the one whose link is under the hand
      before = next(row, "");
      group = "";
    } else if (!isGroup && !upper && row.dataset.kind === "group") { // below the head of a group is in it
      group = row.dataset.item;
      before = next(row, group);
    }
    const set = (name, value) => { form.elements.namedItem(name).value = value; }; // `elements.item` is a method
    set("item", item.dataset.item);
    set("group", group);
    set("before", before?.dataset.item ?? "");
    form.dataset.move = item.dataset.item;
    form.dataset.done = `“${item.dataset.title}” moved`;
    form.requestSubmit();
  }
})();
