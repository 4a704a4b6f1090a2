import type { Operation, OperationKind } from "../../payment/operation.js";

/** Something staff may want to do with a payment, and whether that is possible now. */
export interface Move {
  readonly kind: OperationKind;
  /** What the amount's field says at first, in minor units; none where there is no amount to choose. */
  readonly amount?: string;
  /** The amount can be changed: the contract lets less be taken, or it is a refund or an increase. */
  readonly isFree: boolean;
  /** Why it cannot be done now, in plain words. */
  readonly refusal?: string;
  /** One for the same money is under way already. */
  readonly pending?: Operation;
}

/** The words on what begins each. */
export const MOVE_WORDS: Readonly<
  Record<OperationKind, { readonly title: string; readonly what: string; readonly amount: string }>
> = {
  capture: { title: "Capture", what: "Takes money that is held on the buyer's card.", amount: "How much to capture" },
  void: { title: "Void", what: "Lets the hold go. Nothing can be captured afterwards.", amount: "" },
  refund: { title: "Refund", what: "Gives captured money back to the buyer.", amount: "How much to refund" },
  increase: {
    title: "Raise the hold",
    what: "Asks the bank to hold more on the same card.",
    amount: "New total to hold",
  },
};
