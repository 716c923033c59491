import type { EventPart } from './shapes.ts';

/** As many as there is reason to look back at. */
const KEPT = 20;

export type Events = {
  readonly add: (words: string, isTrouble: boolean) => void;
  /** Newest first. */
  readonly all: () => readonly EventPart[];
};

/** What happened to the app and to Syncro, to be read between the requests. */
export const createEvents = (): Events => {
  let events: readonly EventPart[] = [];
  return {
    add: (words, isTrouble) => {
      events = [{ at: Date.now(), words, isTrouble }, ...events].slice(0, KEPT);
    },
    all: () => events,
  };
};
