/** Waits that end early when the fake closes, so that no test hangs on a late commit. */
export type Waits = {
  /** False when it was broken off. */
  wait: (ms: number) => Promise<boolean>;
  end: () => void;
};

export const createWaits = (): Waits => {
  const open = new Map<NodeJS.Timeout, () => void>();
  return {
    wait: (ms) => {
      if (ms <= 0) return Promise.resolve(true);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const timer = setTimeout(() => {
        open.delete(timer);
        resolve(true);
      }, ms);
      open.set(timer, () => resolve(false));
      return promise;
    },
    end: () => {
      for (const [timer, breakOff] of open) {
        clearTimeout(timer);
        breakOff();
      }
      open.clear();
    },
  };
};
