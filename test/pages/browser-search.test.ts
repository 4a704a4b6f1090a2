import { expect } from "chai";
import { findBrowser, type Machine } from "../support/browser.js";

const machine = (platform: NodeJS.Platform, env: Machine["env"], ...files: readonly string[]): Machine => ({
  platform,
  env,
  isExecutable: (file) => files.includes(file),
});

describe("the search for a browser", () => {
  it("takes the one CHROME_PATH names before all others", () => {
    const env = { CHROME_PATH: "/opt/mine", PATH: "/usr/bin" };
    expect(findBrowser(machine("linux", env, "/opt/mine", "/usr/bin/chromium"))).to.equal("/opt/mine");
  });

  it("says so when the one CHROME_PATH names cannot be run", () => {
    expect(() => findBrowser(machine("linux", { CHROME_PATH: "/opt/mine" }, "/usr/bin/chromium"))).to.throw(
      "CHROME_PATH names /opt/mine",
    );
  });

  it("looks along the path, then where browsers are usually installed", () => {
    const env = { PATH: "/home/me/bin::/usr/bin" };
    expect(findBrowser(machine("linux", env, "/home/me/bin/google-chrome"))).to.equal("/home/me/bin/google-chrome");
    expect(findBrowser(machine("linux", {}, "/snap/bin/chromium"))).to.equal("/snap/bin/chromium");
  });

  it("knows the applications of macOS and the programs of Windows", () => {
    const app = "/Users/me/Applications/Chromium.app/Contents/MacOS/Chromium";
    expect(findBrowser(machine("darwin", { HOME: "/Users/me" }, app))).to.equal(app);
    const program = "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe";
    expect(findBrowser(machine("win32", { PROGRAMFILES: "C:\\Program Files" }, program))).to.equal(program);
  });

  it("finds nothing where there is nothing", () => {
    expect(findBrowser(machine("linux", { PATH: "/usr/bin" }))).to.equal(undefined);
  });
});
