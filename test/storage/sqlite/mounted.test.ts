import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { refuseMounted } from "../../../lib/storage/sqlite/mounted.js";
import { type Folder, makeFolder } from "./folder.js";

describe("a mounted SQLite file", () => {
  let folder: Folder;
  let table: string;

  beforeEach(() => {
    folder = makeFolder();
    table = folder.path("mountinfo");
    // Lines of a container's /proc/self/mountinfo.
    writeFileSync(
      table,
      "645 616 0:62 / / rw,relatime master:186 - overlay overlay rw,lowerdir=/l\n" +
        "651 645 8:1 /srv/data /app/data rw,relatime - ext4 /dev/sda1 rw\n" +
        "652 645 8:1 /srv/payments.db /app/payments.db rw,relatime - ext4 /dev/sda1 rw\n" +
        "653 645 8:1 /srv/p.db /our\\040shop/payments.db rw,relatime - ext4 /dev/sda1 rw\n",
    );
  });

  afterEach(() => {
    folder.remove();
  });

  it("is refused, since its log would stay in the container", () => {
    for (const path of ["/app/payments.db", "/our shop/payments.db"]) {
      expect(() => {
        refuseMounted(path, table);
      })
        .to.throw(`${path} is mounted by itself`)
        .with.property("code", "configuration_invalid");
    }
  });

  it("is welcome where its folder is mounted, or nothing tells", () => {
    refuseMounted("/app/data/payments.db", table);
    refuseMounted("/payments.db", table);
    refuseMounted("/app/payments.db", folder.path("nothing"));
  });
});
