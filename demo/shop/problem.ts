/** One thing that is wrong with what was sent: where, as a JSON pointer, and what. */
export interface FieldProblem {
  readonly at: string;
  readonly message: string;
}

/** A request the shop does not carry out, answered as problem+json (RFC 9457) or as a page. */
export class ShopProblem extends Error {
  override readonly name = "ShopProblem";

  constructor(
    readonly status: number,
    readonly title: string,
    readonly problems: readonly FieldProblem[] = [],
    /** The kit's code, where the kit refused. */
    readonly code?: string,
  ) {
    const wrong = problems.map(({ at, message }) => `${at} ${message}`).join("; ");
    super(wrong === "" ? title : `${title}: ${wrong}`);
  }
}

export const noSuchPage = (): ShopProblem => new ShopProblem(404, "There is no such page");
export const noSuchOrder = (): ShopProblem => new ShopProblem(404, "There is no such order");
