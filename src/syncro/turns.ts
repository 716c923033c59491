/** Does pieces of work one after the other: those that wait by priority (the least first), then as they came. */
export const createTurns = () => {
  const waiting: Array<{ readonly priority: number; readonly begin: () => void }> = [];
  let busy = false;
  const next = (): void => {
    const first = waiting.shift();
    busy = first !== undefined;
    first?.begin();
  };
  return async (priority: number, work: () => Promise<void>): Promise<void> => {
    if (busy)
      await new Promise<void>((begin) => {
        const behind = waiting.findIndex((other) => other.priority > priority);
        waiting.splice(behind < 0 ? waiting.length : behind, 0, { priority, begin });
      });
    busy = true;
    try {
      await work();
    } finally {
      next();
    }
  };
};

export type Turns = ReturnType<typeof createTurns>;
