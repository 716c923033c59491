import { type ActResult, actResult, NOTHING_SENT, type SubmitResult } from './act-result.ts';
import { closeView, submitView } from './acts-on-views.ts';
import { type PersonWiring, type ViewHandle, viewHandle } from './client-view.ts';
import { flattenTextObject } from './flatten-text.ts';
import { isEmpty } from './input-values.ts';
import { isJson, type Json, jsonOf, jsonsOf, textOf } from './json.ts';
import { stackOf, type View } from './workspace.ts';

export const REQUIRED = 'Please complete this required field.';

export type Modal = Omit<ViewHandle, 'press'> & {
  readonly title: string;
  /** Whether it is still on the person's stack, on top or below. */
  readonly isOpen: () => boolean;
  /** Presses the submit button, which must read like this when a text is given. */
  readonly submit: (button?: string) => Promise<SubmitResult>;
  /** The same submission twice at the same time. */
  readonly submitTwice: (button?: string) => Promise<readonly [SubmitResult, SubmitResult]>;
  /** A button in the blocks, or the close or submit button, by its text. */
  readonly click: (button: string) => Promise<ActResult>;
  /** Leaves this modal; the one below shows again. */
  readonly close: () => Promise<ActResult>;
  /** The ✕: leaves the whole stack. */
  readonly closeAll: () => Promise<ActResult>;
};

const titleOf = (view: View): string => textOf(jsonOf(view.source.title).text);

const labels = (view: View): readonly { readonly block: Json; readonly label: string; readonly blockId: string }[] =>
  jsonsOf(view.source.blocks)
    .filter(({ type }) => type === 'input')
    .map((block) => ({
      block,
      label: flattenTextObject(jsonOf(block.label)),
      blockId: textOf(block.block_id),
    }));

/** What Slack's client says itself, before anything is sent. */
const clientErrors = (view: View): Readonly<Record<string, string>> => {
  const errors: Record<string, string> = {};
  for (const { block, label, blockId } of labels(view)) {
    const element = jsonOf(block.element);
    const value = view.values.get(blockId)?.get(textOf(element.action_id));
    const typed = textOf(value?.value);
    if (block.optional !== true && isEmpty(value)) errors[label] = REQUIRED;
    else if (typed !== '' && typed.length < Number(element.min_length ?? 0)) {
      errors[label] = `Please lengthen this to ${String(element.min_length)} characters or more.`;
    } else if (typed.length > Number(element.max_length ?? 3000)) {
      errors[label] = `Please shorten this to ${String(element.max_length ?? 3000)} characters or less.`;
    }
  }
  return errors;
};

const shownErrors = (view: View): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...view.errors].map(([blockId, words]) => [
      labels(view).find((each) => each.blockId === blockId)?.label ?? blockId,
      words,
    ]),
  );

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

  const prepare = (button: string | undefined): SubmitResult | undefined => {
    ready();
    const there = buttonText(view.source.submit);
    if (there === '') throw new Error(`modal "${titleOf(view)}" has no submit button`);
    if (button !== undefined && button !== there)
      throw new Error(`the submit button reads "${there}", not "${button}"`);
    const errors = clientErrors(view);
    return Object.keys(errors).length > 0 ? { ...NOTHING_SENT, errors } : undefined;
  };
  const send = async (): Promise<SubmitResult> => {
    const ack = await submitView(wiring, user, view);
    return { ...actResult(ack), errors: shownErrors(view) };
  };
  const submit = async (button?: string): Promise<SubmitResult> => prepare(button) ?? send();
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
