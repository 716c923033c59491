import type { KnownBlock, ModalView } from '@slack/types';
import type { Draft } from '../../../runs/ports.ts';
import { confirmPreview } from '../../../runs/slack/confirm-preview.ts';
import type { Confirming } from '../../../runs/start-run.ts';
import type { LaborType } from '../../../shared/labor.ts';
import type { Technician } from '../../../shared/technician.ts';
import { shorten } from '../../../shared/text.ts';
import { line } from '../../../slack/blocks.ts';
import { type FormValues, type Parsed, readFormId, readValues } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { backButton, problemView } from '../../../slack/forms/problem.ts';
import { failureOf, type Submit, type Submitted, showAfterwards } from '../../../slack/forms/submitted.ts';
import type { Links } from '../../../slack/links.ts';
import type { Reply } from '../../../slack/reply.ts';
import type { TicketForms } from '../ports.ts';

type PreviewForm<Use, Choice, Preview> = {
  /** The form that it is the preview of. */
  readonly form: string;
  readonly callbackId: string;
  readonly title: string;
  /** What the button does, and to what end; Slack shows 24 characters. */
  readonly submit: (preview: Preview) => string;
  /** The button that brings the form back. */
  readonly back: string;
  /** What is read for it. */
  readonly reading: string;
  readonly parse: (values: FormValues, labor: readonly LaborType[]) => Parsed<Draft, Choice>;
  readonly preview: (use: Use, technician: Technician, formId: string, choice: Choice) => Promise<Preview>;
  readonly blocks: (preview: Preview, links: Links) => readonly KnownBlock[];
};

const BUTTON_LENGTH = 24;

/** What a filled-in form comes to, with facts read live, before anything is sent. */
export const previewForm = <Use extends Pick<TicketForms, 'opened'> & Confirming, Choice, Preview>(
  of: PreviewForm<Use, Choice, Preview>,
) => {
  const { form, callbackId, title, submit, back, reading, parse, preview, blocks } = of;
  const around = (formId: string) => ({ callbackId, title, kept: { formId } });

  /** Shown at once while the facts are read. */
  const loading = (formId: string): ModalView =>
    modal({ ...around(formId), blocks: [line(`⏳ Reading ${reading} from Syncro …`)] });

  const view = (formId: string, read: Preview, links: Links): ModalView =>
    modal({
      ...around(formId),
      submit: shorten(submit(read), BUTTON_LENGTH),
      blocks: [...blocks(read, links), backButton(back)],
    });

  /** Nothing can be done now; what was typed waits behind Back. */
  const failed = (formId: string, words: Reply): ModalView =>
    problemView(title, words, { back: { actionId: back, formId } });
  const failedBy = (submitted: Submitted, formId: string, error: unknown): ModalView =>
    failed(formId, failureOf(submitted, error));

  const submitForm: Submit<Use> = async (submitted) => {
    const { deps, use, technician } = submitted;
    const parsed = parse(readValues(submitted.view.values), deps.labor);
    if (!parsed.ok) return { answer: { response_action: 'errors', errors: parsed.errors } };
    const formId = readFormId(submitted.view.metadata) ?? '';
    await use.opened.keepDraft(technician, formId, parsed.draft);
    const next = () =>
      preview(use, technician, formId, parsed.choice)
        .then((read) => view(formId, read, deps.links))
        .catch((error: unknown) => failedBy(submitted, formId, error));
    return {
      answer: { response_action: 'update', view: loading(formId) },
      afterwards: () => showAfterwards(submitted, next()),
    };
  };

  const forms: Readonly<Record<string, Submit<Use>>> = { [form]: submitForm, [callbackId]: confirmPreview(failedBy) };
  return { loading, view, failed, forms };
};
