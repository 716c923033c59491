import { afterAll, describe, expect, test } from '@jest/globals';
import { howardOf } from '../../world/people.ts';
import { KINDS, type Kind } from './other-kinds.ts';
import { killChildren, withScene } from './scene.ts';

afterAll(killChildren);

const INSTANTS = ['before-intent', 'before-send', 'while-sending', 'before-record', 'after-record'] as const;
/** A check sends nothing. */
const CHECKS = ['before-record', 'after-record'] as const;

describe('a process killed with -9 and started again does other work exactly once, too:', () => {
  for (const [name, kind] of Object.entries<Kind>(KINDS))
    for (const step of kind.steps)
      test.each(step.startsWith('verify_') ? CHECKS : INSTANTS)(`${name}, at ${step} %s`, (instant) =>
        withScene(kind.more === undefined ? {} : { more: kind.more }, async (scene) => {
          const first = await scene.launch({ DIE_AT: `${step}:${instant}` });
          kind.given?.(scene);
          const howard = (kind.who ?? howardOf)(scene);
          await kind.start(howard);
          expect(await first.exited).toEqual({ code: null, signal: 'SIGKILL' });
          await scene.goOn();
          await howard.message(kind.receipt);
          expect(kind.count(scene)).toEqual(kind.once);
          expect(howard.dm()).toHaveLength(1);
          expect(scene.slack.problems).toEqual([]);
        }),
      );
});
