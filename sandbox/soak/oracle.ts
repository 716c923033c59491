import type { SyncroState } from '../syncro/state.ts';
import type { Done } from './acts.ts';

/** Everything that people were told to be done is in Syncro exactly once and under their name. */
export const judgeDone = (state: SyncroState, done: readonly Done[]): readonly string[] =>
  done.flatMap((one) => {
    const problem = (what: string): readonly string[] => [`${one.by.name}, ${one.words}: ${what}`];
    const authors = (rows: ReadonlyArray<{ readonly user_id: number | null }>): string =>
      rows.map(({ user_id }) => user_id).join();
    const mine = String(one.by.syncroUserId);
    if (one.kind === 'create') {
      const made = authors(state.tickets.filter(({ subject }) => subject === one.words));
      return made === mine ? [] : problem(`tickets by [${made}]`);
    }
    const comments = authors(state.comments.filter(({ body }) => body === one.words));
    if (comments !== mine) return problem(`comments by [${comments}]`);
    if (one.kind === 'comment') return [];
    const ticket = state.tickets.find(({ number }) => number === one.number);
    const lines = authors(state.lines.filter(({ description }) => description === one.words));
    const invoices = authors(state.invoices.filter(({ ticket_id }) => ticket_id === ticket?.id));
    if (lines !== mine || invoices !== mine) return problem(`lines by [${lines}], invoices by [${invoices}]`);
    return ticket?.status === 'Invoiced' ? [] : problem(`the status is ${ticket?.status}`);
  });

/** What nobody was told about must not be there either: each comment and each line of this hour stands once. */
export const judgeDoubles = (state: SyncroState): readonly string[] => {
  const seen = new Map<string, number>();
  const texts = [
    ...state.comments.map(({ body }) => `comment ${body}`),
    ...state.lines.map(({ description }) => `line ${description}`),
    ...state.tickets.map(({ subject }) => `ticket ${subject}`),
  ];
  for (const text of texts.filter((each) => each.endsWith('of this hour'))) seen.set(text, (seen.get(text) ?? 0) + 1);
  return [...seen].flatMap(([text, count]) => (count > 1 ? [`${text}: ${count} times`] : []));
};
