import type { Logger } from "../ports.js";
import type { Route } from "./route.js";

/**
 * Says once that the router stands elsewhere than `publicUrl` says: checkouts would work, and every link given out lead nowhere. A proxy may
 * have taken away what the path began with; that it put something else there cannot be seen from here.
 *
 * @returns what makes routes, whose URLs follow from `publicUrl`, look where they are mounted
 */
export function createMountWatch(publicUrl: string, logger: Logger): (routes: readonly Route[]) => readonly Route[] {
  const said = new URL(publicUrl).pathname.replace(/\/+$/, "");
  // Express looks for paths without regard to case.
  const expected = said.toLowerCase();
  let isTold = false;
  const look = (baseUrl: string): void => {
    if (isTold || expected.endsWith(baseUrl.toLowerCase())) return;
    isTold = true;
    logger.warn(
      { event: "router.misplaced", mounted: baseUrl, publicUrl },
      `antom.router is mounted at ${baseUrl}, but publicUrl says ${said || "/"}: the links given to buyers and to Antom lead to ${publicUrl}, ` +
        "which is fine only behind a proxy that rewrites paths",
    );
  };
  return (routes) =>
    routes.map((route) => ({
      ...route,
      handle: (req, res, next) => {
        look(req.baseUrl);
        route.handle(req, res, next);
      },
    }));
}
