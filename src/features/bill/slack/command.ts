import type { LaborType } from '../../../shared/labor.ts';
import type { Handler } from '../../../slack/asked.ts';
import { formOn } from '../../tickets/slack/on-ticket.ts';
import { openBillForm } from './open-bill.ts';

/** The labor type that a word means: itself, or the only one that begins so; never a guess. */
const laborWord = (labor: readonly LaborType[], word: string | null): string | undefined => {
  if (word === null) return undefined;
  const fits = labor.filter(({ word: known }) => known.startsWith(word));
  return labor.find(({ word: known }) => known === word)?.word ?? (fits.length === 1 ? fits[0]?.word : undefined);
};

export const bill: Handler<'bill'> = (asked, { ticket, minutes, labor }) => {
  const word = laborWord(asked.deps.labor, labor);
  const draft = { ...(minutes ? { minutes } : {}), ...(word ? { labor: word } : {}) };
  const where = labor !== null && !word ? { notUnderstood: labor } : {};
  return formOn(asked, ticket, (opening, number) => openBillForm(opening, number, draft, where));
};
