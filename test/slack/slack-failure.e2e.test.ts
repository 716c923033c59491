import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebAPIRequestError } from '@slack/web-api';
import { type SlackSandbox, startSlack } from '../../sandbox/slack/slack.ts';
import { slackFailure } from '../../src/slack/slack-failure.ts';
import { createWebClients } from '../../src/slack/web-clients.ts';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** What a failed post through the real client means. */
const failureAt = async (apiUrl: string, token = 'xoxb-sandbox-bot', channel = 'C0GENERAL') => {
  const { once } = createWebClients(token, apiUrl, log);
  return once.chat.postMessage({ channel, text: 'x' }).then(() => null, slackFailure);
};

describe('a failed call of Slack', () => {
  let slack: SlackSandbox;
  beforeAll(async () => {
    slack = await startSlack();
  });
  afterAll(() => slack.close());

  test.each([
    [{ error: 'is_archived' }, { kind: 'refused', reason: 'is_archived' }],
    [{ error: 'internal_error' }, { kind: 'unclear' }],
    [{ error: 'fatal_error' }, { kind: 'unclear' }],
    [{ status: 429, retryAfter: 3 }, { kind: 'not_sent' }],
    [{ error: 'ratelimited' }, { kind: 'not_sent' }],
    [{ status: 500 }, { kind: 'unclear' }],
    [{ status: 502 }, { kind: 'unclear' }],
  ])('%j means %j, and is not repeated', async (fault, failure) => {
    slack.failNext('chat.postMessage', fault);
    const before = slack.calls.length;
    expect(await failureAt(slack.apiUrl)).toEqual(failure);
    expect(slack.calls.length - before).toBe(1);
  });

  test('behind a wrong token means that Slack takes nothing until an admin mends that', async () => {
    expect(await failureAt(slack.apiUrl, 'xoxb-other')).toEqual({ kind: 'not_sent' });
  });

  // Made by hand: inside jest the client loses the cause of what fetch throws, which is of another realm.
  test.each([
    ['ECONNREFUSED', { kind: 'not_sent' }],
    ['ENOTFOUND', { kind: 'not_sent' }],
    ['ECONNRESET', { kind: 'unclear' }],
    ['UND_ERR_SOCKET', { kind: 'unclear' }],
  ])('behind %s means %j', (code, failure) => {
    const cause = Object.assign(new Error('connect'), { code });
    expect(slackFailure(new WebAPIRequestError(new TypeError('fetch failed', { cause })))).toEqual(failure);
  });

  test('that is cut may have arrived', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.destroy());
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    expect(await failureAt(`http://127.0.0.1:${port}/api/`)).toEqual({ kind: 'unclear' });
    await new Promise((done) => server.close(done));
  });
});
