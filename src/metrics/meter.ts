import { Counter, Histogram, type Registry } from 'prom-client';
import type { DigestMeter } from '../features/digests/ports.ts';
import type { RunMeter } from '../runs/ports.ts';
import { droppedLines } from '../shared/log.ts';
import type { SlackMeter } from '../slack/ports.ts';
import type { SyncroMeter } from '../syncro/ports.ts';

export type Meter = SlackMeter & SyncroMeter & RunMeter & DigestMeter;

const PREFIX = 'syncro_slack_';
/** Slack gives up after 3 seconds. */
const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const REQUEST_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const WAIT_BUCKETS = [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60];
const LATE_BUCKETS = [60, 300, 600, 1_800, 3_600, 14_400];

/** What this process has done since it began; Prometheus adds up the copies. */
export const createMeter = (registry: Registry): Meter => {
  const registers = [registry];
  const counter = <L extends string>(name: string, help: string, labelNames: readonly L[]) =>
    new Counter<L>({ name: `${PREFIX}${name}`, help, labelNames, registers });
  const histogram = <L extends string>(name: string, help: string, labelNames: readonly L[], buckets: number[]) =>
    new Histogram<L>({ name: `${PREFIX}${name}`, help, labelNames, buckets, registers });

  const acks = histogram('ack_seconds', 'Until Slack had our acknowledgement, by kind.', ['kind'], ACK_BUCKETS);
  const commands = counter('commands_total', 'Commands by name and how they ended.', ['command', 'outcome']);
  const told = counter('failures_told_total', 'Failures that a person was told of, by code.', ['code']);
  const slack = counter('slack_calls_total', 'Calls of Slack’s Web API.', ['method', 'outcome']);
  const syncro = counter('syncro_requests_total', 'Requests to Syncro by endpoint and outcome.', [
    'method',
    'endpoint',
    'outcome',
  ]);
  const took = histogram(
    'syncro_request_seconds',
    'From the first byte of a request to Syncro to the last of its answer.',
    ['method', 'endpoint'],
    REQUEST_BUCKETS,
  );
  const waits = histogram(
    'limiter_wait_seconds',
    'How long requests waited for their place in the budget, by lane.',
    ['lane', 'outcome'],
    WAIT_BUCKETS,
  );
  const writes = counter('writes_total', 'Steps of runs that were sent, by outcome.', ['step', 'outcome']);
  const cleared = counter('writes_cleared_total', 'Unanswered writes that were found or sent again.', ['step', 'how']);
  const asked = counter('questions_total', 'Runs that could not go on without a person, by reason.', ['why']);
  const ended = counter('runs_ended_total', 'Runs that ended, by kind and how.', ['kind', 'state']);
  const digests = counter('digests_total', 'Digests that were settled, by how.', ['state']);
  const late = histogram('digest_late_seconds', 'How late digests were posted.', [], LATE_BUCKETS);

  new Counter({
    name: `${PREFIX}log_lines_dropped_total`,
    help: 'Lines of the log that could not be written.',
    registers,
    collect() {
      this.reset();
      this.inc(droppedLines());
    },
  });

  return {
    acknowledged: (kind, ms) => acks.observe({ kind }, ms / 1_000),
    command: (command, outcome) => commands.inc({ command, outcome }),
    toldFailure: (code) => told.inc({ code }),
    slackCalled: (method, outcome) => slack.inc({ method, outcome }),
    syncroAnswered: (method, endpoint, outcome, ms) => {
      syncro.inc({ method, endpoint, outcome });
      took.observe({ method, endpoint }, ms / 1_000);
    },
    waited: (lane, outcome, ms) => waits.observe({ lane, outcome }, ms / 1_000),
    wrote: (step, outcome) => writes.inc({ step, outcome }),
    cleared: (step, how) => cleared.inc({ step, how }),
    asked: (why) => asked.inc({ why }),
    runEnded: (kind, state) => ended.inc({ kind, state }),
    digestEnded: (state, lateMs) => {
      digests.inc({ state });
      if (state === 'posted') late.observe(Math.max(0, lateMs) / 1_000);
    },
  };
};
