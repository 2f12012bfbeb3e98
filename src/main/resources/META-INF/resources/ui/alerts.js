// Tells a person in this browser that something has come: a sound, a notification on the desktop. Both are chosen in a
// menu, kept in this browser, and off until then. The browser is asked for permission only after a click.
(() => {
  "use strict";
  const byId = id => document.getElementById(id);
  const SOUND = "banyan-alert-sound", DESKTOP = "banyan-alert-desktop";
  const canNotify = "Notification" in window;

  const chosen = key => {
    try {
      return localStorage.getItem(key) === "on";
    } catch {
      return false; // a browser that stores nothing keeps no choice
    }
  };

  const choose = (key, on) => {
    try {
      localStorage.setItem(key, on ? "on" : "off");
    } catch { /* the choice lasts as long as the page */ }
  };

  /* The menu shows what is possible: a browser that was not asked yet, one that allows it, one that blocks it. */

  function show() {
    const permission = canNotify ? Notification.permission : "denied";
    byId("alert-sound").checked = chosen(SOUND);
    byId("alert-desktop").checked = permission === "granted" && chosen(DESKTOP);
    byId("alert-desktop-row").hidden = permission !== "granted";
    byId("alert-blocked").hidden = permission !== "denied";
    byId("alert-allow").hidden = permission !== "default";
  }

  document.addEventListener("click", async event => {
    if (!event.target.closest?.("#alert-allow")) return;
    const answer = await Notification.requestPermission();
    if (answer === "granted") choose(DESKTOP, true);
    show();
    (answer === "granted" ? byId("alert-desktop") : byId("alert-sound")).focus();
  });

  document.addEventListener("change", event => {
    if (event.target.id === "alert-sound") {
      choose(SOUND, event.target.checked);
      if (event.target.checked) sound();
    }
    if (event.target.id === "alert-desktop") choose(DESKTOP, event.target.checked);
  });

  /* Two short notes, made here: no file to load. Browsers let a page sound only once it has been used. */

  let audio = null;

  function sound() {
    audio ??= new AudioContext();
    if (audio.state === "suspended") audio.resume().catch(() => {});
    [[660, 0], [880, 0.12]].forEach(([frequency, after]) => {
      const tone = audio.createOscillator(), volume = audio.createGain(), begin = audio.currentTime + after;
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, begin);
      volume.gain.exponentialRampToValueAtTime(0.12, begin + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, begin + 0.22);
      tone.connect(volume).connect(audio.destination);
      tone.start(begin);
      tone.stop(begin + 0.25);
    });
  }

  // One notification for each conversation: a newer one takes the place of the last.
  function desktop(title, text, path) {
    const shown = new Notification(title, { body: text, tag: path, icon: "/ui/logo.svg" });
    shown.onclick = () => {
      window.focus();
      shown.close();
      window.dispatchEvent(new CustomEvent("alert-opened", { detail: path }));
    };
  }

  window.alertPerson = (title, text, path) => {
    if (chosen(SOUND)) sound();
    if (chosen(DESKTOP) && canNotify && Notification.permission === "granted") {
      try {
        desktop(title, text, path);
      } catch { /* some phones allow it from service workers only */ }
    }
  };

  if (byId("alerts")) show();
})();
