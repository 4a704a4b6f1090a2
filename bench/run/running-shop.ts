import type { Misbehaved, Misbehaviour, ShopReport, ShopRequest, TimedStep } from "../processes/messages.js";
import type { Counts } from "../shops/shop.js";
import type { Child } from "./child.js";

/** A shop's process, as the rest of the bench sees it. */
export class RunningShop {
  readonly port: number;
  readonly #child: Child;

  constructor(child: Child, port: number) {
    this.port = port;
    this.#child = child;
  }

  async begin(): Promise<void> {
    await this.#ask({ ask: "begin" });
  }

  async end(): Promise<ShopReport> {
    return (await this.#ask({ ask: "end" })) as ShopReport;
  }

  /** Has its hooks misbehave from now on. */
  async misbehave(how: Misbehaviour): Promise<void> {
    await this.#ask({ ask: "misbehave", ...how });
  }

  /** How many of its hooks have misbehaved since. */
  async misbehaved(): Promise<Misbehaved> {
    return (await this.#ask({ ask: "misbehaved" })) as Misbehaved;
  }

  /** Has the hooks that failed tried again from that time on, evenly over so long: milliseconds from now. Answers how many there are. */
  async retry(from: number, over: number): Promise<number> {
    return Number(await this.#ask({ ask: "retry", from, over }));
  }

  /** Waits until nothing that was acknowledged is left to be done: seconds. */
  async rest(): Promise<number> {
    return Number(await this.#ask({ ask: "rest" })) / 1000;
  }

  /** Its hooks are quick again, those that hang included; waits until they have taken every event. */
  async calm(): Promise<void> {
    await this.misbehave({});
    await this.#ask({ ask: "calm" });
  }

  /** What it has written down; undefined for one that stores nothing. */
  async count(): Promise<Counts | undefined> {
    return (await this.#ask({ ask: "count" })) as Counts | undefined;
  }

  /** Milliseconds for one step, done so many times. */
  async time(what: TimedStep, times: number): Promise<number> {
    return Number(await this.#ask({ ask: "time", what, times }));
  }

  /** Delivers so many waiting events to the shop's hook; answers how many a second. */
  async deliver(count: number): Promise<number> {
    return Number(await this.#ask({ ask: "deliver", count }));
  }

  async #ask(request: ShopRequest): Promise<unknown> {
    return (await this.#child.ask(request))["value"];
  }
}
