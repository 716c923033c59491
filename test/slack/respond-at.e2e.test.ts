import { createServer } from 'node:http';
import { expect, test } from '@jest/globals';
import { respondAt } from '../../src/slack/respond-at.ts';

/** What comes of an answer that Slack answers like this. */
const outcomeOf = async (status: number, answer: string): Promise<unknown> => {
  const server = createServer((_request, response) => response.writeHead(status).end(answer));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  try {
    return await respondAt(`http://127.0.0.1:${port}/`)({ text: 'x' });
  } catch (error) {
    return error;
  } finally {
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
  }
};

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
