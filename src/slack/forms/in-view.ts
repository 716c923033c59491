import type { ModalView } from '@slack/types';
import type { Asked } from '../asked.ts';
import { line } from '../blocks.ts';
import { failureReply } from '../person.ts';
import { modal } from './modal.ts';
import { problemView } from './problem.ts';
import { updateView } from './views.ts';

/** Shown at once while a form is made ready. */
export const readingView = (title: string, what: string): ModalView =>
  modal({ callbackId: 'reading', title, blocks: [line(`⏳ ${what} …`)] });

/** Does what makes a form out of a view that is open; a failure is told in that view, where the person looks. */
export const inView = async (
  { deps, technician, command, text }: Asked,
  viewId: string,
  title: string,
  work: () => Promise<void>,
): Promise<void> => {
  try {
    await work();
  } catch (error) {
    const doing = { command, writing: true, who: technician.name, interrupted: text ?? '' };
    const words = failureReply(deps, error, doing);
    await updateView(deps, { id: viewId, hash: null }, problemView(title, words));
  }
};
