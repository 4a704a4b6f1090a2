/**
 * Makes the card form easier: groups the digits of the number while they are typed, says which brand it is, and fills the form in with a
 * test card. Where things cannot be combined it shows the reason, which a buyer need not know, to whoever tries the kit. It listens to
 * the whole page, which may be brought up to date under it, and keeps nothing.
 */
export const CARD_FORM_SCRIPT = `(function () {
  "use strict";
  const BRANDS = [
    ["American Express", /^3[47]/],
    ["JCB", /^35(2[89]|[3-8])/],
    ["Diners Club", /^3(0[0-5]|[689])/],
    ["Visa", /^4/],
    ["Mastercard", /^(5[1-5]|2(22[1-9]|2[3-9]|[3-6]|7[01]|720))/],
    ["Discover", /^6(011|4[4-9]|5)/],
    ["UnionPay", /^62/],
    ["Maestro", /^(50|5[6-9]|6[37])/],
    ["Korean card", /^9[0-9]{3}/]
  ];

  const digitsOf = function (text) { return text.normalize("NFKC").replace(/[^0-9]/g, "").slice(0, 19); };

  const grouped = function (digits) {
    const sizes = /^3[47]/.test(digits) ? [4, 6, 5] : [4, 4, 4, 4, 3];
    const groups = [];
    let at = 0;
    sizes.concat(19).forEach(function (size) {
      if (at < digits.length) groups.push(digits.slice(at, at + size));
      at += size;
    });
    return groups.join(" ");
  };

  const showBrand = function (input) {
    const digits = digitsOf(input.value);
    const brand = BRANDS.find(function (candidate) { return candidate[1].test(digits); });
    const output = input.form.querySelector("[data-brand]");
    const name = brand ? brand[0] : "";
    if (output.textContent !== name) output.textContent = name;
  };

  // Where so many digits are to the left of the caret.
  const caretAfter = function (text, count) {
    let at = 0;
    for (let seen = 0; at < text.length && seen < count; at += 1) if (text[at] !== " ") seen += 1;
    return at;
  };

  const format = function (input) {
    const before = digitsOf(input.value.slice(0, input.selectionStart)).length;
    const text = grouped(digitsOf(input.value));
    if (text !== input.value) {
      input.value = text;
      if (document.activeElement === input) {
        const caret = caretAfter(text, before);
        input.setSelectionRange(caret, caret);
      }
    }
    showBrand(input);
  };

  document.addEventListener("input", function (event) {
    if (event.target.matches("[data-card-number]") && !event.isComposing) format(event.target);
  });
  // A browser that fills the form in may say so only here.
  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-card-number]")) format(event.target);
  });

  // A gap is no character of its own: the digit beyond it is what is meant.
  document.addEventListener("keydown", function (event) {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.matches("[data-card-number]")) return;
    const at = input.selectionStart;
    if (at !== input.selectionEnd) return;
    if (event.key === "Backspace" && input.value[at - 1] === " ") input.setSelectionRange(at - 1, at - 1);
    if (event.key === "Delete" && input.value[at] === " ") input.setSelectionRange(at + 1, at + 1);
  });

  const empty = function (field) {
    if (field.type === "checkbox") field.checked = false;
    else if (field.tagName === "SELECT") field.selectedIndex = 0;
    else if (field.tagName === "INPUT" && field.type !== "hidden" && field.type !== "radio") field.value = "";
  };

  const fillIn = function (link) {
    const way = link.closest("[data-way]");
    const form = way.querySelector("form");
    const values = JSON.parse(link.dataset.fill);
    Array.from(form.elements).forEach(function (field) {
      empty(field);
      if (!Object.prototype.hasOwnProperty.call(values, field.name)) return;
      if (field.type === "checkbox") field.checked = field.value === values[field.name];
      else field.value = values[field.name];
      const fold = field.closest("details");
      if (fold) fold.open = true;
    });
    format(form.querySelector("[data-card-number]"));
    way.querySelectorAll("[data-fill]").forEach(function (other) { other.removeAttribute("aria-current"); });
    link.setAttribute("aria-current", "true");
    way.querySelector("[data-filled]").textContent = "Filled in: " + link.dataset.name + ".";
    way.querySelector(".to-try").open = false;
    form.querySelector("[data-card-number]").focus();
  };

  document.addEventListener("click", function (event) {
    const link = event.target.closest("[data-fill]");
    if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    fillIn(link);
  });

  document.addEventListener("antom:error", function (event) {
    const { code, problems } = event.detail;
    if (code !== "combination_refused") return;
    const reasons = problems.map(function (problem) { return problem.message; });
    const reason = event.target.querySelector("[data-reason]");
    if (reason) reason.textContent = "For developers: " + reasons.join("; ") + ".";
  });
  document.addEventListener("submit", function (event) {
    const reason = event.target.querySelector("[data-reason]");
    if (reason) reason.textContent = "";
  });

  document.querySelectorAll("[data-card-number]").forEach(format);
})();
`;
