import type { LaborType } from '../../../shared/labor.ts';
import { parseMinutes } from '../../../shared/minutes.ts';
import type { Asked } from '../../../slack/asked.ts';
import { command, understood } from '../../../slack/feature.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import { formOn, ticketOnly, withTicket } from '../../tickets/slack/on-ticket.ts';
import { billForm } from './form.ts';
import type { BillUse } from './use.ts';

type BillCommand = {
  readonly ticket: TicketRef;
  /** As typed; the form shows it and checks it again. */
  readonly minutes: string | null;
  readonly labor: string | null;
};

const isTime = (words: readonly string[]): boolean => parseMinutes(words.join(' ')).ok;

/** Minutes ("1 h 30 m") and labor type in either order; the longest run of words that reads as a time is the minutes. */
const parse = (words: readonly string[]) =>
  withTicket<BillCommand>('bill 32164', words, (ticket, rest) => {
    const bill = (minutes: readonly string[], labor: readonly string[]) =>
      understood({ ticket, minutes: minutes.join(' ') || null, labor: labor.join(' ').toLowerCase() || null });
    for (let count = Math.min(4, rest.length); count > 0; count--) {
      if (isTime(rest.slice(0, count))) return bill(rest.slice(0, count), rest.slice(count));
      if (isTime(rest.slice(-count))) return bill(rest.slice(-count), rest.slice(0, -count));
    }
    return bill([], rest);
  });

/** The labor type that a word means: itself, or the only one that begins so; never a guess. */
const laborWord = (labor: readonly LaborType[], word: string | null): string | undefined => {
  if (word === null) return undefined;
  const fits = labor.filter(({ word: known }) => known.startsWith(word));
  return labor.find(({ word: known }) => known === word)?.word ?? (fits.length === 1 ? fits[0]?.word : undefined);
};

export const billCommand = command<BillUse, BillCommand>({
  name: 'bill',
  usage: 'bill <number> [<minutes>] [<labor>]',
  does: 'bill time: comment, labor, checked invoice, status; previewed first',
  example: 'bill 32164 45m remote',
  writes: true,
  parse,
  run: (asked, { ticket, minutes, labor }) => {
    const word = laborWord(asked.deps.labor, labor);
    const draft = { ...(minutes ? { minutes } : {}), ...(word ? { labor: word } : {}) };
    const where = labor !== null && !word ? { notUnderstood: labor } : {};
    return formOn(asked, ticket, (opening, number) => billForm.open(opening, number, draft, where));
  },
});

export const againCommand = command({
  name: 'again',
  usage: 'again <number>',
  does: 'the bill form with my last labor and audience; the minutes stay empty',
  example: 'again 32164',
  writes: true,
  parse: ticketOnly('again 32164'),
  run: async (asked: Asked<BillUse>, { ticket }) => {
    const draft = await asked.use.lastChoice(asked.technician, asked.deps.labor);
    return formOn(asked, ticket, (opening, number) => billForm.open(opening, number, draft));
  },
});
