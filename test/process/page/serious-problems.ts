import axe from 'axe-core';
import type { Page } from 'playwright-core';

const RUN = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => JSON.stringify(violations))`;

/** What keeps somebody from using the page as it is now, in light and in dark. */
export const seriousProblems = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(axe.source);
  const problems: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const violations: readonly axe.Result[] = JSON.parse(String(await page.evaluate(RUN)));
    for (const { id, impact, nodes } of violations)
      if (impact === 'serious' || impact === 'critical')
        for (const { html, failureSummary } of nodes)
          problems.push(`${colorScheme}: ${id}: ${html.slice(0, 160)} ${failureSummary}`);
  }
  return problems;
};
