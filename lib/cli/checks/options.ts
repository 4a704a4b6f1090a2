import { isSandbox } from "../../gateway/paths.js";
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

/** The key that stored cards are encrypted with. */
export const checkCardKey: Check = (subject) => {
  const wrong = problemsAt(subject, CARDS, "card key");
  if (wrong.length > 0) return wrong;
  const { cardKey } = subject.options;
  if (cardKey === undefined) return [ok("card key", "none: no cards are kept")];
  const count = typeof cardKey === "string" ? 1 : cardKey.length;
  return [ok("card key", count === 1 ? "one" : `${count}: the first encrypts, and all decrypt`)];
};
