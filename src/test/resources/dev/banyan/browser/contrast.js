// Contrast is most of what axe does, and a table's rows look the same. Where one text was found to have enough of it,
// another passes that has the same colours, size and weight over the same backgrounds. It is asked itself if it did not
// pass, or if anything may lie between: out of the flow, moved, or with a picture behind it.
() => {
  const check = axe._audit.checks["color-contrast"];
  const ask = check.evaluate;
  const enough = new Set();
  let apart = [];
  let behind = new Map();

  const isMoved = style => style.position === "relative" && [style.top, style.left].some(side => side !== "auto" && side !== "0px")
    || style.transform !== "none" || style.translate !== "none" || style.scale !== "none" || style.rotate !== "none"
    || style.marginTop[0] === "-" || style.marginLeft[0] === "-" || style.marginRight[0] === "-" || style.marginBottom[0] === "-";
  const isApart = style => style.position !== "static" && style.position !== "relative" || style.float !== "none" || isMoved(style);
  const isPlain = style => style.backgroundImage === "none" && style.filter === "none" && style.backdropFilter === "none"
    && style.mixBlendMode === "normal" && style.clipPath === "none" && style.maskImage === "none";
  const isDimmed = element => element !== null && (getComputedStyle(element).opacity !== "1" || isDimmed(element.parentElement));
  const hidesAllBehind = (element, style) => style.backgroundColor.startsWith("rgb(") && !isDimmed(element);

  // What lies behind an element, or nothing where that can't be told from its parents alone.
  const under = element => {
    if (!element) return "";
    if (!behind.has(element)) {
      const style = getComputedStyle(element);
      const parents = isApart(style) ? hidesAllBehind(element, style) ? "" : undefined : under(element.parentElement);
      const known = parents !== undefined && isPlain(style);
      behind.set(element, known ? `${parents}/${style.backgroundColor} ${style.opacity}` : undefined);
    }
    return behind.get(element);
  };

  const kind = element => {
    const backgrounds = under(element);
    if (backgrounds === undefined || !axe.commons.dom.isVisibleOnScreen(element)) return undefined;
    const box = element.getBoundingClientRect();
    const touches = one => one.right > box.left && one.left < box.right && one.bottom > box.top && one.top < box.bottom;
    if (apart.some(one => touches(one.box) && !element.contains(one.element) && !one.element.contains(element))) return undefined;
    const style = getComputedStyle(element);
    return [style.color, style.fontSize, style.fontWeight, style.textShadow, style.webkitTextStrokeColor, style.webkitTextStrokeWidth, backgrounds].join(" ");
  };

  check.evaluate = function (element, ...rest) {
    const known = kind(element);
    if (known && enough.has(known)) return true;
    const answer = ask.call(this, element, ...rest);
    if (known && answer === true) enough.add(known);
    return answer;
  };
  // The page may have changed since it was last asked.
  return window.askedAnew = () => {
    behind = new Map();
    apart = [...document.body.querySelectorAll("*")]
      .filter(element => isApart(getComputedStyle(element)))
      .map(element => ({ element, box: element.getBoundingClientRect() }))
      .filter(one => one.box.width > 0 && one.box.height > 0);
  };
}
