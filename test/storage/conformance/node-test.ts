import { describe, it } from "node:test";
import { storageConformance } from "../../../lib/storage/conformance.js";
import { memoryStorage } from "../../../lib/storage/memory.js";

/** Run by `node --test`, as a shop would; test/storage/conformance.test.ts looks at what it says. */
storageConformance(
  { describe, it },
  {
    name: "memoryStorage",
    create: () => Promise.resolve({ storages: [memoryStorage()] }),
    without: { crashes: "It forgets all with the process.", instances: "What it keeps is in one process's memory." },
  },
);
