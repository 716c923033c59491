import type { KnownBlock, ModalView } from '@slack/types';
import { z } from 'zod';
import { FIELD_LENGTH } from '../../../slack/forms/fit-view.ts';
import { chosen, type FormValues, fieldErrors, typed } from '../../../slack/forms/form-values.ts';
import type { TicketNumber } from '../../../syncro/ticket.ts';
import { audienceField, audienceInput } from '../../tickets/slack/audience-input.ts';
import { type About, aboutBlocks, notReady } from '../../tickets/slack/ticket-about.ts';
import type { CloseChoice } from '../close.ts';

export const CLOSE_FORM = 'close';
export const CLOSE_BACK = 'close:back';

export const closeTitle = (number: TicketNumber): string => `Close #${number}`;

export type CloseDraft = { readonly resolution: string; readonly audience: string };

export type CloseFormState = {
  readonly formId: string;
  readonly number: TicketNumber;
  /** Stands under the fields; `null`: what is not billed is not read yet, and nobody should close before having seen it. */
  readonly below: readonly KnownBlock[] | null;
  readonly draft: Partial<CloseDraft>;
  readonly about: About;
};

const inputs = (draft: Partial<CloseDraft>): readonly KnownBlock[] => [
  {
    type: 'input',
    block_id: 'resolution',
    optional: true,
    label: { type: 'plain_text', text: 'Resolution' },
    hint: { type: 'plain_text', text: 'What was done, as a comment. Empty: no comment, only the status.' },
    element: {
      type: 'plain_text_input',
      action_id: 'resolution',
      multiline: true,
      max_length: FIELD_LENGTH,
      ...(draft.resolution ? { initial_value: draft.resolution } : {}),
    },
  },
  audienceInput(draft.audience ?? 'email'),
];

export const closeView = ({ formId, number, below, draft, about }: CloseFormState): ModalView => ({
  type: 'modal',
  callback_id: CLOSE_FORM,
  private_metadata: JSON.stringify({ formId }),
  title: { type: 'plain_text', text: closeTitle(number) },
  close: { type: 'plain_text', text: 'Cancel' },
  ...(below ? { submit: { type: 'plain_text', text: 'Close ticket' } as const } : {}),
  blocks: [...aboutBlocks(about), ...(below ? [...inputs(draft), ...below] : notReady(about, CLOSE_BACK))],
});

const schema = z.object({
  resolution: z.string().trim().max(FIELD_LENGTH, `At most ${FIELD_LENGTH} characters.`),
  audience: audienceField,
});

export type ParsedClose =
  | { readonly ok: true; readonly draft: CloseDraft; readonly choice: CloseChoice }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export const parseClose = (values: FormValues): ParsedClose => {
  const draft: CloseDraft = { resolution: typed(values, 'resolution'), audience: chosen(values, 'audience') };
  const parsed = schema.safeParse(draft);
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { resolution, audience } = parsed.data;
  return { ok: true, draft, choice: { resolution: resolution === '' ? null : resolution, audience } };
};
