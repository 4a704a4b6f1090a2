import type { Request } from "express";
import { AntomError } from "../../errors.js";
import type { HookView } from "../../pages/operations/hook-view.js";
import type { TaskQuery, TaskRecord, TaskState } from "../../storage/storage.js";
import { compileStrict, problemsOf } from "../../validation.js";
import { queryOf } from "../query.js";

const MOST = 200;

interface EventFields {
  readonly state?: TaskState;
  readonly payment?: string;
  readonly limit?: string;
  readonly after?: string;
}

const isEvents = compileStrict<EventFields>({
  type: "object",
  additionalProperties: false,
  properties: {
    state: { enum: ["waiting", "done", "dead"] },
    payment: { type: "string", maxLength: 64 },
    limit: { type: "string", pattern: "^[1-9][0-9]{0,2}$", description: "a number from 1 to 999" },
    after: { type: "string", maxLength: 256 },
  },
});

/**
 * Which deliveries of events are asked for, by the request's query.
 *
 * @throws AntomError `request_invalid` naming each field that is wrong
 */
export function eventsRequest(req: Request): TaskQuery {
  const fields = queryOf(req);
  if (!isEvents(fields)) {
    const problems = problemsOf(isEvents);
    const message = problems.map((problem) => `${problem.at} ${problem.message}`).join("; ");
    throw new AntomError("request_invalid", message, { problems });
  }
  const { limit = "50", ...rest } = fields;
  return { kind: "deliver", ...rest, limit: Math.min(Number(limit), MOST) };
}

export type { HookView as EventView };

/** The delivery of an event as the shop's staff see it; none for a task of another kind. */
export function eventView({ task, state, attempts, lastError }: TaskRecord): HookView[] {
  if (task.kind !== "deliver") return [];
  const { id, payment, event, dueAt } = task;
  return [
    {
      id,
      type: event.type,
      payment,
      at: event.at,
      state,
      attempts,
      ...(state === "waiting" ? { nextAt: dueAt } : {}),
      ...(lastError === undefined ? {} : { lastError }),
    },
  ];
}
