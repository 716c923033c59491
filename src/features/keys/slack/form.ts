import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { asMeant, canBeSecret } from '../../../shared/pasted.ts';
import { shorten } from '../../../shared/text.ts';
import { line, lines, note } from '../../../slack/blocks.ts';
import { type FormValues, fieldErrors, typed } from '../../../slack/forms/form-values.ts';
import { modal } from '../../../slack/forms/modal.ts';
import { textInput } from '../../../slack/forms/text-input.ts';
import type { Links } from '../../../slack/links.ts';

export const CONNECT_FORM = 'connect';
export const CONNECT_TITLE = 'Connect to Syncro';

export type ConnectFormState = {
  /** The command that goes on afterwards, or `''`. */
  readonly interrupted: string;
  /** The form that lies below, not finished yet. */
  readonly below: string | null;
  /** What was wrong with the last key, where it can't be said at the field any more. */
  readonly problem?: string;
};

const metadata = z.object({ interrupted: z.string().max(2_000), below: z.string().nullable() });

export const readConnectState = (raw: unknown): ConnectFormState => {
  try {
    return metadata.parse(JSON.parse(String(raw)));
  } catch {
    return { interrupted: '', below: null };
  }
};

/** The key is in nothing that the app shows, keeps or sends back: only in what Slack sends once. */
export const connectView = ({ interrupted, below, problem }: ConnectFormState, links: Links): ModalView =>
  modal({
    callbackId: CONNECT_FORM,
    kept: { interrupted, below },
    title: CONNECT_TITLE,
    submit: 'Connect',
    blocks: [
      ...(problem ? [line({ bold: '✗ ' }, problem)] : []),
      lines(
        ['With your own key, everything you do in Syncro carries your name.'],
        ['You only do this once.'],
        ['1. In Syncro: ', { link: links.apiTokens, text: 'Admin → API Tokens → New' }, ', type Integration.'],
        ['2. Copy it.'],
        ['3. Paste it here.'],
      ),
      textInput({
        field: 'token',
        label: 'API token',
        hint: "Slack can't hide it while you type; it is encrypted when you press Connect and never shown again.",
        max_length: 300,
        value: undefined,
      }),
      ...(interrupted ? [note(`Then I'll carry on with: ${shorten(interrupted, 150)}.`)] : []),
    ],
  });

export const checkingView = (): ModalView =>
  modal({
    callbackId: 'connecting',
    title: CONNECT_TITLE,
    close: 'Close',
    blocks: [line('⏳ Asking Syncro whose key this is …')],
  });

export const connectedView = (words: string, next: string): ModalView =>
  modal({
    callbackId: 'connected',
    title: CONNECT_TITLE,
    close: 'Done',
    blocks: [lines([{ bold: '✓ ' }, words], ...(next ? [[next]] : []))],
  });

const schema = z.object({
  token: z.string().transform(asMeant).pipe(
    z
      .string()
      .refine(canBeSecret, 'A token has no spaces, special characters or quotes. Copy it from Syncro again.')
      .min(8, 'That is too short for a token. Copy it again from Syncro.')
      // The last one that fails is shown.
      .min(1, 'Paste the token here.'),
  ),
});

type ParsedToken =
  | { readonly ok: true; readonly reveal: () => string }
  | { readonly ok: false; readonly errors: Readonly<Record<string, string>> };

export const parseToken = (values: FormValues): ParsedToken => {
  const parsed = schema.safeParse({ token: typed(values, 'token') });
  if (!parsed.success) return { ok: false, errors: fieldErrors(parsed.error) };
  const { token } = parsed.data;
  return { ok: true, reveal: () => token };
};
