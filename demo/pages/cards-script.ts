/**
 * Forgets a card without leaving the page: asks the kit itself with DELETE, and takes the card out of the list. A charge is sent once, however
 * often its button is pressed.
 */
export const CARDS_SCRIPT = `(function () {
  "use strict";
  const said = document.querySelector("[data-said]");

  const forget = function (form) {
    const buttons = form.querySelectorAll("button");
    const setBusy = function (isBusy) { buttons.forEach(function (button) { button.disabled = isBusy; }); };
    setBusy(true);
    fetch(form.dataset.forget, { method: "DELETE", signal: AbortSignal.timeout(15000) }).then(function (response) {
      if (response.status !== 204 && response.status !== 404) throw new Error("not forgotten");
      const card = form.closest("[data-card]");
      const near = card.nextElementSibling || card.previousElementSibling;
      card.remove();
      said.textContent = "";
      said.textContent = form.dataset.which + " is forgotten.";
      if (near) near.querySelector("h2").focus();
      else location.reload();
    }).catch(function () {
      setBusy(false);
      said.classList.remove("unseen");
      said.textContent = form.dataset.which + " could not be forgotten just now. Please try again.";
    });
  };

  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.forget) {
      event.preventDefault();
      forget(form);
    } else if (form.hasAttribute("aria-busy")) {
      event.preventDefault();
    } else if (form.closest("[data-card]")) {
      form.setAttribute("aria-busy", "true");
    }
  });

  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[aria-busy]").forEach(function (form) { form.removeAttribute("aria-busy"); });
  });
})();
`;
