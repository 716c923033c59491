import type { ModalView } from '@slack/types';
import { z } from 'zod';
import type { Technician } from '../../domain/technician.ts';
import type { SlackDeps } from '../deps.ts';
import { failureReply } from '../person.ts';
import { BILL_FORM, parseBill } from './bill.ts';
import { BILL_PREVIEW, billPreviewView, failedPreview, loadingPreview } from './bill-preview.ts';
import { CORRECT_RUN } from './correct-run.ts';
import { readFormId, readValues, typed } from './form-values.ts';
import { updateView } from './views.ts';

/** What Slack is told within 3 seconds of a submitted form. */
export type ViewAnswer =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  | { readonly response_action: 'clear' };

export type Submitted = {
  readonly deps: SlackDeps;
  readonly technician: Technician;
  readonly view: {
    readonly id: string;
    readonly callbackId: string;
    readonly metadata: string;
    readonly values: unknown;
  };
};

/** The answer, and what happens after it was given. */
export type Handled = { readonly answer: ViewAnswer; readonly afterwards?: () => Promise<void> };

const COMMAND = '/syncro';

const failed = ({ deps, technician }: Submitted, formId: string, error: unknown): ModalView =>
  failedPreview(formId, failureReply(deps, error, { command: COMMAND, writing: true, who: technician.name }));

/** Slack needs a moment to put the answer's view in place before it can be updated. */
const AFTER_ANSWER_MS = 150;

const previewBill = async (submitted: Submitted): Promise<Handled> => {
  const { deps, technician, view } = submitted;
  const parsed = parseBill(readValues(view.values), deps.labor);
  if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
  const formId = readFormId(view.metadata) ?? '';
  await deps.use.billing.keepDraft(technician, formId, parsed.draft);
  const afterwards = async () => {
    const [next] = await Promise.all([
      deps.use.billing
        .preview(technician, formId, parsed.choice)
        .then((preview) => billPreviewView(formId, preview))
        .catch((error: unknown) => failed(submitted, formId, error)),
      deps.clock.sleep(AFTER_ANSWER_MS),
    ]);
    await updateView(deps, { id: view.id, hash: null }, next);
  };
  return { answer: { response_action: 'update', view: loadingPreview(formId) }, afterwards };
};

const confirmBill = async (submitted: Submitted): Promise<Handled> => {
  const { deps, technician, view } = submitted;
  const formId = readFormId(view.metadata) ?? '';
  try {
    await deps.use.confirmBill(technician, formId);
    return { answer: { response_action: 'clear' } };
  } catch (error) {
    return { answer: { response_action: 'update', view: failed(submitted, formId, error) } };
  }
};

const RUN = z.object({ r: z.string().min(1), s: z.number().int() });

const correctRun = async ({ deps, technician, view }: Submitted): Promise<Handled> => {
  const text = typed(readValues(view.values), 'text').trim();
  if (!text) return { answer: { response_action: 'errors', errors: { text: 'Write something.' } } };
  const { r, s } = RUN.parse(JSON.parse(view.metadata));
  await deps.use.decideRun(technician, r, { kind: 'correct', step: s, text });
  return { answer: { response_action: 'clear' } };
};

const FORMS: Readonly<Record<string, (submitted: Submitted) => Promise<Handled>>> = {
  [BILL_FORM]: previewBill,
  [BILL_PREVIEW]: confirmBill,
  [CORRECT_RUN]: correctRun,
};

/** Handles one submitted form; a failure keeps what was typed and says what happened. */
export const submit = async (submitted: Submitted): Promise<Handled> => {
  const form = FORMS[submitted.view.callbackId];
  if (!form) return { answer: { response_action: 'clear' } };
  try {
    return await form(submitted);
  } catch (error) {
    const formId = readFormId(submitted.view.metadata) ?? 'unknown';
    return { answer: { response_action: 'update', view: failed(submitted, formId, error) } };
  }
};
