// Whether the person of this page is still signed in. What they typed stays on the page until they are again.
"use strict";

const session = (() => {
  // Who is signed in now, with the token of their forms; nothing when nobody is. Throws when the server does not tell.
  async function ask() {
    const response = await fetch("/session", { redirect: "manual", headers: { Accept: "application/json" } });
    if (response.status === 429 || response.status >= 500) throw new Error(`The server answered ${response.status}.`);
    return response.ok ? response.json() : null;
  }

  // Forms of a page that is older than the session have another token.
  function adopt(answer) {
    for (const token of document.querySelectorAll("input[name=form_token]")) token.value = answer.form_token;
  }

  function link() {
    return Object.assign(document.createElement("a"),
      { href: "/sign-in?next=/sign-in/back", target: "_blank", textContent: "Sign in again in another tab" });
  }

  // Why a form of `person` would not get through now, in words to say; nothing when it would.
  async function problem(person) {
    let answer;
    try {
      answer = await ask();
    } catch {
      return ["No connection to Mailroom. What you typed stays on this page: "
        + "send it again when the connection is back."];
    }
    if (!answer) {
      return ["Your session is over. What you typed stays on this page. ", link(),
        ", then come back and send it again."];
    }
    if (answer.name !== person) {
      return [`${answer.name} is signed in now. What you typed stays on this page until ${person} signs in again.`];
    }
    adopt(answer);
    return null;
  }

  // Says something at the foot of the page; an empty text takes it away.
  function say(text, ...more) {
    const banner = document.getElementById("connection");
    if (!banner) return;
    banner.replaceChildren(text, ...more);
    banner.hidden = !text;
  }

  return { ask, adopt, link, problem, say };
})();
