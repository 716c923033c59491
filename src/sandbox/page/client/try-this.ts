/** What a newcomer may try, in the order in which it makes sense. */
export type Trial = {
  readonly name: string;
  readonly title: string;
  readonly about: string;
  /** Typed into the composer; the newcomer presses Enter. */
  readonly types: string;
  readonly as?: string;
  readonly orders?: 'cut' | 'killAtWrite';
};

export const TRIALS: readonly Trial[] = [
  {
    name: 'bill',
    title: 'Bill 45 minutes',
    about: 'Form, preview, one button. Watch the ticket and the requests below.',
    types: '/syncro bill 32164 45m remote',
  },
  {
    name: 'cut',
    title: 'Lose an answer',
    about: 'Syncro does the next write, but its answer is cut. The app looks before it acts, and nothing doubles.',
    types: '/syncro bill 32155 15m remote',
    orders: 'cut',
  },
  {
    name: 'kill',
    title: 'Kill the app in the middle of a bill',
    about: 'It dies right after the first write landed, comes back by itself and finishes.',
    types: '/syncro bill 32159 30m onsite',
    orders: 'killAtWrite',
  },
  {
    name: 'comment',
    title: 'Comment three ways',
    about: 'E-mailed, portal or internal: the preview says exactly who receives it.',
    types: '/syncro comment 32163',
  },
  {
    name: 'guest',
    title: 'Be a guest',
    about: 'Somebody who is no technician gets one polite refusal, and no data.',
    types: '/syncro ticket 32164',
    as: 'U0GUEST',
  },
];
