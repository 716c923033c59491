import type { KnownBlock, ModalView } from '@slack/types';
import { authorBlock } from '../../../runs/slack/words.ts';
import { line, type Part } from '../../../slack/blocks.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { longTextInput, textInput } from '../../../slack/forms/text-input.ts';
import { SUBJECT_LENGTH } from '../../../syncro/ticket.ts';
import { audienceInput } from '../../tickets/slack/audience-input.ts';
import { customerFactsBlock } from './create-facts.ts';
import { contactInput, customerInput, dueDateInput, listInputs } from './create-inputs.ts';
import type { CreateFormState } from './form-state.ts';

export const CREATE_FORM = 'create';
export const NEW_TICKET = 'New ticket';

const around = (formId: string) => ({ callbackId: CREATE_FORM, title: NEW_TICKET, kept: { formId } });

/** Before anything was ever read of the customers: without fields, for a preset can't be put into one any more. */
export const lookingView = (formId: string): ModalView =>
  modal({ ...around(formId), blocks: [line('⏳ Looking in Syncro which customer is meant …')] });

/** What begins with the mark of what needs somebody has it in bold, as everywhere. */
const marked = (text: string): readonly Part[] => (text.startsWith('! ') ? [{ bold: '! ' }, text.slice(2)] : [text]);

const noticeBlocks = ({ draft, problem }: CreateFormState): readonly KnownBlock[] => [
  ...(draft.notice ? [{ ...line(...marked(draft.notice)), block_id: 'about' }] : []),
  ...(problem
    ? [
        { ...(problem.blocks[0] ?? line(problem.text)), block_id: 'problem' },
        ...problem.blocks.slice(1).filter(({ type }) => type === 'context'),
      ]
    : []),
];

/** Blocks keep their ids, so that what was typed survives when the account's lists and the customer's facts appear. */
export const createView = (state: CreateFormState): ModalView => {
  const { formId, draft, facts, author, links, now } = state;
  return modal({
    ...around(formId),
    submit: 'Create',
    blocks: [
      ...noticeBlocks(state),
      customerInput(state),
      ...(facts ? [customerFactsBlock(facts, links, now)] : []),
      ...contactInput(state),
      textInput({
        ...{ field: 'subject', label: 'Subject', value: draft.subject },
        ...{ max_length: SUBJECT_LENGTH, multiline: false, optional: false },
      }),
      longTextInput({ field: 'description', label: 'Description', value: draft.description, optional: true }),
      // Nothing is mailed unless somebody chooses so.
      audienceInput(draft.audience || 'portal', 'Who gets the description.'),
      ...listInputs(state),
      dueDateInput(state),
      ...(author ? [authorBlock(author)] : []),
    ],
  });
};
