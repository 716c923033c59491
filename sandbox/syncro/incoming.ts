import type { IncomingMessage } from 'node:http';

/** A request, read to its end. */
export type Incoming = {
  readonly method: string;
  /** Below `/api/v1`; null for a path outside of it. */
  readonly path: string | null;
  readonly query: URLSearchParams;
  readonly authorization: string | null;
  readonly isJson: boolean;
  /** The text could not be read as a JSON object. */
  readonly isBroken: boolean;
  readonly body: Readonly<Record<string, unknown>>;
};

const base = '/api/v1';

const parse = (text: string): Record<string, unknown> | null => {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
};

export const readIncoming = async (request: IncomingMessage): Promise<Incoming> => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const isJson = (request.headers['content-type'] ?? '').includes('application/json');
  const body = isJson ? parse(Buffer.concat(chunks).toString('utf8')) : {};
  return {
    method: request.method ?? 'GET',
    path: url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : null,
    query: url.searchParams,
    authorization: request.headers.authorization ?? null,
    isJson,
    isBroken: body === null,
    body: body ?? {},
  };
};

/** Path and query without the key, for logs. */
export const safePath = (incoming: Incoming): string => {
  const query = new URLSearchParams(incoming.query);
  query.delete('api_key');
  return `${incoming.path ?? '?'}${query.size > 0 ? `?${query}` : ''}`;
};

/** The body without the key, for logs and routes. */
export const safeBody = (incoming: Incoming): Record<string, unknown> => {
  const { api_key: _, ...rest } = incoming.body;
  return rest;
};
