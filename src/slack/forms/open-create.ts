import type { ModalView } from '@slack/types';
import type { Asked } from '../asked.ts';
import { line } from '../blocks.ts';
import { openView, updateView } from './views.ts';

// PLACEHOLDER: the form for new tickets is made elsewhere and takes this file's place, with this signature.

type CreateDraft = { readonly subject?: string; readonly description?: string; readonly audience?: string };

const input = (
  field: string,
  label: string,
  value: string | undefined,
  multiline: boolean,
): ModalView['blocks'][0] => ({
  type: 'input',
  block_id: field,
  optional: true,
  label: { type: 'plain_text', text: label },
  element: { type: 'plain_text_input', action_id: field, multiline, ...(value ? { initial_value: value } : {}) },
});

/** Opens the form for a new ticket, or puts it into a view that is open. */
export const openCreateForm = async (
  { deps, triggerId }: Asked,
  { subject, description }: CreateDraft,
  viewId?: string,
): Promise<void> => {
  const view: ModalView = {
    type: 'modal',
    callback_id: 'create-placeholder',
    title: { type: 'plain_text', text: 'New ticket' },
    submit: { type: 'plain_text', text: 'Close' },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: [
      line('Tickets can’t be created from here yet; nothing is sent.'),
      input('subject', 'Subject', subject, false),
      input('description', 'Description', description, true),
    ],
  };
  if (viewId) await updateView(deps, { id: viewId, hash: null }, view);
  else await openView(deps, triggerId, view);
};
