import { expect } from "chai";
import { readResponseTime } from "../../lib/gateway/response-time.js";

describe("the time of an answer of Antom's", () => {
  it("is ISO 8601 with an offset, or milliseconds as in the kit's own calls", () => {
    const time = Date.UTC(2026, 0, 1, 4, 1, 5);
    for (const header of ["2026-01-01T12:01:05+08:00", "2026-01-01T04:01:05Z", "2026-01-01T04:01:05.000Z", `${time}`]) {
      expect(readResponseTime(header), header).to.equal(time);
    }
  });

  it("is not known where it is anything else", () => {
    for (const header of [
      "",
      "0",
      "1767830400",
      "17678304000000",
      "1767830400000.5",
      " 1767830400000",
      "2026-01-01",
      "2026-01-01T12:01:05",
      "2026-01-01 12:01:05+08:00",
      "2026-13-01T12:01:05+08:00",
      "Thu, 01 Jan 2026 04:01:05 GMT",
      "NaN",
    ]) {
      expect(readResponseTime(header), header).to.be.undefined;
    }
  });
});
