import type { Wiring } from './acts-on-commands.ts';
import type { Ack, Core } from './core.ts';
import { isRefusal } from './core.ts';
import { isJson, type Json, jsonOf, jsonsOf, textOf } from './json.ts';
import { closedPayload, submissionPayload } from './payloads.ts';
import { dropView, pushView, updateView } from './views.ts';
import { stackOf, type User, type View } from './workspace.ts';

const isOpen = (core: Core, view: View): boolean => stackOf(core.workspace, view.userId).includes(view);

const showErrors = (core: Core, view: View, errors: unknown): void => {
  const inputs = new Set(
    jsonsOf(view.source.blocks)
      .filter(({ type }) => type === 'input')
      .map((block) => textOf(block.block_id)),
  );
  const entries = Object.entries(jsonOf(errors)).map(([key, words]): [string, string] => [key, textOf(words)]);
  if (entries.length === 0) core.problems.push('view_submission ack: errors without any error');
  for (const [key, words] of entries) {
    if (!inputs.has(key)) core.problems.push(`view_submission ack: error for "${key}", which is no input block`);
    if (words === '') core.problems.push(`view_submission ack: empty error for "${key}"`);
  }
  view.errors = new Map(entries);
  core.changes.changed();
};

const obey = (core: Core, view: View, body: unknown): string | undefined => {
  if (!isOpen(core, view)) return undefined;
  if (body === undefined || body === '' || (isJson(body) && Object.keys(body).length === 0)) {
    dropView(core, view, false);
    return undefined;
  }
  const answer: Json = jsonOf(body);
  const where = `view_submission ack ${textOf(answer.response_action)}`;
  const done = (result: Json): string | undefined => (isRefusal(result) ? textOf(result.error) : undefined);
  switch (answer.response_action) {
    case 'errors':
      showErrors(core, view, answer.errors);
      return undefined;
    case 'clear':
      dropView(core, view, true);
      return undefined;
    case 'update':
      return done(updateView(core, where, view, answer.view));
    case 'push':
      return done(pushView(core, where, view.userId, answer.view));
    default:
      core.problems.push('view_submission ack: unknown body');
      return 'invalid_response';
  }
};

/** Sends the form and does what the ack says. An error leaves the modal open, as with Slack. */
export const submitView = async ({ core, delivery }: Wiring, user: User, view: View): Promise<Ack> => {
  const payload = submissionPayload(user, view, core.triggers.issue(user.id, view.id));
  const ack = await delivery.send({ kind: 'interactive', payload });
  if (ack.error !== undefined) return ack;
  const error = obey(core, view, ack.body);
  return error === undefined ? ack : { ...ack, error };
};

/** Closes one view, or with `all` the whole stack; the app hears of those with `notify_on_close`. */
export const closeView = async (
  { core, delivery }: Wiring,
  user: User,
  view: View,
  all = false,
): Promise<readonly Ack[]> => {
  const gone = dropView(core, view, all).filter(({ source }) => source.notify_on_close === true);
  const tell = (each: View): Promise<Ack> =>
    delivery.send({ kind: 'interactive', payload: closedPayload(user, each, all) });
  return Promise.all(gone.map(tell));
};
