import { readdirSync, readFileSync } from 'node:fs';
import { textsOf } from './words/texts-of.ts';

/** Who reads it: a heading, and the folders whose sources hold the texts. */
const READERS: ReadonlyArray<readonly [string, readonly string[]]> = [
  ['Technicians, in Slack', ['src/features', 'src/runs', 'src/slack', 'src/syncro', 'src/shared']],
  ['Owners, at the command line', ['src/bin', 'src/config', 'src/app', 'src/database']],
  ['Visitors of the demo', ['sandbox/demo.ts', 'sandbox/page']],
];
const NOT_READ = /\/(store|migrations|metrics)\//;

const sources = (place: string): readonly string[] =>
  place.endsWith('.ts')
    ? [place]
    : readdirSync(place, { recursive: true, encoding: 'utf8' })
        .map((file) => `${place}/${file.replaceAll('\\', '/')}`)
        .filter((file) => /\.m?ts$/.test(file) && !NOT_READ.test(file))
        .sort();

for (const [reader, places] of READERS) {
  console.log(`\n# ${reader}`);
  for (const file of places.flatMap(sources)) {
    const texts = textsOf(readFileSync(file, 'utf8'));
    if (texts.length > 0) console.log(`\n## ${file}\n${texts.join('\n')}`);
  }
}
