import type { Request, RequestHandler } from "express";
import { paymentIn } from "./watched-storage.js";
import type { Life } from "./life.js";

/** What a request is for, as the points name it: "checkout", "notify", "capture", ... */
const routeOf = (req: Request): string => {
  const [, mount = "", first = "", second] = req.path.split("/");
  return mount === "staff" ? (second ?? "view") : first;
};

/** Marks every request in the life, with points before its answer is written and after it has left. */
export const watchedRequests =
  (life: Life): RequestHandler =>
  (req, res, next) => {
    const name = `answer:${routeOf(req)}`;
    const end = life.begin(name, paymentIn(req.path));
    const write = res.end.bind(res);
    res.end = (...args: unknown[]): typeof res => {
      life.pass(`${name}:before`);
      Reflect.apply(write, res, args);
      return res;
    };
    res.once("finish", () => {
      life.pass(`${name}:after`);
    });
    res.once("close", end);
    next();
  };
