import { afterConfirm, flush, report } from './entering.ts';
import { act } from './server.ts';
import { change, received, redraw, type Target, ui } from './state.ts';

/** Presses one of the app's buttons. */
export const press = (target: Target): void =>
  afterConfirm(target, () => {
    const key = JSON.stringify(target);
    if (ui.busy.has(key)) return;
    ui.busy.add(key);
    redraw();
    void flush()
      .then(() => act({ do: 'press', ...target }))
      .then((outcome) => {
        ui.busy.delete(key);
        report(target, outcome);
      });
  });

const topView = (): string | undefined => received.stack?.at(-1)?.id;

export const submit = async (): Promise<void> => {
  const view = topView();
  if (view === undefined || ui.busy.has(view)) return;
  ui.busy.add(view);
  ui.failed.delete(view);
  change({ typeahead: null });
  await flush();
  const outcome = await act({ do: 'submit', view });
  ui.busy.delete(view);
  report({ where: { view } }, outcome);
};

/** @param all the whole stack, not only the form on top */
export const leave = async (all: boolean): Promise<void> => {
  const view = topView();
  if (view === undefined) return;
  change({ typeahead: null });
  await flush();
  await act({ do: 'close', view, all });
};
