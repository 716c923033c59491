import { setTimeout as sleep } from 'node:timers/promises';

/** What keeps a process alive and is a test's to end. Others come and go: what is being written to jest, for example. */
const KINDS = ['Timeout', 'TCPServerWrap', 'TCPSocketWrap', 'ProcessWrap', 'MessagePort', 'FSEventWrap', 'UDPWrap'];
/**
 * A connection that was closed needs a moment, and on a busy machine more than that; what an earlier file of this process
 * has left to end by itself, such as a lookup of a name, needs longer. What is really left open never goes.
 */
const PATIENCE_MS = 30_000;
const LOOK_EVERY_MS = 10;

const count = (kinds) => Map.groupBy(kinds, (kind) => kind);

/**
 * Before a test file runs. @returns what it left open, to be asked afterwards. Nothing in jest's own process (`-i`, or a
 * single file), which opens and closes things meanwhile; jest itself says there that it can't exit.
 */
export const watchOpen = () => {
  if (!process.send) return async () => [];
  const before = count(process.getActiveResourcesInfo());
  const more = () =>
    [...count(process.getActiveResourcesInfo())].flatMap(([kind, { length }]) => {
      const left = length - (before.get(kind)?.length ?? 0);
      return KINDS.includes(kind) && left > 0 ? [`${left} × ${kind}`] : [];
    });
  return async () => {
    const end = Date.now() + PATIENCE_MS;
    // The wait itself is a timer that is not there when we look.
    while (more().length > 0 && Date.now() < end) await sleep(LOOK_EVERY_MS);
    return more();
  };
};
