import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./tarball.js";

const TEXT =
  /\.(?:ts|mts|cts|js|mjs|cjs|json|md|html|css|sql|sh|ya?ml|svg)$|^\.[a-z]+(?:rc|ignore|attributes|config)$|^(?:LICENSE|run)$/;

const made = new Set([
  ".git",
  ...readFileSync(path.join(ROOT, ".gitignore"), "utf8")
    .split("\n")
    .filter((line) => line.endsWith("/"))
    .map((line) => line.slice(0, -1)),
]);

const textsIn = (folder: string): string[] =>
  readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) return made.has(entry.name) ? [] : textsIn(name);
    return entry.isFile() && TEXT.test(entry.name) ? [name] : [];
  });

/** The paths of all text files of the checkout that a person wrote, relative to its root, with forward slashes. */
export const SOURCES: readonly string[] = textsIn("");

export const readSource = (name: string): string => readFileSync(path.join(ROOT, name), "utf8");

/** "file:line" of every line of a file that matches. */
export const linesWith = (pattern: RegExp, name: string): string[] =>
  readSource(name)
    .split("\n")
    .flatMap((line, index) => (pattern.test(line) ? [`${name}:${index + 1}`] : []));
