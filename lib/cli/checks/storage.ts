import { isAntomError } from "../../errors.js";
import { durabilityOf } from "../durability.js";
import { fail, ok, warn, type Check } from "./finding.js";

/** Whether the storage starts, which migrates it, and keeps what it is given. */
export const checkStorage: Check = async ({ options: { storage }, problems }) => {
  if (problems.some(({ at }) => at === "storage")) return [];
  try {
    await storage.start();
    await storage.list({ limit: 1 });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return [fail("storage", isAntomError(error) ? `${reason} (${error.help})` : reason)];
  }
  const { isDurable, text } = durabilityOf(storage);
  return [isDurable === false ? warn("storage", text) : ok("storage", text)];
};
