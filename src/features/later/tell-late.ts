import type { BillRun } from '../../runs/rules/run.ts';
import type { Clock, Log } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { DueLine, LateBoard, LateCharge, Promises, Told } from './ports.ts';

export type TellLateDeps = {
  readonly promises: Pick<Promises, 'noteTold'>;
  readonly board: LateBoard;
  readonly technicians: readonly Technician[];
  readonly clock: Clock;
  readonly log: Log;
  readonly owner: string;
};

/** A line that people are to hear of, and the run that charged it. */
export type LateLine = { readonly line: DueLine; readonly run: BillRun; readonly what: LateCharge['what'] };

/** `later`: Slack was away, or nobody knows yet whether it arrived. `lost`: somebody else holds it by now. */
type Telling = 'settled' | 'later' | 'lost';

/** A process that slept between its last look at the lease and now sends nothing: somebody else may have. */
const SEND_WITHIN_MS = 5_000;

const tellOne = async (deps: TellLateDeps, to: Technician, late: readonly LateLine[]): Promise<Telling> => {
  const { promises, board, clock, log, owner } = deps;
  const note = ({ line }: LateLine, told: Told): Promise<boolean> => {
    // Also for whom it is told of next.
    Object.assign(line.told, { [to.slackUser]: told });
    return promises.noteTold(line.runId, owner, clock.now(), line.told);
  };
  const toTell: LateLine[] = [];
  for (const one of late) {
    const before = one.line.told[to.slackUser];
    if (before && before.state !== 'telling') continue;
    if (before) {
      const found = await board.find(to, one.line.runId, before.since).catch((error: unknown) => {
        log.warn({ ref: one.run.ref, err: error }, 'could not look for a message that may be there');
        return null;
      });
      if (!found) return 'later';
      if (found.result !== 'absent') {
        if (!(await note(one, { state: found.result === 'found' ? 'told' : 'unknown' }))) return 'lost';
        continue;
      }
    }
    toTell.push(one);
  }
  if (toTell.length === 0) return 'settled';
  const since = clock.now();
  for (const one of toTell) if (!(await note(one, { state: 'telling', since }))) return 'lost';
  if (clock.now() - since > SEND_WITHIN_MS) return 'later';
  const posting = await board.tell(
    to,
    toTell.map(({ run, what }) => ({ run, what })),
  );
  const refs = toTell.map(({ run }) => run.ref);
  if (posting.result === 'refused')
    log.warn({ refs, slackUser: to.slackUser, reason: posting.reason }, 'nobody could be told what became of a charge');
  // What never left is looked for as well: it is not there, and sent then.
  if (posting.result === 'not_sent' || posting.result === 'unclear') return 'later';
  for (const one of toTell)
    if (!(await note(one, { state: posting.result === 'posted' ? 'told' : 'refused' }))) return 'lost';
  log.info({ refs, slackUser: to.slackUser }, 'told what became of charges');
  return 'settled';
};

/**
 * Tells who charged them, and every biller, of lines that no invoice is known to have taken: each person at most once of each line, however
 * many processes try and die.
 */
export const tellLate = async (deps: TellLateDeps, late: readonly LateLine[]): Promise<Telling> => {
  const billers = deps.technicians.filter(({ role }) => role === 'biller');
  const people = new Map([...late.map(({ run }) => run.technician), ...billers].map((one) => [one.slackUser, one]));
  let all: Telling = 'settled';
  for (const to of people.values()) {
    const isBiller = billers.includes(to);
    const theirs = late.filter(({ run }) => isBiller || run.technician.slackUser === to.slackUser);
    const telling = await tellOne(deps, to, theirs);
    if (telling === 'lost') return 'lost';
    if (telling === 'later') all = 'later';
  }
  return all;
};
