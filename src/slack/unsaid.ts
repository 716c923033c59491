/** Slack did not take an answer. What it was to tell may have been done, so nobody may say that nothing was. */
export class Unsaid extends Error {
  constructor(cause: unknown) {
    super('Slack did not take an answer', { cause });
    this.name = 'Unsaid';
  }
}
