import type { Configuration } from "../../configuration/configuration.js";
import type { Problem } from "../../errors.js";
import type { AntomOptions } from "../../options.js";
import type { Clock } from "../../ports.js";

/** What a check found: "fail" keeps payments from working, "warn" is for a person to judge. */
export interface Finding {
  readonly check: string;
  readonly level: "ok" | "warn" | "fail";
  /** What is so, and what to do about it. */
  readonly message: string;
}

/** What is looked at. */
export interface Subject {
  readonly options: AntomOptions;
  /** Undefined where the options are not valid; `problems` says why. */
  readonly configuration: Configuration | undefined;
  readonly problems: readonly Problem[];
  readonly clock: Clock;
}

export type Check = (subject: Subject) => Finding[] | Promise<Finding[]>;

export const ok = (check: string, message: string): Finding => ({ check, level: "ok", message });
export const warn = (check: string, message: string): Finding => ({ check, level: "warn", message });
export const fail = (check: string, message: string): Finding => ({ check, level: "fail", message });

/** What cannot be looked at before the options are right. */
export const unseen = (check: string): Finding => warn(check, "not looked at: put the options right first");
