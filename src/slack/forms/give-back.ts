import type { KnownBlock, ModalView } from '@slack/types';
import { looksLikeToken } from '../../shared/token.ts';
import { line, quote } from '../blocks.ts';
import { pieces } from './fit-view.ts';
import type { FormValues } from './form-values.ts';
import { modal } from './modal.ts';

/** Of a form that is gone, so many fields; ours have five. */
const MOST_FIELDS = 10;
/** Where a key is typed: it is in nothing that the app shows. */
const SECRET = 'token';

const textsOf = (values: FormValues): readonly string[] =>
  Object.entries(values)
    .filter(([field]) => field !== SECRET)
    .flatMap(([, inputs]) => Object.values(inputs).map(({ value }) => value?.trim() ?? ''))
    .filter((text) => text !== '' && !looksLikeToken(text))
    .slice(0, MOST_FIELDS);

/** What was typed into a form that can't be used, to be copied; nothing where nothing was typed. */
export const givenBack = (values: FormValues): readonly KnownBlock[] => {
  const texts = textsOf(values);
  return texts.length === 0 ? [] : [line('Here is what you typed:'), ...texts.flatMap(pieces).slice(0, 40).map(quote)];
};

/** For a form that an older version of the app showed, or that lacks what this one asks for. */
export const olderVersionView = (values: FormValues): ModalView =>
  modal({
    callbackId: 'older-version',
    title: 'Syncro',
    close: 'Close',
    blocks: [
      line(
        { bold: '! ' },
        'This form is from another version of the app. Nothing was sent. Open it again from /syncro.',
      ),
      ...givenBack(values),
    ],
  });
