import { type Check, type Checks, isObject } from './check.ts';
import { both, object } from './structures.ts';
import { url } from './text.ts';
import { string } from './values.ts';

export const slackFile = object({ may: { id: string(255), url: url() } });
const image = object({ need: { alt_text: string(2000) }, may: { image_url: url(), slack_file: slackFile } });
export const oneImage: Check = (value, at, out) => {
  if (!isObject(value)) return;
  if ((value.image_url === undefined) === (value.slack_file === undefined)) {
    out.push({ message: 'must define exactly one of image_url and slack_file', pointer: at });
  }
};
export const imageElement = both(image, oneImage);
/** Where an image may stand beside others. */
export const withImages = (table: Checks) => (): Checks => ({
  ...table,
  image: imageElement,
});
