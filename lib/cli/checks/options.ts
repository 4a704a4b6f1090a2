import { readCardKeys } from "../../configuration/card-key.js";
import { isSandbox } from "../../gateway/paths.js";
import { cardKeyFingerprint } from "../../ledger/card-seal.js";
import { fail, ok, type Check, type Finding, type Subject } from "./finding.js";

const KEYS = ["privateKey", "antomPublicKey", "keyVersion"];
const CARDS = ["cardKey", "buyer"];

/** Options that have a check of their own. */
const isElsewhere = (at: string): boolean =>
  [...KEYS, ...CARDS].some((name) => at === name || at.startsWith(`${name}[`));

const problemsAt = ({ problems }: Subject, names: readonly string[], check: string): Finding[] =>
  problems
    .filter(({ at }) => names.some((name) => at === name || at.startsWith(`${name}[`)))
    .map(({ at, message }) => fail(check, `${at} ${message}`));

/** Every option that is wrong. */
export const checkOptions: Check = ({ problems, options: { clientId } }) => {
  const wrong = problems.filter(({ at }) => !isElsewhere(at));
  if (wrong.length > 0) return wrong.map(({ at, message }) => fail("options", `${at} ${message}`));
  return [ok("options", `${clientId}, ${isSandbox(clientId) ? "the sandbox: no money moves" : "live: money moves"}`)];
};

/** Whether both keys can be used, and are not two halves of one. */
export const checkKeys: Check = (subject) => {
  const wrong = problemsAt(subject, KEYS, "keys");
  if (wrong.length > 0) return wrong;
  const count =
    typeof subject.options.antomPublicKey === "string" ? 1 : Object.keys(subject.options.antomPublicKey).length;
  return [
    ok(
      "keys",
      `privateKey and ${count === 1 ? "antomPublicKey" : `${count} keys of Antom's`} can be used, and are not one pair`,
    ),
  ];
};

/** The keys that stored cards are encrypted with, by the names their tokens call them. */
export const checkCardKey: Check = (subject) => {
  const wrong = problemsAt(subject, CARDS, "card key");
  if (wrong.length > 0) return wrong;
  const { cardKey } = subject.options;
  if (cardKey === undefined) return [ok("card key", "none: no cards are kept")];
  const [first = "", ...others] = readCardKeys(cardKey, () => undefined).map(cardKeyFingerprint);
  const rest = others.length === 0 ? "" : `; ${others.join(", ")} only ${others.length === 1 ? "decrypts" : "decrypt"}`;
  return [ok("card key", `the one with the fingerprint ${first} encrypts and decrypts${rest}`)];
};
