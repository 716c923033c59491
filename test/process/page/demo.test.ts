/**
 * A browser knows no other time.
 *
 * @time machine
 */
import { afterAll, describe } from '@jest/globals';
import { launchBrowser } from '../../../sandbox/page/launch-browser.ts';
import { browserDriver } from './browser-driver.ts';
import { browserTests } from './browser-tests.ts';
import { flows, useDemo } from './flows.ts';
import { openHttp } from './http-driver.ts';
import { openPage } from './open-page.ts';

/** Before the tests are named: without a browser the same flows go through what the page asks of its server. */
const browser = await launchBrowser();
afterAll(async () => browser?.close());

describe(`the demo, ${browser ? 'in a browser' : "through its page's endpoints"}`, () => {
  const tools = useDemo(async (demo) => (browser ? browserDriver(await openPage(browser, demo)) : openHttp(demo)));
  flows(tools);
  if (browser) browserTests(browser, tools);
});
