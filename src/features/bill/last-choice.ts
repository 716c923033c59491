import type { Runs } from '../../runs/ports.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { Audience } from '../../syncro/audience.ts';

export type LastChoiceDeps = {
  readonly runs: Pick<Runs, 'finishedOf'>;
  readonly clock: Clock;
};

/** What somebody chose in a form. Absent: not known, or no word of the settings stands for it any more. */
export type LastChoice = { readonly labor?: string; readonly audience?: Audience };

const DAY_MS = 24 * 3_600_000;
/** Most people billed something yesterday or today; whoever was away has a month's work read. */
const LOOK_BACK_DAYS = [2, 31];

/** Older habits say little of what is chosen next. */
const HABIT_DAYS = 14;

/** The labor types, those that this person bills by most first; the others as the settings have them. */
export const mostUsedFirst = async (
  { runs, clock }: LastChoiceDeps,
  { slackUser }: Technician,
  labor: readonly LaborType[],
): Promise<readonly LaborType[]> => {
  const ended = await runs.finishedOf(slackUser, clock.now() - HABIT_DAYS * DAY_MS);
  const billed = ended.flatMap((run) => (run.kind === 'bill' && run.state === 'done' ? [run.plan.laborWord] : []));
  const uses = ({ word }: LaborType): number => billed.filter((each) => each === word).length;
  return labor.toSorted((a, b) => uses(b) - uses(a));
};

/** The labor type and the audience of the last bill of theirs that went through, on whichever ticket. */
export const readLastChoice = async (
  { runs, clock }: LastChoiceDeps,
  { slackUser }: Technician,
  labor: readonly LaborType[],
): Promise<LastChoice> => {
  for (const days of LOOK_BACK_DAYS) {
    const ended = await runs.finishedOf(slackUser, clock.now() - days * DAY_MS);
    const last = ended.findLast(({ kind, state }) => kind === 'bill' && state === 'done');
    if (last?.kind !== 'bill') continue;
    const { plan } = last;
    const words = labor.filter(({ productId }) => productId === plan.line.productId).map(({ word }) => word);
    const word = words.find((one) => one === plan.laborWord) ?? words[0];
    return { ...(word === undefined ? {} : { labor: word }), audience: plan.comment.audience };
  }
  return {};
};
