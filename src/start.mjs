// Plain JavaScript, so that a Node too old for the rest can at least say so.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  process.stderr.write(
    `Node ${process.versions.node} is too old: Syncro for Slack needs 22.18 or newer.\n` +
      'Start it with "npm start", which brings its own Node, or install a current Node.\n',
  );
  process.exit(1);
}
await import('./main.ts');
