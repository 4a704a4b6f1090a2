import type { Request, Router } from "express";
import { AntomError } from "../../errors.js";
import { jobPage } from "../../pages/operations/job-page.js";
import { isGoing, JOB_KINDS, type JobView } from "../../pages/operations/job-view.js";
import { isForm } from "../fields.js";
import { changeFields } from "./form-guard.js";
import type { Jobs } from "./jobs.js";
import { noFields, onlyFields } from "./known-fields.js";
import type { OperationsRouterParts } from "./parts.js";
import { basePathOf } from "./base-path.js";
import { sendStaffPage, wantsPage } from "./send-page.js";
import { idOf, staffRoute, type StaffHandler } from "./staff-route.js";

const isJob = onlyFields(["kind"]);

/** `POST /jobs` begins long work, `GET /jobs/:id` shows how far it has got, `POST /jobs/:id/stop` stops it. */
export function jobsRoutes(parts: OperationsRouterParts, jobs: Jobs): Router[] {
  const { clock, forms, random } = parts;

  const list: StaffHandler = (_req, res) => {
    res.json({ jobs: jobs.list() });
  };

  const start: StaffHandler = async (req, res, staff) => {
    const purpose = ({ kind }: Readonly<Record<string, unknown>>) => ({
      action: "start",
      about: typeof kind === "string" ? kind : "",
    });
    const { kind: name } = await changeFields(req, staff, purpose, isJob, parts);
    const kind = JOB_KINDS.find((candidate) => candidate === name);
    if (kind === undefined) {
      const message = `must be one of ${JOB_KINDS.join(", ")}`;
      throw new AntomError("request_invalid", `/kind ${message}`, { problems: [{ at: "/kind", message }] });
    }
    const job = jobs.start(kind, staff.name);
    const path = `${basePathOf(req)}jobs/${job.id}`;
    if (isForm(req) && wantsPage(req)) res.redirect(303, path);
    else res.status(202).location(path).json({ job });
  };

  const show: StaffHandler = (req, res, staff) => {
    const job = wanted(jobs, req);
    if (!wantsPage(req)) {
      res.json({ job });
      return;
    }
    const token =
      staff.mayManage && isGoing(job) ? forms.token({ staff: staff.name, action: "stop", about: job.id }) : undefined;
    sendStaffPage(req, res, random, staff, (seat) => jobPage({ ...seat, job, now: clock.now(), token }));
  };

  const stop: StaffHandler = async (req, res, staff) => {
    await changeFields(req, staff, { action: "stop", about: idOf(req) }, noFields, parts);
    const { id } = wanted(jobs, req);
    const job = jobs.stop(id);
    if (isForm(req) && wantsPage(req)) res.redirect(303, `${basePathOf(req)}jobs/${id}`);
    else res.json({ job });
  };

  return [
    staffRoute("/jobs", { GET: list, POST: start }, parts),
    staffRoute("/jobs/:id", { GET: show }, parts),
    staffRoute("/jobs/:id/stop", { POST: stop }, parts),
  ];
}

function wanted(jobs: Jobs, req: Request): JobView {
  const job = jobs.get(idOf(req));
  if (job === undefined) {
    throw new AntomError(
      "job_not_found",
      "it ended more than an hour ago, or with the process that began it; or it is another instance's, and goes on there. See what is left to do before you begin it again",
    );
  }
  return job;
}
