import type { LaborType } from '../domain/labor.ts';
import { matchWords } from '../domain/match-word.ts';
import { formatMoney } from '../domain/money.ts';
import type { Technician } from '../domain/technician.ts';
import { AppError } from '../errors.ts';
import { createBackgroundCaller } from './background-caller.ts';
import type { Identity } from './identity.ts';
import type { Caller, Keys, SyncroReads } from './ports.ts';

/** One line of what an examination of the set-up found. */
export type Finding = {
  readonly area: string;
  readonly what: string;
  readonly state: 'ok' | 'warning' | 'failed';
  readonly words: string;
};

export type ExamineDeps = {
  readonly reads: Pick<SyncroReads, 'product' | 'ticketSettings' | 'settings'>;
  readonly keys: Pick<Keys, 'own' | 'shared' | 'status'>;
  readonly identity: Pick<Identity, 'verify'>;
  readonly technicians: readonly Technician[];
  readonly labor: readonly LaborType[];
  readonly tickets: {
    readonly closeAs: string;
    readonly invoiceStatus: string;
    readonly doneStatuses: readonly string[];
    readonly defaultPriority: string;
  };
  readonly sharedWrites: boolean;
};

const failure = (error: unknown): string => {
  if (error instanceof AppError) return error.message;
  throw error;
};

const examineKey = async (deps: ExamineDeps, technician: Technician): Promise<Finding> => {
  const of = (state: Finding['state'], words: string): Finding => ({
    area: 'Key',
    what: technician.name,
    state,
    words,
  });
  const { problems } = await deps.keys.status(technician);
  try {
    const author = await deps.identity.verify(technician);
    if (author) return of('ok', `writes as ${author.name} (Syncro user ${author.id})`);
    const fallback = deps.sharedWrites
      ? 'writes under the shared key'
      : 'can only read, with the shared key if there is one';
    return of('warning', `${problems.join(' ') || 'no key'}: ${fallback}; /syncro connect adds one`);
  } catch (error) {
    return of('failed', failure(error));
  }
};

const examineLabor = async (deps: ExamineDeps, caller: Caller, { word, productId }: LaborType): Promise<Finding> => {
  const of = (state: Finding['state'], words: string): Finding => ({ area: 'Labor', what: word, state, words });
  try {
    const { name, rateCents, disabled, taxable } = await deps.reads.product(caller, productId);
    const rate = `${name}, ${formatMoney(rateCents)} an hour`;
    if (!name.trim()) return of('failed', `product ${productId} has no name in Syncro: it can't be billed`);
    if (disabled) return of('warning', `${rate}, but disabled in Syncro`);
    if (rateCents === 0) return of('warning', `${rate}: lines will cost nothing`);
    return of('ok', taxable ? `${rate} (taxable in Syncro; the app bills it untaxed)` : rate);
  } catch (error) {
    return of('failed', failure(error));
  }
};

const examineTickets = async ({ reads, tickets }: ExamineDeps, caller: Caller): Promise<readonly Finding[]> => {
  const of = (what: string, state: Finding['state'], words: string): Finding => ({
    area: 'Tickets',
    what,
    state,
    words,
  });
  try {
    const [{ statuses }, { priorities, timeZone }] = await Promise.all([
      reads.ticketSettings(caller),
      reads.settings(caller),
    ]);
    const status = (what: string, name: string): Finding =>
      statuses.includes(name)
        ? of(what, 'ok', name)
        : of(what, 'failed', `"${name}" is no status of the account; there are ${statuses.join(', ')}`);
    const unknown = tickets.doneStatuses.filter((name) => !statuses.includes(name));
    const priority = matchWords(tickets.defaultPriority, priorities);
    return [
      status('close_as', tickets.closeAs),
      status('invoice_status', tickets.invoiceStatus),
      unknown.length === 0
        ? of('done_statuses', 'ok', tickets.doneStatuses.join(', '))
        : of('done_statuses', 'warning', `the account does not have ${unknown.join(', ')}: harmless`),
      priority.match === 'one'
        ? of('default_priority', 'ok', priority.value)
        : of('default_priority', 'failed', `"${tickets.defaultPriority}" fits none of ${priorities.join(', ')}`),
      of('time zone', timeZone ? 'ok' : 'warning', timeZone ?? 'Syncro does not say it: UTC is used'),
    ];
  } catch (error) {
    return [of('settings of the account', 'failed', failure(error))];
  }
};

/** Looks at everything in Syncro that the settings rely on. Nothing is written. */
export const examine = async (deps: ExamineDeps): Promise<readonly Finding[]> => {
  const keys: Finding[] = [];
  for (const technician of deps.technicians) keys.push(await examineKey(deps, technician));
  try {
    const caller = { ...(await createBackgroundCaller(deps.keys, deps.technicians)()), lane: 'person' as const };
    const labor: Finding[] = [];
    for (const type of deps.labor) labor.push(await examineLabor(deps, caller, type));
    return [...keys, ...labor, ...(await examineTickets(deps, caller))];
  } catch (error) {
    return [...keys, { area: 'Syncro', what: 'reading', state: 'failed', words: failure(error) }];
  }
};
