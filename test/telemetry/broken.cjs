"use strict";

// Makes @opentelemetry/api something that does not load: `node --require ./test/telemetry/broken.cjs`.
const Module = require("node:module");

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  if (request === "@opentelemetry/api") throw new Error("the file is damaged");
  return resolveFilename.call(this, request, ...rest);
};
