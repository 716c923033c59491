import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Technician } from '../../shared/technician.ts';
import { shorten } from '../../shared/text.ts';
import { lines } from '../../slack/blocks.ts';
import { FIELD_LENGTH } from '../../slack/forms/fit-view.ts';
import { readValues, typed } from '../../slack/forms/form-values.ts';
import { CLEAR, type Submit } from '../../slack/forms/submitted.ts';
import { SUBJECT_LENGTH } from '../../syncro/ticket.ts';
import { currentStep, type Decision, type Run } from '../rules/run.ts';
import type { Action } from '../rules/step.ts';
import { stepThing } from './run-steps.ts';
import { ticketName } from './run-words.ts';

export type RunsUse = {
  readonly decideRun: (technician: Technician, id: string, decision: Decision) => Promise<Run>;
  readonly getRun: (id: string) => Promise<Run | null>;
};

export const CORRECT_RUN = 'correct-run';

/** The text of the step that Syncro refused; `null` when it has none that a person could correct. */
export const correctable = (run: Run): string | null => {
  const action = currentStep(run)?.action;
  if (action?.kind === 'comment') return action.body;
  if (action?.kind === 'line_item') return action.item.description;
  if (action?.kind === 'ticket') return action.fields.subject ?? '';
  if (action?.kind === 'timer') return action.timer.notes;
  return null;
};

type Field = { readonly label: string; readonly multiline: boolean; readonly most: number };

const LABELS: Readonly<Record<string, string>> = { comment: 'Comment', timer: 'Notes' };

const fieldOf = (action: Action | undefined): Field => {
  if (action?.kind === 'ticket') return { label: 'Subject', multiline: false, most: SUBJECT_LENGTH };
  return { label: LABELS[action?.kind ?? ''] ?? 'Description', multiline: true, most: FIELD_LENGTH };
};

/** Syncro's words and the refused text, to change and go on with. */
export const correctRunView = (run: Run, step: number, text: string): ModalView => {
  const current = currentStep(run);
  const what = current ? stepThing(current.action) : 'step';
  const question = current?.state.phase === 'asking' ? current.state.question : null;
  const { label, multiline, most } = fieldOf(current?.action);
  const words = question?.kind === 'refused' ? question.message : '';
  return {
    type: 'modal',
    callback_id: CORRECT_RUN,
    private_metadata: JSON.stringify({ r: run.id, s: step }),
    title: { type: 'plain_text', text: 'Fix and continue' },
    submit: { type: 'plain_text', text: 'Go on' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      lines(
        [
          { bold: `Syncro refused the ${what} ${run.ticket.number === null ? '' : 'of '}${ticketName(run)}: ` },
          `"${shorten(words, 500)}"`,
        ],
        ['What was sent before stays as it is.'],
      ),
      {
        type: 'input',
        block_id: 'text',
        label: { type: 'plain_text', text: label },
        element: {
          type: 'plain_text_input',
          action_id: 'text',
          multiline,
          max_length: most,
          initial_value: text,
        },
      },
    ],
  };
};

const RUN = z.object({ r: z.string().min(1), s: z.number().int() });

const correctRun: Submit<RunsUse> = async ({ use, technician, view }) => {
  const text = typed(readValues(view.values), 'text').trim();
  if (!text) return { answer: { response_action: 'errors', errors: { text: 'Write something.' } } };
  const { r, s } = RUN.parse(JSON.parse(view.metadata));
  await use.decideRun(technician, r, { kind: 'correct', step: s, text });
  return { answer: CLEAR };
};

export const correctForms: Readonly<Record<string, Submit<RunsUse>>> = { [CORRECT_RUN]: correctRun };
