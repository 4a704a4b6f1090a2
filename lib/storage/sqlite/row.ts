/** Reads columns of rows, whose shape a driver does not vouch for. */

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
  const value = column(row, name);
  if (typeof value !== "number" && typeof value !== "bigint") throw new TypeError(`column ${name} holds no number`);
  return Number(value);
};

export const integerOrNull = (row: unknown, name: string): number | null =>
  column(row, name) === null ? null : integer(row, name);

export const isNull = (row: unknown, name: string): boolean => column(row, name) === null;
