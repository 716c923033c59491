import { describe } from '@jest/globals';
import { flows, useDemo } from './flows.ts';
import { openHttp } from './http-driver.ts';

/** Runs everywhere; `page-browser.test.ts` does the same in a browser where there is one. */
describe("the demo, through its page's endpoints", () => {
  flows(useDemo(openHttp));
});
