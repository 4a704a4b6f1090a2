import { ok, warn, type Check } from "./finding.js";

/** The hook without which nothing is shipped. */
export const checkHooks: Check = ({ options: { hooks }, problems }) => {
  if (problems.some(({ at }) => at.startsWith("hooks"))) return [];
  const names = Object.keys(hooks ?? {});
  if (names.includes("payment.captured")) return [ok("hooks", names.join(", "))];
  const there = names.length === 0 ? "there is none" : `there are ${names.join(", ")}`;
  return [warn("hooks", `none for payment.captured (${there}): the shop is not told when to ship`)];
};

/** Without it the back office is closed. */
export const checkAuthorize: Check = ({ options: { authorize }, problems }) => {
  if (problems.some(({ at }) => at === "authorize")) return [];
  if (authorize !== undefined) return [ok("authorize", "the shop says who may use antom.operations")];
  return [
    warn(
      "authorize",
      "is missing: antom.operations answers everybody with 403, until the option authorize says who may",
    ),
  ];
};
