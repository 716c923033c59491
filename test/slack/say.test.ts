import { expect, test } from '@jest/globals';
import type { WebClient } from '@slack/web-api';
import { Registry } from 'prom-client';
import { createMeter } from '../../src/metrics/meter.ts';
import type { SlackKit } from '../../src/slack/kit.ts';
import { inBoundary } from '../../src/slack/person.ts';
import { reply } from '../../src/slack/reply.ts';
import { createSay } from '../../src/slack/say.ts';
import { aQuietLog } from '../syncro/scripted-syncro.ts';

/** A Slack that takes no answer for a moment, then what is said as a message of its own. */
const aSlack = (failures: number) => {
  const said: string[] = [];
  let left = failures;
  const postMessage = ({ text }: { text: string }) => {
    left -= 1;
    if (left >= 0) return Promise.reject(new Error('Slack is away'));
    said.push(text);
    return Promise.resolve({});
  };
  const say = createSay(
    () => Promise.reject(new Error('expired_url')),
    { chat: { postMessage } } as unknown as WebClient,
    { channel: null, user: 'U012HOWARD' },
    aQuietLog,
  );
  return { say, said };
};

const meter = createMeter(new Registry(), []);
const ids = { ref: () => 'K7Q2MX' };
const deps = { ids, log: aQuietLog, meter, downSince: () => null, mayWork: () => undefined } as unknown as SlackKit;
const doing = { command: '/syncro', who: 'Howard Enos' };

test('what was done and could not be told is not called "nothing"', async () => {
  const { say, said } = aSlack(1);
  await inBoundary(deps, say, { ...doing, writing: true }, () => say(reply('Updated #32164.', [])));
  expect(said).toEqual([expect.stringContaining('Unknown: check before repeating.')]);
  expect(said[0]).not.toContain('Nothing was');
});

test('an answer that only was to be read can simply be asked for again', async () => {
  const { say, said } = aSlack(1);
  await inBoundary(deps, say, { ...doing, writing: false }, () => say(reply('The card', [])));
  expect(said).toEqual([expect.stringMatching(/Slack didn't accept my answer\..*Try again/)]);
});

test('a failure before anything was done still says that nothing was sent', async () => {
  const { say, said } = aSlack(0);
  await inBoundary(deps, say, { ...doing, writing: true }, () => Promise.reject(new Error('a bug')));
  expect(said).toEqual([expect.stringContaining('Nothing was sent.')]);
});
