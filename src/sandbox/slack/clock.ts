export type SandboxClock = {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Lets triggers, response URLs and rate limits grow older without waiting. */
  readonly advance: (ms: number) => void;
};

export const createClock = (): SandboxClock => {
  let ahead = 0;
  return {
    now: () => Date.now() + ahead,
    advance: (ms) => {
      ahead += ms;
    },
  };
};
