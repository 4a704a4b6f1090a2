import { readFileSync, rmSync } from "node:fs";

/** Something a process had begun and not ended when it died. */
export interface InHand {
  readonly name: string;
  /** The payment it was about, where that is known. */
  readonly payment?: string;
}

/** What the marks of a dead process tell. */
export interface LastMarks {
  readonly inHand: readonly InHand[];
  /** The point at which it killed itself. */
  readonly point?: string;
  /** The events that come again for a reason of its own, once for each: a hook of it failed, or what became of one could not be stored. */
  readonly again: readonly string[];
}

/** Reads and removes a dead process's marks (shop/life.ts). The last line may be cut short. */
export function takeMarks(file: string): LastMarks {
  const open = new Map<string, InHand>();
  let point: string | undefined;
  const again: string[] = [];
  for (const line of read(file).split("\n")) {
    const sign = line.charAt(0);
    const [number = "", name = "", payment = ""] = line.slice(1).split(" ");
    if (sign === "+") open.set(number, { name, ...(payment === "" ? {} : { payment }) });
    else if (sign === "-") open.delete(number);
    else if (sign === "!") point = number;
    else if (sign === "~") again.push(number);
  }
  rmSync(file, { force: true });
  return { inHand: [...open.values()], again, ...(point === undefined ? {} : { point }) };
}

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It died before it could make any.
    return "";
  }
};
