import { checkView } from './block-limits.ts';
import { type Core, isRefusal, refusal } from './core.ts';
import { withIds } from './elements.ts';
import { carryValues, stateJson } from './input-values.ts';
import { type Json, jsonOf, jsonsOf, textOf } from './json.ts';
import { findMentions } from './mentions.ts';
import { APP_ID, BOT_ID, TEAM_ID } from './options.ts';
import { findView, stackOf, type View } from './workspace.ts';

const MAX_STACK = 3;

/** The view as payloads and API answers carry it. */
export const viewJson = (view: View): Json => ({
  id: view.id,
  team_id: TEAM_ID,
  type: view.type,
  blocks: jsonsOf(view.source.blocks),
  private_metadata: textOf(view.source.private_metadata),
  callback_id: textOf(view.source.callback_id),
  state: { values: stateJson(view.values) },
  hash: view.hash,
  title: view.source.title ?? null,
  clear_on_close: view.source.clear_on_close ?? false,
  notify_on_close: view.source.notify_on_close ?? false,
  close: view.source.close ?? null,
  submit: view.source.submit ?? null,
  previous_view_id: view.previousViewId ?? null,
  root_view_id: view.rootViewId,
  app_id: APP_ID,
  external_id: textOf(view.source.external_id),
  app_installed_team_id: TEAM_ID,
  bot_id: BOT_ID,
});

/** Refuses as Slack does and notes why, or returns the view with its ids filled in. */
const accept = (core: Core, where: string, source: unknown, replacing?: View): Json => {
  const view = jsonOf(source);
  for (const mention of findMentions({ blocks: view.blocks }, core.settings.allowMentions)) {
    core.problems.push(`${where}: unescaped mention ${mention}`);
  }
  const found = checkView(source).map(({ message, pointer }) => `${message} [json-pointer:/view${pointer}]`);
  for (const each of found) core.problems.push(`${where}: ${each}`);
  if (found.some((each) => each.startsWith('view is larger'))) return refusal('view_too_large');
  if (found.length > 0) return refusal('invalid_arguments', found);
  const externalId = textOf(view.external_id);
  const sameId = [...core.workspace.stacks.values(), [...core.workspace.homes.values()]]
    .flat()
    .some((each) => each.id !== replacing?.id && textOf(each.source.external_id) === externalId);
  if (externalId !== '' && sameId) return refusal('duplicate_external_id');
  return { ...view, blocks: withIds(jsonsOf(view.blocks), core.nextId) };
};

const newHash = (core: Core): string => `${Math.floor(core.clock.now() / 1000)}.${core.nextId()}`;

const create = (core: Core, userId: string, type: View['type'], source: Json, below?: View): View => {
  const id = `V${core.nextId()}`;
  return {
    id,
    userId,
    type,
    rootViewId: below?.rootViewId ?? id,
    ...(below ? { previousViewId: below.id } : {}),
    source,
    hash: newHash(core),
    values: carryValues(jsonsOf(source.blocks), new Map()),
    errors: new Map(),
  };
};

/** A new modal; one that was open makes room for it. */
export const openView = (core: Core, where: string, userId: string, source: unknown): Json => {
  const accepted = accept(core, where, source);
  if (isRefusal(accepted)) return accepted;
  const view = create(core, userId, 'modal', accepted);
  core.workspace.stacks.set(userId, [view]);
  core.changes.changed();
  return { ok: true, view: viewJson(view) };
};

/** On top of the modal that the person acted in. */
export const pushView = (core: Core, where: string, userId: string, source: unknown): Json => {
  const stack = stackOf(core.workspace, userId);
  const top = stack.at(-1);
  if (!top) return refusal('not_found');
  if (stack.length >= MAX_STACK) return refusal('push_limit_reached');
  const accepted = accept(core, where, source);
  if (isRefusal(accepted)) return accepted;
  const view = create(core, userId, 'modal', accepted, top);
  stack.push(view);
  core.changes.changed();
  return { ok: true, view: viewJson(view) };
};

/** Replaces what a view shows; what was typed survives where block id and action id are the same. */
export const updateView = (core: Core, where: string, view: View, source: unknown, hash?: string): Json => {
  if (hash !== undefined && hash !== view.hash) return refusal('hash_conflict');
  const accepted = accept(core, where, source, view);
  if (isRefusal(accepted)) return accepted;
  view.source = accepted;
  view.values = carryValues(jsonsOf(accepted.blocks), view.values);
  view.hash = newHash(core);
  view.errors = new Map();
  core.changes.changed();
  return { ok: true, view: viewJson(view) };
};

export const publishHome = (core: Core, where: string, userId: string, source: unknown, hash?: string): Json => {
  const known = core.workspace.homes.get(userId);
  if (known) return updateView(core, where, known, source, hash);
  const accepted = accept(core, where, source);
  if (isRefusal(accepted)) return accepted;
  const view = create(core, userId, 'home', accepted);
  core.workspace.homes.set(userId, view);
  core.changes.changed();
  return { ok: true, view: viewJson(view) };
};

/** Takes one view off its stack: the one below shows again. `clear` takes them all. @returns those that went. */
export const dropView = (core: Core, view: View, clear: boolean): readonly View[] => {
  const stack = stackOf(core.workspace, view.userId);
  if (!stack.includes(view)) return [];
  const gone = clear ? stack.splice(0) : stack.splice(stack.indexOf(view), 1);
  core.changes.changed();
  return gone;
};

export const viewByExternalId = (core: Core, externalId: string): View | undefined =>
  [...core.workspace.stacks.values()].flat().find((view) => textOf(view.source.external_id) === externalId);

export const openViewById = (core: Core, viewId: string): View | undefined => findView(core.workspace, viewId);
