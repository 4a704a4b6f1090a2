import { expect } from "chai";
import { documentation } from "../lib/documentation.js";
import { AntomError } from "../lib/errors.js";

describe("documentation", () => {
  it("is where an error's help is", () => {
    expect(new AntomError("internal", "a message").help).to.equal(documentation("errors.md#internal"));
  });
});
