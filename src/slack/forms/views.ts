import type { ModalView } from '@slack/types';
import { AppError } from '../../shared/errors.ts';
import type { SlackKit } from '../kit.ts';
import { slackErrorCode } from '../slack-failure.ts';
import { fitView } from './fit-view.ts';

/** A view that Slack shows; the hash tells whether it is still the one that was sent. */
export type ShownView = { readonly id: string; readonly hash: string | null };

/** One that is known only by the name that we gave it: Slack tells nobody the id of a view that an answer pushed. */
type NamedView = { readonly externalId: string };

/** What a submitted form is answered with, as Slack takes it. */
export const fittedAnswer = (answer: ViewAnswer): ViewAnswer =>
  answer.response_action === 'update' || answer.response_action === 'push'
    ? { ...answer, view: fitView(answer.view) }
    : answer;

const INTO = 'into:';

/** In place of Slack's trigger: what is opened takes the place of a view that is open, without a time limit. */
export const intoView = (viewId: string): string => `${INTO}${viewId}`;

/**
 * @param triggerId Slack's, or `intoView`'s
 * @throws AppError stale when Slack's 3 seconds are over
 */
export const openView = async (deps: SlackKit, triggerId: string, view: ModalView): Promise<ShownView> => {
  if (triggerId.startsWith(INTO)) {
    const id = triggerId.slice(INTO.length);
    return (await updateView(deps, { id, hash: null }, view)) ?? { id, hash: null };
  }
  return byTrigger(() => deps.client.views.open({ trigger_id: triggerId, view: fitView(view) }));
};

/** Puts a view on top of the one that a button was pressed in; closing it shows that one again, as it was. */
export const pushView = async (deps: SlackKit, triggerId: string, view: ModalView): Promise<ShownView> => {
  return byTrigger(() => deps.client.views.push({ trigger_id: triggerId, view: fitView(view) }));
};

type Shown = { readonly view?: { readonly id?: string; readonly hash?: string } };

const byTrigger = async (show: () => Promise<Shown>): Promise<ShownView> => {
  try {
    const { view: shown } = await show();
    return { id: shown?.id ?? '', hash: shown?.hash ?? null };
  } catch (error) {
    if (/trigger/.test(slackErrorCode(error)))
      throw new AppError('stale', 'Slack allows 3 seconds to open a form, and they ran out. Run the command again.');
    throw error;
  }
};

/** Replaces a view. `null`: the person closed it or went on meanwhile, so nothing happened. */
export const updateView = async (
  deps: SlackKit,
  at: ShownView | NamedView,
  view: ModalView,
): Promise<ShownView | null> => {
  const hash = 'hash' in at ? at.hash : null;
  const which = 'externalId' in at ? { external_id: at.externalId } : { view_id: at.id };
  try {
    const { view: shown } = await deps.client.views.update({
      ...which,
      view: fitView(view),
      ...(hash ? { hash } : {}),
    });
    return { id: shown?.id ?? '', hash: shown?.hash ?? null };
  } catch (error) {
    if (!['not_found', 'hash_conflict', 'view_not_found'].includes(slackErrorCode(error))) throw error;
    deps.log.debug(
      { view: view.callback_id, code: slackErrorCode(error) },
      'a view was gone before it could be updated',
    );
    return null;
  }
};

/** What Slack is told within 3 seconds of a submitted form. */
export type ViewAnswer =
  | { readonly response_action: 'errors'; readonly errors: Readonly<Record<string, string>> }
  | { readonly response_action: 'update'; readonly view: ModalView }
  /** On top of the form, which stays as it is. */
  | { readonly response_action: 'push'; readonly view: ModalView }
  | { readonly response_action: 'clear' }
  /** Only this view goes, the one below it shows again. */
  | { readonly response_action: 'close' };
