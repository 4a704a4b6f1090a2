import { randomUUID } from "node:crypto";
import { createGateway } from "../../gateway/gateway.js";
import { createTransport, type Transport, type TransportResponse } from "../../gateway/transport.js";
import type { UnansweredReason } from "../../gateway/outcome.js";
import { refusalOfAsker } from "../../gateway/refusal-of-asker.js";
import { FAILURES } from "../notify-answer.js";
import { fail, ok, unseen, warn, type Check, type Finding } from "./finding.js";

/** How far the clock may be off before somebody should look, and before signatures may be refused, in milliseconds. */
const DRIFT = 10_000;
const TOO_FAR = 120_000;

/** Asks Antom about a payment that cannot exist: that it says so, signed, shows that everything between here and there fits. */
export const checkGateway: Check = async (subject) => {
  const { configuration, options, clock } = subject;
  if (configuration === undefined) return [unseen("clock"), unseen("gateway")];
  const own = createTransport();
  const transport = options.transport ?? own;
  let response: TransportResponse | undefined;
  const listening: Transport = async (request) => (response = await transport(request));
  const gateway = createGateway({
    clientId: options.clientId,
    privateKey: configuration.privateKey,
    keyVersion: options.keyVersion ?? "1",
    keyRing: configuration.keyRing,
    origin: configuration.origin,
    timeout: options.gatewayTimeout ?? 15_000,
    transport: listening,
    clock,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    ...(options.agentToken === undefined ? {} : { agentToken: options.agentToken }),
    ...(options.merchantAccountId === undefined ? {} : { merchantAccountId: options.merchantAccountId }),
  });
  const before = clock.now();
  const outcome = await gateway.inquire(`CHECK${randomUUID().replaceAll("-", "").toUpperCase()}`);
  const after = clock.now();
  own.close();
  const where = configuration.origin;
  const clockFinding =
    response === undefined ? warn("clock", "not looked at: the gateway tells no time") : drift(response, before, after);
  if (outcome.kind === "unanswered") {
    return [clockFinding, fail("gateway", `${where}: ${unansweredText(outcome.reason, outcome.detail)}`)];
  }
  return [clockFinding, answered(outcome.result, `${where}, ${after - before} ms`)];
};

function answered({ resultStatus, resultCode }: { resultStatus: string; resultCode: string }, where: string): Finding {
  if (resultCode === "ORDER_NOT_EXIST") {
    return ok("gateway", `${where}: it takes the shop's signature, and its own is right`);
  }
  const meaning = refusalOfAsker(resultCode);
  if (meaning !== undefined) return fail("gateway", `${where}: it says ${resultCode}; ${meaning}`);
  if (resultStatus === "U") return warn("gateway", `${where}: it is there, but busy (${resultCode}); try again`);
  return warn("gateway", `${where}: its answer is signed, but ${resultCode} is not what was expected`);
}

function unansweredText(reason: UnansweredReason, detail: string): string {
  const [, code = ""] = /\b([A-Z]+(?:_[A-Z]+)+);/.exec(detail) ?? [];
  const meaning = refusalOfAsker(code);
  if (reason === "unsigned" && meaning !== undefined) return `it says ${code}; ${meaning}`;
  if (Object.hasOwn(FAILURES, reason)) return `${FAILURES[reason as keyof typeof FAILURES]} (${detail})`;
  if (reason === "http_status") return `${detail}; is this Antom's gateway, or something in front of it?`;
  return detail;
}

/** The gateway's own time, where it tells one, against that of here in the middle of the call. */
function drift({ headers }: TransportResponse, before: number, after: number): Finding {
  const told = timeOf(headers["response-time"]) ?? timeOf(headers["date"]);
  if (told === undefined) return warn("clock", "not looked at: the gateway tells no time");
  const off = Math.round((before + after) / 2 - told);
  // Antom tells whole seconds.
  const span = (after - before) / 2 + 1_000;
  const text = `${Math.abs(off) <= span ? "agrees with" : `is ${(Math.abs(off) / 1000).toFixed(0)} s ${off > 0 ? "ahead of" : "behind"}`} the gateway's`;
  if (Math.abs(off) > TOO_FAR + span)
    return fail("clock", `${text}: set it right (NTP), or signatures may be refused and holds watched wrongly`);
  if (Math.abs(off) > DRIFT + span) return warn("clock", `${text}: keep it right by NTP`);
  return ok("clock", text);
}

function timeOf(header: string | string[] | undefined): number | undefined {
  if (typeof header !== "string") return undefined;
  const time = /^\d{13}$/.test(header) ? Number(header) : Date.parse(header);
  return Number.isNaN(time) ? undefined : time;
}
