import type { Confirming } from '../../../runs/start-run.ts';
import type { LaborType } from '../../../shared/labor.ts';
import type { Technician } from '../../../shared/technician.ts';
import type { TicketForms } from '../../tickets/ports.ts';
import type { LaborRates } from '../labor-rates.ts';
import type { LastChoice } from '../last-choice.ts';
import type { Billing } from '../prepare.ts';

export type BillUse = TicketForms &
  Confirming & {
    readonly billing: Billing;
    readonly rates: LaborRates;
    /** Time is billed otherwise than it is worked. */
    readonly rounds: boolean;
    /** When the work was done says what it costs. */
    readonly asksWhen: boolean;
    /** The labor types, those that this person bills by most first. */
    readonly mostUsedFirst: (technician: Technician, labor: readonly LaborType[]) => Promise<readonly LaborType[]>;
    readonly lastChoice: (technician: Technician, labor: readonly LaborType[]) => Promise<LastChoice>;
  };
