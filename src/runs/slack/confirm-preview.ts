import type { ModalView } from '@slack/types';
import { readFormId, readPreview } from '../../slack/forms/form-values.ts';
import { CLEAR, type Handled, type Submitted } from '../../slack/forms/submitted.ts';
import type { Work } from '../rules/work.ts';
import type { Confirming } from '../start-run.ts';

/** The last button of a preview: puts what the preview showed into the journal; from there on it happens by itself. */
export const confirmPreview =
  (failed: (submitted: Submitted, formId: string, error: unknown) => ModalView) =>
  async (submitted: Submitted<Confirming>, amend?: (work: Work) => Work): Promise<Handled> => {
    const { use, technician, view } = submitted;
    const formId = readFormId(view.metadata) ?? '';
    try {
      await use.confirmForm(technician, formId, readPreview(view.metadata).preview, amend);
      return { answer: CLEAR };
    } catch (error) {
      return { answer: { response_action: 'update', view: failed(submitted, formId, error) } };
    }
  };
