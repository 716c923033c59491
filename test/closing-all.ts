/** Whatever was opened is closed afterwards, the last first, however it went. */
export const closingAll = async (
  work: (later: (close: () => Promise<void>) => void) => Promise<void>,
): Promise<void> => {
  const closing: Array<() => Promise<void>> = [];
  try {
    await work((close) => void closing.push(close));
  } finally {
    for (const close of closing.reverse()) await close();
  }
};
