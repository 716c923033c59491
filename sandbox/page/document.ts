import type { Modules } from './modules.ts';

/** The page before its modules ran. Everything it loads is its own. */
export const documentHtml = ({ entry, sources }: Modules): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Syncro for Slack: the demo</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/style.css">
${[...sources.keys()].map((path) => `<link rel="modulepreload" href="/page/${path}">`).join('\n')}
<script type="module" src="/page/${entry}"></script>
</head>
<body><div id="page"></div><noscript>This page needs JavaScript.</noscript></body>
</html>
`;

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};
