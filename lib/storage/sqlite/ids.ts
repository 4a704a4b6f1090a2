import { AntomError } from "../../errors.js";

/** SQLite's text is UTF-8, and one driver ends it at the first NUL: such ids could be taken for one another. */
const UNFIT = /[\0\p{Surrogate}]/u;

/** Whether SQLite keeps an id apart from all others. */
export const isFit = (id: string): boolean => !UNFIT.test(id);

/** Throws `request_invalid` for ids that SQLite would mix up. */
export const checkIds = (what: string, ids: Readonly<Record<string, string>>): void => {
  for (const [at, id] of Object.entries(ids)) {
    if (!isFit(id)) {
      throw new AntomError("request_invalid", `The ${what}'s ${at} holds characters that an id cannot have.`, {
        problems: [{ at, message: "Leave out NUL characters and halves of surrogate pairs." }],
      });
    }
  }
};
