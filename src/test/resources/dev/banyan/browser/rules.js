// The rules of our design that a machine can judge. Answers what is broken, in words.
() => {
  const broken = [];
  const all = selector => [...document.querySelectorAll(selector)];
  const tag = element => element.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const name = element => {
    const by = element.getAttribute("aria-labelledby");
    return by ? by.split(" ").map(id => document.getElementById(id)?.textContent ?? "").join("").trim()
      : (element.getAttribute("aria-label") ?? "").trim();
  };
  const rule = (holds, text) => { if (!holds) broken.push(text); };

  rule(document.documentElement.lang, "the language is missing");
  rule(document.title.trim(), "the title is missing");
  rule(all("h1").length === 1, `one h1, not ${all("h1").length}`);
  rule(all("main").length === 1, `one main, not ${all("main").length}`);
  all("nav, aside, dialog, form[role], [role=region], [role=dialog], [role=search], section[aria-labelledby]").forEach(
    landmark => rule(name(landmark), `a landmark without a name: ${tag(landmark)}`));
  const ids = all("[id]").map(element => element.id);
  ids.filter((id, at) => ids.indexOf(id) !== at).forEach(id => broken.push(`the id ${id} stands twice`));
  all("[style], [onclick], [onload], script:not([src]):not([type='application/ld+json'])").forEach(
    element => broken.push(`style or script inside the page: ${tag(element)}`));
  all("a[target]").forEach(link => broken.push(`a link that opens windows: ${tag(link)}`));

  // Pages that begin with something one meets on every page let one skip it.
  if (all("nav").some(nav => !nav.closest("main"))) {
    const skip = document.querySelector("a");
    rule(skip?.matches(".skip") && document.querySelector(skip.getAttribute("href")), "the first link does not skip to the content");
  }

  // Signed-in pages say on every way out for whom they were drawn, so that two tabs cannot be confused.
  const app = document.querySelector(".app");
  if (app) {
    const acting = document.querySelector(".switcher") !== null;
    all("form").forEach(form => {
      const as = form.querySelector("input[type=hidden][name=as]");
      rule(as && (as.value !== "") === acting, `a form without its account: ${tag(form)}`);
    });
    all("form[method=post]").forEach(form => rule(
      form.elements.as.value === document.querySelector(".sidebar [name=as]").value, `a form of another account: ${tag(form)}`));
    all("a[href^='/admin'], [hx-get^='/admin'], a[href^='/projects'], [hx-get^='/projects']").forEach(link => {
      const address = link.getAttribute("href") ?? link.getAttribute("hx-get");
      const included = link.getAttribute("hx-include") === "closest form";
      rule(!acting || /[?&]as=[a-z0-9]/.test(address) || included, `a link without its account: ${tag(link)}`);
    });
  } else if (document.querySelector("style")) {
    rule(all("script:not([type='application/ld+json']), link[rel=stylesheet]").length === 0, "a public page loads something");
  }
  return broken;
}
