import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Storage } from '../database/backup/storage.ts';
import { onceInAWhile } from '../shared/briefly.ts';
import type { Clock, Log } from '../shared/system.ts';
import { within } from '../shared/within.ts';
import { type Build, createGauges, type Now, type Standings } from './gauges.ts';
import { createMeter, type Meter } from './meter.ts';

type Metrics = {
  readonly meter: Meter;
  /** Where the gauges come from; known once everything is built. */
  readonly watch: (sources: {
    readonly clock: Pick<Clock, 'now'>;
    readonly standings: Standings;
    readonly now: () => Now;
    /** `null`: the database is no file. */
    readonly storage: (() => Promise<Storage>) | null;
  }) => void;
  /** Prometheus' text. Scrapes of the same moment share one reading. */
  readonly text: () => Promise<string>;
  readonly contentType: string;
};

const PATIENCE_MS = 2_000;
const KEPT_MS = 1_000;

type Options = {
  /** Requests a minute that all copies together allow themselves. */
  readonly limit: number;
  /** What can be typed. */
  readonly commands: readonly string[];
  readonly build: Build;
  readonly log: Log;
};

export const createMetrics = ({ limit, commands, build, log }: Options): Metrics => {
  const registry = new Registry();
  const meter = createMeter(registry, commands);
  const gauges = createGauges(registry, limit, build);
  let sources: Parameters<Metrics['watch']>[0] | null = null;
  let hasDefaults = false;
  const texts = onceInAWhile<'text', string>(performance, KEPT_MS, 1);

  /** `null`: it came too late, or not at all. */
  const inTime = <T>(reading: Promise<T>, otherwise: string): Promise<T | null> =>
    within(PATIENCE_MS, reading, () => {
      throw new Error(`no answer within ${PATIENCE_MS / 1000} s`);
    }).catch((error: unknown) => {
      log.warn({ err: error }, otherwise);
      return null;
    });

  const collect = async (): Promise<string> => {
    // At the first scrape: whoever is not watched does not pay for it.
    if (!hasDefaults) collectDefaultMetrics({ register: registry });
    hasDefaults = true;
    if (sources) {
      const { clock } = sources;
      gauges.ofProcess(sources.now());
      const [standing, storage] = await Promise.all([
        inTime(sources.standings.read(clock.now()), 'the database did not answer a scrape'),
        sources.storage && inTime(sources.storage(), "the database's disk did not answer a scrape"),
      ]);
      gauges.ofDatabase(standing, clock.now());
      gauges.ofStorage(storage);
    }
    return registry.metrics();
  };

  return {
    meter,
    watch: (given) => {
      sources = given;
    },
    text: () => texts('text', collect),
    contentType: registry.contentType,
  };
};
