/**
 * Asks how the payment stands, after 1.5 seconds and then less and less often (every 5 seconds at the least) for a
 * quarter of an hour of looking at the page, and moves on when something is known. An answer that cannot be read
 * changes nothing.
 */
export const RESULT_SCRIPT = `
(function () {
  "use strict";
  const FIRST = 1500;
  const GROWTH = 1.3;
  const LONGEST = 5000;
  const PATIENCE = 15 * 60 * 1000;
  const PATIENCE_FOR_ONE = 30000;
  const CLOSED = ["authorized", "captured", "failed", "voided", "expired"];

  const main = document.querySelector("main");
  const said = main.querySelector("[role=status]");
  const form = main.querySelector("form");
  const button = form.querySelector("button");
  const data = main.dataset;
  let delay = FIRST;
  let waited = 0;
  let timer;
  let asking = false;
  let leaving = false;

  const say = function (text) { if (said.textContent !== text) said.textContent = text; };

  const leave = function (url) {
    if (leaving) return;
    leaving = true;
    clearTimeout(timer);
    location.replace(url);
  };

  const webAddress = function (text) {
    try {
      const url = new URL(text, location.href);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
    } catch (error) {
      return undefined;
    }
  };

  const ask = function (method) {
    const stop = new AbortController();
    const tooLong = setTimeout(function () { stop.abort(); }, PATIENCE_FOR_ONE);
    return fetch(data.statusUrl, {
      method: method,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      cache: "no-store",
      signal: stop.signal,
    })
      .then(function (response) {
        if (!response.ok) throw new Error("not ok");
        return response.json();
      })
      .finally(function () { clearTimeout(tooLong); });
  };

  // Only a status other than the page's own is news: a page shown for "authorized" must not reload for ever.
  const moveOn = function (answer) {
    const status = answer.payment.status;
    if (status === data.status) return;
    if (status === "requires_action") {
      leave(data.actionUrl || (answer.redirect && webAddress(answer.redirect)) || data.returnUrl);
    } else if (CLOSED.includes(status) || (data.status === "requires_action" && status === "processing")) {
      leave(data.returnUrl);
    }
  };

  const schedule = function () {
    clearTimeout(timer);
    if (leaving || document.hidden) return;
    if (waited >= PATIENCE) {
      say(data.stopped);
      return;
    }
    timer = setTimeout(poll, delay);
    waited += delay;
    delay = Math.min(delay * GROWTH, LONGEST);
  };

  const poll = function () {
    if (asking) return;
    asking = true;
    ask("GET").then(moveOn).catch(function () { delay = LONGEST; }).then(function () {
      asking = false;
      schedule();
    });
  };

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    if (button.disabled || leaving) return;
    const focused = document.activeElement === button;
    button.disabled = true;
    waited = 0;
    say(data.asking);
    ask("POST").then(moveOn).then(
      function () { if (!leaving) say(data.unconfirmed); },
      function () { say(data.unreachable); }
    ).then(function () {
      if (leaving) return;
      button.disabled = false;
      if (focused && document.activeElement === document.body) button.focus();
      if (!asking) schedule();
    });
  });

  document.addEventListener("visibilitychange", function () {
    clearTimeout(timer);
    if (!document.hidden && !leaving) poll();
  });

  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    leaving = false;
    button.disabled = false;
    poll();
  });

  button.disabled = false;
  schedule();
})();
`;
