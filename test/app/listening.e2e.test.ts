import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { expect, test } from '@jest/globals';
import { startHttpServer } from '../../src/app/http-server.ts';
import { useWorld } from '../world/use-world.ts';

const start = useWorld();

/** Every address of this machine that leads to it; Linux answers at all of 127.0.0.0/8. */
const addresses = (): readonly string[] => [
  ...new Set([
    ...Object.values(networkInterfaces())
      .flatMap((each) => each ?? [])
      .flatMap(({ family, address }) => (family === 'IPv4' ? [address] : [])),
    '127.0.0.2',
  ]),
];

const answering = async (port: number): Promise<readonly string[]> => {
  const answers = await Promise.all(
    addresses().map(async (address) =>
      fetch(`http://${address}:${port}/healthz`).then(
        ({ ok }) => (ok ? [address] : []),
        () => [],
      ),
    ),
  );
  return answers.flat();
};

test('nobody outside of the machine is answered unless LISTEN_HOST says so', async () => {
  const world = await start();
  expect(await answering(world.port())).toEqual(['127.0.0.1']);
});

// Elsewhere 127.0.0.2 is nobody's.
(process.platform === 'linux' ? test : test.skip)('LISTEN_HOST is the address that it listens on', async () => {
  const world = await start({ env: { LISTEN_HOST: '127.0.0.2' } });
  expect(await answering(world.port())).toEqual(['127.0.0.2']);
});

test.each([
  ['127.0.0.1', 'is taken: is the app running already? Stop it, or set another PORT.'],
  ['203.0.113.9', 'LISTEN_HOST 203.0.113.9 is not an address of this machine'],
  ['nonsense.invalid', 'LISTEN_HOST nonsense.invalid is not an address of this machine'],
])('a start that can’t listen on %s says which setting is to blame', async (host, words) => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const { port } = taken.address() as AddressInfo;
  const listening = startHttpServer({ port, host, slack: null, ready: {}, accepting: () => true });
  await expect(listening).rejects.toThrow(words);
  taken.close();
});
