// Days are chosen in a calendar of our own, below the field in which they are typed: by pointer, finger and arrow keys.
// banyan.js asks for this file where a page has such a field. Without it the field has what the browser gives it.
const DAY = 864e5, WEEK = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const moment = day => new Date(`${day}T00:00Z`), dayOf = at => at.toISOString().slice(0, 10);
const words = (day, form) => moment(day).toLocaleDateString("en", { timeZone: "UTC", ...form });
const plus = (day, days) => dayOf(new Date(moment(day).getTime() + days * DAY));
const weekday = day => (moment(day).getUTCDay() + 6) % 7; // from Monday
const lastOf = (year, month) => new Date(Date.UTC(year, month + 1, 0)).getUTCDate();

// The same day of another month, or its last one.
function months(day, count) {
  const at = moment(day), first = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + count, 1));
  const [year, month] = [first.getUTCFullYear(), first.getUTCMonth()];
  return dayOf(new Date(Date.UTC(year, month, Math.min(at.getUTCDate(), lastOf(year, month)))));
}

function make(tag, parent, its = {}, text = "") {
  const part = document.createElement(tag);
  for (const [name, value] of Object.entries(its)) part.setAttribute(name, value);
  part.textContent = text;
  parent?.append(part);
  return part;
}

function icon(name, parent) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), use = document.createElementNS(svg.namespaceURI, "use");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  use.setAttribute("href", document.querySelector("use").getAttribute("href").replace(/#.*/, `#i-${name}`));
  svg.append(use);
  parent.append(svg);
}

function calendar(field, reader, say) {
  const timed = field.type === "datetime-local", held = document.activeElement === field;
  const name = field.labels?.[0]?.firstChild.textContent.trim() ?? "Day", id = `${field.id}-days`;
  // A schedule is in the zone that its form names next to it.
  const zones = document.getElementById(field.dataset.zoneOf) ?? field.form?.elements.timezone ?? field.form?.elements.zone;
  const zone = () => /\(([^()]+)\)$/.exec(zones?.selectedOptions?.[0]?.text)?.[1] ?? (zones?.value || reader);
  const there = at => `${at.toLocaleDateString("en-CA", { timeZone: zone() })}T${at.toLocaleTimeString("en", { timeZone: zone(), hour: "2-digit", minute: "2-digit", hourCycle: "h23" })}`;
  const today = () => there(new Date()).slice(0, 10);
  const inside = day => (!field.min || day >= field.min.slice(0, 10)) && (!field.max || day <= field.max.slice(0, 10));
  const nearest = day => (inside(day) ? day : day < field.min ? field.min.slice(0, 10) : field.max.slice(0, 10));

  const group = make("div", null, { class: "input-group dated" });
  field.before(group);
  group.append(field);
  if (held) field.focus();
  const open = make("button", group, { class: "icon-btn", type: "button", popovertarget: id, "aria-label": `Choose ${timed ? "time" : "day"}: ${name}`, "aria-haspopup": "dialog" });
  icon("calendar", open);
  const panel = make("div", null, { class: "confirm calendar", id, popover: "", role: "dialog", "aria-label": `${name}: choose ${timed ? "time" : "day"}` });
  group.after(panel);

  const head = make("div", panel, { class: "row between" });
  const step = (label, count) => {
    const button = make("button", head, { class: "icon-btn s", type: "button", "aria-label": label });
    icon("next", button);
    button.addEventListener("click", () => draw(nearest(months(at, count))));
  };
  step("Previous month", -1);
  const title = make("b", head, { id: `${id}-t`, "aria-live": "polite" });
  step("Next month", 1);
  const grid = make("table", panel, { role: "grid", "aria-labelledby": `${id}-t` });
  const names = make("tr", make("thead", grid));
  WEEK.forEach(day => make("th", names, { scope: "col", abbr: day }, day.slice(0, 2)));
  const weeks = make("tbody", grid);
  let clock;
  if (timed) {
    const row = make("label", panel, { class: "row between small" }, "Time");
    clock = make("input", row, { class: "input", type: "time" });
    clock.addEventListener("change", () => clock.value && set(`${field.value.slice(0, 10) || at}T${clock.value}`));
    clock.addEventListener("keydown", event => {
      if (event.key !== "Enter") return;
      event.preventDefault(); // it is no part of the form around it
      clock.blur();
      panel.hidePopover();
    });
  }
  const foot = make("div", panel, { class: "row wrap" });
  const choice = (label, value, possible = () => true) => {
    const button = make("button", foot, { class: "btn s", type: "button" }, label);
    button.addEventListener("click", () => {
      set(value());
      panel.hidePopover();
    });
    panel.addEventListener("beforetoggle", () => { button.hidden = !possible(); });
  };
  if (timed) {
    choice("In one hour", () => there(new Date(Date.now() + 36e5)));
    choice("Tomorrow 9:00", () => `${plus(today(), 1)}T09:00`);
    choice("Monday 9:00", () => `${plus(today(), 7 - weekday(today()))}T09:00`);
  } else choice("Today", today, () => inside(today()));
  choice(timed ? "Clear time" : "Clear day", () => "", () => !field.required && field.value);
  const whose = timed && make("p", panel, { class: "tiny muted" });
  let at = "";

  function set(value) {
    field.value = value;
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
    say(value ? value.replace("T", ", ") : "Cleared");
  }

  function draw(day, focus) {
    at = day;
    const first = `${at.slice(0, 8)}01`, until = months(first, 1), chosen = field.value.slice(0, 10), now = today();
    title.textContent = words(at, { month: "long", year: "numeric" });
    weeks.replaceChildren();
    for (let monday = plus(first, -weekday(first)); monday < until; monday = plus(monday, 7)) {
      const row = make("tr", weeks);
      for (let one = monday; one < plus(monday, 7); one = plus(one, 1)) {
        const cell = make("td", row);
        if (one < first || one >= until) continue;
        cell.setAttribute("aria-selected", String(one === chosen));
        const button = make("button", cell, { type: "button", tabindex: one === at ? "0" : "-1", "data-day": one,
          "aria-label": words(one, { weekday: "long", day: "numeric", month: "long", year: "numeric" }) }, String(Number(one.slice(8))));
        if (one === now) button.setAttribute("aria-current", "date");
        button.disabled = !inside(one);
        if (focus && one === at) button.focus();
      }
    }
  }

  grid.addEventListener("click", ({ target: { dataset: { day } } }) => {
    if (!day) return;
    set(timed ? `${day}T${clock.value || "09:00"}` : day);
    if (!timed) return panel.hidePopover();
    clock.value = field.value.slice(11, 16);
    draw(day, true);
  });
  grid.addEventListener("keydown", event => {
    const to = { ArrowLeft: () => plus(at, -1), ArrowRight: () => plus(at, 1), ArrowUp: () => plus(at, -7), ArrowDown: () => plus(at, 7),
      Home: () => plus(at, -weekday(at)), End: () => plus(at, 6 - weekday(at)),
      PageUp: () => months(at, event.shiftKey ? -12 : -1), PageDown: () => months(at, event.shiftKey ? 12 : 1) }[event.key];
    if (!to || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    draw(nearest(to()), true);
  });
  panel.addEventListener("beforetoggle", event => {
    if (event.newState !== "open") return;
    if (timed) {
      clock.value = field.value.slice(11, 16);
      whose.textContent = `Times are in ${zone()}.`;
    }
    draw(nearest(field.value.slice(0, 10) || today()));
  });
  panel.addEventListener("toggle", event => event.newState === "open" && weeks.querySelector('[tabindex="0"]')?.focus());
  // The keys and the touch that open what the browser has open this instead.
  field.addEventListener("keydown", event => {
    if (event.key !== "F4" && event.key !== " " && !(event.altKey && event.key === "ArrowDown")) return;
    event.preventDefault();
    open.click();
  });
  field.addEventListener("click", event => {
    event.preventDefault();
    if (matchMedia("(pointer: coarse)").matches) open.click();
  });
}

export function serve(root, reader, say) {
  root.querySelectorAll("input:is([type=date], [type=datetime-local]):not(:disabled, :read-only)").forEach(field => {
    if (!field.closest(".dated")) calendar(field, reader, say);
  });
}
