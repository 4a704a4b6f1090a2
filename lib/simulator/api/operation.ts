import type { Result } from "../result.js";
import type { Simulation } from "../simulation.js";

/** What an operation is called with. */
export interface Call {
  readonly simulation: Simulation;
  /** Where the simulator is reached, for the addresses of its pages. */
  readonly baseUrl: string;
}

/** The body of an answer. */
export interface Answer {
  readonly result: Result;
  readonly [field: string]: unknown;
}

/** Checks the parsed body and does what it asks; answers, or throws a Refusal. */
export type Operation = (body: unknown, call: Call) => Answer;
