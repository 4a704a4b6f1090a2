import { accessSync, constants } from "node:fs";
import path from "node:path";
import { chromium, type Browser } from "playwright-core";

/** Where a browser is looked for: an environment and a platform, so that the search itself can be tested. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly isExecutable: (file: string) => boolean;
}

const COMMANDS = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];

const MAC_APPS = [
  "Google Chrome.app/Contents/MacOS/Google Chrome",
  "Chromium.app/Contents/MacOS/Chromium",
  "Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing",
];

const WINDOWS_PROGRAMS = ["Google\\Chrome\\Application\\chrome.exe", "Chromium\\Application\\chrome.exe"];

const FLAGS = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
  "--disable-gpu",
  "--disable-quic",
];

const thisMachine: Machine = {
  env: process.env,
  platform: process.platform,
  isExecutable(file) {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  },
};

const candidates = ({ env, platform }: Machine): string[] => {
  const directory = platform === "win32" ? path.win32 : path.posix;
  const onPath = (env["PATH"] ?? env["Path"] ?? "")
    .split(directory.delimiter)
    .filter((folder) => folder !== "")
    .flatMap((folder) =>
      COMMANDS.map((command) => directory.join(folder, platform === "win32" ? `${command}.exe` : command)),
    );
  const folders = (...names: readonly string[]): string[] => names.flatMap((name) => env[name] ?? []);
  const installed =
    platform === "darwin"
      ? ["/Applications", ...folders("HOME").map((home) => directory.join(home, "Applications"))].flatMap((folder) =>
          MAC_APPS.map((app) => directory.join(folder, app)),
        )
      : platform === "win32"
        ? folders("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA").flatMap((folder) =>
            WINDOWS_PROGRAMS.map((program) => directory.join(folder, program)),
          )
        : ["/usr/bin", "/usr/local/bin", "/snap/bin", "/opt/google/chrome"].flatMap((folder) =>
            COMMANDS.map((command) => directory.join(folder, command)),
          );
  return [...onPath, ...installed];
};

/** The Chromium or Chrome of a machine: the one CHROME_PATH names, else the first that is found. */
export const findBrowser = (machine: Machine = thisMachine): string | undefined => {
  const named = machine.env["CHROME_PATH"];
  if (named === undefined || named === "") return candidates(machine).find((file) => machine.isExecutable(file));
  if (machine.isExecutable(named)) return named;
  throw new Error(`CHROME_PATH names ${named}, which cannot be run. Let it name a Chromium or Chrome, or unset it.`);
};

/** Whether the browser keeps a page that is left for the way back. The headless shell that scripts/browser.ts fetches does not. */
export const keepsLeftPages = (): boolean => !(process.env["CHROME_PATH"] ?? "").includes("/.cache/express-antom/");

export interface LaunchOptions {
  /** Keeps pages alive when they are left, as buyers' browsers do; off by default, as in playwright. */
  readonly backForwardCache?: boolean;
}

/** Starts the machine's own Chromium or Chrome; nothing is downloaded. Throws with what to install when there is none. */
export const launchBrowser = async ({ backForwardCache = false }: LaunchOptions = {}): Promise<Browser> => {
  const executablePath = findBrowser();
  try {
    return await chromium.launch({
      ...(executablePath === undefined ? { channel: "chrome" } : { executablePath }),
      args: FLAGS,
      ignoreDefaultArgs: backForwardCache ? ["--disable-back-forward-cache"] : [],
      // Neither root nor a container that refuses user namespaces can set one up, and only pages of the tests are seen.
      chromiumSandbox: false,
    });
  } catch (error) {
    if (executablePath !== undefined) throw error;
    throw new Error(
      "The browser tests need Chromium or Chrome, and none was found. Install one (`apt-get install chromium`, " +
        "`brew install --cask chromium`, `winget install Google.Chrome`), or set CHROME_PATH to the one to use.",
      { cause: error },
    );
  }
};
