import type { KnownBlock } from '@slack/types';
import type { KnownTicket } from '../../app/ports.ts';
import { shorten } from '../../domain/text.ts';
import { line, lines, type Part } from '../blocks.ts';
import type { Reply } from '../messages/reply.ts';

/** What a form says of its ticket: nothing yet, what is known, or why it can't be read. */
export type About =
  | {
      readonly ticket: KnownTicket;
      /** Behind the customer's name. */
      readonly beside?: string;
      /** A line each. */
      readonly facts?: readonly string[];
    }
  | { readonly problem: Reply }
  | null;

/** The block over the inputs; it keeps its id, so that what was typed below survives its update. */
export const aboutBlock = (about: About): KnownBlock => {
  if (about === null) return { ...line('Reading the ticket …'), block_id: 'about' };
  if ('problem' in about) return { ...(about.problem.blocks[0] ?? line(about.problem.text)), block_id: 'about' };
  const { ticket, beside, facts = [] } = about;
  const rows = facts.map((fact): readonly Part[] => [shorten(fact, 500)]);
  return {
    ...lines(
      [{ bold: shorten(ticket.subject, 300) }],
      [`${shorten(ticket.customerName, 200)}${beside ? ` · ${beside}` : ''}`],
      ...rows,
    ),
    block_id: 'about',
  };
};
