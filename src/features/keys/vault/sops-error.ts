/** Why a vault file gives no key, as the end of "… can't be read: ". Never holds a secret. */
export class SopsError extends Error {
  constructor(why: string) {
    super(why);
    this.name = 'SopsError';
  }
}
