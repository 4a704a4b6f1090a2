import { generateKeyPair } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import type { Command } from "../command.js";
import { CommandError, EXIT } from "../exit.js";
import { errorCode, messageOf } from "../../thrown.js";

const BITS = 2048;

/** Only their owner may read them. */
const MODE = 0o600;

const NEXT = `1. Keep the private key where only the shop reads it; createAntom takes it as privateKey.
2. Paste the public key into Antom's dashboard: Developer, Quick start, Integration resources. Test mode has a key of its own.
3. The dashboard then shows Antom's public key. That one, not yours, is antomPublicKey.
4. See whether all fits: npx express-antom check`;

export const keys: Command = {
  name: "keys",
  summary: "Makes a key pair, and says what to paste where.",
  flags: { out: { value: "DIR", text: "Writes the two keys into files there, and never over others." } },
  details: ["RSA, 2048 bits, in the bare base64 that Antom's dashboard and one line of an environment file take."],
  async run(call) {
    const folder = call.text("out");
    const files = folder === undefined ? undefined : filesIn(resolve(call.terminal.cwd, folder));
    const pair = await promisify(generateKeyPair)("rsa", {
      modulusLength: BITS,
      privateKeyEncoding: { type: "pkcs8", format: "der" },
      publicKeyEncoding: { type: "spki", format: "der" },
    });
    const privateKey = pair.privateKey.toString("base64");
    const publicKey = pair.publicKey.toString("base64");
    if (files !== undefined) await write(files, privateKey, publicKey);
    call.print(
      files === undefined
        ? `Your private key, for the shop's environment; it is shown only here:\n\nANTOM_PRIVATE_KEY=${privateKey}\n`
        : `Your private key is in ${files.privateKey}, your public key in ${files.publicKey}.\n`,
    );
    call.print(`Your public key, for Antom's dashboard:\n\n${publicKey}\n\n${NEXT}`);
    call.document({ publicKey, ...(files === undefined ? { privateKey } : { files }) });
    return EXIT.done;
  },
};

interface KeyFiles {
  readonly privateKey: string;
  readonly publicKey: string;
}

function filesIn(folder: string): KeyFiles {
  const files = { privateKey: join(folder, "antom-private-key.txt"), publicKey: join(folder, "shop-public-key.txt") };
  const there = Object.values(files).find((file) => existsSync(file));
  if (there !== undefined) throw isThere(there);
  return files;
}

async function write({ privateKey: privateFile, publicKey: publicFile }: KeyFiles, secret: string, open: string) {
  await mkdir(resolve(privateFile, ".."), { recursive: true, mode: 0o700 }).catch(cannotWrite);
  await create(privateFile, secret);
  try {
    await create(publicFile, open);
  } catch (error) {
    // Half a pair is of no use, and would be in the way of the next.
    await rm(privateFile, { force: true });
    throw error;
  }
}

const create = (file: string, text: string): Promise<void> =>
  writeFile(file, `${text}\n`, { flag: "wx", mode: MODE, flush: true }).catch((error: unknown) => {
    if (errorCode(error) === "EEXIST") throw isThere(file);
    cannotWrite(error);
  });

const isThere = (file: string): CommandError =>
  new CommandError(EXIT.failed, "file_exists", `${file} is there already and stays as it is; give another folder.`);

function cannotWrite(error: unknown): never {
  throw new CommandError(EXIT.failed, "not_written", `The keys could not be written: ${messageOf(error)}`);
}
