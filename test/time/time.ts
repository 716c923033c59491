import type { ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { activity, atRest, childCount, watchActivity } from './activity.ts';
import { type FromChild, TIME_FILE, type ToChild } from './messages.ts';
import { nextTurn, realNow, realSleep } from './real.ts';
import { createVirtualTime, type TimeFile, timeFile, type VirtualTime } from './virtual-clock.ts';

/**
 * When tests happen, unless `TEST_NOW` says otherwise: no test knows today's date. A Wednesday, 10:00 in Phoenix.
 */
const DEFAULT_NOW = '2026-03-04T17:00:00.000Z';
const START = Date.parse(process.env.TEST_NOW ?? DEFAULT_NOW);
if (!Number.isFinite(START)) throw new Error(`TEST_NOW is no date: ${process.env.TEST_NOW}`);

const path = join(tmpdir(), `syncro-slack-test-time-${process.pid}`);

/** A process of the app that gets its time from here. */
type Member = {
  readonly process: ChildProcess;
  /** Where it serves requests, once that is known. */
  port: number | null;
  asked: number;
  /** The last thing that it said. */
  said: FromChild | null;
  /** Called when it has said something, or is gone. */
  heard: () => void;
  due: number | null;
};

let now = START;
/** Until the first test begins: none, as in a script that only uses what tests use. */
let virtual: { readonly timers: VirtualTime; readonly file: TimeFile } | null = null;
let wake = (): void => undefined;
const members = new Set<Member>();

/** Whether SIGSTOP holds it; only Linux says so. */
export const isStopped = ({ pid }: ChildProcess): boolean => {
  try {
    // The state follows the name, which may hold anything but is closed by the last parenthesis.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
  } catch {
    return false;
  }
};

/** Who does not answer for so long may be stopped. */
const LOOK_FOR_STOPPED_MS = 3;

/** What it says at rest. `null`: it is stopped or gone. */
const askMember = async (member: Member): Promise<FromChild | null> => {
  // One that is stopped finds one question when it wakes, not thousands.
  if (member.said === null ? member.asked === 0 : member.said.id === member.asked) {
    member.asked += 1;
    member.process.send({ time: 'ask', id: member.asked } satisfies ToChild, () => undefined);
  }
  const id = member.asked;
  for (;;) {
    if (member.said?.id === id) return member.said;
    if (!members.has(member)) return null;
    const heard = new Promise<'heard'>((done) => {
      member.heard = () => done('heard');
    });
    const first = await Promise.race([heard, realSleep(LOOK_FOR_STOPPED_MS)]);
    if (first !== 'heard' && isStopped(member.process)) return null;
  }
};

type Census = { readonly said: ReadonlyMap<Member, FromChild>; readonly traffic: string; readonly balanced: boolean };

/** What all that live and are not stopped say. */
const census = async (): Promise<Census> => {
  const said = new Map<Member, FromChild>();
  const answers = await Promise.all([...members].map(async (member) => [member, await askMember(member)] as const));
  for (const [member, answer] of answers) if (answer) said.set(member, answer);
  await atRest();
  const here = activity();
  const portsOfMembers = new Map([...members].map((member) => [String(member.port), member]));
  let toHere = 0;
  let balanced = true;
  for (const [port, count] of Object.entries(here.asked)) {
    const member = portsOfMembers.get(port);
    if (!member) toHere += count;
    else if (said.has(member) && count > (said.get(member)?.serving ?? 0)) balanced = false;
  }
  for (const { asked } of said.values()) toHere += Object.values(asked).reduce((sum, count) => sum + count, 0);
  if (toHere > here.serving) balanced = false;
  return { said, balanced, traffic: JSON.stringify([here.traffic, [...said.values()].map(({ traffic }) => traffic)]) };
};

/** So often nothing moves before what is on its way counts as lost, e.g. in a connection that died unseen. */
const LOOKS_AT_STUCK = 500;
const stuck = { traffic: '', looks: 0 };

const isStuck = ({ traffic }: Census): boolean => {
  stuck.looks = stuck.traffic === traffic ? stuck.looks + 1 : 0;
  stuck.traffic = traffic;
  return stuck.looks > LOOKS_AT_STUCK;
};

/** Whether nobody has anything to do: asked twice, since something may pass from one to another while they are asked. */
const allAtRest = async (): Promise<boolean> => {
  const first = await census();
  if (!first.balanced && !isStuck(first)) {
    await realSleep(1);
    return false;
  }
  if (members.size > 0) {
    const second = await census();
    if (second.balanced !== first.balanced || second.traffic !== first.traffic || second.said.size !== first.said.size)
      return false;
    for (const [member, { due }] of second.said) member.due = due;
    for (const member of members) if (!second.said.has(member)) member.due = null;
  }
  return true;
};

const firstDue = (): number | null => virtual?.timers.due() ?? null;

const goTo = (ms: number): void => {
  if (ms > now) {
    now = ms;
    virtual?.file.write(now);
  }
  virtual?.timers.goTo(now);
  for (const { process: child, due } of members)
    if (due !== null && due <= now) child.send({ time: 'tick' } satisfies ToChild, () => undefined);
};

let passing = false;
/** Somebody outside lives by the machine's time. */
let alwaysFollows = false;
/** How far it is ahead of the machine's time. */
let aheadMs = 0;

/** Goes on as the machine's time does, for as long as there is a process that knows no other. */
const follow = async (): Promise<void> => {
  await realSleep(1);
  for (let due = firstDue(); passing && due !== null && due <= realNow() + aheadMs; due = firstDue()) {
    goTo(due);
    await nextTurn();
  }
  goTo(Math.max(now, realNow() + aheadMs));
};

/** Time passes when nobody can do anything else, as in a simulation. */
const step = async (): Promise<void> => {
  const calm = await allAtRest();
  aheadMs = now - realNow();
  if (!calm) return;
  const dues = [firstDue(), ...[...members].map(({ due }) => due)].filter((due) => due !== null);
  if (dues.length === 0) await realSleep(1);
  else goTo(Math.min(...dues));
};

const drive = async (): Promise<never> => {
  for (;;) {
    const { promise: woken, resolve } = Promise.withResolvers<void>();
    wake = resolve;
    if (!passing || (!alwaysFollows && firstDue() === null && members.size === 0)) {
      await woken;
      // Nobody waited for any time to pass meanwhile.
      aheadMs = now - realNow();
    }
    if (!passing) continue;
    try {
      await (alwaysFollows || childCount() > members.size ? follow() : step());
    } catch (error) {
      process.emit('uncaughtException', error instanceof Error ? error : new Error(String(error)));
    }
  }
};

const begin = (): NonNullable<typeof virtual> => {
  watchActivity();
  process.once('exit', () => rmSync(path, { force: true }));
  const timers = createVirtualTime(
    () => now,
    () => wake(),
  );
  void drive();
  return { timers, file: timeFile(path) };
};

/**
 * From now on time is virtual in this process, and it begins anew.
 * @param how `machine`: it goes as the machine's does, for what can't be told the time, such as a browser
 */
export const enterVirtualTime = (how: 'virtual' | 'machine' = 'virtual'): void => {
  virtual ??= begin();
  alwaysFollows = how === 'machine';
  now = alwaysFollows ? realNow() : START;
  aheadMs = now - realNow();
  virtual.file.write(now);
  virtual.timers.begin();
  virtual.timers.enter();
  passing = true;
  wake();
};

/** The machine's time again; what still waits never happens. */
export const leaveVirtualTime = (): void => {
  passing = false;
  virtual?.timers.leave();
  virtual?.timers.begin();
};

/**
 * Time passes as while the machine sleeps: what is due meanwhile happens once, at the end. For hours in which the app would
 * only look for work, and find none.
 */
export const machineSleeps = async (ms: number): Promise<void> => {
  virtual?.timers.putOff(now + ms);
  await new Promise((resolve) => setTimeout(resolve, ms));
};

/** Does something that must not be touched by virtual time, such as loading what counts the machine's. */
export const byMachineTime = <Value>(work: () => Value): Value => {
  virtual?.timers.leave();
  try {
    return work();
  } finally {
    virtual?.timers.enter();
  }
};

/** The environment and arguments of a process that lives by this process's time; none where that is the machine's. */
export const timeForChild = (): { readonly env: Readonly<Record<string, string>>; readonly args: readonly string[] } =>
  passing && !alwaysFollows
    ? { env: { [TIME_FILE]: path }, args: ['--import', new URL('./child.ts', import.meta.url).href] }
    : { env: {}, args: [] };

/** Where the time stands, as text, for whoever can only read a file. */
export const TIME_PATH = path;

/** It gets its time from here; it must have been spawned with an IPC channel. */
export const takeIn = (child: ChildProcess): { readonly servesAt: (port: number) => void } => {
  if (!passing || alwaysFollows) return { servesAt: () => undefined };
  const member: Member = { process: child, port: null, asked: 0, said: null, heard: () => undefined, due: null };
  members.add(member);
  child.on('message', (message: FromChild) => {
    if (message.time !== 'at rest') return;
    member.said = message;
    member.heard();
  });
  child.once('exit', () => {
    members.delete(member);
    member.heard();
  });
  wake();
  return {
    servesAt: (port) => {
      member.port = port;
    },
  };
};
