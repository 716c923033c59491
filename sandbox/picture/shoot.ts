import { messageValues } from '../slack/messages.ts';
import type { Modal, SeenMessage } from '../slack/slack.ts';
import type { View } from '../slack/workspace.ts';
import type { Shown } from './shown.ts';
import { messageTree, viewTree } from './surfaces.ts';
import { h, type Tree } from './tree.ts';

/** What a picture shows: something that a person sees now. */
export type Shot =
  | { readonly message: SeenMessage }
  /** One under the other. */
  | { readonly messages: readonly SeenMessage[] }
  | { readonly modal: Pick<Modal, 'raw'> }
  | { readonly home: { readonly raw: View } };

const framed = (size: 'message' | 'modal' | 'home', name: string, ...trees: readonly Tree[]): Tree =>
  h('div', { class: `picture ${size}-size`, 'data-name': name }, ...trees);

const seen = ({ raw, ephemeral }: SeenMessage, user: string, shown: Shown): Tree => {
  const message = { text: raw.text, blocks: raw.blocks, ephemeral, at: shown.now };
  return messageTree(message, { ...shown, values: messageValues(raw, user) });
};

/** @param user whose eyes it is seen with */
export const shoot = (shot: Shot, name: string, user: string, shown: Shown): Tree => {
  if ('message' in shot) return framed('message', name, seen(shot.message, user, shown));
  if ('messages' in shot) return framed('message', name, ...shot.messages.map((each) => seen(each, user, shown)));
  const { raw } = 'modal' in shot ? shot.modal : shot.home;
  const tree = viewTree(raw.source, { ...shown, values: raw.values, errors: raw.errors });
  return framed('modal' in shot ? 'modal' : 'home', name, tree);
};
