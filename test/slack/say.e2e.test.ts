import { createServer, type RequestListener } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { respondAt } from '../../src/slack/say.ts';

/** What comes of an answer to a Slack that takes it like this. */
const outcomeAt = async (slack: RequestListener): Promise<unknown> => {
  const server = createServer(slack);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    return await Promise.race([respondAt(`http://127.0.0.1:${port}/`)({ text: 'x' }), sleep(60_000, 'still waiting')]);
  } catch (error) {
    return error;
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};

const outcomeOf = (status: number, answer: string): Promise<unknown> =>
  outcomeAt((_request, response) => response.writeHead(status).end(answer));

test.each([
  [200, 'ok'],
  [200, '{"ok":true}'],
  [200, ''],
])('%i %j is an answer that was taken', async (status, answer) => {
  expect(await outcomeOf(status, answer)).toBeUndefined();
});

test.each([
  [400, 'invalid_blocks'],
  [400, '{"ok":false,"error":"invalid_blocks"}'],
  [200, '{"ok":false,"error":"invalid_blocks"}'],
])('%i %s is Slack’s word for a refusal', async (status, answer) => {
  expect(await outcomeOf(status, answer)).toMatchObject({ data: { error: 'invalid_blocks' } });
});

test('anything else that is no success is one without a word', async () => {
  expect(String(await outcomeOf(503, '<html>Away</html>'))).toContain('HTTP 503');
});

test.each<[string, RequestListener]>([
  ['says nothing', () => undefined],
  ['begins to answer and stops', (_request, response) => void response.writeHead(200).write('{"ok":')],
])('a Slack that %s is waited for no longer than 10 seconds', async (_how, slack) => {
  const began = Date.now();
  expect(String(await outcomeAt(slack))).toContain('aborted due to timeout');
  expect(Date.now() - began).toBeLessThan(11_000);
});
