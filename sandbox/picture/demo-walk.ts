import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../page/launch-browser.ts';
import { startDemo } from '../page/start-demo.ts';
import { animatedWebp, type Frame } from './animated-webp.ts';

export const WALK_SIZE = { width: 1280, height: 800 } as const;
/** Readable letters, and all frames together in about a megabyte. */
const QUALITY = 50;
const LOOK_EVERY_MS = 250;

/** Looks at the page again and again; what looks the same is one frame that stays longer. */
const createRecorder = (session: CDPSession) => {
  const frames: Frame[] = [];
  return {
    frames,
    /** @param ms how long this stays for the reader, however long it took */
    show: async (ms: number): Promise<void> => {
      const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
      const webp = Buffer.from(data, 'base64');
      const last = frames.at(-1);
      if (last?.webp.equals(webp)) frames.splice(-1, 1, { webp, ms: last.ms + ms });
      else frames.push({ webp, ms });
    },
  };
};
type Recorder = ReturnType<typeof createRecorder>;

/** From the command that stands in the composer to the button that confirms. */
const toPreview = async (page: Page, { show }: Recorder, comment: string): Promise<void> => {
  await show(1_400);
  await page.keyboard.press('Enter');
  const submit = page.locator('#dialog .footer .primary');
  await submit.waitFor();
  if ((await submit.innerText()) === 'Preview') {
    await page.locator('#dialog').getByLabel('Comment', { exact: true }).fill(comment);
    await show(1_600);
    await submit.click();
  }
  await page.locator('#dialog .footer .primary', { hasText: /^Bill/ }).waitFor();
  await show(3_200);
};

/** Until the ticket beside is invoiced, with what happens on the way. */
const untilInvoiced = async (page: Page, { show }: Recorder): Promise<void> => {
  const invoiced = page.locator('.status', { hasText: 'Invoiced' });
  while ((await invoiced.count()) === 0) {
    await show(LOOK_EVERY_MS);
    await page.waitForTimeout(LOOK_EVERY_MS);
  }
};

/**
 * A minute of the demo: what was forgotten is billed, then an answer is lost and nothing is sent twice.
 *
 * @returns undefined where there is no browser
 */
export const demoWalk = async (): Promise<Buffer | undefined> => {
  const browser = await launchBrowser();
  if (!browser) return undefined;
  const demo = await startDemo({ latencyMs: 120 });
  try {
    await demo.app.ready;
    // Without motion, what landed is not lit up.
    const page = await browser.newPage({ viewport: WALK_SIZE, reducedMotion: 'reduce' });
    const recorder = createRecorder(await page.context().newCDPSession(page));
    const { show, frames } = recorder;
    const receipt = async (): Promise<void> => {
      await page.getByRole('button', { name: 'Show the receipt' }).click();
      await page.locator('.row.pointed').waitFor();
    };
    await page.goto(demo.url);
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    await show(2_600);
    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await show(1_400);
    await page.keyboard.press('Enter');
    const take = page.locator('.row').getByRole('button', { name: /^Invoice \$/ });
    await take.waitFor();
    await show(2_400);
    await take.click();
    const confirm = page.locator('#dialog .footer .primary', { hasText: /^Invoice \$/ });
    await confirm.waitFor();
    await show(2_600);
    await confirm.click();
    await untilInvoiced(page, recorder);
    await page.getByRole('button', { name: 'Show the receipt' }).waitFor();
    await show(2_800);
    await receipt();
    await show(3_000);
    await page.getByRole('button', { name: 'Try this' }).click();
    await show(1_600);
    await page.getByRole('button', { name: 'Lose an answer' }).click();
    await toPreview(page, recorder, 'Cleared the queue of the printer.');
    await page.locator('#dialog .footer .primary').click();
    await page.locator('.guidance.trouble').waitFor();
    await show(2_000);
    await untilInvoiced(page, recorder);
    await receipt();
    await show(4_500);
    return animatedWebp(frames, WALK_SIZE.width, WALK_SIZE.height);
  } finally {
    await browser.close();
    await demo.close();
  }
};
