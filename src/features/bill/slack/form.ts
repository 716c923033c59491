import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import type { Draft } from '../../../runs/ports.ts';
import type { LaborType } from '../../../shared/labor.ts';
import { formatHours } from '../../../shared/minutes.ts';
import { actions, button } from '../../../slack/blocks.ts';
import { type Rows, writes } from '../../../slack/feature.ts';
import {
  chosen,
  type FormValues,
  type Parsed,
  parseDraft,
  pickedTime,
  readFormId,
  readValues,
  typed,
} from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textField } from '../../../slack/forms/text-input.ts';
import { updateView } from '../../../slack/forms/views.ts';
import { actionIdIn, withInput } from '../../../slack/forms/with-block.ts';
import { type Action, formOf, type Pressed } from '../../../slack/pressed.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import {
  audienceField,
  audienceInput,
  laborField,
  laborInput,
  MINUTES_HINT,
  minutesField,
  minutesInput,
} from '../../tickets/slack/inputs.ts';
import { USUAL_PRICE, wishFields, wishOf } from '../../tickets/slack/price-words.ts';
import { type About, aboutBlocks } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import type { Rates } from '../labor-rates.ts';
import type { BillChoice } from '../plan.ts';
import { type InvoiceChoice, invoiceField, invoiceInput } from './invoice-input.ts';
import type { BillUse } from './use.ts';

export const BILL_FORM = 'bill';

/** How often a choice of labor may get another action id: once for each rate that becomes known. */
const MOST_RATES = 10;
const QUICK_MINUTES = [15, 30, 45, 60];

/** The actions that put minutes into the field, and those that tell of a choice of labor. */
export const MINUTES_ACTIONS = [0, 1, 2, 3, 4].map((place) => `bill:minutes:${place}`);
export const LABOR_ACTIONS = Array.from({ length: MOST_RATES + 1 }, (_, known) => `bill:labor:${known}`);

export type BillDraft = {
  readonly minutes: string;
  readonly labor: string;
  readonly comment: string;
  readonly audience: string;
  /** `''`: what the preview takes is said there. */
  readonly invoice: string;
  /** Minutes that a message named: offered, not set. */
  readonly offered: string;
  /** How often minutes were tapped. */
  readonly taps: string;
  /** When the work ended, in seconds since 1970. */
  readonly ended: string;
} & Readonly<Record<keyof typeof AS_TYPED, string>>;

/** What a preview can choose; whoever goes back to the form begins without. */
const AS_TYPED = { insteadOf: '', ...USUAL_PRICE };

type BillFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  readonly labor: readonly LaborType[];
  readonly rates?: Rates;
  /** Time is billed otherwise than it is worked. */
  readonly rounds?: boolean;
  readonly draft: Partial<BillDraft>;
  /** When the work was done says what it costs. */
  readonly asksWhen?: boolean;
  /** The cursor stands in the comment. */
  readonly atComment?: boolean;
  readonly about: About;
  /** Absent: what the customer's recurring invoice is, is yet to be read. */
  readonly invoice?: InvoiceChoice;
};

const titleOf = (number: TicketNumber): string => `Bill #${number}`;

const minutesButtons = (offered: number | null): KnownBlock => {
  const all = [...(offered === null ? [] : [offered]), ...QUICK_MINUTES.filter((each) => each !== offered)];
  return actions(
    'minutes-offered',
    all.map((minutes, place) =>
      button(minutes === offered ? `${minutes} · in the message` : String(minutes), MINUTES_ACTIONS[place] ?? '', {
        value: String(minutes),
      }),
    ),
  );
};

const minutesOf = ({ minutes, taps }: Partial<BillDraft>, rounds = false): InputBlock =>
  minutesInput({ value: minutes, taps, ...(rounds ? { hint: MINUTES_HINT } : {}) });

const frame = (formId: string, number: TicketNumber, blocks: readonly KnownBlock[]): ModalView =>
  modal({
    callbackId: BILL_FORM,
    kept: { formId },
    title: titleOf(number),
    submit: 'Preview',
    tellsClosing: true,
    blocks,
  });

const endedInput = (ended = ''): InputBlock => ({
  type: 'input',
  block_id: 'ended',
  optional: true,
  label: { type: 'plain_text', text: 'Ended' },
  hint: { type: 'plain_text', text: 'Leave blank if you just finished. Used to spot after-hours work.' },
  element: {
    type: 'datetimepicker',
    action_id: 'ended',
    ...(ended === '' ? {} : { initial_date_time: Number(ended) }),
  },
});

/** Field name = zod key = block_id = Slack's error key. Minutes and labor never have a default. */
export const billView = (state: BillFormState): ModalView => {
  const { formId, number, labor, rates, rounds, draft, asksWhen = false, atComment = false, about, invoice } = state;
  return frame(formId, number, [
    ...aboutBlocks(about),
    minutesOf(draft, rounds),
    minutesButtons(Number(draft.offered) || null),
    laborInput({
      types: labor,
      chosen: draft.labor,
      ...(rates ? { rates } : {}),
      // Rates that come later change what is chosen from: a choice that was made before is put in anew.
      actionId: LABOR_ACTIONS[Math.min(rates?.size ?? 0, MOST_RATES)] ?? '',
    }),
    longTextInput({
      field: 'comment',
      label: 'Comment',
      placeholder: { type: 'plain_text', text: 'What you did. Also printed on the invoice, unless internal.' },
      value: draft.comment,
      ...(atComment ? { focus_on_load: true } : {}),
    }),
    audienceInput({ preset: draft.audience ?? 'email' }),
    ...(asksWhen ? [endedInput(draft.ended)] : []),
    ...(invoice ? [invoiceInput({ ...invoice, preset: invoiceField.parse(draft.invoice) ?? invoice.preset })] : []),
  ]);
};

const schema = (labor: readonly LaborType[]) =>
  z
    .object({
      minutes: minutesField,
      labor: laborField(labor),
      comment: textField().min(1, 'Write what you did.'),
      audience: audienceField,
      ended: z
        .string()
        .regex(/^\d{0,10}$/)
        .default(''),
      insteadOf: z.string().default(''),
      ...wishFields,
      invoice: invoiceField,
    })
    .transform(
      ({ minutes, ended, insteadOf, asWorked, block, contract, ...choice }): BillChoice => ({
        ...choice,
        workedMinutes: minutes,
        endedAt: ended === '' ? null : Number(ended) * 1000,
        insteadOf: insteadOf || null,
        wish: wishOf({ asWorked, block, contract }),
      }),
    );

/** The same work by another word; what was chosen for the one does not hold for the other. */
export const switchedTo = (word: string, insteadOf: string): Draft => ({ ...AS_TYPED, labor: word, insteadOf });

export const filledInBill = (values: FormValues) => ({
  minutes: typed(values, 'minutes'),
  labor: chosen(values, 'labor'),
  comment: typed(values, 'comment'),
  audience: chosen(values, 'audience'),
  ended: pickedTime(values, 'ended'),
  invoice: chosen(values, 'invoice'),
  ...AS_TYPED,
});

export const parseBill = <Fields extends Draft>(
  draft: Fields,
  labor: readonly LaborType[],
): Parsed<Fields, BillChoice> => parseDraft(schema(labor), draft);

export const billForm = ticketForm<BillUse, BillDraft>({
  kind: BILL_FORM,
  filledIn: filledInBill,
  title: titleOf,
  filledWith: async ({ deps, use, technician }, number, { focus }) => {
    const labor = await use.mostUsedFirst(technician, deps.labor);
    let rates = use.rates.known(labor);
    let invoice: InvoiceChoice | undefined;
    return {
      view: (formId, about, draft) =>
        billView({
          formId,
          number,
          labor,
          rates,
          rounds: use.rounds,
          asksWhen: use.asksWhen,
          draft,
          about,
          ...(invoice ? { invoice } : {}),
          ...(focus === 'comment' ? { atComment: true } : {}),
        }),
      about: async () => {
        const header = await use.billing.header(technician, number, labor);
        ({ rates, invoice } = header);
        const prepaid = header.prepaidHundredths ?? 0;
        const beside = `prepaid ${prepaid < 0 ? 'overdrawn by ' : ''}${formatHours(Math.abs(prepaid))} h`;
        return { ticket: header.ticket, ...(prepaid === 0 ? {} : { beside }) };
      },
    };
  },
});

/** Keeps what is in the form at a tap: for the rates that come after it, and for the next form should this one be lost. */
const keepTyped = async (
  { use, technician, view }: Pressed<BillUse>,
  tapped: Partial<BillDraft> = {},
): Promise<void> => {
  const formId = readFormId(view?.metadata) ?? '';
  const typed = { ...filledInBill(readValues(view?.values)), ...tapped };
  await use.opened.noteTyped(technician, formId, typed);
  await use.opened.leave(technician, formId, typed);
};

const noteChoice: Action<BillUse> = (pressed) => keepTyped(pressed);

/** How often minutes were put into the form that is shown. */
const tapsIn = (blocks: unknown): number => Number(actionIdIn(blocks, 'minutes').split(':')[1] ?? 0);

/** A tap on `45`. */
const putMinutes: Action<BillUse> = async (pressed) => {
  const { deps, use, technician, value, view } = pressed;
  const { formId, viewId } = formOf(pressed);
  const { number } = await use.opened.onTicket(technician, formId);
  const taps = String(tapsIn(view?.blocks) + 1);
  await keepTyped(pressed, { minutes: value, taps });
  const blocks = withInput(view?.blocks, minutesOf({ minutes: value, taps }, use.rounds));
  const shown = await updateView(deps, { id: viewId, hash: view?.hash ?? null }, frame(formId, number, blocks));
  // What was read came in between: then the form is shown as it is now.
  if (!shown) await billForm.back(pressed);
};

export const billFormButtons: NonNullable<Rows<BillUse>['buttons']> = Object.fromEntries([
  ...LABOR_ACTIONS.map((id) => [id, writes(noteChoice)] as const),
  ...MINUTES_ACTIONS.map((id) => [id, writes(putMinutes)] as const),
]);
