import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type Response } from "express";
import helmet from "helmet";
import { pagePolicy, type PagePolicyOptions } from "../../lib/pages/csp.js";

/** An Express app on a free port of this machine. */
export interface PageServer {
  readonly app: Express;
  readonly url: string;
  readonly close: () => Promise<void>;
}

export const startPageServer = async (): Promise<PageServer> => {
  const app = express();
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    app,
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
};

/** Answers with a page under all of helmet's headers and exactly the policy `pagePolicy` gives for its nonce. */
export const sendPage = (response: Response, page: (nonce: string) => string, options?: PagePolicyOptions): void => {
  const nonce = randomBytes(18).toString("base64");
  const headers = helmet({ contentSecurityPolicy: { useDefaults: false, directives: pagePolicy(nonce, options) } });
  headers(response.req, response, (error?: unknown) => {
    if (error !== undefined) throw error instanceof Error ? error : new Error("The policy was refused.");
    response.type("html").send(page(nonce));
  });
};
