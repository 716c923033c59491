/** A recurring invoice: Syncro makes one by itself every so often. */
export type Schedule = {
  readonly id: number;
  /** `null`: Syncro does not say. */
  readonly customerId: number | null;
  readonly name: string;
  /** As Syncro says: `Monthly`. */
  readonly frequency: string;
  /** `YYYY-MM-DD`, at 6:00 by the account's clock or, on busy days, hours later; `null`: nobody knows. */
  readonly nextRun: string | null;
  readonly paused: boolean;
  /** It also takes what is charged on the customer's tickets and on no invoice yet. */
  readonly takesCharges: boolean;
};
