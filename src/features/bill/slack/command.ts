import type { LaborType } from '../../../shared/labor.ts';
import { parseMinutes } from '../../../shared/minutes.ts';
import type { Asked } from '../../../slack/asked.ts';
import { command, understood } from '../../../slack/feature.ts';
import type { TicketRef } from '../../../syncro/ticket-ref.ts';
import { formOn, ticketOnly, withTicket } from '../../tickets/slack/on-ticket.ts';
import { type BillDraft, billForm } from './form.ts';
import { billPreview } from './preview.ts';
import type { BillUse } from './use.ts';

type BillCommand = {
  readonly ticket: TicketRef;
  /** What stands behind the number, as it was typed. */
  readonly words: string;
};

const LONGEST_TIME = 4;
/** Shorter ones begin a comment as often as a labor type: "on the phone". */
const SHORTEST_BEGINNING = 3;

/** The labor type that a word means: itself, or the only one that begins so; never a guess. */
const laborOf = (labor: readonly LaborType[], typed: string, isLast: boolean): string | null => {
  const word = typed.toLowerCase();
  const fits = labor.filter(({ word: known }) => known.startsWith(word));
  if (fits.some(({ word: known }) => known === word)) return word;
  return fits.length === 1 && (isLast || word.length >= SHORTEST_BEGINNING) ? (fits[0]?.word ?? null) : null;
};

type Placed = { readonly minutes: string | null; readonly labor: string | null; readonly comment: string };

const BARE_NUMBER = /^\d+$/;

/**
 * How many of these words are the minutes. Behind the labor a number without a unit begins the comment ("remote 365
 * licenses moved"), unless it is the last word.
 */
const countMinutes = (words: readonly string[], isBehindLabor: boolean): number => {
  const counts = Array.from({ length: Math.min(LONGEST_TIME, words.length) }, (_, i) => i + 1).reverse();
  const isMeant = (count: number): boolean =>
    !isBehindLabor || count === words.length || !BARE_NUMBER.test(words[count - 1] ?? '');
  return counts.find((count) => isMeant(count) && parseMinutes(words.slice(0, count).join(' ')).ok) ?? 0;
};

/** Minutes ("1 h 30 m") and labor in either order, and all the rest is the comment: nothing that was typed is dropped. */
export const placeWords = (text: string, labor: readonly LaborType[]): Placed => {
  const words = text.split(/\s+/).filter(Boolean);
  let minutes: string | null = null;
  let word: string | null = null;
  let taken = 0;
  for (let turn = 0; turn < 2; turn++) {
    const rest = words.slice(taken);
    const count: number = minutes === null ? countMinutes(rest, word !== null) : 0;
    if (count > 0) {
      minutes = rest.slice(0, count).join(' ');
      taken += count;
    } else if (word === null && rest[0] !== undefined) {
      word = laborOf(labor, rest[0], rest.length === 1);
      taken += word === null ? 0 : 1;
    }
  }
  return { minutes, labor: word, comment: text.replace(new RegExp(`^\\s*(?:\\S+\\s*){${taken}}`), '').trim() };
};

/** What of the form is filled in by these words. */
export const draftOf = (words: string, known: readonly LaborType[]): Partial<BillDraft> => {
  const { minutes, labor, comment } = placeWords(words, known);
  return {
    ...(minutes === null ? {} : { minutes }),
    ...(labor === null ? {} : { labor }),
    ...(comment === '' ? {} : { comment }),
  };
};

export const billCommand = command<BillUse, BillCommand>({
  name: 'bill',
  usage: 'bill <number> [<minutes>] [<labor>] [<comment>]',
  does: 'bill time: comment, labor, checked invoice, status; previewed first',
  example: 'bill 32164 45m remote fixed the printer',
  writes: true,
  parse: (words, text) =>
    withTicket(
      'bill 32164',
      words,
      (ticket) => understood({ ticket, words: text.slice(words[0]?.length ?? 0).trim() }),
      'bill:choose',
    ),
  run: (asked, { ticket, words }) => {
    const draft = draftOf(words, asked.deps.labor);
    const { minutes, labor, comment } = draft;
    return formOn(asked, ticket, (opening, number) => {
      if (minutes !== undefined && labor !== undefined && comment !== undefined)
        return billPreview.open(opening, number, { minutes, labor, comment, audience: 'email', invoice: '' });
      const focus = minutes !== undefined && labor !== undefined ? { focus: 'comment' } : {};
      return billForm.open(opening, number, draft, focus);
    });
  },
});

export const againCommand = command({
  name: 'again',
  usage: 'again <number>',
  does: 'the bill form with your last labor and audience; the minutes stay empty',
  example: 'again 32164',
  writes: true,
  parse: ticketOnly('again 32164'),
  run: async (asked: Asked<BillUse>, { ticket }) => {
    const draft = await asked.use.lastChoice(asked.technician, asked.deps.labor);
    return formOn(asked, ticket, (opening, number) => billForm.open(opening, number, draft));
  },
});
