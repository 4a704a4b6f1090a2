/** What is read of a package-lock.json. */
export interface LockedPackage {
  /** Where it is published under another name than its folder's. */
  readonly name?: string;
  readonly version?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

export interface Lock {
  readonly packages: Readonly<Record<string, LockedPackage>>;
}

export interface Installed {
  readonly name: string;
  readonly version: string;
  readonly hasInstallScript: boolean;
}

const FOLDER = "node_modules/";

/** Where Node finds a package that is asked for from a folder: in the folder's own node_modules, or in one further out. */
const lookUp = (lock: Lock, from: string, name: string): string => {
  const path = `${from === "" ? "" : `${from}/`}${FOLDER}${name}`;
  if (path in lock.packages) return path;
  if (from === "") throw new Error(`${name} is not in package-lock.json.`);
  return lookUp(lock, from.slice(0, Math.max(0, from.lastIndexOf(FOLDER) - 1)), name);
};

/** Every package that the named ones need, themselves included, each installed copy once. */
export const resolvedFrom = (lock: Lock, names: readonly string[]): Installed[] => {
  const found = new Map<string, Installed>();
  const visit = (path: string): void => {
    if (found.has(path)) return;
    const { name, version = "", hasInstallScript = false, dependencies = {} } = lock.packages[path] ?? {};
    found.set(path, { name: name ?? path.slice(path.lastIndexOf(FOLDER) + FOLDER.length), version, hasInstallScript });
    for (const dependency of Object.keys(dependencies)) visit(lookUp(lock, path, dependency));
  };
  for (const name of names) visit(lookUp(lock, "", name));
  return [...found.values()];
};
