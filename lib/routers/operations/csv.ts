import type { Request, Response } from "express";

export type CsvCell = string | number | undefined;

/**
 * Where a formula may begin: at the start of the cell, and behind what other spreadsheets than ours take for the end of one. Where the list
 * separator is a semicolon, as in much of Europe, the quotes around a cell in the middle of a line are letters like others. Full-width signs
 * count as well, and quotes, blanks and invisible characters before one do not.
 */
const FORMULA = /^(?=\s*[\t\r\n])|(?<=^|[;\t\r\n])(?=[\s\p{Cf}"]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])/gu;

/**
 * A line of CSV (RFC 4180). What a spreadsheet would take for a formula is told as text by an apostrophe before it: order numbers and the
 * like come from outside.
 */
export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(cell).join(",")}\r\n`;

function cell(value: CsvCell): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = value.replaceAll(FORMULA, "'");
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * Sends chunks of lines as they come, no faster than they are taken, until there are no more or nobody takes them any more. What fails before
 * the first of them leaves the response as it was.
 */
export async function sendCsv(req: Request, res: Response, name: string, chunks: AsyncIterable<string>): Promise<void> {
  if (req.method !== "HEAD") {
    const room = roomIn(req, res);
    try {
      for await (const chunk of chunks) {
        if (room.isGone()) return;
        if (!res.headersSent) announce(res, name);
        if (!res.write(chunk)) await room.comes();
      }
    } finally {
      room.forget();
    }
  }
  if (!res.headersSent) announce(res, name);
  res.end();
}

function announce(res: Response, name: string): void {
  res
    .status(200)
    .set("Content-Type", "text/csv; charset=utf-8")
    .set("Content-Disposition", `attachment; filename="${name}"`);
}

interface Room {
  /** Whether nobody takes anything any more. */
  isGone(): boolean;
  /** Resolves once more is taken, or nothing any more. */
  comes(): Promise<void>;
  forget(): void;
}

/**
 * Listens to a response once for a whole download. What stands in for a response's `on`, as middleware that compresses does, may hear of drains
 * at another stream, answer with that one, and never let go of a listener.
 */
function roomIn(req: Request, res: Response): Room {
  let isClosed = false;
  let go = (): void => undefined;
  const onDrain = (): void => {
    go();
  };
  const onClose = (): void => {
    isClosed = true;
    go();
  };
  // Over HTTP/2 a response does not tell of a client that had gone before.
  const hadGone = (): boolean => req.httpVersionMajor === 2 && (req as { aborted?: unknown }).aborted === true;
  const isGone = (): boolean => isClosed || res.destroyed || hadGone();
  res.on("drain", onDrain);
  res.on("close", onClose);
  return {
    isGone,
    comes: () =>
      new Promise((resolve) => {
        go = resolve;
        if (isGone()) resolve();
      }),
    forget() {
      res.off("drain", onDrain);
      res.off("close", onClose);
    },
  };
}
