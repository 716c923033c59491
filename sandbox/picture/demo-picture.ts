import { launchBrowser } from '../page/launch-browser.ts';
import { startDemo } from '../page/start-demo.ts';

const NUMBER = 32159;

/**
 * The demo's page after a bill in the middle of which the app was killed. Unlike the other pictures it shows the hour
 * at which it was taken.
 *
 * @returns undefined where there is no browser
 */
export const demoPicture = async (): Promise<Buffer | undefined> => {
  const browser = await launchBrowser();
  if (!browser) return undefined;
  const demo = await startDemo({ latencyMs: 120 });
  try {
    await demo.app.ready;
    // Without motion, what landed is not lit up.
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await page.goto(demo.url);
    await page.getByRole('button', { name: 'Try this' }).click();
    await page.getByRole('button', { name: 'Kill the app in the middle of a bill' }).click();
    await page.locator('#composer').press('Enter');
    const dialog = page.locator('#dialog');
    await dialog.getByLabel('Comment', { exact: true }).fill('Replaced the power supply of the router.');
    await dialog.locator('.footer .primary').click();
    await dialog.locator('.footer .primary', { hasText: /^Bill/ }).click();
    await page.locator('.place', { hasText: 'Syncro' }).click();
    await page.getByText(`Billed #${NUMBER}`).waitFor();
    await page.locator('.status', { hasText: 'Invoiced' }).waitFor();
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.getByText('The app is back.').waitFor();
    return await page.screenshot();
  } finally {
    await browser.close();
    await demo.close();
  }
};
