/** Something that must be nowhere. */
export interface Canary {
  readonly name: string;
  readonly value: string;
  /**
   * How it is told from chance:
   *
   * - "run": a card number, of which seven digits in a row are too many, except that the first six and last four may be seen.
   * - "whole": long enough that it stands nowhere by chance.
   * - "token": short, so it counts only where no letter or digit touches it.
   * - "member": so short that it counts only as the whole of a quoted text, or of a form's field.
   */
  readonly kind: "run" | "whole" | "token" | "member";
}

/** Digits in a row of which nobody may see more: the first six are the most that may be kept. */
const RUN = 7;

interface Pattern {
  readonly canary: Canary;
  readonly form: string;
  readonly expression: RegExp;
}

/** Looks for canaries in bytes, plain and in every form in which software writes a text down. */
export class Scanner {
  private readonly patterns: readonly Pattern[];

  constructor(canaries: readonly Canary[]) {
    this.patterns = canaries.flatMap((canary) => [...patternsOf(canary)]);
  }

  /** What was found, each with its form; empty when there is nothing. */
  find(bytes: Buffer | string): string[] {
    const text = (typeof bytes === "string" ? Buffer.from(bytes, "utf8") : bytes).toString("latin1");
    // Numbers are also written in groups, and inspected texts are broken over lines.
    const joined = text.replace(/(?<=[0-9])[ \-_.](?=[0-9])/g, "").replace(/' \+\s+'/g, "");
    const found = this.patterns.filter(({ expression }) => expression.test(text) || expression.test(joined));
    return [...new Set(found.map(({ canary, form }) => `${canary.name} (${form})`))];
  }
}

function* patternsOf(canary: Canary): Generator<Pattern> {
  const { value, kind } = canary;
  const pattern = (form: string, source: string): Pattern => ({ canary, form, expression: new RegExp(source) });
  switch (kind) {
    case "run":
      for (let at = 0; at + RUN <= value.length; at++) {
        yield pattern("digits", escaped(value.slice(at, at + RUN)));
      }
      yield pattern("64-bit number", escaped(integer(value)));
      break;
    case "whole":
      yield pattern("plain", escaped(value));
      break;
    case "token":
      yield pattern("plain", alone(value));
      break;
    case "member":
      yield pattern("plain", `["'\`]${escaped(value)}["'\`]|(?:=|%3D|\\\\")${escaped(value)}(?![0-9])`);
      return;
  }
  for (const [form, written] of forms(value)) {
    // A short text's other forms are short as well, and might stand anywhere.
    if (written.length >= 7 && written !== value)
      yield pattern(form, kind === "token" ? alone(written) : escaped(written));
  }
}

/** The other ways to write a text. */
function* forms(value: string): Generator<readonly [form: string, written: string]> {
  const bytes = Buffer.from(value, "utf8");
  const signs = Array.from(value);
  yield ["hex", bytes.toString("hex")];
  yield ["hex in capitals", bytes.toString("hex").toUpperCase()];
  yield ["UTF-16", Buffer.from(value, "utf16le").toString("latin1")];
  yield ["URL-encoded", encodeURIComponent(value)];
  yield ["every sign URL-encoded", [...bytes].map((byte) => `%${hex(byte, 2)}`).join("")];
  yield ["JSON-escaped", JSON.stringify(value).slice(1, -1)];
  yield ["every sign JSON-escaped", signs.map((sign) => `\\u${hex(sign.charCodeAt(0), 4)}`).join("")];
  yield ["HTML entities", signs.map((sign) => `&#${sign.charCodeAt(0)};`).join("")];
  yield ["list of bytes", [...bytes].join(",")];
  // Node shows the first fifty of a buffer.
  yield ["inspected bytes", [...bytes.subarray(0, 32)].map((byte) => hex(byte, 2)).join(" ")];
  yield ["reversed", signs.reverse().join("")];
  // Base64 of a longer text in which it stands looks different by where it stands; the ends depend on what is beside it.
  for (const before of [0, 1, 2]) {
    const padded = Buffer.concat([Buffer.alloc(before), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    const own = padded.slice(before === 0 ? 0 : before + 1, bytes.length % 3 === (3 - before) % 3 ? undefined : -1);
    yield [`base64 (${before})`, own];
    yield [`base64url (${before})`, own.replaceAll("+", "-").replaceAll("/", "_")];
  }
}

const hex = (code: number, width: number): string => code.toString(16).padStart(width, "0");
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
const alone = (text: string): string => `(?<![0-9A-Za-z])${escaped(text)}(?![0-9A-Za-z])`;

/** A number as SQLite and most binary formats write it. */
function integer(digits: string): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(digits));
  return bytes.toString("latin1");
}
