import { expect } from "chai";
import type { Permission } from "../../lib/index.js";
import { startBackOffice, type BackOffice } from "../routers/operations/back-office.js";
import { page, rowsIn, section } from "./pages.js";

const PERMISSIONS = Object.keys({ view: true, manage: true } satisfies Record<Permission, true>);

/** The routes of a row: "`GET /jobs`, `GET /jobs/:id`", or "`POST /:id/capture`, `/void`", where the later ones only end otherwise. */
function routesOf(cell: string): { readonly method: string; readonly path: string }[] {
  const [first = "", ...others] = [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text);
  const whole = others.map((text) => (text.startsWith("/") ? first.replace(/\/[^/]+$/, text) : text));
  return [first, ...whole].map((text) => {
    const [method = "", path = ""] = text.split(" ");
    return { method, path: path.replace(":id", "PAY0123456789ABCDEFGHJKMNPQRS") };
  });
}

describe("docs/back-office.md", () => {
  const rows = rowsIn(section(page("docs/back-office.md"), "Pages and routes")).filter(([first = ""]) =>
    first.startsWith("`"),
  );
  let office: BackOffice;
  before(async () => {
    office = await startBackOffice();
  });
  after(() => office.stop());

  it("names what each route needs as authorize answers it", () => {
    expect(rows.length).to.be.greaterThan(10);
    for (const [route, , needs = ""] of rows) {
      expect(
        PERMISSIONS.map((permission) => `\`${permission}\``),
        route,
      ).to.include(needs);
    }
  });

  it("names what each route does need", async () => {
    for (const [cell = "", , needs = ""] of rows) {
      for (const { method, path } of routesOf(cell)) {
        const { status } = await office.ask(path, { method, staff: "lena" });
        expect(status === 403 ? "`manage`" : "`view`", `${method} ${path}`).to.equal(needs);
      }
    }
  });
});
