import { field, type Answer } from "./merchant.js";

export const GOOD_CARD = "4054695723100768";

export const card = (fields: Record<string, string> = {}): Record<string, string> => ({
  cardNo: GOOD_CARD,
  expiryMonth: "12",
  expiryYear: "34",
  cvv: "123",
  cardholderName: "Test Buyer",
  ...fields,
});

export interface Page {
  readonly status: number;
  /** Where a 303 leads; "" without one. */
  readonly location: string;
  readonly text: string;
  readonly headers: Headers;
}

/** What a browser does when a buyer sends a form. */
export const submit = (url: string, fields: Record<string, string>): Promise<Page> =>
  visit(url, { method: "POST", body: new URLSearchParams(fields) });

export async function visit(url: string, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url, { redirect: "manual", ...init });
  return {
    status: response.status,
    location: response.headers.get("location") ?? "",
    text: await response.text(),
    headers: response.headers,
  };
}

/** The page that an answer to pay sends the buyer to. */
export const pageOf = (answer: Answer): string => String(field(answer.body, "normalUrl"));
