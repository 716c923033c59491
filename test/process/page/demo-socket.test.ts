/**
 * A browser knows no other time.
 *
 * @time machine
 */
import { describe, expect, test } from '@jest/globals';
import { useDemo } from './flows.ts';
import { openHttp } from './http-driver.ts';

describe('the demo in Socket Mode', () => {
  const { demo, page } = useDemo(openHttp, { socketMode: true, data: 'tiny' });

  test('answers over the socket alone, also when the app was killed and is back', async () => {
    await page().say('/syncro ticket 32164');
    await page().sees(/Own cloud thing again/);
    await page().turn('Kill the app now');
    await page().seesInSyncro(/"state":"running".*"deaths":1/);
    await page().say('/syncro ticket 32163');
    await page().sees(/Remote - Jim/);
    expect(demo().slack.socket.connections()).toBeGreaterThan(0);
  });
});
