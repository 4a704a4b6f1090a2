/**
 * Keeps what is marked `data-live` up to date while the page holds a `data-refresh`: fetches the page again, less and less often,
 * and puts in what the server has changed. Waits while the tab is hidden or a form of the page is under way, and leaves alone what
 * somebody is filling in. It is the first script of its page: what the others change is not the server's.
 */
export const LIVE_SCRIPT = `(function () {
  "use strict";
  const SOONEST = 1500;
  const LATEST = 10000;
  let wait = SOONEST;
  let timer;
  const shown = new Map();
  document.querySelectorAll("[data-live]").forEach(function (part) { shown.set(part.id, part.innerHTML); });

  const later = function () {
    clearTimeout(timer);
    if (!document.querySelector("[data-refresh]")) return;
    timer = setTimeout(look, wait);
    wait = Math.min(wait * 1.25, LATEST);
  };

  const putIn = function (text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    document.querySelectorAll("[data-live]").forEach(function (old) {
      const now = fresh.getElementById(old.id);
      if (!now || now.innerHTML === shown.get(old.id)) return;
      const hadFocus = old.contains(document.activeElement);
      if (hadFocus && document.activeElement.form) return;
      shown.set(old.id, now.innerHTML);
      old.replaceChildren(...now.childNodes);
      if (hadFocus) document.getElementById("main").focus();
      document.title = fresh.title;
      wait = SOONEST;
    });
  };

  const look = function () {
    if (document.hidden || document.querySelector("form[aria-busy]")) {
      later();
      return;
    }
    fetch(location.href, { headers: { Accept: "text/html" }, signal: AbortSignal.timeout(10000) })
      .then(function (response) { return response.ok ? response.text() : undefined; })
      .then(function (text) { if (text) putIn(text); })
      .catch(function () {})
      .then(later);
  };

  document.addEventListener("visibilitychange", function () {
    wait = SOONEST;
    later();
  });
  // Going back shows the page as it was left.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) look();
  });
  later();
})();
`;
