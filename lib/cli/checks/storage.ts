import { isAntomError } from "../../errors.js";
import type { Storage } from "../../storage/storage.js";
import { describeStorage } from "../describe-storage.js";
import { fail, ok, warn, type Check, type Finding } from "./finding.js";
import { messageOf } from "../../thrown.js";

const NAME = "storage";

/** Whether the storage starts, which migrates it, and keeps what it is given. */
export const checkStorage: Check = async ({ options: { storage }, problems }) => {
  if (problems.some(({ at }) => at === NAME)) return [];
  try {
    await storage.start();
    await storage.list({ limit: 1 });
    return await described(storage);
  } catch (error) {
    const reason = messageOf(error);
    return [fail(NAME, isAntomError(error) ? `${reason} (${error.help})` : reason)];
  }
};

async function described(storage: Storage): Promise<Finding[]> {
  const { isDurable, text, advice } = await describeStorage(storage);
  const found = isDurable === false ? warn(NAME, text) : ok(NAME, text);
  return advice === undefined ? [found] : [found, warn(NAME, advice)];
}
