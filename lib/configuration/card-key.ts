import type { Report } from "./report.js";

const KEY_BYTES = 32;
const MAKE_ONE = `node -p "crypto.randomBytes(32).toString('base64')"`;

/**
 * The keys that encrypt stored cards: one text of base64, or several of which the first encrypts and all decrypt. None where the
 * option is left out. What is wrong is reported, and no key is ever shown.
 */
export function readCardKeys(value: unknown, report: Report): readonly Buffer[] {
  if (value === undefined) return [];
  const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (texts.length === 0) {
    report("cardKey", `holds no key; make one with ${MAKE_ONE}`);
    return [];
  }
  const keys = texts.map(keyIn);
  keys.forEach((key, index) => {
    const at = Array.isArray(value) ? `cardKey[${index}]` : "cardKey";
    if (key === undefined) {
      report(at, `must be base64 of exactly 32 bytes; make one with ${MAKE_ONE}; is its environment variable set?`);
    } else if (keys.findIndex((other) => other?.equals(key) === true) !== index) {
      report(at, "is the same key as an earlier one; leave one of them out");
    }
  });
  return keys.filter((key) => key !== undefined);
}

function keyIn(text: unknown): Buffer | undefined {
  if (typeof text !== "string") return undefined;
  const bytes = Buffer.from(text, "base64");
  // Node reads over whatever is not base64; what does not come out the same was not what it seemed.
  return bytes.length === KEY_BYTES && bytes.toString("base64") === text ? bytes : undefined;
}
