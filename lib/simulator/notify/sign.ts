import { sign } from "../../gateway/signature.js";
import type { Credentials } from "../credentials.js";
import type { Settings } from "../options.js";
import { timestamp } from "../timestamp.js";

/** Headers of a notification, by their lower-case names. */
export type NotificationHeaders = Readonly<Record<"content-type" | "client-id" | "request-time", string>> & {
  readonly signature?: string;
};

/** The headers Antom sends with a notification: signed over path and query of the address it goes to. */
export async function notificationHeaders(
  url: string,
  body: string,
  { settings, credentials }: { readonly settings: Settings; readonly credentials: Credentials },
): Promise<NotificationHeaders & { readonly signature: string }> {
  const { pathname, search } = new URL(url);
  const time = timestamp(settings.clock.now());
  return {
    "content-type": "application/json; charset=UTF-8",
    "client-id": settings.clientId,
    "request-time": time,
    signature: await sign(
      { path: `${pathname}${search}`, clientId: settings.clientId, time, body },
      credentials.antomPrivateKey,
      settings.antomKeyVersion,
    ),
  };
}
