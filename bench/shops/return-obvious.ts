import { antomByHand } from "./antom-by-hand.js";
import type { Shop } from "./shop.js";
import { countOf, inTransaction, openSqlite } from "./sqlite-by-hand.js";

/** The return one writes by hand: asks Antom, and keeps what it answers in one durable SQLite transaction before the buyer is sent on. */
export const returnObvious: Shop = (app, config) => {
  const antom = antomByHand(config.identity, config.gateway);
  const database = openSqlite(config.database ?? "");
  const update = database.prepare(
    "UPDATE payments SET status = 'authorized', data = ?, updated_at = ? WHERE id = ? AND status = 'requires_action'",
  );
  const enqueue = database.prepare("INSERT INTO outbox (payment, type, data) VALUES (?, 'payment.authorized', ?)");
  app.get("/payments/return/:id", async (req, res) => {
    const { id } = req.params;
    const answer = await antom.inquire(id);
    const isPaid = answer.paymentStatus === "SUCCESS";
    if (isPaid) {
      inTransaction(database, () => {
        const data = JSON.stringify(answer);
        if (Number(update.run(data, Date.now(), id).changes) === 1) enqueue.run(id, data);
      });
    }
    res.redirect(303, isPaid ? "/thanks" : "/sorry");
  });
  return {
    count: () => ({
      opened: countOf(database, "SELECT count(*) AS count FROM payments"),
      authorized: countOf(database, "SELECT count(*) AS count FROM payments WHERE status = 'authorized'"),
    }),
  };
};
