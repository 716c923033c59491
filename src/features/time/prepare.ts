import type { OpenedForms } from '../../runs/opened-forms.ts';
import type { Runs } from '../../runs/ports.ts';
import type { BusinessHoursSetting } from '../../shared/business-hours.ts';
import { AppError } from '../../shared/errors.ts';
import type { LaborType } from '../../shared/labor.ts';
import type { RoundingPolicy } from '../../shared/minutes.ts';
import type { Clock } from '../../shared/system.ts';
import type { Technician } from '../../shared/technician.ts';
import type { AccountLists } from '../../syncro/account-lists.ts';
import { activeContracts } from '../../syncro/contract.ts';
import type { CustomerTerms } from '../../syncro/customer-terms.ts';
import type { Author, Identity } from '../../syncro/identity.ts';
import type { SyncroReads } from '../../syncro/ports.ts';
import type { KnownTicket, TicketNumber } from '../../syncro/ticket.ts';
import { type FindDeps, findTicket, readTicket } from '../tickets/find-ticket.ts';
import { createContractsOf } from '../tickets/if-allowed.ts';
import { createWorkHours, type WorkHoursDeps, workIntervals } from '../tickets/work-hours.ts';
import { planTime, type TimeChoice, type TimePlan, timeWork } from './plan.ts';
import type { Timers } from './ports.ts';

export type TimeDeps = FindDeps &
  WorkHoursDeps & {
    readonly reads: Pick<SyncroReads, 'findTicket' | 'ticket' | 'product'>;
    readonly identity: Identity;
    readonly opened: OpenedForms;
    readonly timers: Pick<Timers, 'get'>;
    readonly runs: Pick<Runs, 'openOn'>;
    readonly clock: Clock;
    readonly lists: Pick<AccountLists, 'settings' | 'timeZone'>;
    readonly terms: Pick<CustomerTerms, 'contracts'>;
    readonly policy: RoundingPolicy & {
      readonly businessHours: BusinessHoursSetting;
      /** False: nobody wants to hear of them. */
      readonly readsContracts: boolean;
    };
  };

export type TimePreview = {
  readonly ticket: KnownTicket;
  readonly plan: TimePlan;
  readonly labor: LaborType;
  readonly author: Author;
};

/** Time that is logged as a timer entry in Syncro and charged there, instead of billed at once. */
export const createTimeLogging = (deps: TimeDeps) => {
  const { reads, identity, opened, clock, runs, policy } = deps;
  const contractsOf = createContractsOf(deps, policy.readsContracts);
  const workHours = createWorkHours(deps);

  const busyWith = async (ticketId: number, formId: string): Promise<string | null> => {
    const run = await runs.openOn(ticketId);
    return run && run.formId !== formId ? run.technician.name : null;
  };

  return {
    /** What stands over the form. @throws AppError not_found, no_key */
    header: async (technician: Technician, number: TicketNumber): Promise<KnownTicket> =>
      findTicket(deps, await identity.reader(technician), number),

    /** Reads the facts live and plans; the plan is what is sent when it is confirmed. @throws AppError */
    preview: async (
      technician: Technician,
      formId: string,
      choice: TimeChoice,
      preview: string | null = null,
    ): Promise<TimePreview> => {
      const form = await opened.toPreview(technician, formId, preview);
      const { caller, author } = await identity.writer(technician, 'person');
      const readAt = clock.now();
      const timerId = form.timerId ?? null;
      const timer = timerId === null ? null : await deps.timers.get(timerId);
      const endedAt = timer?.stoppedAt ?? readAt;
      const [ticket, product, contracts, timeZone, hours] = await Promise.all([
        readTicket(deps, caller, form.ticketNumber),
        reads.product(caller, choice.labor.productId),
        contractsOf(technician, caller),
        deps.lists.timeZone(caller),
        workHours(caller, choice.labor, workIntervals(timer, endedAt, choice.minutes)),
      ]);
      if (!product.name.trim()) throw new AppError('unreadable', `Product ${product.id} has no name in Syncro.`);
      const now = clock.now();
      const plan = planTime(
        {
          ...{ ticket, product, hours, endedAt, now, busyWith: await busyWith(ticket.id, formId) },
          contracts: activeContracts(contracts, ticket.customerId, now, timeZone),
        },
        choice,
        policy,
      );
      await opened.keepPreview(form, timeWork(ticket, plan, author, timerId), readAt);
      return { ticket, plan, labor: choice.labor, author };
    },
  };
};

export type TimeLogging = ReturnType<typeof createTimeLogging>;
