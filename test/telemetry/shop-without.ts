import { GOOD_CARD, startSimulatedShop } from "../support/simulated-shop.js";

/** Takes a payment from the checkout to its capture, in a process of its own, and prints what came of it and what was logged. */
async function pay(): Promise<void> {
  const simulated = await startSimulatedShop();
  const { shop } = simulated;
  const { payment } = await simulated.paid({ method: "card", card: GOOD_CARD });
  const { payment: captured } = await shop.recorder.waitFor("payment.captured");
  await simulated.stop();
  const loaded = Object.keys(require.cache).some((file) => file.includes("@opentelemetry"));
  const events = shop.log.map(({ fields }) => fields["event"]);
  process.stdout.write(JSON.stringify({ isSame: captured.id === payment.id, status: captured.status, loaded, events }));
}

void pay();
