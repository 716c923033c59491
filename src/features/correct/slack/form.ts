import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { targetText, textOf } from '../../../runs/rules/correction.ts';
import type { LaborType } from '../../../shared/labor.ts';
import { actions, button, note } from '../../../slack/blocks.ts';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import { chosen, type FormValues, type Parsed, parseDraft, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textField } from '../../../slack/forms/text-input.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { laborField, laborInput, MINUTES_HINT, minutesField, minutesInput } from '../../tickets/slack/inputs.ts';
import { wishFields, wishOf } from '../../tickets/slack/price-words.ts';
import { type About, aboutBlocks, notReady } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import type { CorrectChoice } from '../plan.ts';
import type { Looked } from '../prepare.ts';
import type { CorrectUse } from './use.ts';

export const CORRECT_FORM = 'correct';
export const CORRECT_BACK = 'correct:back';
export const REMOVE = 'correct:remove';

export const titleOf = (number: TicketNumber): string => `Correct #${number}`;

/** `target`: which line or time entry, by its key. `remove`: `yes` when that was pressed. */
type CorrectDraft = {
  readonly target: string;
  readonly minutes?: string;
  readonly labor?: string;
  readonly comment?: string;
  readonly remove?: string;
};

type CorrectFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  /** As it is now; `null`: it is not read yet. */
  readonly found: Looked | null;
  readonly labor: readonly LaborType[];
  readonly draft: Partial<CorrectDraft>;
  readonly about: About;
};

const hintOf = ({ target, isAsTyped }: Looked): string => {
  if (target.of === 'time_entry') return 'As it was worked.';
  return isAsTyped ? 'As it will be billed.' : MINUTES_HINT;
};

/** Hours are asked of labor alone; of an entry whose labor Syncro does not show, only what is to become of it. */
const inputs = (found: Looked, { labor, draft }: Pick<CorrectFormState, 'labor' | 'draft'>): readonly KnownBlock[] => {
  const { target, minutes } = found;
  const word = found.labor?.word;
  const isLabor = word !== undefined || target.of === 'time_entry';
  const text = textOf(target);
  return [
    isLabor
      ? minutesInput({ value: draft.minutes ?? String(minutes), hint: hintOf(found) })
      : note('None of your labor types uses this product. Change its quantity in Syncro.'),
    ...(word !== undefined ? [laborInput({ types: labor, chosen: draft.labor ?? word })] : []),
    ...(word === undefined && isLabor
      ? [{ ...laborInput({ types: labor, chosen: draft.labor || undefined }), optional: true }]
      : []),
    text.length > FIELD_LENGTH
      ? note('This text is too long for a form, so it stays as it is.')
      : longTextInput({
          field: 'comment',
          label: target.of === 'line' ? 'Comment' : 'Notes',
          hint: 'Printed on the invoice.',
          value: draft.comment ?? text,
        }),
    actions('remove', [button('Remove it', REMOVE, { style: 'danger' })]),
  ];
};

const correctView = ({ formId, number, found, about, ...fields }: CorrectFormState): ModalView =>
  modal({
    callbackId: CORRECT_FORM,
    kept: { formId },
    title: titleOf(number),
    ...(found ? { submit: 'Preview' } : {}),
    blocks: [...aboutBlocks(about), ...(found ? inputs(found, fields) : notReady(about, CORRECT_BACK))],
  });

const schema = (labor: readonly LaborType[]) =>
  z
    .object({
      minutes: minutesField.optional(),
      labor: z.union([z.literal('').transform(() => null), laborField(labor)]).optional(),
      comment: textField().min(1, 'Write what you did.').optional(),
      // What is chosen in the preview; whoever goes back to the form begins without.
      chosen: z.enum(['', 'yes']).default(''),
      ...wishFields,
    })
    .transform(
      ({ minutes = null, labor: type = null, comment = null, chosen: isChosen, ...wish }): CorrectChoice => ({
        remove: false,
        minutes,
        labor: type,
        text: comment,
        wish: isChosen ? wishOf(wish) : null,
      }),
    );

type Typed = Readonly<Record<string, string>>;

/** What the form asks; a field that it does not have is not asked. */
export const filledInCorrect = (values: FormValues): Typed => ({
  ...('minutes' in values ? { minutes: typed(values, 'minutes') } : {}),
  ...('labor' in values ? { labor: chosen(values, 'labor') } : {}),
  ...('comment' in values ? { comment: typed(values, 'comment') } : {}),
  remove: '',
});

export const parseCorrect = (draft: Typed, labor: readonly LaborType[]): Parsed<Typed, CorrectChoice> =>
  draft.remove === 'yes' ? { ok: true, draft, choice: { remove: true } } : parseDraft(schema(labor), draft);

export const correctForm = ticketForm<CorrectUse, CorrectDraft>({
  kind: CORRECT_FORM,
  title: titleOf,
  needsAbout: true,
  filledWith: ({ deps, use, technician }, number) => {
    let found: Looked | null = null;
    return {
      view: (formId, about, draft) => correctView({ formId, number, found, labor: deps.labor, draft, about }),
      about: async (formId) => {
        const { draft } = await use.opened.own(technician, formId);
        found = await use.correcting.look(technician, number, draft?.target ?? '');
        return { ticket: found.ticket, facts: [targetText(found.target)] };
      },
    };
  },
});
