/** Reads columns of rows. Everything arrives as the server's own text, whatever parsers the shop has given `pg` (see database.ts). */

const column = (row: unknown, name: string): unknown =>
  typeof row === "object" && row !== null ? Reflect.get(row, name) : undefined;

export const text = (row: unknown, name: string): string => {
  const value = column(row, name);
  if (typeof value !== "string") throw new TypeError(`column ${name} holds no text`);
  return value;
};

export const textOrNull = (row: unknown, name: string): string | null =>
  column(row, name) === null ? null : text(row, name);

export const integer = (row: unknown, name: string): number => {
  const value = text(row, name);
  if (!/^-?\d+$/.test(value)) throw new TypeError(`column ${name} holds no whole number`);
  return Number(value);
};

export const isTrue = (row: unknown, name: string): boolean => text(row, name) === "t";

export const isNull = (row: unknown, name: string): boolean => column(row, name) === null;
