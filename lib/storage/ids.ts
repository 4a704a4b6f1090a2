import { AntomError } from "../errors.js";

/** Databases keep text as UTF-8, some without NUL, and a driver may end it there: such ids could be taken for one another. */
const UNFIT = /[\0\p{Surrogate}]/u;
const ALL_UNFIT = /[\0\p{Surrogate}]/gu;

/** Whether a database keeps a text as it is, and an id apart from all others. */
export const isFit = (text: string): boolean => !UNFIT.test(text);

/** A text for people, with a mark in place of what cannot be kept. */
export const writable = (text: string): string => text.replace(ALL_UNFIT, "\ufffd");

/** Throws `request_invalid` for ids that a database would mix up. */
export const checkIds = (what: string, ids: Readonly<Record<string, string>>): void => {
  for (const [at, id] of Object.entries(ids)) {
    if (!isFit(id)) {
      throw new AntomError("request_invalid", `The ${what}'s ${at} holds characters that an id cannot have.`, {
        problems: [{ at, message: "Leave out NUL characters and halves of surrogate pairs." }],
      });
    }
  }
};
