import type { KnownBlock } from '@slack/types';
import { shorten } from '../../../shared/text.ts';
import { actions, button, line, lines, note, type Part } from '../../../slack/blocks.ts';
import { alert } from '../../../slack/forms/alert.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { KnownTicket } from '../../../syncro/ticket.ts';

/** What a form says of its ticket: nothing yet, what is known, or why it can't be read. */
export type About =
  | {
      readonly ticket: KnownTicket;
      /** Behind the customer's name. */
      readonly beside?: string;
      /** A line each. */
      readonly facts?: readonly string[];
      /** Before all else. */
      readonly warnings?: ReadonlyArray<readonly Part[]>;
    }
  | { readonly problem: Reply }
  | null;

/** Over the inputs; the first block keeps its id, so that what was typed below survives its update. */
export const aboutBlocks = (about: About): readonly KnownBlock[] => {
  if (about === null) return [{ ...line('Reading the ticket …'), block_id: 'about' }];
  if ('problem' in about) {
    // What can be done about it stands below it: a button that connects a key.
    const [words = line(about.problem.text), ...ways] = about.problem.blocks;
    return [{ ...words, block_id: 'about' }, ...ways];
  }
  const { ticket, beside, facts = [], warnings = [] } = about;
  const rows = facts.map((fact): readonly Part[] => [shorten(fact, 500)]);
  const block = lines(
    [{ bold: shorten(ticket.subject, 300) }],
    [`${shorten(ticket.customerName, 200)}${beside ? ` · ${beside}` : ''}`],
    ...rows,
  );
  return [...warnings.map((parts) => alert('warning', parts)), { ...block, block_id: 'about' }];
};

/** In place of inputs that need what Syncro has not said yet. @param again the action that reads it once more */
export const notReady = (about: About, again: string): readonly KnownBlock[] => {
  // Then the block above says it.
  if (about === null) return [];
  return 'problem' in about ? [actions('back', [button('Try again', again)])] : [note('⏳ Reading from Syncro …')];
};
