/** Follows long work every second, and loads the page again when it has come to its end, or is gone: the page then says why. */
export const JOB_SCRIPT = `
(function () {
  "use strict";
  const section = document.querySelector("[data-job]");
  const count = section.querySelector("[data-count]");
  const bar = section.querySelector("progress");
  const show = function (answer) {
    const job = answer.job;
    if (job.endedAt !== undefined) { location.reload(); return; }
    const total = job.total === undefined ? undefined : Math.max(job.total, job.done);
    count.textContent = total === undefined ? job.done + " so far" : job.done + " of " + total;
    if (total !== undefined) { bar.max = Math.max(total, 1); bar.value = job.done; }
    setTimeout(ask, 1000);
  };
  const ask = function () {
    fetch(section.dataset.job, { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" })
      .then(function (response) {
        if (response.ok) return response.json().then(show);
        if (response.status !== 404) throw new Error("not now");
        location.reload();
      })
      .catch(function () { setTimeout(ask, 5000); });
  };
  setTimeout(ask, 1000);
})();
`;
