import type { HomeView, ModalView } from '@slack/types';
import { WebAPIPlatformError } from '@slack/web-api';
import { z } from 'zod';
import { currentRef } from '../shared/request-context.ts';
import type { Log } from '../shared/system.ts';
import { line, note } from './blocks.ts';
import { plainView } from './forms/problem.ts';

/** What Slack does not take about a message or view. */
type ContentRefusal = {
  /** Slack's own word. */
  readonly reason: string;
  /** Each a rule and where it is broken: `must be less than 151 characters at /blocks/3/text`. Slack may name none. */
  readonly problems: readonly string[];
};

/** Refusals of what was sent rather than of the app, the person or the place. For a view Slack has no other word. */
const OF_THE_CONTENT = /^(?:\w*blocks\w*|msg_too_long|view_too_large|invalid_arguments)$/;

const PROBLEM = /^(?:\[ERROR\] )?(.*) \[json-pointer:([\w./]*)/s;
/** The rules that Slack is known to name. Other words of its may quote what somebody wrote, so they are not repeated. */
const RULES = [
  /^must be (?:less|more) than \d+ characters/,
  /^no (?:more|fewer) than \d+ items allowed/,
  /^(?:missing required field|invalid additional property|unsupported type): \w+/,
  /^must provide an? (?:string|object|array|boolean|integer|number)/,
  /^must be a valid (?:enum value|url)/,
  /^failed to match all allowed schemas/,
];

const MOST_PROBLEMS = 5;
const strings = z.array(z.string()).catch([]);
const details = z.object({
  errors: strings,
  response_metadata: z.object({ messages: strings }).catch({ messages: [] }),
});

const problemOf = (said: string): string => {
  const [, words = '', pointer = ''] = PROBLEM.exec(said) ?? [];
  const [rule = 'an unknown rule'] = RULES.flatMap((known) => known.exec(words)?.[0] ?? []);
  return `${rule} at ${pointer || '/'}`;
};

/** `null`: the call failed for another reason than what the message or view holds. */
export const readContentRefusal = (error: unknown): ContentRefusal | null => {
  if (!(error instanceof WebAPIPlatformError) || !OF_THE_CONTENT.test(error.data.error)) return null;
  const { errors, response_metadata: metadata } = details.parse(error.data);
  const said = metadata.messages.length > 0 ? metadata.messages : errors;
  return { reason: error.data.error, problems: said.slice(0, MOST_PROBLEMS).map(problemOf) };
};

/** The arguments of a call. */
type Body = Readonly<Record<string, unknown>>;

/** It may take the place of what says that something was done, so it does not say that nothing was. */
const notShown = (type: unknown): ModalView | HomeView => {
  const what = type === 'home' ? 'page' : 'form';
  const next = 'Check in Syncro before you repeat anything, and tell your admin the reference.';
  const ref = currentRef();
  const blocks = [
    line({ bold: '! ' }, `Slack could not show this ${what}. ${next}`),
    ...(ref === undefined ? [] : [note(`ref ${ref}`)]),
  ];
  return type === 'home' ? { type, blocks } : plainView('not-shown', 'Syncro', blocks);
};

/** `null`: it has no text to fall back on. */
const textOnly = (body: Body): Body | null => {
  const { text, blocks, view } = body;
  if (typeof view === 'object' && view !== null) return { ...body, view: notShown('type' in view ? view.type : null) };
  // An empty list: chat.update keeps the blocks of a message that it is told nothing about.
  return text && Array.isArray(blocks) && blocks.length > 0 ? { ...body, blocks: [] } : null;
};

/**
 * Sends a message or view. Where Slack refuses it because of what it holds, which is a bug of the app, the log says what,
 * and the text of the message goes out alone, or a view that says so.
 * @param call the method of the Web API, or what else takes it
 * @throws what `send` throws
 */
export const fallBackToText = async <T>(
  { log }: { readonly log: Log },
  call: string,
  body: Body,
  send: (body: Body) => Promise<T>,
): Promise<T> => {
  try {
    return await send(body);
  } catch (error) {
    const refusal = readContentRefusal(error);
    if (!refusal) throw error;
    log.error({ call, ...refusal }, 'Slack refuses what a message or form holds');
    const plain = textOnly(body);
    if (!plain) throw error;
    return send(plain);
  }
};
