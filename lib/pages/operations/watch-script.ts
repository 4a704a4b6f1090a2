/** Watches a payment while an operation is under way, and loads the page again once there is news; ever less often, for ten minutes. */
export const WATCH_SCRIPT = `
(function () {
  "use strict";
  const notice = document.querySelector("[data-watch]");
  if (!notice) return;
  let delay = 1000;
  let waited = 0;
  const later = function () {
    if (waited > 600000) return;
    setTimeout(ask, delay);
    waited += delay;
    delay = Math.min(delay * 1.3, 10000);
  };
  const ask = function () {
    if (document.hidden) { later(); return; }
    fetch(notice.dataset.watch, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" })
      .then(function (response) { return response.ok ? response.json() : undefined; })
      .then(function (answer) {
        if (answer && String(answer.payment.version) !== notice.dataset.version) location.reload();
        else later();
      })
      .catch(later);
  };
  later();
})();
`;
