import { AntomError } from "../../errors.js";
import { CONFIGURED, type Command } from "../command.js";
import { describeStorage } from "../describe-storage.js";
import { EXIT } from "../exit.js";
import { storageOf, withKit } from "../kit.js";
import { oneLine, timeText } from "../rows.js";

export const migrate: Command = {
  name: "migrate",
  summary: "Makes the storage ready, its tables brought up to date, and says whether it is durable.",
  details: ["The shop does the same when it starts. Here it can be done before, and be looked at."],
  flags: CONFIGURED,
  async run(call) {
    return withKit(call, async (kit) => {
      const storage = storageOf(kit);
      const { kind, isDurable, text, advice } = await describeStorage(storage);
      if (isDurable === false) throw new AntomError("storage_not_durable", text);
      const { items } = await storage.list({ limit: 1 });
      const [newest] = items;
      call.print(`The storage is ready, and its tables are those of this version: ${text}.`);
      call.print(
        newest === undefined
          ? "It holds no payment yet."
          : `It holds payments, the newest of ${timeText(newest.createdAt)} (order ${oneLine(newest.orderId)}).`,
      );
      if (advice !== undefined) call.print(`To see to: ${advice}.`);
      call.document({
        storage: kind,
        ready: true,
        ...(isDurable === undefined ? {} : { durable: isDurable }),
        ...(advice === undefined ? {} : { advice }),
        ...(newest === undefined ? {} : { newestPayment: newest.id }),
      });
      return EXIT.done;
    });
  },
};
