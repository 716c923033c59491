import { draw } from './draw.ts';
import { askAgain } from './go.ts';
import { tellNews } from './notify.ts';
import { onClick, onMouseDown } from './on-click.ts';
import { onChange, onFocusIn, onInput } from './on-input.ts';
import { onKey } from './on-key.ts';
import { onScroll, stayAtEnd } from './reading.ts';
import { look, onNews } from './server.ts';
import { drawWith, redraw } from './state.ts';

const MINUTE_MS = 60_000;

/** The page: draws what the server says, and tells it what somebody does. */
drawWith(() => {
  draw();
  askAgain();
});
onNews(tellNews);
document.addEventListener('click', onClick);
document.addEventListener('mousedown', onMouseDown);
document.addEventListener('input', onInput);
document.addEventListener('change', onChange);
document.addEventListener('focusin', onFocusIn);
document.addEventListener('keydown', onKey);
// Scrolling does not bubble.
document.addEventListener('scroll', onScroll, true);
window.addEventListener('resize', stayAtEnd);
look();
// "Today" does not last.
setInterval(redraw, MINUTE_MS);
