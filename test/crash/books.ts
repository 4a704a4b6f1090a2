/**
 * A table of the shop's own, beside the kit's: a hook writes each event into it, in the transaction in which the event is marked as
 * delivered. Nothing keeps it from having an event twice.
 */
export const MAKE_BOOKS = `
CREATE TABLE books (number bigserial PRIMARY KEY, event text NOT NULL, payment text NOT NULL, sequence integer NOT NULL)`;
export const WRITE_BOOKS = "INSERT INTO books (event, payment, sequence) VALUES ($1, $2, $3)";
export const READ_BOOKS = "SELECT event, payment, sequence FROM books ORDER BY number";

/** A line of it, in the order in which they were written. */
export interface BookLine {
  readonly event: string;
  readonly payment: string;
  readonly sequence: number;
}
