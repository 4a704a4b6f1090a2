import { isAntomError } from "../../errors.js";
import { checkAccount } from "../../ledger/account.js";
import type { Storage } from "../../storage/storage.js";
import { describeStorage } from "../describe-storage.js";
import { fail, ok, warn, type Check, type Finding, type Subject } from "./finding.js";
import { messageOf } from "../../thrown.js";

const NAME = "storage";

/** Whether the storage starts, which migrates it, and keeps what it is given; and whether the shop starts with what is in it. */
export const checkStorage: Check = async (subject) => {
  const { storage } = subject.options;
  if (subject.problems.some(({ at }) => at === NAME)) return [];
  try {
    await storage.start();
    await storage.list({ limit: 1 });
    return [...(await described(storage)), ...(await owned(subject))];
  } catch (error) {
    return [failed(error)];
  }
};

async function described(storage: Storage): Promise<Finding[]> {
  const { isDurable, text, advice } = await describeStorage(storage);
  const found = isDurable === false ? warn(NAME, text) : ok(NAME, text);
  return advice === undefined ? [found] : [found, warn(NAME, advice)];
}

/** What the kit refuses to start with: payments of another client id. */
async function owned({ options: { storage, clientId }, configuration }: Subject): Promise<Finding[]> {
  if (configuration === undefined) return [];
  try {
    await checkAccount(storage, clientId);
    return [];
  } catch (error) {
    return [failed(error)];
  }
}

function failed(error: unknown): Finding {
  const reason = messageOf(error);
  return fail(NAME, isAntomError(error) ? `${reason} (${error.help})` : reason);
}
