"use strict";

// Makes "express" mean Express 4, for the kit and for the test's shop alike: `mocha --require ./test/support/express4.cjs`.
const Module = require("node:module");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  return resolveFilename.call(this, request === "express" ? "express4" : request, ...rest);
};

const { version } = require("express4/package.json");
if (!version.startsWith("4.")) throw new Error(`expected Express 4, not ${version}`);
