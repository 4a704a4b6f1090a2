import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";
import { PAGES, ROOT, type Page } from "./pages.js";

interface Link {
  readonly from: string;
  readonly target: string;
  readonly anchor: string;
}

const linksOf = (from: Page): Link[] =>
  [...from.prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = ""]) => link)
    .filter((link) => !/^[a-z]+:/.test(link))
    .map((link) => {
      const [file = "", anchor = ""] = link.split("#");
      const target = file === "" ? from.name : path.posix.join(path.posix.dirname(from.name), file);
      return { from: from.name, target, anchor };
    });

/** The pages that messages of the code lead to, each with the file that names it. */
const linksOfCode = (): Link[] =>
  readdirSync(path.join(ROOT, "lib"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .flatMap((name) =>
      [...readFileSync(path.join(ROOT, "lib", name), "utf8").matchAll(/\bdocumentation\("([^"#]+)#?([^"]*)"\)/g)].map(
        ([, page = "", anchor = ""]) => ({ from: `lib/${name}`, target: `docs/${page}`, anchor }),
      ),
    );

const written = ({ from, target, anchor }: Link): string => `${from} -> ${target}${anchor && `#${anchor}`}`;

describe("the pages", () => {
  const links = PAGES.flatMap(linksOf);

  it("link to files that are there", () => {
    expect(links.length).to.be.greaterThan(50);
    const lost = links.filter(({ target }) => !existsSync(path.join(ROOT, target)));
    expect(lost.map(written)).to.deep.equal([]);
  });

  it("link to headings that are there", () => {
    const lost = links.filter(({ target, anchor }) => {
      const to = PAGES.find(({ name }) => name === target);
      return anchor !== "" && to !== undefined && !to.headings.some((heading) => heading.anchor === anchor);
    });
    expect(lost.map(written)).to.deep.equal([]);
  });

  it("have what messages of the code lead to", () => {
    const lost = linksOfCode().filter(({ target, anchor }) => {
      const to = PAGES.find(({ name }) => name === target);
      return to === undefined || (anchor !== "" && !to.headings.some((heading) => heading.anchor === anchor));
    });
    expect(linksOfCode().length).to.be.greaterThan(3);
    expect(lost.map(written)).to.deep.equal([]);
  });

  it("can all be reached from the README", () => {
    const reached = new Set(["README.md"]);
    for (const name of reached) {
      const from = PAGES.find((candidate) => candidate.name === name);
      for (const { target } of from === undefined ? [] : linksOf(from)) reached.add(target);
    }
    expect(PAGES.map(({ name }) => name).filter((name) => !reached.has(name))).to.deep.equal([]);
  });

  it("name files of the code that are there", () => {
    const named = PAGES.flatMap(({ name, prose }) =>
      [...prose.matchAll(/`((?:lib|test|demo|bench|scripts)\/[\w./-]*)`/g)].map(([, file = ""]) => ({ name, file })),
    );
    expect(named.length).to.be.greaterThan(20);
    expect(named.filter(({ file }) => !existsSync(path.join(ROOT, file)))).to.deep.equal([]);
  });

  it("begin with a title, and have one", () => {
    const titles = PAGES.map(({ name, headings }) => ({
      name,
      levels: headings.filter(({ level }) => level === 1).length,
      first: headings[0]?.level,
    }));
    expect(titles.filter(({ levels, first }) => levels !== 1 || first !== 1)).to.deep.equal([]);
  });
});
