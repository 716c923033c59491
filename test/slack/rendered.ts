import { expect } from '@jest/globals';
import type { HomeView, ModalView } from '@slack/types';
import { checkMessage, checkView } from '../../sandbox/slack/block-limits.ts';
import { flattenMessage, flattenView } from '../../sandbox/slack/flatten.ts';
import { isJson, type Json } from '../../sandbox/slack/json.ts';
import { findMentions } from '../../sandbox/slack/mentions.ts';
import { fitView } from '../../src/slack/forms/fit-view.ts';
import type { Reply } from '../../src/slack/reply.ts';

const asJson = (value: unknown): Json => {
  const copy: unknown = JSON.parse(JSON.stringify(value));
  if (!isJson(copy)) throw new Error('not an object');
  return copy;
};

/** A message that Slack takes and that mentions nobody, as a person reads it. */
export const readMessage = (message: Reply): string => {
  expect(checkMessage(message)).toEqual([]);
  expect(findMentions(message, [])).toEqual([]);
  expect(message.text.trim()).not.toBe('');
  return flattenMessage({ text: message.text, blocks: message.blocks.map(asJson), attachments: [] });
};

/** A form or a Home that Slack takes and that mentions nobody, as a person reads it. */
export const readView = (sent: ModalView | HomeView): string => {
  const view = sent.type === 'modal' ? fitView(sent) : sent;
  expect(checkView(view)).toEqual([]);
  expect(findMentions({ blocks: view.blocks }, [])).toEqual([]);
  return flattenView(asJson(view));
};
