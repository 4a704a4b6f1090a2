import type { ServerResponse } from "node:http";
import { sign } from "../../gateway/signature.js";
import type { ApiOperation, Fault } from "../faults.js";
import { send } from "../http/answer.js";
import type { Simulation } from "../simulation.js";
import { timestamp } from "../timestamp.js";

interface Answer {
  readonly path: string;
  readonly answer: object;
  /** False when the request's own signature was not right: then Antom does not sign either. */
  readonly signed: boolean;
  readonly fault: (Fault & { operation: ApiOperation }) | undefined;
}

const JSON_TYPE = "application/json; charset=UTF-8";

/** Sends the answer to a call, or what the fault makes of it. */
export async function sendAnswer(simulation: Simulation, response: ServerResponse, call: Answer): Promise<void> {
  const { path, answer, fault } = call;
  const { clock, settings } = simulation;
  switch (fault?.fault) {
    case "reset-after":
      response.socket?.destroy();
      return;
    case "timeout":
      return;
    case "http-500":
      send(response, 500, { "content-type": "text/html" }, "<h1>500 Internal Server Error</h1>");
      return;
    case "delay":
      await new Promise<void>((resolve) => clock.after(fault.delayMs, resolve));
      break;
    default:
  }
  const time = timestamp(clock.now());
  const body = fault?.fault === "garbage" ? "<html>upstream connect error" : JSON.stringify(answer);
  // A signature over other bytes is well formed and wrong.
  const signature = await signatureOf(simulation, path, time, fault?.fault === "bad-signature" ? `${body} ` : body);
  const isSigned = call.signed && fault?.fault !== "unsigned";
  send(
    response,
    200,
    {
      "content-type": JSON_TYPE,
      "client-id": settings.clientId,
      "response-time": time,
      ...(isSigned && { signature }),
    },
    body,
  );
}

const signatureOf = (
  { settings, credentials }: Simulation,
  path: string,
  time: string,
  body: string,
): Promise<string> =>
  sign({ path, clientId: settings.clientId, time, body }, credentials.antomPrivateKey, settings.antomKeyVersion);
