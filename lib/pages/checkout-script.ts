import { scriptJson } from "./html.js";
import { DEFAULT_LOCALE, LOCALES } from "./locale.js";
import { TEXTS } from "./texts.js";

const WORDS = scriptJson(Object.fromEntries(LOCALES.map((locale) => [locale, TEXTS[locale].checkout])));

/**
 * The script served as `checkout.js`. It takes over every `<form data-antom-checkout>` of the shop: posts the form's fields as
 * JSON with what the browser knows of itself, keeps the pay button disabled until the answer is in, follows the
 * redirect, and shows what went wrong in `[data-antom-message]` or in an alert of its own before the button. The form hears of a
 * failure as the event `antom:error`; a listener that calls `preventDefault()` shows the message itself. The words are in
 * the page's language; `data-antom-opening`, `data-antom-unreachable` and `data-antom-refused` on the form replace them.
 */
export const CHECKOUT_SCRIPT = `(function () {
  "use strict";
  if (!window.fetch || !window.AbortController || !window.FormData || !window.CustomEvent) return;

  const WORDS = ${WORDS};
  const PATIENCE = 60000;
  const LEAVING = 15000;
  const jobs = new Map();
  const made = new WeakSet();

  const words = function (form, name) {
    const closest = form.closest("[lang]");
    const language = closest ? closest.getAttribute("lang").slice(0, 2).toLowerCase() : "";
    return form.getAttribute("data-antom-" + name) || (WORDS[language] || WORDS.${DEFAULT_LOCALE})[name];
  };

  const payButtons = function (form) {
    return Array.from(form.elements).filter(function (element) { return element.type === "submit"; });
  };

  // The form's own place for words, else one the page keeps outside of forms, else a new one before the button.
  const place = function (form, attribute, role) {
    const marked = "[" + attribute + "]";
    let element = form.querySelector(marked) || Array.from(document.querySelectorAll(marked)).find(function (candidate) {
      return !candidate.closest("form");
    });
    if (!element) {
      element = document.createElement("div");
      element.setAttribute(attribute, "");
      made.add(element);
      const button = payButtons(form).find(function (candidate) { return form.contains(candidate); });
      if (button) button.parentNode.insertBefore(element, button);
      else form.appendChild(element);
    }
    if (!element.hasAttribute("role")) element.setAttribute("role", role);
    return element;
  };

  const messageOf = function (form) { return place(form, "data-antom-message", "alert"); };
  const statusOf = function (form) { return place(form, "data-antom-status", "status"); };

  const say = function (element, text) {
    element.textContent = text;
    if (!made.has(element)) element.hidden = text === "";
  };

  const fieldsOf = function (form, submitter) {
    const fields = Object.create(null);
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") fields[name] = value;
    });
    if (submitter && submitter.name) fields[submitter.name] = submitter.value;
    fields.browser = {
      colorDepth: screen.colorDepth,
      screenHeight: screen.height,
      screenWidth: screen.width,
      timeZoneOffset: new Date().getTimezoneOffset(),
      language: navigator.language,
      javaEnabled: Boolean(navigator.javaEnabled && navigator.javaEnabled()),
      javaScriptEnabled: true,
    };
    return fields;
  };

  const webAddress = function (text) {
    try {
      const url = new URL(text, location.href);
      return url.protocol === "https:" || url.protocol === "http:" ? url.href : undefined;
    } catch (error) {
      return undefined;
    }
  };

  const release = function (form) {
    const job = jobs.get(form);
    if (!job) return;
    jobs.delete(form);
    clearTimeout(job.timer);
    job.stop.abort();
    form.removeAttribute("aria-busy");
    say(statusOf(form), "");
    job.buttons.forEach(function (button) { button.disabled = false; });
    if (job.focused && document.activeElement === document.body) job.focused.focus();
  };

  const fail = function (form, status, problem, fallback) {
    release(form);
    const known = problem !== null && typeof problem === "object" ? problem : {};
    const told = [known.message, known.detail].find(function (text) { return typeof text === "string" && text !== ""; });
    const message = told ? told.slice(0, 500) : fallback;
    const event = new CustomEvent("antom:error", {
      bubbles: true,
      cancelable: true,
      detail: { status: status, code: known.code, message: message },
    });
    if (form.dispatchEvent(event)) say(messageOf(form), message);
  };

  const settle = function (form, job, response, answer) {
    if (jobs.get(form) !== job) return;
    const target = response.ok && answer && typeof answer.redirect === "string" && webAddress(answer.redirect);
    if (!target) {
      fail(form, response.status, answer, words(form, "refused"));
      return;
    }
    clearTimeout(job.timer);
    // Should the browser stay after all (the buyer stopped it, the page is a download), the button works again.
    job.timer = setTimeout(release, LEAVING, form);
    location.assign(target);
  };

  const send = function (form, submitter) {
    const stop = new AbortController();
    const body = JSON.stringify(fieldsOf(form, submitter));
    const buttons = payButtons(form).filter(function (button) { return !button.disabled; });
    const job = {
      stop: stop,
      buttons: buttons,
      focused: buttons.find(function (button) { return button === document.activeElement; }),
      timer: setTimeout(function () { stop.abort(); }, PATIENCE),
    };
    jobs.set(form, job);
    form.setAttribute("aria-busy", "true");
    say(messageOf(form), "");
    buttons.forEach(function (button) { button.disabled = true; });
    // A live region is heard when it stands in the page before it is filled.
    const region = statusOf(form);
    setTimeout(function () { if (jobs.get(form) === job) say(region, words(form, "opening")); }, 100);
    fetch(form.getAttribute("action") || location.href, {
      method: "POST",
      headers: { Accept: "application/json", "Content-Type": "application/json" },
      credentials: "same-origin",
      body: body,
      signal: stop.signal,
    }).then(function (response) {
      return response.text().then(function (text) {
        let answer;
        try { answer = JSON.parse(text); } catch (error) { answer = undefined; }
        settle(form, job, response, answer);
      });
    }).catch(function () {
      if (jobs.get(form) === job) fail(form, 0, undefined, words(form, "unreachable"));
    });
  };

  // A shop's own listener that prevented the submission has the last word; so has a button with an action of its own.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.hasAttribute("data-antom-checkout")) return;
    const submitter = event.submitter;
    if (submitter && submitter.hasAttribute("formaction")) return;
    event.preventDefault();
    if (!jobs.has(form)) send(form, submitter);
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) Array.from(jobs.keys()).forEach(release);
  });
})();
`;
