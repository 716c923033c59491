import { AppError } from '../shared/errors.ts';
import type { Technician } from '../shared/technician.ts';
import type { Forms } from './forms-port.ts';
import type { Run } from './rules/run.ts';
import { type StartDeps, startRun } from './start-run.ts';

type Deps = StartDeps & { readonly forms: Forms };

/** An older preview may show facts that are no longer true. */
const PREVIEW_GOOD_MS = 5 * 60_000;

/**
 * Starts what a preview showed.
 * @throws AppError stale (no or too old a preview), busy (another run holds the ticket); then nothing was stored
 */
export const confirmForm = async (deps: Deps, technician: Technician, formId: string): Promise<Run> => {
  const before = await deps.runs.byForm(formId);
  if (before && before.technician.slackUser === technician.slackUser) return before;
  const form = await deps.forms.get(formId);
  if (!form?.previewed?.work || form.technician !== technician.slackUser)
    throw new AppError('stale', 'There is no preview to confirm. Press Back, then Preview.');
  const { work, at, setAt } = form.previewed;
  const age = deps.clock.now() - at;
  // A clock that was set back doesn't tell how old it is.
  if (age > PREVIEW_GOOD_MS || age < 0)
    throw new AppError(
      'stale',
      'This preview is over 5 minutes old. Press Back, then Preview, to see what is true now.',
    );
  return startRun(deps, technician, formId, work, at, setAt);
};
