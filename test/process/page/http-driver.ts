import { z } from 'zod';
import { elementsOf, optionsOf, optionText } from '../../../sandbox/slack/elements.ts';
import { findInput, findPress, pickOption } from '../../../sandbox/slack/find-element.ts';
import { flattenMessage, flattenView } from '../../../sandbox/slack/flatten.ts';
import { type Json, jsonOf, jsonsOf, textOf } from '../../../sandbox/slack/json.ts';
import { type Driver, type Open, waitFor } from './driver.ts';

const json = z.record(z.string(), z.unknown());
const message = z.object({
  ts: z.string(),
  channel: z.string(),
  text: z.string(),
  blocks: z.array(json),
  attachments: z.array(json),
});
const value = z.looseObject({ type: z.string() });
const view = z.object({
  id: z.string(),
  source: json,
  values: z.record(z.string(), z.record(z.string(), value)),
  errors: z.record(z.string(), z.string()),
});
type Form = z.infer<typeof view>;
const snapshot = z.looseObject({
  stack: z.array(view),
  people: z.array(z.object({ id: z.string(), name: z.string() })),
  switches: z.object({ toggles: z.array(z.object({ name: z.string(), label: z.string() })) }),
  events: z.array(json),
  requests: z.array(z.looseObject({ writes: z.boolean(), ticket: z.number().nullable() })),
  info: z.object({ shortcuts: z.array(z.object({ name: z.string(), type: z.string(), callback: z.string() })) }),
});
const outcome = z.object({ ok: z.boolean(), error: z.string().optional(), options: z.array(json).optional() });

const formWords = ({ source, values, errors }: Form): string => {
  const entered = new Map(Object.entries(values).map(([block, row]) => [block, new Map(Object.entries(row))]));
  return flattenView(source, { values: entered, errors: new Map(Object.entries(errors)) });
};

type Where = { readonly view: string } | { readonly channel: string; readonly ts: string };

/** The same flows without a browser: what the page would ask of its server. */
export const openHttp: Open = async (demo) => {
  let as = 'U012HOWARD';
  let failed = '';

  const look = async (ticket = 32164) => {
    const response = await fetch(`${demo.url}page/snapshot?as=${as}&ticket=${ticket}`);
    return snapshot.parse(await response.json());
  };
  const post = async (path: string, body: object) => {
    const response = await fetch(`${demo.url}page/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    const done = outcome.parse(await response.json());
    failed = done.ok ? '' : (done.error ?? 'failed');
    return done;
  };
  const act = (body: object) => post('act', { as, ...body });
  const top = async () => {
    const { stack } = await look();
    const found = stack.at(-1);
    if (!found) throw new Error('no form is open');
    return found;
  };
  const messages = async () =>
    Object.entries(await look())
      .filter(([key]) => key.startsWith('message:'))
      .map(([, part]) => message.parse(part));

  const inForm = async (label: string) => {
    const fields = async () => jsonsOf((await look()).stack.at(-1)?.source.blocks);
    const labels = async () => JSON.stringify((await fields()).map(({ label: each }) => jsonOf(each).text));
    await waitFor("the form's fields", labels, new RegExp(`"${label}"`));
    const { id, source } = await top();
    const { blockId, actionId, element } = findInput(jsonsOf(source.blocks), label);
    return { where: { view: id }, block: blockId, action: actionId, element };
  };
  const enter = async (label: string, pick: (element: Json) => string): Promise<void> => {
    const { element, ...at } = await inForm(label);
    await act({ do: 'enter', ...at, value: pick(element) });
  };

  const read = async (): Promise<string> => {
    const { stack } = await look();
    const forms = stack.map(formWords);
    const said = (await messages()).map((each) => flattenMessage(each));
    return [...said, ...forms, failed].join('\n--\n');
  };

  /** As the page does, it looks at the ticket that was written to last. */
  const readSyncro = async (): Promise<string> => {
    const written = (await look()).requests.find(({ writes, ticket }) => writes && ticket !== null)?.ticket;
    const { ticket, requests, app, events } = await look(written ?? undefined);
    return JSON.stringify({ ticket, requests, app, events });
  };

  const buttonAt = async (words: string): Promise<{ where: Where; block: string; action: string }> => {
    const form = (await look()).stack.at(-1);
    const places: { where: Where; blocks: readonly Json[] }[] = form
      ? [{ where: { view: form.id }, blocks: jsonsOf(form.source.blocks) }]
      : (await messages()).map(({ channel, ts, blocks }) => ({ where: { channel, ts }, blocks }));
    const place = places.findLast(({ blocks }) =>
      elementsOf(blocks).some(({ element }) => textOf(jsonOf(element.text).text) === words),
    );
    if (!place) throw new Error(`no button "${words}"`);
    const { blockId, actionId } = findPress(place.blocks, words).placed;
    return { where: place.where, block: blockId, action: actionId };
  };

  const driver: Driver = {
    say: async (text) => void (await act({ do: 'say', channel: 'C0GENERAL', text })),
    fill: (label, text) => enter(label, () => text),
    choose: (label, option) => enter(label, (element) => textOf(pickOption(optionsOf(element), option).value)),
    search: async (label, query, option) => {
      const { element: _, ...at } = await inForm(label);
      const { options = [] } = await act({ do: 'suggest', ...at, query });
      await act({ do: 'enter', ...at, value: textOf(pickOption(options, option).value) });
      return options.map(optionText);
    },
    submit: async (button) => {
      const shown = async () => textOf(jsonOf((await look()).stack.at(-1)?.source.submit).text);
      await waitFor("the form's button", shown, typeof button === 'string' ? new RegExp(`^${button}$`) : button);
      await act({ do: 'submit', view: (await top()).id });
    },
    leave: async () => void (await act({ do: 'close', view: (await top()).id, all: true })),
    press: async (button) => void (await act({ do: 'press', ...(await buttonAt(button)) })),
    shortcutOf: async (words, name) => {
      const found = (await messages()).find(({ text }) => text.includes(words));
      const { info } = await look();
      const shortcut = info.shortcuts.find((each) => each.type === 'message' && each.name === name);
      await act({ do: 'messageShortcut', channel: found?.channel, ts: found?.ts, callback: shortcut?.callback });
    },
    become: async (name) => {
      as = (await look()).people.find((person) => person.name === name)?.id ?? name;
    },
    turn: async (label) => {
      const { switches } = await look();
      const toggle = switches.toggles.find((each) => each.label === label);
      await post('switch', toggle ? { set: 'toggle', name: toggle.name, on: true } : { set: 'kill' });
    },
    reply: async (ticket) => void (await post('switch', { set: 'reply', ticket })),
    go: async (place) => {
      if (place === 'home') await act({ do: 'openHome' });
    },
    sees: (pattern, timeoutMs) => waitFor('Slack', read, pattern, timeoutMs),
    seesInSyncro: (pattern, timeoutMs) => waitFor("Syncro's pane", readSyncro, pattern, timeoutMs),
    close: async () => {},
  };
  return driver;
};
