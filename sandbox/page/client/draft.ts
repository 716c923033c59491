import { change } from './state.ts';

export const setDraft = (draft: string): void => change({ draft, suggesting: true, picked: -1 });

/** Puts words into the composer and the person there. */
export const writeForThem = (draft: string): void => {
  change({ draft, suggesting: false, picked: -1 });
  queueMicrotask(() => {
    const composer = document.getElementById('composer');
    if (!(composer instanceof HTMLTextAreaElement)) return;
    composer.focus();
    composer.setSelectionRange(draft.length, draft.length);
  });
};
