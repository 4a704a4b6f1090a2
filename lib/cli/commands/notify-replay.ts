import { createServer } from "node:http";
import express from "express";
import { createTransport, TransportError, type TransportResponse } from "../../gateway/transport.js";
import { CONFIGURED, type Call, type Command } from "../command.js";
import { CommandError, EXIT, usage, type ExitCode } from "../exit.js";
import { withKit, type Kit } from "../kit.js";
import { FAILURES, readAnswer, type Sent } from "../notify-answer.js";
import { readNotificationFile, type SavedNotification } from "../saved-notification.js";

/** Milliseconds for the whole exchange. */
const TIMEOUT = 30_000;
const MOST = 256 * 1024;

export const notifyReplay: Command = {
  name: "notify replay",
  summary: "Takes in a notification of Antom's that was saved, and explains the answer.",
  details: [
    "Its signature is verified as ever, and it has its effect at most once, however often it is replayed.",
    "Without --url it is taken in here, by the same code and into the same storage as in the shop.",
  ],
  operand: {
    name: "FILE",
    isRequired: true,
    text: 'JSON with "headers" and "body", or the bare body with --header; - for standard input.',
  },
  flags: {
    header: { value: "'NAME: VALUE'", multiple: true, text: "A header it came with; the file is then its bare body." },
    url: { value: "URL", text: "Sends it to the running shop's notify URL in place of taking it in here." },
    ...CONFIGURED,
  },
  async run(call) {
    const url = urlOf(call.text("url"));
    const notification = await readNotificationFile(call);
    if (url !== undefined) return told(call, await send(url, notification), notification);
    return withKit(call, async (kit) => {
      const clientId = kit.options?.clientId;
      const sent = { ...notification, ...(clientId === undefined ? {} : { clientId }) };
      return told(call, await takeIn(kit, notification), sent);
    });
  },
};

function told(call: Call, response: TransportResponse, sent: Sent): ExitCode {
  const { status, isAccepted, code, explanation } = readAnswer(response, sent);
  call.print(
    `${isAccepted ? "Accepted" : "Not accepted"} (${status}${code === undefined ? "" : ` ${code}`}). ${explanation}`,
  );
  call.document({ accepted: isAccepted, status, ...(code === undefined ? {} : { code }), explanation });
  if (isAccepted) return EXIT.done;
  return status >= 502 && status <= 504 ? EXIT.unreachable : EXIT.failed;
}

/** Through the kit's own router, which listens to this very machine for as long as it takes. */
async function takeIn({ antom }: Kit, notification: SavedNotification): Promise<TransportResponse> {
  const server = createServer(express().use(antom.notify));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  try {
    const address = server.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    return await send(new URL(`http://127.0.0.1:${port}/`), notification);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function send(url: URL, { headers, body }: SavedNotification): Promise<TransportResponse> {
  const transport = createTransport();
  try {
    return await transport({ url, headers, body, timeout: TIMEOUT, maxBytes: MOST });
  } catch (error) {
    if (!(error instanceof TransportError)) throw error;
    throw new CommandError(EXIT.unreachable, "unreachable", `${url.href} gave no answer: ${FAILURES[error.failure]}.`);
  } finally {
    transport.close();
  }
}

function urlOf(text: string | undefined): URL | undefined {
  if (text === undefined) return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw usage(`--url "${text}" is not an http or https URL.`);
  return url;
}
