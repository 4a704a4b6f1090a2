import { scriptJson } from "./html.js";
import { DEFAULT_LOCALE, LOCALES } from "./locale.js";
import { TEXTS } from "./texts.js";

const WORDS = scriptJson(Object.fromEntries(LOCALES.map((locale) => [locale, TEXTS[locale].checkout])));

/**
 * The script served as `checkout.js`. It takes over every `<form data-antom-checkout>` of the shop: posts the form's fields as
 * JSON with what the browser knows of itself, keeps the pay button disabled until the answer is in, follows the
 * redirect, and shows what went wrong in `[data-antom-message]` or in an alert of its own before the button: the answer's `message`, never its
 * `detail`, which is for developers. The form hears of a failure as the event `antom:error`; a listener that calls `preventDefault()` shows the
 * message itself. The script's own words are in the page's language; `data-antom-opening`, `data-antom-unreachable`, `data-antom-refused` and
 * `data-antom-check` on the form replace them.
 *
 * An answer that names the fields that are wrong (`problems: [{ at, message, text? }]`, `at` being a JSON pointer into the body) is shown at
 * them: `/cardId` is the form's field `cardId`, and `/card/billingAddress/zipCode` is `card[billingAddress][zipCode]`. Such a field gets `aria-invalid="true"` and, by `aria-describedby`, the message; the first of
 * them gets the focus, and a `details` that one is folded up in is opened. The message is what `data-antom-invalid` on the field says, else the
 * problem's `text` for buyers, else its `message`, and stands in a `p[data-antom-problem]` that is made after the field (after its label, where
 * that encloses it). What is wrong with no field the buyer can see is said in the form's message. The next try takes all of this away.
 *
 * One checkout at a time is under way on a page: until the answer is in, every such form's pay buttons are disabled, and none of them is sent.
 *
 * The redirect is followed where the form's answer would have been shown (`target`, a button's `formtarget`, a `base` with a `target`), when
 * that is this page's own frame, `_parent` or `_top`. A form with any other target is left to the browser.
 *
 * What the fields hold is read when the form is sent, and kept nowhere.
 */
export const CHECKOUT_SCRIPT = `(function () {
  "use strict";
  if (!window.fetch || !window.AbortController || !window.FormData || !window.CustomEvent) return;

  const WORDS = ${WORDS};
  const PATIENCE = 60000;
  const LEAVING = 15000;
  // A second checkout may cancel what the first one opened.
  let job;
  const made = new WeakSet();
  const marks = new WeakMap();
  let count = 0;

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

  // "/card/billingAddress/zipCode" is written card[billingAddress][zipCode] in a form.
  const nameOf = function (pointer) {
    const parts = pointer.split("/").slice(1).map(function (part) { return part.replace(/~1/g, "/").replace(/~0/g, "~"); });
    return parts[0] + parts.slice(1).map(function (part) { return "[" + part + "]"; }).join("");
  };

  const fieldAt = function (form, pointer) {
    const name = nameOf(pointer);
    return Array.from(form.elements).find(function (field) {
      return field.name === name && field.type !== "hidden" && field.type !== "submit" && !field.matches(":disabled");
    });
  };

  const isMessage = function (problem) {
    return problem !== null && typeof problem === "object" && typeof problem.at === "string" &&
      typeof problem.message === "string" && problem.message !== "";
  };

  const ids = function (field) { return (field.getAttribute("aria-describedby") || "").split(" ").filter(Boolean); };

  const describe = function (field, described) {
    if (described.length > 0) field.setAttribute("aria-describedby", described.join(" "));
    else field.removeAttribute("aria-describedby");
  };

  const unmark = function (form) {
    (marks.get(form) || []).forEach(function (mark) {
      mark.field.removeAttribute("aria-invalid");
      describe(mark.field, ids(mark.field).filter(function (id) { return id !== mark.note.id; }));
      mark.note.remove();
    });
    marks.delete(form);
  };

  const textOf = function (field, problem) {
    const own = field.getAttribute("data-antom-invalid");
    if (own) return own;
    if (typeof problem.text === "string" && problem.text !== "") return problem.text;
    return problem.message.charAt(0).toUpperCase() + problem.message.slice(1);
  };

  const mark = function (form, field, problem) {
    const note = document.createElement("p");
    note.id = "antom-problem-" + (count += 1);
    note.setAttribute("data-antom-problem", "");
    note.textContent = textOf(field, problem).slice(0, 500);
    const label = field.closest("label");
    const before = label && form.contains(label) ? label : field;
    before.parentNode.insertBefore(note, before.nextSibling);
    field.setAttribute("aria-invalid", "true");
    describe(field, ids(field).concat(note.id));
    marks.get(form).push({ field: field, note: note });
    for (let element = field; element; element = element.parentElement) {
      if (element.tagName === "DETAILS") element.open = true;
    }
  };

  // Whether every problem is now said at its field.
  const markAll = function (form, problems) {
    marks.set(form, []);
    const known = problems.filter(isMessage);
    const found = known.map(function (problem) { return fieldAt(form, problem.at); });
    found.forEach(function (field, index) {
      if (field && found.indexOf(field) === index) mark(form, field, known[index]);
    });
    const first = Array.from(form.elements).find(function (field) { return found.includes(field); });
    if (first) first.focus();
    return known.length > 0 && !found.includes(undefined);
  };

  const whole = function (value, least, most) {
    return Number.isInteger(value) && value >= least && value <= most ? value : undefined;
  };

  // What the kit would refuse is left out: a browser that describes itself oddly is no reason not to take the buyer's money.
  const aboutBrowser = function () {
    const language = navigator.language;
    return {
      colorDepth: whole(screen.colorDepth, 0, 128),
      screenHeight: whole(screen.height, 1, 100000),
      screenWidth: whole(screen.width, 1, 100000),
      timeZoneOffset: whole(new Date().getTimezoneOffset(), -840, 720),
      language: typeof language === "string" && /^[A-Za-z0-9_-]{1,32}$/.test(language) ? language : undefined,
      javaEnabled: Boolean(navigator.javaEnabled && navigator.javaEnabled()),
      javaScriptEnabled: true,
    };
  };

  const fieldsOf = function (form, submitter) {
    const fields = Object.create(null);
    new FormData(form).forEach(function (value, name) {
      if (typeof value === "string") fields[name] = name in fields ? [].concat(fields[name], value) : value;
    });
    if (submitter && submitter.name) fields[submitter.name] = submitter.value;
    fields.browser = aboutBrowser();
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

  const FRAMES = new Map([["", window], ["_self", window], ["_parent", window.parent], ["_top", window.top]]);

  // Where the answer belongs; undefined for a window of another name.
  const frameOf = function (form, submitter) {
    const base = document.querySelector("base[target]");
    const [element, name] = submitter && submitter.hasAttribute("formtarget") ? [submitter, "formtarget"] :
      [form.hasAttribute("target") ? form : base, "target"];
    return FRAMES.get(element ? element.getAttribute(name).toLowerCase() : "");
  };

  const release = function () {
    if (!job) return;
    const { form, timer, stop, buttons, focused } = job;
    job = undefined;
    clearTimeout(timer);
    stop.abort();
    form.removeAttribute("aria-busy");
    say(statusOf(form), "");
    buttons.forEach(function (button) { button.disabled = false; });
    if (focused && document.activeElement === document.body) focused.focus();
  };

  const fail = function (form, status, problem, fallback) {
    release();
    const known = problem !== null && typeof problem === "object" ? problem : {};
    const message = typeof known.message === "string" && known.message !== "" ? known.message.slice(0, 500) : fallback;
    const problems = Array.isArray(known.problems) ? known.problems.slice(0, 50) : [];
    const event = new CustomEvent("antom:error", {
      bubbles: true,
      cancelable: true,
      detail: { status: status, code: known.code, message: message, problems: problems },
    });
    if (form.dispatchEvent(event)) say(messageOf(form), markAll(form, problems) ? words(form, "check") : message);
  };

  const settle = function (form, frame, response, answer) {
    const target = response.ok && answer && typeof answer.redirect === "string" && webAddress(answer.redirect);
    if (!target) {
      fail(form, response.status, answer, words(form, "refused"));
      return;
    }
    clearTimeout(job.timer);
    // Should the browser stay after all (the buyer stopped it, the page is a download), the button works again.
    job.timer = setTimeout(release, LEAVING);
    // Of a window of another origin nothing but this can be set.
    try {
      frame.location.href = target;
    } catch (error) {
      fail(form, response.status, undefined, words(form, "refused"));
    }
  };

  const send = function (form, submitter, frame) {
    const stop = new AbortController();
    const body = JSON.stringify(fieldsOf(form, submitter));
    const forms = Array.from(document.querySelectorAll("form[data-antom-checkout]"));
    const buttons = forms.flatMap(payButtons).filter(function (button) { return !button.disabled; });
    const own = {
      form: form,
      stop: stop,
      buttons: buttons,
      focused: buttons.find(function (button) { return button === document.activeElement; }),
      timer: setTimeout(function () { stop.abort(); }, PATIENCE),
    };
    job = own;
    form.setAttribute("aria-busy", "true");
    say(messageOf(form), "");
    unmark(form);
    buttons.forEach(function (button) { button.disabled = true; });
    // A live region is heard when it stands in the page before it is filled.
    const region = statusOf(form);
    setTimeout(function () { if (job === own) say(region, words(form, "opening")); }, 100);
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
        if (job === own) settle(form, frame, response, answer);
      });
    }).catch(function () {
      if (job === own) fail(form, 0, undefined, words(form, "unreachable"));
    });
  };

  // A shop's own listener that prevented the submission has the last word; so has a button with an action of its own.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (event.defaultPrevented || !(form instanceof HTMLFormElement) || !form.hasAttribute("data-antom-checkout")) return;
    const submitter = event.submitter;
    if (submitter && submitter.hasAttribute("formaction")) return;
    const frame = frameOf(form, submitter);
    if (!frame && !job) return;
    event.preventDefault();
    if (!job) send(form, submitter, frame);
  });

  window.addEventListener("pageshow", function (event) {
    if (event.persisted) release();
  });
})();
`;
