import type { Outcome } from "../pages/result-page.js";
import type { PaymentView } from "../payment/event.js";
import type { Logger } from "../ports.js";

/**
 * The shop's page for an outcome: its URL (absolute, or a path on the shop's own site), or undefined for the kit's own page; or a promise of
 * either. Called with the payment as it is stored; nothing of it comes from the browser.
 */
export type ResultPage = (
  outcome: Outcome,
  payment: PaymentView,
) => string | undefined | null | Promise<string | undefined | null>;

/** What `resultPage` gave, where a browser can be sent there. */
export type ShopPage = (outcome: Outcome, payment: PaymentView) => Promise<string | undefined>;

/** An absolute URL, or a path: browsers take "//" and "/\" for the beginning of another site. */
const WHERE = /^(?:https?:\/\/[^/\\]|\/(?![/\\]))/i;

/** Never rejects: a buyer who has paid is shown so, by the kit's own page, whatever becomes of the shop's. */
export const createShopPage =
  (resultPage: ResultPage | undefined, logger: Logger): ShopPage =>
  async (outcome, payment) => {
    if (resultPage === undefined) return undefined;
    const about = { event: "result_page.unusable", payment: payment.id, outcome };
    let page: unknown;
    try {
      page = await resultPage(outcome, payment);
    } catch (error) {
      logger.error({ ...about, err: error }, "the shop's resultPage function failed; the kit's own page is shown");
      return undefined;
    }
    if (page === undefined || page === null) return undefined;
    if (page instanceof URL) page = page.href;
    if (typeof page === "string" && WHERE.test(page) && URL.canParse(page, "https://shop.example")) return page;
    logger.error(
      about,
      `the shop's resultPage answered with ${shown(page)}, where no browser can be sent; the kit's own page is shown. Answer with an ` +
        'absolute URL ("https://shop.example/orders/1001"), a path ("/orders/1001"), or undefined for the kit\'s page',
    );
    return undefined;
  };

/** Without a query, in which secrets of the shop's may stand. */
const shown = (page: unknown): string =>
  typeof page === "string"
    ? JSON.stringify(page.replace(/[?#].*$/s, "").slice(0, 200))
    : Array.isArray(page)
      ? "an array"
      : `a value of type ${typeof page}`;
