/**
 * Real processes, cut off and stopped at random moments of the machine's time.
 *
 * @time machine
 */
import { randomInt } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import { startPostgres } from '../../../sandbox/postgres/start-postgres.ts';
import { killChildren } from '../crash/scene.ts';
import { soakRound } from './soak-round.ts';

afterAll(killChildren);

const SEED = Number(process.env.SOAK_SEED ?? randomInt(1_000_000));

test('bills by two copies that are killed, stopped and cut off all end, none doubled, none lost', async () => {
  const server = await startPostgres();
  try {
    const result = await soakRound(server, server.url(), { seed: SEED, bills: 3, stretchMs: 5_000, limited: false });
    console.info(`soak: SOAK_SEED=${SEED}, ${JSON.stringify(result)}`);
    expect(result.problems).toEqual([]);
  } finally {
    await server.close();
  }
});
