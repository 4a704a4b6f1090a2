/** Shows the total while things are chosen, and makes the plus and minus buttons work. The shop's server does its own sum. */
export const BASKET_SCRIPT = `(function () {
  "use strict";
  const form = document.querySelector("form[data-basket]");
  if (!form) return;
  const total = form.querySelector("[data-total]");
  const digits = Number(form.dataset.digits);
  const inputs = Array.from(form.querySelectorAll("input[data-price]"));

  const quantity = function (input) { return /^[0-9]{1,2}$/.test(input.value) ? BigInt(input.value) : 0n; };

  const text = function (units) {
    const scale = 10n ** BigInt(digits);
    const whole = (units / scale).toLocaleString("en");
    return form.dataset.symbol + (digits ? whole + "." + String(units % scale).padStart(digits, "0") : whole);
  };

  const add = function () {
    total.textContent = text(inputs.reduce(function (sum, input) {
      input.closest("li").classList.toggle("chosen", quantity(input) > 0n);
      return sum + quantity(input) * BigInt(input.dataset.price);
    }, 0n));
  };

  form.querySelectorAll("button[data-step]").forEach(function (button) {
    const input = button.parentNode.querySelector("input");
    button.hidden = false;
    button.addEventListener("click", function () {
      input.value = Math.min(99, Math.max(0, Number(quantity(input)) + Number(button.dataset.step)));
      add();
    });
  });
  form.querySelector("[data-sum]").hidden = false;
  form.addEventListener("input", add);
  window.addEventListener("pageshow", add);
  add();
})();
`;
