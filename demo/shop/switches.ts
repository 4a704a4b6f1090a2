import { AntomError, type Order, type Problem } from "../../lib/index.js";

/** What a buyer of this demo may set of an order, so that it can be tried. In a shop of your own these are the shop's decisions. */
export type Switches = Pick<Order, "capture" | "is3DSAuthentication" | "enableAuthenticationUpgrade">;

/**
 * Reads the switches of a checkout, from JSON or from a form, in which a ticked box is "on" and everything is text.
 *
 * @throws AntomError `request_invalid`, naming each that is wrong
 */
export function readSwitches(fields: Readonly<Record<string, unknown>>): Switches {
  const problems: Problem[] = [];
  const one = <Value>(name: keyof Switches, values: ReadonlyMap<unknown, Value>, hint: string): Value | undefined => {
    const given = fields[name];
    if (given === undefined || given === "" || given === null) return undefined;
    if (!values.has(given)) problems.push({ at: `/${name}`, message: `must be ${hint}` });
    return values.get(given);
  };
  const switches = {
    capture: one("capture", CAPTURE, "AUTOMATIC or MANUAL") ?? "AUTOMATIC",
    is3DSAuthentication: one("is3DSAuthentication", FLAG, "true or false"),
    enableAuthenticationUpgrade: one("enableAuthenticationUpgrade", FLAG, "true or false"),
  };
  if (problems.length > 0) {
    throw new AntomError("request_invalid", problems.map(({ at, message }) => `${at.slice(1)} ${message}`).join("; "), {
      problems,
    });
  }
  const { capture, is3DSAuthentication, enableAuthenticationUpgrade } = switches;
  return {
    capture,
    ...(is3DSAuthentication === undefined ? {} : { is3DSAuthentication }),
    ...(enableAuthenticationUpgrade === undefined ? {} : { enableAuthenticationUpgrade }),
  };
}

const CAPTURE = new Map<unknown, "AUTOMATIC" | "MANUAL">([
  ["AUTOMATIC", "AUTOMATIC"],
  ["MANUAL", "MANUAL"],
]);

const FLAG = new Map<unknown, boolean>([
  [true, true],
  ["true", true],
  ["on", true],
  [false, false],
  ["false", false],
]);
