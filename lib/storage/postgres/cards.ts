import type { StoredCard } from "../../payment/stored-card.js";
import type { CardStorage } from "../storage.js";
import type { Database, Run } from "./database.js";
import { unavailable } from "./errors.js";
import { checkIds, isFit } from "../ids.js";
import type { Names } from "./names.js";
import { text } from "./row.js";
import { IS_WRITTEN_SAFELY } from "./write-settings.js";

/** What the kit wrote itself needs no checking on the way back. */
const parse = (row: unknown): StoredCard => JSON.parse(text(row, "data")) as StoredCard;

/** The cards of a storage. */
export const cardStorage = ({ cards }: Names, database: () => Database): CardStorage => {
  const insert = `INSERT INTO ${cards} (id, buyer, version, created_at, data)
    SELECT $1::text, $2::text, $3::integer, $4::bigint, $5::text WHERE ${IS_WRITTEN_SAFELY}
    ON CONFLICT (id) DO NOTHING RETURNING 1 AS one`;
  const update = `UPDATE ${cards} SET version = $3, created_at = $4, data = $5
    WHERE id = $1 AND buyer = $2 AND version = $3 - 1 AND ${IS_WRITTEN_SAFELY} RETURNING 1 AS one`;
  const has = `SELECT 1 AS one FROM ${cards} WHERE id = $1 AND buyer = $2 AND data = $3`;
  const remove = `DELETE FROM ${cards} WHERE id = $1 AND buyer = $2 AND ${IS_WRITTEN_SAFELY} RETURNING 1 AS one`;
  const isAny = async (run: Run, sql: string, ...values: unknown[]): Promise<boolean> =>
    (await run({ text: sql, values })).length > 0;

  return {
    put: (card) => {
      const { id, buyer, version, createdAt } = card;
      const json = JSON.stringify(card);
      return written(async () => {
        checkIds("card", { id, buyer });
        return database().attempt(async ({ run, isInDoubt }) => {
          if (await isAny(run, version === 1 ? insert : update, id, buyer, version, createdAt, json)) return true;
          // The first try may have put it, and its answer was lost.
          return isInDoubt && (await isAny(run, has, id, buyer, json));
        });
      });
    },
    list: async (buyer) => {
      const sql = `SELECT data FROM ${cards} WHERE buyer = $1 ORDER BY created_at DESC, id`;
      return isFit(buyer) ? (await database().read(sql, buyer)).map(parse) : [];
    },
    get: async (id) => {
      const rows = isFit(id) ? await database().read(`SELECT data FROM ${cards} WHERE id = $1`, id) : [];
      return rows.map(parse)[0];
    },
    remove: (id, buyer) =>
      written(async () => {
        if (!isFit(id) || !isFit(buyer)) return false;
        return database().attempt(async ({ run, isInDoubt }) => {
          if (await isAny(run, remove, id, buyer)) return true;
          return isInDoubt && !(await isAny(run, `SELECT 1 AS one FROM ${cards} WHERE id = $1`, id));
        });
      }),
  };
};

const written = async (work: () => Promise<boolean>): Promise<boolean> => {
  try {
    return await work();
  } catch (error) {
    throw unavailable(error);
  }
};
