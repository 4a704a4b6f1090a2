/** Notes that something is wrong with an option. */
export type Report = (at: string, message: string) => void;
