import type { ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { badKey, htmlPage, type Reply, tooMany, unprocessable } from './reply.ts';

/** `commit` performs the request and says what a sound answer would be; at most one call per request. */
export type Delivery = {
  readonly response: ServerResponse;
  readonly commit: () => Reply;
  /** The answer to a GET as of before the last write. */
  readonly commitStale: () => Reply;
  /** Resolves after so many ms, or at once when the fake closes. */
  readonly wait: (ms: number) => Promise<void>;
};

export const send = (response: ServerResponse, reply: Reply): number => {
  if (response.destroyed) return 0;
  response.statusCode = reply.status;
  if (reply.contentType !== null) response.setHeader('content-type', reply.contentType);
  if (reply.retryAfter !== undefined) response.setHeader('retry-after', String(reply.retryAfter));
  response.end(reply.body);
  return reply.status;
};

const cut = (response: ServerResponse): number => {
  response.destroy();
  return 0;
};

const half = (response: ServerResponse, reply: Reply): Promise<number> => {
  const bytes = Buffer.from(reply.body);
  response.writeHead(reply.status, {
    'content-type': reply.contentType ?? 'text/plain',
    'content-length': bytes.length,
  });
  const { promise, resolve } = Promise.withResolvers<number>();
  // Cut only once the half is on its way, or the client would see no answer at all.
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => {
    cut(response);
    resolve(reply.status);
  });
  return promise;
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const merged = (value: unknown, change: unknown): unknown =>
  isObject(value) && isObject(change)
    ? { ...value, ...Object.fromEntries(Object.entries(change).map(([name, one]) => [name, merged(value[name], one)])) }
    : change;

/** Answers as `fault` says. Returns the status that was sent, 0 for none. */
export const deliver = async (delivery: Delivery, fault: Fault): Promise<number> => {
  const { response, commit, wait } = delivery;
  const later = (): Promise<void> => wait(fault.afterMs ?? 0);
  const before = async (reply: Reply): Promise<number> => {
    await later();
    return send(response, reply);
  };
  const after = async (change: (reply: Reply) => Reply): Promise<number> => {
    const reply = change(commit());
    await later();
    return send(response, reply);
  };
  switch (fault.kind) {
    case 'cut-before':
      await later();
      return cut(response);
    case 'cut-after':
      commit();
      await later();
      return cut(response);
    case '500-before':
      return before(htmlPage(500, "We're sorry, but something went wrong (500)"));
    case '500-after':
      return after(() => htmlPage(500, "We're sorry, but something went wrong (500)"));
    case 'html':
      return after(() => htmlPage(200, 'Just a moment'));
    case 'empty':
      return after((reply) => ({ ...reply, body: '' }));
    case 'garbage-before':
      return before(htmlPage(502, '502 Bad Gateway'));
    case 'truncated': {
      const reply = commit();
      await later();
      return half(response, reply);
    }
    case 'altered':
      return after((reply) => ({ ...reply, body: JSON.stringify(merged(JSON.parse(reply.body), fault.body)) }));
    case '429':
      return before(tooMany(fault.retryAfter));
    case 'late':
      if (!fault.hang) cut(response);
      await wait(fault.delayMs ?? 100);
      commit();
      return 0;
    case 'hang':
      if (fault.committed) commit();
      return 0;
    case '401':
      return before(badKey);
    case '422':
      return before(unprocessable(fault.body ?? { error: 'Refused by the fake' }));
    case 'stale-read': {
      const reply = delivery.commitStale();
      await later();
      return send(response, reply);
    }
  }
};
