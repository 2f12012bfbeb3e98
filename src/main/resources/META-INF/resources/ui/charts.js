// What is under the pointer, the finger or the arrow keys of a chart is said next to it. The numbers are those of its
// table, the places those of its lines: a chart without this script shows the same, in its table.
(() => {
  "use strict";
  const make = (tag, name, parent) => {
    const part = document.createElement(tag);
    if (name) part.className = name;
    parent?.append(part);
    return part;
  };
  const places = path => [...(path?.getAttribute("d") ?? "").matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

  function follow(chart) {
    const plot = chart.querySelector(".plot"), table = document.getElementById(`${chart.dataset.chart}-table`);
    const columns = [...table.querySelectorAll("thead th")].slice(1).map(column => column.textContent);
    const rows = [...table.querySelectorAll("tbody tr")];
    const at = row => row.querySelector("time").dateTime;
    if (rows.length < 2) return;
    if (at(rows[0]) > at(rows.at(-1))) rows.reverse();
    // The finished part of a line, and the way to its last step.
    const lines = [1, 2, 3, 4, 5].flatMap(series => {
      const drawn = [...plot.querySelectorAll(`path.s${series}:not(.dot)`)];
      return drawn.length ? [{ series, points: drawn.flatMap((path, part) => places(path).slice(part === 0 ? 0 : 1)) }] : [];
    });
    const leads = chart.dataset.leads, last = rows.length - 1;
    const over = make("div", "chart-over", chart), hand = make("div", "chart-hand", over);
    hand.tabIndex = 0;
    hand.setAttribute("role", "slider");
    hand.setAttribute("aria-label", plot.querySelector("title").textContent);
    hand.setAttribute("aria-valuemin", "0");
    hand.setAttribute("aria-valuemax", String(last));
    if (leads) hand.dataset.leads = "";
    const line = make("div", "chart-line", hand), points = lines.map(({ series }) => make("div", `chart-point k${series}`, hand));
    const tip = make("div", "chart-tip", over); // no part of the slider, because it has a link
    // Places are rules of a sheet: elements have no style of their own.
    const sheet = new CSSStyleSheet(), rules = new Map();
    document.adoptedStyleSheets.push(sheet);
    const place = (part, rule) => {
      rules.set(part, rule);
      sheet.replaceSync([...rules].map(([name, its]) => `[data-chart="${CSS.escape(chart.dataset.chart)}"] ${name}{${its}}`).join(""));
    };
    let step = -1;

    function lay() {
      const box = plot.getBoundingClientRect(), around = chart.getBoundingClientRect();
      place(".chart-over", `left:${box.left - around.left}px;top:${box.top - around.top}px;width:${box.width}px;height:${box.height}px`);
    }

    function shown(is) {
      for (const part of [line, tip, ...points]) part.hidden = !is;
    }

    function show(wanted) {
      step = Math.max(0, Math.min(last, wanted));
      const row = rows[step], counts = [...row.querySelectorAll("td")].map(cell => cell.textContent), part = step / last;
      const day = row.querySelector("time").textContent;
      place(".chart-line", `left:${part * 100}%`);
      lines.forEach(({ series, points: steps }) => {
        place(`.chart-point.k${series}`, steps[step] ? `left:${steps[step][0]}%;top:${steps[step][1] * 2.5}%` : "visibility:hidden");
      });
      tip.replaceChildren();
      make("b", "", tip).textContent = day;
      counts.forEach((count, index) => {
        const value = make("span", "", tip);
        if (lines[index]) make("span", `key k${lines[index].series}`, value);
        value.append(columns[index]);
        make("i", "", value).textContent = count;
      });
      if (leads) {
        const only = make("a", "", tip);
        only.href = leads + at(row);
        only.textContent = "Show this day";
      }
      hand.setAttribute("aria-valuenow", String(step));
      hand.setAttribute("aria-valuetext", `${day}: ${columns.map((name, index) => `${name} ${counts[index]}`).join(", ")}`);
      shown(true);
      // On the side with more room, and not beyond the chart.
      const middle = part * over.clientWidth, left = part < .5 ? middle + 12 : middle - 12 - tip.offsetWidth;
      place(".chart-tip", `left:${Math.max(-over.offsetLeft, Math.min(left, chart.clientWidth - over.offsetLeft - tip.offsetWidth))}px`);
    }

    const under = event => {
      const box = hand.getBoundingClientRect();
      return Math.round((event.clientX - box.left) / box.width * last);
    };
    hand.addEventListener("pointermove", event => show(under(event)));
    hand.addEventListener("pointerdown", event => show(under(event)));
    over.addEventListener("pointerleave", event => { if (event.pointerType === "mouse" && !over.contains(document.activeElement)) shown(false); });
    hand.addEventListener("focus", () => show(step < 0 ? last : step));
    over.addEventListener("focusout", event => { if (!over.contains(event.relatedTarget)) shown(false); });
    hand.addEventListener("keydown", event => {
      const way = { ArrowLeft: step - 1, ArrowDown: step - 1, ArrowRight: step + 1, ArrowUp: step + 1, PageDown: step - 7, PageUp: step + 7, Home: 0, End: last }[event.key];
      if (way !== undefined) {
        event.preventDefault();
        show(way);
      } else if (event.key === "Enter" && leads) location.assign(leads + at(rows[step]));
      else if (event.key === "Escape") shown(false);
    });
    // A click leads to the day; a finger sees its numbers first, and the link below them.
    hand.addEventListener("click", event => {
      if (leads && event.pointerType === "mouse") location.assign(leads + at(rows[step]));
    });
    hand.setAttribute("aria-valuenow", String(last));
    hand.setAttribute("aria-valuetext", rows[last].querySelector("time").textContent);
    shown(false);
    lay();
    new ResizeObserver(lay).observe(chart);
  }

  document.querySelectorAll("[data-chart]").forEach(follow);
})();
