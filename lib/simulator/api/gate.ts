import type { IncomingMessage, ServerResponse } from "node:http";
import { API_OPERATIONS, type ApiOperation } from "../faults.js";
import { readBody } from "../http/body.js";
import { Refusal, result, type ResultCode } from "../result.js";
import type { Simulation } from "../simulation.js";
import { parseTimestamp } from "../timestamp.js";
import { withActionForm } from "./action-form.js";
import { authenticationProblem } from "./authenticate.js";
import type { Answer } from "./operation.js";
import { OPERATIONS } from "./operations.js";
import { sendAnswer } from "./send-answer.js";

/** The longest body taken, in bytes; a pay request with a hundred goods of full length fits. */
const BODY_LIMIT = 1024 * 1024;

/** Live and sandbox paths of the operations. */
const API_PATH = /^\/ams\/(?:sandbox\/)?api\/v1\/payments\/([^/?]*)$/;

const JSON_IN_UTF8 = /^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** An API call as it was read. */
interface Received {
  readonly request: IncomingMessage;
  /** Path and query, as the merchant signed them. */
  readonly path: string;
  readonly operation: ApiOperation | undefined;
  /** Undefined when it is too long. */
  readonly body: Buffer | undefined;
  readonly parsed: unknown;
  /** Why it is not the merchant's own; then the answer is not signed either. */
  readonly problem: ResultCode | undefined;
}

/**
 * Takes one API call: reads it, plays the fault waiting for it, checks whose it is, lets the operation do its work and answers
 * once that is kept. Everything is answered with HTTP 200, as the SDKs expect; the result is in the body.
 */
export async function answerCall(
  simulation: Simulation,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const call = await receive(simulation, path, request);
  const fault = call.operation && simulation.faults.takeFor(call.operation);
  if (fault?.fault === "reset-before") {
    note(simulation, call, undefined, fault.fault);
    request.socket.destroy();
    return;
  }
  const normal = fault?.resultCode === undefined ? perform(simulation, call) : { result: result(fault.resultCode) };
  const baseUrl = simulation.baseUrl(request.headers.host);
  const answer = fault?.fault === "action-form" ? withActionForm(normal, baseUrl) : normal;
  note(simulation, call, answer.result.resultCode, fault?.fault);
  await simulation.book.durable();
  await sendAnswer(simulation, response, { path, answer, signed: call.problem === undefined, fault });
}

async function receive(simulation: Simulation, path: string, request: IncomingMessage): Promise<Received> {
  const body = await readBody(request, BODY_LIMIT);
  const name = API_PATH.exec(path)?.[1];
  return {
    request,
    path,
    operation: API_OPERATIONS.find((operation) => operation === name),
    body,
    parsed: body && parse(body),
    problem: body === undefined ? "PARAM_ILLEGAL" : authenticationProblem(path, request.headers, body, simulation),
  };
}

function perform(simulation: Simulation, call: Received): Answer {
  try {
    const baseUrl = simulation.baseUrl(call.request.headers.host);
    return OPERATIONS[admitted(call)](call.parsed, { simulation, baseUrl });
  } catch (error) {
    if (error instanceof Refusal) return { result: error.result };
    throw error;
  }
}

/** The operation, once everything that does not need the body's fields is right. */
function admitted({ request, operation, problem }: Received): ApiOperation {
  if (operation === undefined) throw new Refusal("INVALID_API");
  if (request.method !== "POST") throw new Refusal("METHOD_NOT_SUPPORTED");
  const type = request.headers["content-type"];
  if (type !== undefined && !JSON_IN_UTF8.test(type)) throw new Refusal("MEDIA_TYPE_NOT_ACCEPTABLE");
  if (problem !== undefined) throw new Refusal(problem);
  const time = String(request.headers["request-time"]);
  if (!/^[0-9]{13}$/.test(time) && parseTimestamp(time) === undefined) {
    throw new Refusal("PARAM_ILLEGAL", "Request-Time is neither epoch milliseconds nor an ISO 8601 time.");
  }
  return operation;
}

function note(
  { requests, clock }: Simulation,
  { request, path, operation, body, parsed }: Received,
  resultCode: ResultCode | undefined,
  fault: string | undefined,
): void {
  const call = {
    at: new Date(clock.now()).toISOString(),
    method: request.method ?? "",
    path,
    operation: operation ?? path.slice(path.lastIndexOf("/") + 1),
    headers: shownHeaders(request),
    body: parsed,
    resultCode,
    fault,
  };
  requests.add(call, body?.length ?? 0);
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}

const SHOWN_HEADERS = ["client-id", "request-time", "content-type", "agent-token", "user-agent"];

const shownHeaders = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    SHOWN_HEADERS.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
