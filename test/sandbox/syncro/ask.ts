import { type SyncroOptions, type SyncroSandbox, startSyncro } from '../../../sandbox/syncro/start-syncro.ts';

export const howardKey = 'sandbox-howard';
/** Fixed clock: Monday 23 November 2026, 15:00 in Phoenix. */
export const noon = Date.parse('2026-11-23T22:00:00.000Z');

/** The ids of the named tickets. */
export const jerrys = 108443837;
export const leeAnns = 108443702;
export const lens = 108443655;

export type Answer = {
  status: number;
  type: string | null;
  text: string;
  headers: Headers;
  body: Record<string, unknown>;
};

const open: SyncroSandbox[] = [];

export const start = async (options: SyncroOptions = {}): Promise<SyncroSandbox> => {
  const syncro = await startSyncro({ data: 'tiny', now: () => noon, ...options });
  open.push(syncro);
  return syncro;
};

export const stopAll = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((syncro) => syncro.close()));
};

export const ask = async (
  syncro: SyncroSandbox,
  method: string,
  path: string,
  body?: object,
  key: string = howardKey,
): Promise<Answer> => {
  const response = await fetch(`${syncro.url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await response.text();
  const type = response.headers.get('content-type');
  const parsed: unknown = type?.includes('json') && text.startsWith('{') ? JSON.parse(text) : {};
  return { status: response.status, type, text, headers: response.headers, body: parsed as Record<string, unknown> };
};

export const get = (syncro: SyncroSandbox, path: string, key?: string): Promise<Answer> =>
  ask(syncro, 'GET', path, undefined, key);

export const post = (syncro: SyncroSandbox, path: string, body: object, key?: string): Promise<Answer> =>
  ask(syncro, 'POST', path, body, key);

/** A list inside an answer. */
export const rows = (value: unknown): Record<string, unknown>[] => value as Record<string, unknown>[];

/** An object inside an answer. */
export const inside = (value: unknown): Record<string, unknown> => value as Record<string, unknown>;

/** The ticket with this number. */
export const ticketId = (syncro: SyncroSandbox, number: number): number => {
  const row = syncro.state.tickets.find((ticket) => ticket.number === number);
  if (!row) throw new Error(`no ticket #${number}`);
  return row.id;
};
