import type { Request, Response } from "express";
import { AntomError, isAntomError, type AntomErrorCode } from "../errors.js";
import { parseJson } from "../gateway/json.js";
import type { KeyRing } from "../gateway/key-ring.js";
import { identifiersOf, NotificationProblem, readNotification, type Notification } from "../gateway/notification.js";
import { parseSignature } from "../gateway/signature.js";
import type { Inquirer } from "../ledger/inquire.js";
import { notOurs, type Intake } from "../ledger/notification-intake.js";
import { isKnowing, reflects } from "../payment/reflects.js";
import type { Clock } from "../ports.js";
import { failureOf, type Telemetry } from "../telemetry.js";
import { readBody, type Body } from "./body.js";
import { route, type Route, type RouteParts } from "./route.js";
import { messageOf } from "../thrown.js";

/** Longer than any notification of Antom's. */
const MAX_BYTES = 64 * 1024;
const BODY_TIMEOUT = 10_000;

/** A hint is worth an inquiry to Antom: about this many payments at once at most. */
const MAX_HINTS = 8;

/** Exactly what Antom wants to hear. Everything else makes it send the notification again. */
const ACKNOWLEDGEMENT = Buffer.from(
  JSON.stringify({ result: { resultCode: "SUCCESS", resultStatus: "S", resultMessage: "success" } }),
);
const ACKNOWLEDGEMENT_HEADERS = {
  "Content-Type": "application/json; charset=UTF-8",
  "Content-Length": ACKNOWLEDGEMENT.length,
};

/**
 * What a stranger's requests are refused with, one and the same: which part was wrong is nobody's business but the log's, and would tell a
 * stranger the client id. Made once: the stack of an error is the dearest part of it, and would say nothing here.
 */
const REFUSAL = new AntomError("signature_invalid", "Antom has not signed this for this client id and notify URL");

/** Which part of it was wrong. */
const REASONS = {
  unsigned: "one of the headers Client-Id, Request-Time and Signature is missing",
  another_client: "its Client-Id is not the option clientId",
  forged: "the signature does not match the body, the time and the notify URL",
} as const;

/** What keeps a notification that Antom did sign from being taken in, but for trouble of the shop's own. */
const UNTAKEN: ReadonlySet<AntomErrorCode> = new Set(["notification_invalid", "payment_not_found"]);

export interface NotifyParts extends RouteParts {
  readonly clientId: string;
  readonly keyRing: KeyRing;
  /** Path and query of the notify URL, as Antom was told it: that is what it signs, whatever a proxy has made of it since. */
  readonly signedPath: string;
  readonly intake: Intake;
  readonly inquirer: Inquirer;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What is told of a notification while it is taken in. */
type Heard = (notification: Notification, payment?: string) => void;

/** `POST /notify`: takes every kind of notification, and acknowledges once what it says is durable. */
export function notifyRoutes(parts: NotifyParts): readonly Route[] {
  const { intake, clock, logger, telemetry } = parts;
  let hinted = false;
  const asking = new Set<string>();

  /** Takes in what a verified notification says. Resolves once that is durable. */
  const take = async (body: unknown, heard: Heard): Promise<void> => {
    const notification = read(body);
    heard(notification);
    const { type, about, facts } = notification;
    if (facts.length === 0) {
      logger.warn(
        { event: "notification.unknown_kind", type, ...about },
        "a notification of a kind the kit does not know",
      );
      return;
    }
    heard(notification, await intake.take(about, facts));
  };

  /** The same, which cries out where what Antom really signed cannot be taken in: it says so a few times more, and then never again. */
  const takeVerified = async (bytes: Buffer, heard: Heard): Promise<void> => {
    let body: unknown;
    try {
      body = json(bytes);
      await take(body, heard);
    } catch (error) {
      if (isAntomError(error) && UNTAKEN.has(error.code)) {
        const line = { event: "notification.untaken", code: error.code, ...identifiersOf(body) };
        logger.error(line, `Antom signed a notification that cannot be taken in: ${error.message}`);
      }
      throw error;
    }
  };

  /**
   * An app-level parser has eaten the bytes: what is left proves nothing, but where it has Antom's headers, Antom can be asked about the payment
   * it names. It changes nothing by itself, and is acknowledged once the payment shows what it says.
   */
  const follow = async (value: unknown, heard: Heard): Promise<void> => {
    if (!hinted) {
      hinted = true;
      logger.warn(
        { event: "notification.body_parsed" },
        "a body parser ran before the notify route, so notifications cannot be verified and Antom is asked about each instead; " +
          "mount antom.router (or antom.notify) before express.json(), or give express.json() a verify function that keeps req.rawBody",
      );
    }
    const notification = read(value);
    const { about, facts } = notification;
    heard(notification);
    if (facts.length === 0) throw notOurs();
    const payment = await intake.find(about);
    heard(notification, payment.id);
    if (facts.some(({ kind }) => kind === "dispute" || kind === "reversal")) {
      throw new AntomError(
        "body_missing",
        "a body parser ran before the notify route, and an inquiry cannot confirm a notification of this kind",
      );
    }
    // Copies of one notification share one inquiry.
    if (!asking.has(payment.id) && asking.size >= MAX_HINTS) {
      throw new AntomError("gateway_unanswered", "too many notifications at once that cannot be verified");
    }
    asking.add(payment.id);
    try {
      const { payment: known, answered } = await parts.inquirer.askAnew(payment.id);
      // An answer that does not tell of it yet is as good as none: what is acknowledged does not come again.
      if (!answered || !facts.every((fact) => isKnowing(known, fact) && reflects(known, fact))) {
        throw new AntomError("gateway_unanswered", "the notification could not be confirmed with Antom");
      }
    } finally {
      asking.delete(payment.id);
    }
  };

  const handle = async (req: Request, res: Response, heard: Heard): Promise<void> => {
    const body = await readBody(req, { maxBytes: MAX_BYTES, timeout: BODY_TIMEOUT, clock });
    const reason = refusalOf(req, body, parts);
    if (reason !== undefined) {
      logger.info({ event: "notification.refused", reason }, `a notification is refused: ${REASONS[reason]}`);
      throw REFUSAL;
    }
    await (body.kind === "parsed" ? follow(body.value, heard) : takeVerified(body.bytes, heard));
    // Not res.send, which would make an entity tag of it each time.
    res.writeHead(200, ACKNOWLEDGEMENT_HEADERS).end(ACKNOWLEDGEMENT);
  };

  const post = (req: Request, res: Response): Promise<void> =>
    telemetry.span("express-antom.notify", {}, async (note) => {
      const began = clock.now();
      let kind = "unread";
      const answered = (outcome: string): void => {
        const took = clock.now() - began;
        telemetry.record("express_antom.notification.duration", took, { notification_type: kind, outcome });
        note({ outcome });
      };
      try {
        await handle(req, res, ({ type, facts }, payment) => {
          // Only the kinds the kit knows say something, so that a stranger's words are no label.
          kind = facts.length === 0 ? "other" : type;
          note({ notification_type: kind, payment_id: payment });
        });
        answered("acknowledged");
      } catch (error) {
        // What is signed and cannot be read comes again, until somebody has looked.
        answered(isAntomError(error) && error.code === "notification_invalid" ? "failed" : failureOf(error));
        throw error;
      }
    });

  return [route("/", { POST: post }, parts, false)];
}

/**
 * Why this is refused; undefined where Antom signed exactly these bytes, for this client, for this URL. Without the bytes nothing can be
 * verified; but what has not even the headers that Antom sends, with the client id that no stranger knows, is not worth an inquiry.
 */
function refusalOf(
  req: Request,
  body: Body,
  { clientId, keyRing, signedPath }: NotifyParts,
): keyof typeof REASONS | undefined {
  const signature = req.get("signature");
  const time = req.get("request-time");
  const client = req.get("client-id");
  if (signature === undefined || signature === "" || time === undefined || time === "") return "unsigned";
  if (client !== clientId) return "another_client";
  if (body.kind === "parsed") return parseSignature(signature) === undefined ? "forged" : undefined;
  return keyRing.verifies({ path: signedPath, clientId, time, body: body.bytes }, signature) ? undefined : "forged";
}

function json(bytes: Buffer): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    throw new AntomError("notification_invalid", `the body is not a notification: ${messageOf(error)}`);
  }
}

function read(body: unknown): Notification {
  try {
    return readNotification(body);
  } catch (error) {
    if (error instanceof NotificationProblem) {
      throw new AntomError("notification_invalid", `the body is not a notification: ${error.message}`);
    }
    throw error;
  }
}
