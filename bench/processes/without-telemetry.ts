/** Most shops have no OpenTelemetry, but the kit's own repository has: in a shop process it is as if it were not installed. */

import Module from "node:module";

const PACKAGE = "@opentelemetry/api";

const resolve: unknown = Reflect.get(Module, "_resolveFilename");
if (typeof resolve !== "function") throw new Error("this Node has another loader");
Reflect.set(Module, "_resolveFilename", function (this: unknown, request: unknown, ...rest: unknown[]): unknown {
  if (request === PACKAGE) throw Object.assign(new Error(`${PACKAGE} is hidden`), { code: "MODULE_NOT_FOUND" });
  return Reflect.apply(resolve, this, [request, ...rest]) as unknown;
});
