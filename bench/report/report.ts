import type { Figure } from "../figures/figure.js";
import type { Machine } from "../run/machine.js";

/** A figure, and the path it was measured on. */
export interface ReportedFigure extends Figure {
  readonly path: string;
}

/** What `--json` writes. */
export interface Report {
  /** ISO 8601. */
  readonly measuredAt: string;
  readonly isQuick: boolean;
  readonly machine: Machine;
  /** The versions of Node it was measured on. */
  readonly node: readonly string[];
  readonly figures: readonly ReportedFigure[];
}
