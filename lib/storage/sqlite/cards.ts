import type { StoredCard } from "../../payment/stored-card.js";
import type { Connection } from "./connection.js";
import { checkIds, isFit } from "../ids.js";
import type { Step } from "./queue.js";
import { text } from "./row.js";

const INSERT = `
INSERT INTO antom_cards (id, buyer, version, created_at, data) VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`;
const UPDATE = `
UPDATE antom_cards SET version = ?, created_at = ?, data = ? WHERE id = ? AND buyer = ? AND version = ?`;
const OF_BUYER = "SELECT data FROM antom_cards WHERE buyer = ? ORDER BY created_at DESC, id";
const GET = "SELECT data FROM antom_cards WHERE id = ?";
const REMOVE = "DELETE FROM antom_cards WHERE id = ? AND buyer = ?";

/** What the kit wrote itself needs no checking on the way back. */
const parse = (row: unknown): StoredCard => JSON.parse(text(row, "data")) as StoredCard;

/** The step of `cards.put`, with everything that needs no database done beforehand. */
export const putCardStep = (card: StoredCard): Step<boolean> => {
  const { id, buyer, version, createdAt } = card;
  checkIds("card", { id, buyer });
  const json = JSON.stringify(card);
  return (connection) =>
    (version === 1
      ? connection.run(INSERT, id, buyer, version, createdAt, json)
      : connection.run(UPDATE, version, createdAt, json, id, buyer, version - 1)) > 0;
};

/** The step of `cards.remove`. The bytes go too: every connection has `secure_delete` on (file.ts). */
export const removeCardStep =
  (id: string, buyer: string): Step<boolean> =>
  (connection) =>
    isFit(id) && isFit(buyer) && connection.run(REMOVE, id, buyer) > 0;

export const cardsOf = (connection: Connection, buyer: string): StoredCard[] =>
  isFit(buyer) ? connection.all(OF_BUYER, buyer).map(parse) : [];

export const getCard = (connection: Connection, id: string): StoredCard | undefined => {
  const row = isFit(id) ? connection.get(GET, id) : undefined;
  return row === undefined ? undefined : parse(row);
};
