import type { InputBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { authorBlock } from '../../../runs/slack/words.ts';
import { matchWords } from '../../../shared/match-word.ts';
import {
  chosen,
  type FormValues,
  type Parsed,
  picked,
  readAuthorId,
  readFormId,
  readValues,
} from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { CLEAR, type Submit, sendForm } from '../../../slack/forms/submitted.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { type About, aboutBlocks, notReady } from '../../tickets/slack/ticket-about.ts';
import { ticketForm } from '../../tickets/slack/ticket-form.ts';
import type { UpdateFacts, UpdateWish, WrongUpdate } from '../update-form.ts';
import { KEPT, keptSelect } from './kept-select.ts';
import type { UpdateUse } from './use.ts';

const UPDATE_FORM = 'update';
export const UPDATE_BACK = 'update:back';

const titleOf = (number: TicketNumber): string => `Update #${number}`;

/** By field, `KEPT` for what was not touched. */
type UpdateDraft = {
  readonly status: string;
  readonly priority: string;
  readonly technician: string;
  readonly due: string;
};

type UpdateFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  /** `null`: not read yet; then there is nothing to fill in. */
  readonly facts: UpdateFacts | null;
  readonly draft: Partial<UpdateDraft>;
  readonly about: About;
};

const asChoices = (list: readonly string[]) => [...new Set(list)].map((text) => ({ text, value: text }));

const dueInput = (due: string | null, draft: string | undefined): InputBlock => {
  const date = draft && draft !== KEPT ? draft : due;
  return {
    type: 'input',
    block_id: 'due',
    optional: true,
    label: { type: 'plain_text', text: 'Due date' },
    element: { type: 'datepicker', action_id: 'due', ...(date ? { initial_date: date } : {}) },
  };
};

/** Chosen here, or typed behind the command: then its beginning is enough. */
const statusMeant = (status = '', statuses: readonly string[]): string | undefined => {
  const found = matchWords(status, statuses);
  return found.match === 'one' ? found.value : undefined;
};

const inputs = (
  { ticket, technicianName, ...facts }: UpdateFacts,
  draft: Partial<UpdateDraft>,
): readonly InputBlock[] => [
  keptSelect(
    'status',
    'Status',
    { text: ticket.status, value: ticket.status },
    asChoices(facts.statuses),
    statusMeant(draft.status, facts.statuses),
  ),
  keptSelect(
    'priority',
    'Priority',
    { text: ticket.priority ?? 'None', value: ticket.priority ?? '' },
    asChoices(facts.priorities),
    draft.priority,
  ),
  keptSelect(
    'technician',
    'Technician',
    { text: technicianName ?? 'Nobody', value: String(ticket.technicianId ?? '') },
    facts.technicians.map(({ id, name }) => ({ text: name, value: String(id) })),
    draft.technician,
  ),
  dueInput(facts.due, draft.due),
];

/** Field name = zod key = block_id = Slack's error key. */
export const updateView = ({ formId, number, facts, draft, about }: UpdateFormState): ModalView =>
  modal({
    callbackId: UPDATE_FORM,
    // By the day that was shown a due date that nobody touched is known.
    kept: { formId, due: facts?.due ?? null, authorId: facts?.author.id },
    title: titleOf(number),
    ...(facts ? { submit: 'Save' } : {}),
    blocks: [
      ...aboutBlocks(about),
      ...(facts ? [...inputs(facts, draft), authorBlock(facts.author)] : notReady(about, UPDATE_BACK)),
    ],
  });

export const updateForm = ticketForm<UpdateUse, UpdateDraft>({
  kind: UPDATE_FORM,
  title: titleOf,
  needsAbout: true,
  filledWith: ({ use, technician }, number) => {
    let facts: UpdateFacts | null = null;
    return {
      view: (formId, about, draft) => updateView({ formId, number, facts, draft, about }),
      about: async () => {
        facts = await use.updateForm.facts(technician, number);
        return { ticket: facts.ticket };
      },
    };
  },
});

const shownDue = z
  .string()
  .transform((text, ctx) => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      ctx.addIssue({ code: 'custom', message: 'not ours' });
      return z.NEVER;
    }
  })
  .pipe(z.looseObject({ due: z.string().nullable() }).transform(({ due }) => due))
  .catch(null);

const technicianId = z.coerce.number().int().positive();

const NOTHING_CHANGED = "You haven't changed anything.";

/** What was touched. @param metadata the view's private_metadata */
export const parseUpdate = (values: FormValues, metadata: unknown): Parsed<UpdateDraft, UpdateWish> => {
  const before = shownDue.parse(metadata);
  const due = picked(values, 'due');
  if (due === '' && before !== null)
    return { ok: false, errors: { due: 'You can change a due date here, but not remove it.' } };
  const kept = (field: string) => chosen(values, field) || KEPT;
  const draft: UpdateDraft = {
    status: kept('status'),
    priority: kept('priority'),
    technician: kept('technician'),
    due: due === '' || due === before ? KEPT : due,
  };
  const id = technicianId.safeParse(draft.technician);
  const wish: UpdateWish = {
    ...(draft.status === KEPT ? {} : { status: draft.status }),
    ...(draft.priority === KEPT ? {} : { priority: draft.priority }),
    ...(id.success ? { technicianId: id.data } : {}),
    ...(draft.due === KEPT ? {} : { due: draft.due }),
  };
  if (Object.keys(wish).length === 0) return { ok: false, errors: { status: NOTHING_CHANGED } };
  return { ok: true, draft, choice: wish };
};

const wrongText = ({ problem }: WrongUpdate, number: TicketNumber): string => {
  switch (problem) {
    case 'unchanged':
      return NOTHING_CHANGED;
    case 'no_invoice':
      return `#${number} has no invoice. /syncro bill ${number} creates one and sets the status. Or choose another.`;
    case 'gone':
      return 'Your Syncro account no longer has this. Choose another.';
  }
};

const save: Submit<UpdateUse> = async (submitted) => {
  const { use, technician, view } = submitted;
  const parsed = parseUpdate(readValues(view.values), view.metadata);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  const { number } = await use.opened.onTicket(technician, formId);
  await use.opened.keepDraft(technician, formId, parsed.draft);
  const sending = {
    title: titleOf(number),
    meanwhile: 'Comparing with what is in Syncro',
    back: { actionId: UPDATE_BACK, formId },
  };
  return sendForm(submitted, sending, async () => {
    const saved = await use.updateForm.save(technician, formId, parsed.choice, readAuthorId(view.metadata));
    if (saved.result === 'started') return CLEAR;
    return { response_action: 'errors', errors: { [saved.wrong.field]: wrongText(saved.wrong, number) } };
  });
};

export const updateForms: Readonly<Record<string, Submit<UpdateUse>>> = { [UPDATE_FORM]: save };
