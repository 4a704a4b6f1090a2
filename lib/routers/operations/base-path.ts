import type { Request } from "express";

/**
 * What leads from this request's page to where the back office is mounted, wherever that is and whatever a proxy in front has cut off:
 * "./", "../", or, where it is mounted at /admin/payments and was asked for without a slash at the end, "./payments/".
 */
export function basePathOf({ path, originalUrl }: Pick<Request, "path" | "originalUrl">): string {
  const depth = path.split("/").length - 2;
  if (depth > 0) return "../".repeat(depth);
  const [asked = ""] = originalUrl.split("?");
  return path === "/" && !asked.endsWith("/") ? `./${asked.slice(asked.lastIndexOf("/") + 1)}/` : "./";
}
