/** The machine's own time, taken before anything else can be put in its place. */
export const realNow = Date.now;
const realSetTimeout = globalThis.setTimeout;
const realSetImmediate = globalThis.setImmediate;

export const realSleep = (ms: number): Promise<void> =>
  new Promise((done) => {
    realSetTimeout(done, ms);
  });

/** What is ready to happen happens first. */
export const nextTurn = (): Promise<void> =>
  new Promise((done) => {
    realSetImmediate(done);
  });
