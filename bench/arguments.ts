import { parseArgs } from "node:util";

export interface Arguments {
  readonly isQuick: boolean;
  /** Names of paths; none for all of them. */
  readonly paths: readonly string[];
  readonly node: "current" | "newest" | "both";
  /** Files to write. */
  readonly json?: string;
  readonly picture?: string;
  readonly page?: string;
  /** Folder for databases. */
  readonly folder?: string;
  readonly isStrict: boolean;
  readonly wantsHelp: boolean;
}

export const HELP = `
npm run bench -- [PATH ...] [OPTION ...]

Measures the kit against what it is built on and against its peers, and prints ratios. All paths unless some are named:
  notify peers blocks slow-disk postgres checkout visits hooks delivery growth memory

  --quick          what has a goal but memory and growth, which goes to 4,000 payments on SQLite, in less than a minute, on this Node alone, with
                   few payments and short rounds: to see that all is well
  --only PATH      the same as naming it
  --node WHICH     current, newest (the newest long-term line, which npx fetches) or both; both unless --quick
  --json FILE      writes machine, figures, spread, memory and event-loop delay
  --picture FILE   draws the figures as SVG
  --page FILE      puts the table of figures into a page, between <!-- figures --> and <!-- end of figures -->
  --dir FOLDER     where the databases are made, on the disk that is to be measured; the system's folder for temporary files
  --strict         exit 1 if a goal is missed
`;

/** What was asked for. Throws an Error that says what is wrong. */
export function readArguments(args: string[], known: readonly string[]): Arguments {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      quick: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      node: { type: "string" },
      json: { type: "string" },
      picture: { type: "string" },
      page: { type: "string" },
      dir: { type: "string" },
      strict: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const paths = [...values.only, ...positionals].flatMap((names) => names.split(","));
  const unknown = paths.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`There is no path ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
  const node = values.node ?? (values.quick ? "current" : "both");
  if (node !== "current" && node !== "newest" && node !== "both") {
    throw new Error(`--node takes current, newest or both, not ${node}.`);
  }
  return {
    isQuick: values.quick,
    paths,
    node,
    isStrict: values.strict,
    wantsHelp: values.help,
    ...(values.json === undefined ? {} : { json: values.json }),
    ...(values.picture === undefined ? {} : { picture: values.picture }),
    ...(values.page === undefined ? {} : { page: values.page }),
    ...(values.dir === undefined ? {} : { folder: values.dir }),
  };
}
