/**
 * Takes the buyer on to the payment page, once for each time the page is opened. The mark is kept in the history entry:
 * whoever comes back to it (back button, reload, a reopened tab) is asked instead of being sent forward again.
 */
export const REDIRECT_SCRIPT = `
(function () {
  "use strict";
  const SLOW = 4000;
  const way = document.querySelector("[data-go]");
  const show = function (name) {
    document.querySelectorAll("[data-while]").forEach(function (part) {
      part.hidden = !part.getAttribute("data-while").split(" ").includes(name);
    });
  };
  let timer;
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted) return;
    clearTimeout(timer);
    show("choice");
  });
  if (history.state && history.state.antomSentOn) return;
  history.replaceState({ antomSentOn: true }, "");
  show("going");
  timer = setTimeout(function () { show("slow"); }, SLOW);
  if (way.tagName === "FORM") HTMLFormElement.prototype.submit.call(way);
  else location.replace(way.href);
})();
`;
