import { Counter, Histogram, type LabelValues, type Registry } from 'prom-client';
import type { DigestMeter } from '../features/digests/ports.ts';
import type { RunMeter } from '../runs/ports.ts';
import { droppedLines } from '../shared/log.ts';
import type { SlackMeter } from '../slack/ports.ts';
import type { SyncroMeter } from '../syncro/ports.ts';
import { labelValues } from './label-values.ts';

export type Meter = SlackMeter & SyncroMeter & RunMeter & DigestMeter;

const PREFIX = 'syncro_slack_';
/** Slack gives up after 3 seconds. */
const ACK_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3];
const REQUEST_BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];
const WAIT_BUCKETS = [0.01, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60];
const LATE_BUCKETS = [60, 300, 600, 1_800, 3_600, 14_400];

/**
 * What this process has done since it began; Prometheus adds up the copies.
 * @param commands what can be typed
 */
export const createMeter = (registry: Registry, commands: readonly string[]): Meter => {
  const registers = [registry];
  const values = labelValues(commands);
  const counter = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    counts: ReadonlyArray<LabelValues<L>>,
  ) => {
    const created = new Counter<L>({ name: `${PREFIX}${name}`, help, labelNames, registers });
    for (const labels of counts) created.inc(labels, 0);
    return created;
  };
  const histogram = <L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    counts: ReadonlyArray<LabelValues<L>>,
    buckets: number[],
  ) => {
    const created = new Histogram<L>({ name: `${PREFIX}${name}`, help, labelNames, buckets, registers });
    for (const labels of counts) created.zero(labels);
    return created;
  };

  const acks = histogram(
    'ack_seconds',
    'Until Slack had our acknowledgement, by kind.',
    ['kind'],
    values.acks,
    ACK_BUCKETS,
  );
  const commanded = counter(
    'commands_total',
    'Commands by name and how they ended.',
    ['command', 'outcome'],
    values.commands,
  );
  const told = counter('failures_told_total', 'Failures that a person was told of, by code.', ['code'], values.told);
  const slack = counter('slack_calls_total', 'Calls of Slack’s Web API.', ['method', 'outcome'], values.slack);
  const syncro = counter(
    'syncro_requests_total',
    'Requests to Syncro by endpoint and outcome.',
    ['method', 'endpoint', 'outcome'],
    values.syncro,
  );
  const took = histogram(
    'syncro_request_seconds',
    'From the first byte of a request to Syncro to the last of its answer.',
    ['method', 'endpoint'],
    values.took,
    REQUEST_BUCKETS,
  );
  const waits = histogram(
    'limiter_wait_seconds',
    'How long requests waited for their place in the budget, by lane.',
    ['lane', 'outcome'],
    values.waits,
    WAIT_BUCKETS,
  );
  const writes = counter(
    'writes_total',
    'Steps of runs that were sent, by outcome.',
    ['step', 'outcome'],
    values.writes,
  );
  const cleared = counter(
    'writes_cleared_total',
    'Unanswered writes that were found or sent again.',
    ['step', 'how'],
    values.cleared,
  );
  const asked = counter(
    'questions_total',
    'Runs that could not go on without a person, by reason.',
    ['why'],
    values.asked,
  );
  const ended = counter('runs_ended_total', 'Runs that ended, by kind and how.', ['kind', 'state'], values.ended);
  const digests = counter('digests_total', 'Digests that were settled, by how.', ['state'], values.digests);
  const late = histogram('digest_late_seconds', 'How late digests were posted.', [], [], LATE_BUCKETS);

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
    command: (command, outcome) => commanded.inc({ command, outcome }),
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
