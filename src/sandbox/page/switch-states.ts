/** How the switches stand. */
export type SwitchStates = {
  readonly faults: readonly {
    readonly name: string;
    readonly label: string;
    readonly about: string;
    readonly on: boolean;
  }[];
  readonly latencyMs: number;
  readonly maxLatencyMs: number;
  readonly down: boolean;
  readonly killAtWrite: boolean;
};
