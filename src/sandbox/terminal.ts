import type { Modal, Person, SeenMessage } from './slack/slack.ts';
import { customerWrites, describeRequests, describeTicket, FAULT_HELP, orderFault } from './terminal-syncro.ts';
import { SAMPLE_TECHNICIANS, type World } from './world.ts';

/** How long a screen may take to settle after an action before it is shown as it is. */
const SETTLE_MS = 6_000;
const QUIET_MS = 350;

const indent = (text: string): string => text.replace(/^/gm, '  │ ');

/** Slack in a terminal: takes one line as a person would act, and prints what that person then sees. */
export const createTerminal = (world: World, out: (text: string) => void) => {
  let person: Person = world.slack.person(SAMPLE_TECHNICIANS[0].id);
  const shown = new Map<string, string>();
  let changedAt = Date.now();
  const unsubscribe = world.slack.onChange(() => {
    changedAt = Date.now();
  });

  const topModal = async (): Promise<Modal | null> => person.modal(undefined, { timeoutMs: 1 }).catch(() => null);

  const isBusy = (text: string): boolean => /…$|⏳ (Reading|Searching)|▸/m.test(text);

  const news = (): readonly SeenMessage[] =>
    person.messages().filter(({ ts, channel, text }) => shown.get(`${channel}/${ts}`) !== text);

  /** Waits until nothing moves any more, then shows the form on top and what is new or changed. */
  const show = async (always = false): Promise<void> => {
    const from = Date.now();
    changedAt = Math.max(changedAt, from);
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      const modal = await topModal();
      const busy = (modal && isBusy(modal.text())) || news().some(({ text }) => isBusy(text));
      const waited = Date.now() - from;
      if (waited > SETTLE_MS || (!busy && Date.now() - changedAt > QUIET_MS)) break;
    }
    for (const message of news()) {
      shown.set(`${message.channel}/${message.ts}`, message.text);
      out(`\n${message.ephemeral ? 'Only visible to you' : 'Message'}\n${indent(message.text)}`);
    }
    const modal = await topModal();
    if (modal) out(`\nForm\n${indent(modal.text())}`);
    else if (always) out('No form is open.');
  };

  const latestWith = (button: string): SeenMessage | null =>
    [...person.messages()].reverse().find(({ text }) => text.includes(`[${button}]`)) ?? null;

  const press = async (button: string): Promise<void> => {
    const modal = await topModal();
    if (modal) {
      const submits = modal.text().trimEnd().split('\n').at(-1)?.endsWith(`[${button}]`);
      if (!submits) await modal.click(button);
      else {
        const { errors } = await modal.submit(button);
        for (const [field, words] of Object.entries(errors)) out(`  ! ${field}: ${words}`);
      }
      return;
    }
    const message = latestWith(button);
    if (!message) return out(`Nothing on the screen has a button [${button}].`);
    const link = message.links().find(({ text }) => text === button);
    if (link) return out(`  would open ${link.url}`);
    await message.click(button);
  };

  const fill = async (label: string, value: string): Promise<void> => {
    const modal = await topModal();
    if (!modal) {
      const message = latestWith(`${label} ▾`);
      if (message) await message.choose(label, value);
      else out('No form is open, and no menu has that name.');
      return;
    }
    await modal.choose(label, value).catch(() => modal.type(label, value));
  };

  const becomes = (name: string): void => {
    const found = SAMPLE_TECHNICIANS.find((one) => one.name.toLowerCase().startsWith(name.toLowerCase()));
    if (!found) {
      out(`Nobody here is called ${name}. There are ${SAMPLE_TECHNICIANS.map(({ name: n }) => n).join(', ')}.`);
      return;
    }
    person = world.slack.person(found.id);
    out(`You are ${found.name} now.`);
  };

  const act = async (line: string): Promise<void> => {
    const [, command, text] = line.match(/^(\/\S+)\s*(.*)$/) ?? [];
    const [, button] = line.match(/^\[(.+)\]$/) ?? [];
    const [, label, value] = line.match(/^([^=[\]]+?)\s*=\s*(.*)$/) ?? [];
    const [, name] = line.match(/^as (\w+)$/i) ?? [];
    const [, replyTo, words] = line.match(/^reply #?(\d+)\s+(.+)$/i) ?? [];
    const [, number] = line.match(/^ticket #?(\d+) in syncro$/i) ?? [];
    if (command) {
      const { timedOut } = await person.slash(command, text ?? '');
      if (timedOut) out('  ! Slack says: operation_timeout');
      return show();
    }
    if (button) return press(button).then(() => show());
    if (label !== undefined && value !== undefined) return fill(label, value).then(() => show());
    if (name) return becomes(name);
    if (number) return out(describeTicket(world.syncro, Number(number)));
    if (replyTo) {
      out(customerWrites(world.syncro, Number(replyTo), words ?? ''));
      return show();
    }
    if (/^requests$/i.test(line)) return out(describeRequests(world.syncro));
    if (/^fault\b/i.test(line)) return out(orderFault(world.syncro, line.slice(5).trim()) ?? FAULT_HELP);
    if (/^screen$/i.test(line)) {
      shown.clear();
      return show(true);
    }
    if (line)
      out(
        'Not understood. A command begins with /syncro, a field is filled with "Minutes = 45", a button is pressed with [Preview].',
      );
  };

  return {
    take: (line: string): Promise<void> =>
      act(line.trim()).catch((error: unknown) =>
        out(`  ! ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`),
      ),
    close: unsubscribe,
  };
};
