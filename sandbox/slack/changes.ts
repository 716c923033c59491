export type Changes = {
  /** How long people look for what should come, unless they say so. */
  readonly lookMs: number;
  readonly changed: () => void;
  /** @returns stops listening. */
  readonly onChange: (listener: () => void) => () => void;
};

/** Says that something people can see, or tests can ask, is different now. */
export const createChanges = (lookMs: number): Changes => {
  const listeners = new Set<() => void>();
  return {
    lookMs,
    changed: () => {
      for (const listener of listeners) listener();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/**
 * Resolves with the first defined value of `look`, which is asked at every change.
 * @throws after `timeoutMs`, with what `describe` says then.
 */
export const until = <Value>(
  changes: Changes,
  look: () => Value | undefined,
  timeoutMs: number,
  describe: (waitedMs: number) => string,
): Promise<Value> =>
  new Promise((resolve, reject) => {
    const finish = (act: () => void): void => {
      stop();
      clearTimeout(timer);
      clearInterval(poll);
      act();
    };
    const ask = (): void => {
      try {
        const value = look();
        if (value !== undefined) finish(() => resolve(value));
      } catch (error) {
        finish(() => reject(error instanceof Error ? error : new Error(String(error))));
      }
    };
    const stop = changes.onChange(ask);
    const timer = setTimeout(() => finish(() => reject(new Error(describe(timeoutMs)))), timeoutMs);
    const poll = setInterval(ask, 100);
    ask();
  });
