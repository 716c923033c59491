import { authenticate } from './authenticate.ts';
import type { FaultKind } from './faults.ts';
import { type Incoming, safeBody, safePath } from './incoming.ts';
import type { Reply } from './reply.ts';
import type { SyncroState } from './state.ts';

/** One request that reached the fake; no key in it. */
export type LoggedRequest = {
  readonly at: number;
  readonly method: string;
  /** Below `/api/v1`, with the query. */
  readonly path: string;
  /** Owner of the key; null for a missing or unknown key. */
  readonly technician: number | null;
  readonly body: Readonly<Record<string, unknown>>;
  /** As sent; 0 while nothing was sent, which stays so when the connection was cut. */
  status: number;
  /** Until the answer or the cut; `null` before that. */
  ms: number | null;
  /** What was ordered to go wrong with it. */
  fault?: FaultKind;
};

/** Request and answer together, to be held against the OpenAPI document. */
export type Exchange = {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  /** Parsed when it is JSON, else text; null without a body. */
  readonly responseBody: unknown;
};

/** Newest entries win; enough for a test, bounded for a demo that runs for days. */
const push = <T>(list: T[], entry: T, limit: number): void => {
  list.push(entry);
  if (list.length > limit) list.splice(0, list.length - limit);
};

export const logRequest = (log: LoggedRequest[], state: SyncroState, incoming: Incoming, at: number): LoggedRequest => {
  const entry: LoggedRequest = {
    at,
    method: incoming.method,
    path: safePath(incoming),
    technician: authenticate(state, incoming)?.id ?? null,
    body: safeBody(incoming),
    status: 0,
    ms: null,
  };
  push(log, entry, 20_000);
  return entry;
};

export const recordExchange = (exchanges: Exchange[], incoming: Incoming, reply: Reply): void => {
  const query = new URLSearchParams(incoming.query);
  query.delete('api_key');
  const isJson = reply.contentType?.includes('json') ?? false;
  const exchange: Exchange = {
    method: incoming.method,
    path: incoming.path ?? '',
    query: Object.fromEntries(query),
    requestBody: incoming.method === 'GET' ? null : safeBody(incoming),
    status: reply.status,
    responseBody: isJson ? JSON.parse(reply.body) : reply.body || null,
  };
  push(exchanges, exchange, 2_000);
};
