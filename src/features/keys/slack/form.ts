import type { ModalView } from '@slack/types';
import { z } from 'zod';
import { asMeant, canBeSecret } from '../../../shared/pasted.ts';
import { shorten } from '../../../shared/text.ts';
import { line, lines, note } from '../../../slack/blocks.ts';
import { type FormValues, fieldErrors, typed } from '../../../slack/forms/form-values.ts';
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
export const connectView = ({ interrupted, below, problem }: ConnectFormState, links: Links): ModalView => ({
  type: 'modal',
  callback_id: CONNECT_FORM,
  private_metadata: JSON.stringify({ interrupted, below }),
  title: { type: 'plain_text', text: CONNECT_TITLE },
  submit: { type: 'plain_text', text: 'Connect' },
  close: { type: 'plain_text', text: 'Cancel' },
  blocks: [
    ...(problem ? [line({ bold: '✗ ' }, problem)] : []),
    lines(
      ['You write to Syncro under your own name only with your own key.'],
      ['You do this once.'],
      ['1. In Syncro: ', { link: links.apiTokens, text: 'Admin → API Tokens → New' }, ', type Integration.'],
      ['2. Copy it.'],
      ['3. Paste it here.'],
    ),
    {
      type: 'input',
      block_id: 'token',
      label: { type: 'plain_text', text: 'API token' },
      element: { type: 'plain_text_input', action_id: 'token', max_length: 300 },
      hint: {
        type: 'plain_text',
        text: "Slack can't hide it while you type; it is encrypted when you press Connect and never shown again.",
      },
    },
    ...(interrupted ? [note(`Then I carry on with: ${shorten(interrupted, 150)}.`)] : []),
  ],
});

export const checkingView = (): ModalView => ({
  type: 'modal',
  callback_id: 'connecting',
  title: { type: 'plain_text', text: CONNECT_TITLE },
  close: { type: 'plain_text', text: 'Close' },
  blocks: [line('⏳ Asking Syncro whose key this is …')],
});

export const connectedView = (words: string, next: string): ModalView => ({
  type: 'modal',
  callback_id: 'connected',
  title: { type: 'plain_text', text: CONNECT_TITLE },
  close: { type: 'plain_text', text: 'Done' },
  blocks: [lines([{ bold: '✓ ' }, words], ...(next ? [[next]] : []))],
});

const schema = z.object({
  token: z.string().transform(asMeant).pipe(
    z
      .string()
      .refine(
        canBeSecret,
        'A token has no spaces, no special letters and no marks around it. Copy it again from Syncro.',
      )
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
