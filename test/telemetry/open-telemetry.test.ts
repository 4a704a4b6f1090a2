import { context, metrics, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { expect } from "chai";
import { AntomError } from "../../lib/index.js";
import { createOpenTelemetry } from "../../lib/telemetry/open-telemetry.js";
import { MEASURES, SPANS, type MeasureName } from "../../lib/telemetry.js";
import { startOperations, type OperationsShop } from "../flows/operations-shop.js";
import { GOOD_CARD } from "../support/simulated-shop.js";
import { registerSdk, type Sdk } from "./sdk.js";

const idOf = (span: ReadableSpan | undefined): string | undefined => span?.spanContext().spanId;
const parentOf = (span: ReadableSpan | undefined): string | undefined => span?.parentSpanContext?.spanId;

/** Every attribute of a span, without the prefix that all of them but `error.type` have. */
const toldBy = (span: ReadableSpan | undefined): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(span?.attributes ?? {}).map(([name, value]) => [name.replace(/^express_antom\./, ""), value]),
  );

describe("the kit under OpenTelemetry's SDK", () => {
  let sdk: Sdk;
  let shop: OperationsShop | undefined;

  beforeEach(() => {
    sdk = registerSdk();
  });
  afterEach(async () => {
    await shop?.stop();
    shop = undefined;
    await sdk.stop();
  });

  const figure = async (name: MeasureName): Promise<(readonly [Record<string, unknown>, number])[]> =>
    ((await sdk.figures()).get(name)?.points ?? []).map(({ attributes, total }) => [
      Object.fromEntries(
        Object.entries(attributes).map(([label, value]) => [label.replace("express_antom.", ""), value]),
      ),
      total,
    ]);

  it("traces a checkout with its call to Antom inside, and a hook inside its task", async () => {
    shop = await startOperations();
    const id = await shop.authorized("10000", { orderId: "order-77" });

    const [checkout] = sdk.named("express-antom.checkout");
    expect(toldBy(checkout)).to.deep.equal({
      order_id: "order-77",
      payment_id: id,
      method: "card",
      status: "authorized",
    });
    const [pay] = sdk.named("express-antom.gateway");
    expect(parentOf(pay)).to.equal(idOf(checkout));
    expect(pay?.kind).to.equal(SpanKind.CLIENT);
    expect(toldBy(pay)).to.deep.equal({ operation: "pay", payment_id: id, outcome: "success", result_code: "SUCCESS" });

    const hook = sdk.named("express-antom.hook").find((span) => toldBy(span)["event_type"] === "payment.authorized");
    expect(toldBy(hook)).to.deep.equal({
      event_type: "payment.authorized",
      payment_id: id,
      attempt: 1,
      outcome: "delivered",
    });
    const task = sdk.named("express-antom.task").find((span) => idOf(span) === parentOf(hook));
    expect(toldBy(task)).to.deep.equal({ task: "deliver", payment_id: id, attempt: 1 });
  });

  it("begins a trace for each task, also where a request has woken the worker", async () => {
    shop = await startOperations({ worker: true });
    const tracer = trace.getTracer("the shop");
    const span = tracer.startSpan("a request");
    await context.with(trace.setSpan(context.active(), span), () => shop?.paid({ method: "card", card: GOOD_CARD }));
    await shop.shop.recorder.waitFor("payment.authorized");
    await shop.shop.antom.stop();
    span.end();
    const tasks = sdk.named("express-antom.task");
    expect(tasks).to.not.be.empty;
    expect(tasks.map(parentOf)).to.deep.equal(tasks.map(() => undefined));
    expect(new Set(tasks.map((task) => task.spanContext().traceId)).size).to.equal(tasks.length);
  });

  it("traces a notification, from being received to being acknowledged", async () => {
    shop = await startOperations();
    const id = await shop.authorized();
    const results = sdk.named("express-antom.notify").filter((span) => toldBy(span)["payment_id"] === id);
    expect(results.map(toldBy)).to.deep.include({
      notification_type: "PAYMENT_RESULT",
      payment_id: id,
      outcome: "acknowledged",
    });
    const labels = { notification_type: "PAYMENT_RESULT", outcome: "acknowledged" };
    expect(await figure("express_antom.notification.duration")).to.deep.include([labels, 1]);
  });

  it("counts a notification that Antom signed and that cannot be read as failed: it comes again", async () => {
    shop = await startOperations();
    expect((await shop.shop.notify({ notifyType: "REFUND_RESULT" })).status).to.equal(400);
    const labels = { notification_type: "unread", outcome: "failed" };
    expect(await figure("express_antom.notification.duration")).to.deep.include([labels, 1]);
  });

  it("traces a capture with its call inside, and counts it", async () => {
    shop = await startOperations();
    const id = await shop.authorized();
    await shop.payments.capture(id);
    const [command] = sdk.named("express-antom.command");
    const { outcome } = toldBy(command);
    expect(toldBy(command)).to.deep.equal({ command: "capture", payment_id: id, outcome });
    expect(outcome).to.be.oneOf(["succeeded", "pending"]);
    const call = sdk.named("express-antom.gateway").find((span) => toldBy(span)["operation"] === "capture");
    expect(parentOf(call)).to.equal(idOf(command));
    // Antom's capture request names no payment of ours but in its own request id.
    expect(toldBy(call)["payment_id"]).to.equal(id);
    expect(await figure("express_antom.commands")).to.deep.equal([[{ command: "capture", outcome }, 1]]);
    await shop.aDay();
    const reached = await figure("express_antom.payments");
    for (const status of ["created", "authorized", "captured"]) expect(reached).to.deep.include([{ status }, 1]);
  });

  it("tells of a call without an answer as a failure, by its reason", async () => {
    shop = await startOperations();
    shop.simulator.addFault({ operation: "pay", fault: "http-500", times: 1 });
    await shop.pay({ method: "card", card: GOOD_CARD });
    const [pay] = sdk.named("express-antom.gateway");
    expect(pay?.status).to.deep.equal({ code: SpanStatusCode.ERROR });
    expect(toldBy(pay)).to.include({ operation: "pay", outcome: "unanswered", "error.type": "http_status" });
    expect(await figure("express_antom.gateway.duration")).to.deep.equal([
      [{ operation: "pay", outcome: "unanswered" }, 1],
    ]);
  });

  it("tells of what was refused by its code alone, and not as a failure", async () => {
    shop = await startOperations();
    const id = await shop.authorized("10000");
    await shop.payments.capture(id, { amount: "99999" }).catch(() => undefined);
    const [command] = sdk.named("express-antom.command");
    expect(toldBy(command)).to.deep.equal({
      command: "capture",
      payment_id: id,
      outcome: "refused",
      "error.type": "amount_refused",
    });
    expect(command?.status).to.deep.equal({ code: SpanStatusCode.UNSET });
    expect(command?.events).to.deep.equal([]);

    const response = await fetch(shop.shop.urls.notify, { method: "POST", body: "{}" });
    expect(response.status).to.equal(401);
    const refused = sdk.named("express-antom.notify").find((span) => toldBy(span)["outcome"] === "refused");
    expect(toldBy(refused)).to.deep.equal({ outcome: "refused", "error.type": "signature_invalid" });
    const labels = { notification_type: "unread", outcome: "refused" };
    expect(await figure("express_antom.notification.duration")).to.deep.include([labels, 1]);
  });

  it("tells of a hook that fails, and how late its event was in the end", async () => {
    let tries = 0;
    shop = await startOperations({
      hooks: {
        "payment.authorized": () => {
          if (++tries === 1) throw new Error("the warehouse of 4054695723100768 is closed");
        },
      },
    });
    await shop.authorized();
    await shop.aDay();
    const hooks = sdk.named("express-antom.hook");
    expect(hooks.map((span) => [toldBy(span)["attempt"], toldBy(span)["outcome"]])).to.deep.equal([
      [1, "failed"],
      [2, "delivered"],
    ]);
    expect(toldBy(hooks[0])["error.type"]).to.equal("hook_failed");
    expect(hooks[0]?.status.code).to.equal(SpanStatusCode.ERROR);
    const event_type = "payment.authorized";
    expect(await figure("express_antom.hook.latency")).to.deep.equal([[{ event_type }, 1]]);
    // A hook that failed waits for five seconds; the shop looked after three and after six.
    const [late] = (await sdk.figures()).get("express_antom.hook.latency")?.points ?? [];
    expect(late?.sum).to.equal(6_000);
    expect(await figure("express_antom.hook.duration")).to.have.deep.members([
      [{ event_type, outcome: "failed" }, 1],
      [{ event_type, outcome: "delivered" }, 1],
    ]);
    expect(await sdk.everything()).to.not.include("warehouse");
  });

  it("tells nothing but the attributes it says it tells, and nothing of cards, amounts or buyers", async () => {
    shop = await startOperations();
    const { payment } = await shop.paid(
      {
        method: "card",
        card: { ...GOOD_CARD, cardholderName: { firstName: "Canary", lastName: "Yellow" } },
        saveCard: true,
      },
      { amount: { currency: "EUR", value: "731717" }, capture: "MANUAL", buyer: { referenceBuyerId: "buyer-canary" } },
    );
    await shop.later(0);
    await shop.payments.capture(payment.id, { by: "staff-canary" });
    await shop.aDay();
    await shop.payments.refund(payment.id, { reason: "a canary's reason" });
    await shop.aDay();

    for (const { name, attributes } of sdk.spans()) {
      const known = Object.entries(SPANS).find(([own]) => own === name)?.[1].attributes ?? [];
      const allowed = [...known.map((attribute) => `express_antom.${attribute}`), "error.type"];
      expect(allowed, name).to.include.members(Object.keys(attributes));
    }
    for (const [name, { points, unit, description }] of await sdk.figures()) {
      const measure = Object.entries(MEASURES).find(([own]) => own === name)?.[1];
      expect(description).to.equal(measure?.description);
      expect(unit).to.equal(measure !== undefined && "buckets" in measure ? "ms" : "");
      for (const { attributes } of points) {
        expect(Object.keys(attributes), name).to.have.members(
          measure?.labels.map((label) => `express_antom.${label}`) ?? [],
        );
      }
    }
    expect(new Set(sdk.spans().map(({ name }) => name))).to.deep.equal(new Set(Object.keys(SPANS)));
    expect([...(await sdk.figures()).keys()]).to.have.members(Object.keys(MEASURES));

    const told = await sdk.everything();
    const canaries = [
      GOOD_CARD.cardNo,
      GOOD_CARD.cardNo.slice(-4),
      GOOD_CARD.cvv + '"',
      "anary",
      "731717",
      "Yellow",
      "10115",
    ];
    for (const canary of canaries) expect(told, canary).to.not.include(canary);
    expect(JSON.stringify([...(await sdk.figures())]))
      .to.not.include(payment.id)
      .and.not.include("order-");
  });

  it("hears of an SDK that is registered after the kit was made", async () => {
    await sdk.stop();
    shop = await startOperations();
    await shop.paid({ method: "card", card: GOOD_CARD }, { orderId: "before" });
    sdk = registerSdk();
    await shop.paid({ method: "card", card: GOOD_CARD }, { orderId: "after" });
    expect(sdk.named("express-antom.checkout").map((span) => toldBy(span)["order_id"])).to.deep.equal(["after"]);
    expect(await figure("express_antom.payments")).to.deep.include([{ status: "created" }, 1]);
  });
});

describe("an SDK that fails", () => {
  afterEach(() => {
    trace.disable();
    metrics.disable();
  });

  it("costs no work its result, and no error its cause", async () => {
    const fail = (): never => {
      throw new Error("the exporter is broken");
    };
    trace.setGlobalTracerProvider({
      getTracer: () => ({
        startSpan: () =>
          new Proxy(trace.wrapSpanContext({ traceId: "1", spanId: "1", traceFlags: 1 }), { get: () => fail }),
        startActiveSpan: fail,
      }),
    });
    metrics.setGlobalMeterProvider({ getMeter: fail });
    const telemetry = createOpenTelemetry(await import("@opentelemetry/api"));
    telemetry.count("express_antom.payments", { status: "created" });
    telemetry.record("express_antom.hook.latency", 1, { event_type: "payment.captured" });
    const result = await telemetry.span("express-antom.command", { command: "void" }, (note) => {
      note({ outcome: "succeeded" });
      return Promise.resolve("done");
    });
    expect(result).to.equal("done");
    const error = new AntomError("operation_refused", "no");
    const thrown = await telemetry
      .span("express-antom.command", { command: "void" }, () => Promise.reject(error))
      .catch((reason: unknown) => reason);
    expect(thrown).to.equal(error);
  });
});
