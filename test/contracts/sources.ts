/** Where the contract's names and limits were seen: nothing in it comes from the kit's own code. */

/** The five documents' request samples. */
export const SAMPLES = "samples of documents 000 to 004";
export const SAMPLE_004 = "sample of document 004";
/** Notes on Antom's API pages, by their section. */
export const pages = (section: string): string => `API pages (${section})`;
/** alipay/global-open-sdk-go, com/alipay/api/model or request/pay. */
export const go = (model: string): string => `SDK (Go) ${model}`;
/** alipay/global-open-sdk-python, com/alipay/ams/api/model or request/pay. */
export const python = (model: string): string => `SDK (Python) ${model}`;
/** alipay/global-open-sdk-java, com/alipay/global/api/model/ams. */
export const java = (model: string): string => `SDK (Java) ${model}`;
/** Antom's plugin for WooCommerce, which checks what it sends field by field. */
export const plugin = (model: string): string => `plugin (WooCommerce) ${model}`;
