/**
 * Slack's limits on blocks, views and messages, as values that the fake and the tests ask.
 * No package on npm validates them (slack-block-builder and jsx-slack let 60 sections of 4,000 characters pass).
 * Input is `unknown` on purpose: what comes in may be anything, and nothing here throws.
 * Lengths are UTF-16 units: whether Slack counts an astral character once or twice is not documented.
 * @see https://docs.slack.dev/reference/block-kit
 */
export { checkBlocks } from './block-limits/block-list.ts';
export type { BlockProblem, Surface } from './block-limits/check.ts';
export { checkMessage } from './block-limits/message.ts';
export { checkView } from './block-limits/view.ts';
