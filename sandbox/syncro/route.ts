import type { Behaviour } from './behaviour.ts';
import type { Reply } from './reply.ts';
import type { Permissions, UserRow } from './rows.ts';
import type { SyncroState } from './state.ts';

export type ChangedKind = 'ticket' | 'comment' | 'line' | 'timer' | 'invoice' | 'customer' | 'contact';

/** Told to `onChange` listeners after every committed write. */
export type Change = {
  readonly kind: ChangedKind;
  readonly action: 'created' | 'updated' | 'deleted';
  readonly id: number;
  readonly ticketId: number | null;
};

/** One request, as a route sees it. */
export type Call = {
  readonly state: SyncroState;
  readonly behaviour: Behaviour;
  readonly user: UserRow;
  /** Placeholders of the path, in order. */
  readonly params: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly changed: (change: Change) => void;
};

export type Resource = 'customer' | 'ticket' | 'invoice';
export type Need = readonly [Resource, keyof Permissions['ticket']];

export type Route = {
  readonly method: string;
  /** As in the OpenAPI document, e.g. `/tickets/{id}`. */
  readonly template: string;
  readonly pattern: RegExp;
  readonly need: Need | null;
  readonly handle: (call: Call) => Reply;
};

export const route = (method: string, template: string, need: Need | null, handle: (call: Call) => Reply): Route => ({
  method,
  template,
  pattern: new RegExp(`^${template.replaceAll(/\{\w+\}/g, '([^/]+)')}$`),
  need,
  handle,
});

/** The row whose id stands in the path's placeholder `index`. */
export const byParam = <T extends { id: number }>(list: readonly T[], call: Call, index = 0): T | undefined => {
  const wanted = call.params[index];
  return list.find((row) => String(row.id) === wanted);
};
