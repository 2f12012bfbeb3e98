// Forms that a passkey answers. The server says what the device is asked; the device's answer goes back with the form.
// Without this script, or without passkeys in the browser, these forms stay hidden.
(() => {
  "use strict";
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const toBytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), c => c.charCodeAt(0));
  const toText = buffer =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  const withBytes = key => ({ ...key, id: toBytes(key.id) });

  function asked({ publicKey }) {
    const options = { ...publicKey, challenge: toBytes(publicKey.challenge) };
    if (options.user) options.user = withBytes(options.user);
    for (const list of ["excludeCredentials", "allowCredentials"]) {
      if (options[list]) options[list] = options[list].map(withBytes);
    }
    return options;
  }

  function answered(credential) {
    const { response } = credential, answer = { clientDataJSON: toText(response.clientDataJSON) };
    for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (response[part]) answer[part] = toText(response[part]);
    }
    if (response.getTransports) answer.transports = response.getTransports();
    return JSON.stringify({
      id: credential.id,
      type: credential.type,
      response: answer,
      clientExtensionResults: credential.getClientExtensionResults(),
    });
  }

  const words = problem => ({
    NotAllowedError: "The request was canceled or timed out. Try again.",
    InvalidStateError: "This device already has a passkey for your account.",
    SecurityError: "Passkeys don't work at this address. Open Banyan at its usual address.",
  })[problem.name] ?? problem.message;

  async function run(form) {
    const fields = new URLSearchParams(new FormData(form));
    const answer = await fetch(form.dataset.passkey, { method: "POST", body: fields, headers: { Accept: "application/json" } });
    const body = await answer.json().catch(() => ({}));
    if (answer.redirected) return location.reload(); // the session has ended: the login says so
    if (!answer.ok) throw new Error(body.error ?? "We couldn't reach the server. Try again.");
    const publicKey = asked(body.options);
    const credential = publicKey.user
      ? await navigator.credentials.create({ publicKey })
      : await navigator.credentials.get({ publicKey });
    form.elements.token.value = body.token;
    form.elements.credential.value = answered(credential);
    for (const field of form.querySelectorAll("input[type=password]")) field.disabled = true;
    form.submit();
  }

  function complain(form, text) {
    const box = form.querySelector("[data-passkey-error]");
    box.querySelector("p").textContent = text;
    box.hidden = false;
    box.focus();
  }

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    form.hidden = false;
    form.addEventListener("submit", async event => {
      event.preventDefault();
      const button = form.querySelector("[type=submit]");
      if (button.disabled) return;
      button.disabled = true;
      try {
        await run(form);
      } catch (problem) {
        complain(form, words(problem));
        button.disabled = false;
      }
    });
  }
  // A page that comes back as it was left can be used again.
  addEventListener("pageshow", event => {
    if (!event.persisted) return;
    document.querySelectorAll("form[data-passkey] :disabled").forEach(control => { control.disabled = false; });
  });
  document.querySelectorAll("[data-no-passkeys]").forEach(words => { words.hidden = true; });
})();
