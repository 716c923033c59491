import type {
  Middleware,
  SlackOptionsMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewOutput,
  ViewSubmitAction,
} from '@slack/bolt';
import { z } from 'zod';
import type { SeenView } from './asked.ts';
import { type Rows, rowOf } from './feature.ts';
import { readFormId, readValues } from './forms/form-values.ts';
import { olderVersionView, problemView, strangerView } from './forms/problem.ts';
import type { Handled, Submitted } from './forms/submitted.ts';
import { fittedAnswer, type ViewAnswer } from './forms/views.ts';
import { COMMAND } from './hear.ts';
import type { SlackKit } from './kit.ts';
import { failureReply, identify, refusal } from './person.ts';
import { typedInField } from './typed.ts';

export const seen = ({ id, callback_id, private_metadata, state }: ViewOutput): SeenView => ({
  ...{ id, callbackId: callback_id, metadata: private_metadata, values: state.values },
});

const FIELDS = z
  .array(z.looseObject({ type: z.string(), block_id: z.string().optional() }))
  .nullable()
  .catch(null);

const fieldsOf = ({ blocks }: ViewOutput): readonly string[] | null =>
  FIELDS.parse(blocks)?.flatMap(({ type, block_id }) => (type === 'input' && block_id ? [block_id] : [])) ?? null;

/** Slack shows an error at a field or not at all. */
const isAnswerable = (answer: ViewAnswer, fields: readonly string[] | null): boolean =>
  answer.response_action !== 'errors' ||
  fields === null ||
  Object.keys(answer.errors).every((field) => fields.includes(field));

/** Handles one submitted form; a failure says what happened. */
const submit = async ({ forms }: Required<Rows>, submitted: Submitted): Promise<Handled> => {
  const form = rowOf(forms, submitted.view.callbackId);
  const { deps, technician, view } = submitted;
  const values = readValues(view.values);
  const older: Handled = { answer: { response_action: 'update', view: olderVersionView(values) } };
  if (!form) return older;
  try {
    deps.mayWork();
    const handled = await form(submitted);
    return isAnswerable(handled.answer, view.fields) ? handled : older;
  } catch (error) {
    const words = failureReply(deps, error, { command: COMMAND, writing: true, who: technician.name });
    return { answer: { response_action: 'update', view: problemView('Syncro', words, { typed: values }) } };
  }
};

export const onForm =
  (deps: SlackKit, rows: Required<Rows>): Middleware<SlackViewMiddlewareArgs<ViewSubmitAction>> =>
  async ({ body, view, ack }) => {
    const who = await identify(deps, body);
    const { technician } = who;
    if (!technician)
      return ack({ response_action: 'update', view: strangerView(refusal(who), readValues(view.state.values)) });
    const { previous_view_id: previous, root_view_id: root } = view;
    const shown = { ...seen(view), fields: fieldsOf(view), isThird: previous !== null && previous !== root };
    const submitted = { deps, use: null, technician, triggerId: body.trigger_id, view: shown };
    const { answer, afterwards } = await submit(rows, submitted);
    const fitted = fittedAnswer(answer);
    await (fitted.response_action === 'close' ? ack() : ack(fitted));
    await afterwards?.();
  };

export const onClosed =
  (deps: SlackKit, rows: Required<Rows>): Middleware<SlackViewMiddlewareArgs<ViewClosedAction>> =>
  async ({ body, view }) => {
    const { technician } = await identify(deps, body);
    const close = rowOf(rows.closed, view.callback_id);
    if (technician && close) await close({ deps, use: null, technician, view: seen(view) });
  };

/** A typeahead that fails would just look empty, so each says itself what went wrong. */
export const onTypeahead =
  (deps: SlackKit, rows: Required<Rows>): Middleware<SlackOptionsMiddlewareArgs<'block_suggestion'>> =>
  async ({ payload, body, ack }) => {
    const { technician } = await identify(deps, body);
    const formId = readFormId('view' in body ? body.view?.private_metadata : null);
    const suggest = rowOf(rows.typeaheads, payload.action_id);
    await ack(
      technician && suggest
        ? await suggest({ deps, use: null, technician, formId }, typedInField(payload.value))
        : { options: [] },
    );
  };
