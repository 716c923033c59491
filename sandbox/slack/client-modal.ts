import { type ActResult, actResult, fits, NOTHING_SENT, type SubmitResult } from './act-result.ts';
import { closeView, submitView } from './acts-on-views.ts';
import { type PersonWiring, type ViewHandle, viewHandle } from './client-view.ts';
import { flattenTextObject } from './flatten-text.ts';
import { formErrors } from './form-errors.ts';
import { isJson, jsonOf, jsonsOf, textOf } from './json.ts';
import { stackOf, type View } from './workspace.ts';

export type Modal = Omit<ViewHandle, 'press'> & {
  readonly title: string;
  /** Whether it is still on the person's stack, on top or below. */
  readonly isOpen: () => boolean;
  /** Presses the submit button, which must read like this when words are given. */
  readonly submit: (button?: string | RegExp) => Promise<SubmitResult>;
  /** The same submission twice at the same time. */
  readonly submitTwice: (button?: string | RegExp) => Promise<readonly [SubmitResult, SubmitResult]>;
  /** A button in the blocks, or the close or submit button, by its text. */
  readonly click: (button: string) => Promise<ActResult>;
  /** Leaves this modal; the one below shows again. */
  readonly close: () => Promise<ActResult>;
  /** The ✕: leaves the whole stack. */
  readonly closeAll: () => Promise<ActResult>;
};

const titleOf = (view: View): string => textOf(jsonOf(view.source.title).text);

/** Errors by the label that people see. */
const byLabel = (view: View, errors: ReadonlyMap<string, string>): Readonly<Record<string, string>> => {
  const blocks = jsonsOf(view.source.blocks);
  const label = (blockId: string): string => {
    const block = blocks.find(({ type, block_id }) => type === 'input' && block_id === blockId);
    return block ? flattenTextObject(jsonOf(block.label)) : blockId;
  };
  return Object.fromEntries([...errors].map(([blockId, words]) => [label(blockId), words]));
};

const buttonText = (button: unknown): string => (isJson(button) ? flattenTextObject(button) : '');

/** One modal in a person's hands. */
export const modalHandle = (wiring: PersonWiring, view: View): Modal => {
  const { user, core } = wiring;
  const stack = (): readonly View[] => stackOf(core.workspace, user.id);
  const ready = (): void => {
    const top = stack().at(-1);
    if (top === view) return;
    const shown = top ? `"${titleOf(top)}" is on top` : 'no modal is open';
    throw new Error(`modal "${titleOf(view)}" can't be reached: ${shown}`);
  };
  const { press, ...handle } = viewHandle(wiring, view, ready);

  const prepare = (button: string | RegExp | undefined): SubmitResult | undefined => {
    ready();
    const there = buttonText(view.source.submit);
    if (there === '') throw new Error(`modal "${titleOf(view)}" has no submit button`);
    if (button !== undefined && !(typeof button === 'string' ? button === there : fits(there, button)))
      throw new Error(`the submit button reads "${there}", not "${String(button)}"`);
    const errors = byLabel(view, formErrors(view));
    return Object.keys(errors).length > 0 ? { ...NOTHING_SENT, errors } : undefined;
  };
  const send = async (): Promise<SubmitResult> => {
    const ack = await submitView(wiring, user, view);
    return { ...actResult(ack), errors: byLabel(view, view.errors) };
  };
  const submit = async (button?: string | RegExp): Promise<SubmitResult> => prepare(button) ?? send();
  const leave = async (all: boolean): Promise<ActResult> => {
    ready();
    const acks = await closeView(wiring, user, view, all);
    return actResult(acks.at(-1));
  };

  return {
    ...handle,
    get title() {
      return titleOf(view);
    },
    isOpen: () => stack().includes(view),
    submit,
    submitTwice: async (button) => {
      const refused = prepare(button);
      if (refused) return [refused, refused];
      return Promise.all([send(), send()]);
    },
    click: async (button) => {
      if (buttonText(view.source.close) === button || (view.source.close === undefined && button === 'Cancel')) {
        return leave(false);
      }
      return buttonText(view.source.submit) === button ? submit(button) : press(button);
    },
    close: () => leave(false),
    closeAll: () => leave(true),
  };
};
