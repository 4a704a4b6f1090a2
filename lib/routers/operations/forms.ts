import { createHmac, timingSafeEqual } from "node:crypto";
import type { Clock, Random } from "../../ports.js";

/** How long a page's form can be sent, in milliseconds. */
const LIFE = 12 * 60 * 60_000;

/** How far the clocks of the shop's instances may differ, in milliseconds: one shows a form, and another is sent it. */
const SLACK = 10 * 60_000;

/** What a form is for: one staff member, one payment (or event), one action. */
export interface FormPurpose {
  readonly staff: string;
  readonly action: string;
  readonly about: string;
}

/** The tokens of the back office's forms: no other site, and no other staff member's old page, can send one. */
export interface Forms {
  /** A token for a form that is being shown. Each is another, so that sending one form twice is one command. */
  token(purpose: FormPurpose): string;
  /** Whether the token was made for just this, not long ago. */
  isGenuine(token: unknown, purpose: FormPurpose): token is string;
}

/** @param secrets the first signs, all are accepted */
export function createForms(secrets: readonly string[], clock: Clock, random: Random): Forms {
  const sealed = (secret: string, { staff, action, about }: FormPurpose, head: string): Buffer =>
    createHmac("sha256", secret)
      .update(JSON.stringify(["express-antom form", staff, action, about, head]))
      .digest();
  return {
    token(purpose) {
      const head = `${clock.now().toString(36)}.${random(9).toString("base64url")}`;
      const [secret = ""] = secrets;
      return `${head}.${sealed(secret, purpose, head).toString("base64url")}`;
    },
    isGenuine(token, purpose): token is string {
      if (typeof token !== "string" || token.length > 128) return false;
      const [time = "", nonce = "", mac = ""] = token.split(".");
      const age = clock.now() - Number.parseInt(time, 36);
      if (!(age >= -SLACK && age < LIFE)) return false;
      const given = Buffer.from(mac, "base64url");
      return secrets.some((secret) => {
        const expected = sealed(secret, purpose, `${time}.${nonce}`);
        return expected.length === given.length && timingSafeEqual(expected, given);
      });
    },
  };
}
