/** Why something that is wished of the simulator by hand, or by a test, cannot be. The message is a sentence. */
export class OperatorProblem extends Error {
  override readonly name = "OperatorProblem";
}
