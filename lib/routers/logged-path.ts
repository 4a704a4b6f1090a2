import type { Request } from "express";

/** A request's path as it is logged: without its query, and without a buyer's token that a rewriter of links has made part of the path. */
export const loggedPath = ({ path }: Request): string => path.replace(/token(?:=|%3d).*/is, "token=...");
