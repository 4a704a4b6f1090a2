/** Lines whose cells stand below one another, two blanks apart. */
export function rows(lines: readonly (readonly string[])[]): string {
  const plain = lines.map((cells) => cells.map(oneLine));
  const widths: number[] = [];
  for (const cells of plain) {
    cells.forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return plain
    .map((cells) => cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  "))
    .map((line) => line.trimEnd())
    .join("\n");
}

/** A text that cannot end its line or steer a terminal: what others wrote is printed so. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ");

/** The same of each line of a text. */
export const plainLines = (text: string): string => text.split("\n").map(oneLine).join("\n");

/** A document for programs that cannot steer the terminal it may be printed on. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value, null, 2).replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escaped);

/** By its UTF-16 units, as JSON has it. */
const escaped = (character: string): string =>
  character
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");

/** A time as people read it, in UTC. */
export const timeText = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, "Z");
