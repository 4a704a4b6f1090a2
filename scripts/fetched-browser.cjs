/** Lets the tests find the Chromium that scripts/browser.ts fetched, on a machine that had none. Loaded by Mocha. */

const { existsSync } = require("node:fs");
const path = require("node:path");

const FETCHED = path.join(__dirname, "../node_modules/.cache/express-antom/chromium/chrome");

if (!process.env["CHROME_PATH"] && existsSync(FETCHED)) process.env["CHROME_PATH"] = FETCHED;

module.exports = { FETCHED };
