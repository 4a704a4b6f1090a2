import type { Latencies } from "../../latency.js";
import type { Inquirer } from "../../ledger/inquire.js";
import type { Ledger } from "../../ledger/ledger.js";
import type { CaptureContract } from "../../payment/permit.js";
import type { Payments } from "../../payments.js";
import type { Clock } from "../../ports.js";
import type { Storage } from "../../storage/storage.js";
import type { RouteParts } from "../route.js";
import type { AuthorizeFunction } from "./access.js";
import type { Forms } from "./forms.js";

/** What the back office is made of. */
export interface OperationsRouterParts extends RouteParts {
  readonly authorize?: AuthorizeFunction;
  /** The origin of its pages, as the staff's browsers see it. */
  readonly ownOrigin: string;
  readonly payments: Payments;
  readonly inquirer: Pick<Inquirer, "ask">;
  readonly storage: Storage;
  readonly ledger: Ledger;
  readonly forms: Forms;
  readonly clock: Clock;
  /** What the contract with Antom lets be captured. */
  readonly contract: CaptureContract;
  /** There may be something due now. */
  readonly wake: () => void;
  /** More for `GET /metrics`, in Prometheus' text format: what this process has measured. */
  readonly metrics?: () => string;
  /** How long things took in this process since it started. */
  readonly latencies: () => Latencies;
}
