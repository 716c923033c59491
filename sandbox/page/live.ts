import type { ServerResponse } from 'node:http';

export type Parts = Readonly<Record<string, unknown>>;

/** What is different: new texts of parts, and the parts that are gone. */
export type Difference = { readonly changed: Parts; readonly gone: readonly string[] };

/** Several changes that come together are told together. */
const TOGETHER_MS = 25;
/** What nobody announces, such as a request that is under way, is seen this often. */
const LOOK_EVERY_MS = 200;
const KEEP_ALIVE_MS = 20_000;

/** Compares with what was told before, part by part. */
const createTold = () => {
  let told = new Map<string, string>();
  return (parts: Parts): Difference | null => {
    const now = new Map(Object.entries(parts).map(([name, part]) => [name, JSON.stringify(part)]));
    const changed = [...now].filter(([name, text]) => told.get(name) !== text).map(([name]) => [name, parts[name]]);
    const gone = [...told.keys()].filter((name) => !now.has(name));
    told = now;
    return changed.length + gone.length > 0 ? { changed: Object.fromEntries(changed), gone } : null;
  };
};

export type Live = {
  /** Tells this response of all parts now, and of every difference from now on. */
  readonly join: (response: ServerResponse, look: () => Parts) => void;
  /** Something may be different. */
  readonly changed: () => void;
  readonly close: () => void;
};

/** Server-sent events for everybody who has the page open. */
export const createLive = (): Live => {
  const told = new Map<ServerResponse, () => void>();
  let soon: NodeJS.Timeout | null = null;
  const tellAll = (): void => {
    soon = null;
    for (const tell of told.values()) tell();
  };
  const looking = setInterval(tellAll, LOOK_EVERY_MS);
  const keeping = setInterval(() => {
    for (const response of told.keys()) response.write(':\n\n');
  }, KEEP_ALIVE_MS);
  return {
    join: (response, look) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      const differs = createTold();
      const tell = (): void => {
        const difference = differs(look());
        if (difference) response.write(`data: ${JSON.stringify(difference)}\n\n`);
      };
      told.set(response, tell);
      response.on('close', () => told.delete(response));
      tell();
    },
    changed: () => {
      if (told.size > 0) soon ??= setTimeout(tellAll, TOGETHER_MS);
    },
    close: () => {
      if (soon) clearTimeout(soon);
      clearInterval(looking);
      clearInterval(keeping);
      for (const response of told.keys()) response.end();
    },
  };
};
