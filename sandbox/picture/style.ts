/** What is different in the dark. */
const DARK = `:root { color-scheme: dark;
  --page: #1a1d21; --ink: #d1d2d3; --grey: #ababad; --line: rgba(232,232,232,.13); --edge: rgba(232,232,232,.3);
  --soft: rgba(232,232,232,.04); --blue: #1d9bd1; --green: #148567; --red: #e8386f; --behind: #101214; --quote: #444;
}
.input .error { color: #ff7a9c; }`;

/** Looks like Slack's desktop client; colours are variables so that the dark ones are one list. */
export const STYLE = `
:root {
  --page: #fff; --ink: #1d1c1d; --grey: #616061; --line: rgba(29,28,29,.13); --edge: rgba(29,28,29,.3);
  --soft: rgba(29,28,29,.04); --blue: #1264a3; --green: #007a5a; --red: #e01e5a; --behind: #f4f4f4; --quote: #ddd;
}
@media (prefers-color-scheme: dark) { ${DARK} }
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/22px Lato, "Slack-Lato", "Helvetica Neue", Arial, "DejaVu Sans", "Noto Color Emoji", sans-serif; }
button, input, select, textarea { font: inherit; color: inherit; }
b, .who b { font-weight: 700; }
.picture { padding: 16px; background: var(--page); }
.picture.message-size { width: 880px; min-height: 150px; }
.picture.modal-size { width: 568px; padding: 24px; background: var(--behind); }
.picture.home-size { width: 880px; padding: 0; }
.avatar { flex: none; width: 36px; height: 36px; border-radius: 8px; background: #1d3c5c; color: #fff;
  font: 900 20px/36px Lato, Arial, sans-serif; text-align: center; }
.avatar.small { width: 24px; height: 24px; border-radius: 6px; font-size: 14px; line-height: 24px; }
.message { display: flex; gap: 8px; }
.message + .message { margin-top: 20px; }
.message .body { flex: 1; min-width: 0; }
.only { color: var(--grey); font-size: 12px; line-height: 18px; }
.who { display: flex; gap: 6px; align-items: baseline; }
.who b { font-weight: 900; }
.who .app { background: var(--line); color: var(--grey); font-size: 12px; line-height: 16px; padding: 0 4px; border-radius: 2px; }
.who .time { color: var(--grey); font-size: 12px; }
.block { margin: 8px 0; }
.who + .block { margin-top: 2px; }
.rich { white-space: pre-wrap; overflow-wrap: anywhere; }
.link { color: var(--blue); text-decoration: none; }
.mention { background: rgba(242,199,68,.2); color: var(--blue); padding: 0 2px 1px; border-radius: 3px; }
code { font: 12px/18px Monaco, Menlo, Consolas, "DejaVu Sans Mono", monospace; color: #e01e5a; background: var(--soft);
  border: 1px solid var(--line); border-radius: 3px; padding: 2px 3px; }
pre { margin: 4px 0; padding: 8px; background: var(--soft); border: 1px solid var(--line); border-radius: 4px;
  font: 12px/18px Monaco, Menlo, Consolas, "DejaVu Sans Mono", "Noto Color Emoji", monospace;
  white-space: pre-wrap; overflow-wrap: anywhere; }
blockquote { position: relative; margin: 4px 0; padding-left: 16px; }
blockquote::before { content: ""; position: absolute; left: 0; top: 0; bottom: 0; width: 4px; border-radius: 8px; background: var(--quote); }
ul, ol { margin: 4px 0; padding-left: 26px; }
hr.block { border: 0; border-top: 1px solid var(--line); margin: 12px 0; }
.header { font-size: 18px; font-weight: 900; line-height: 24px; margin-top: 16px; overflow-wrap: anywhere; }
.context { color: var(--grey); font-size: 13px; line-height: 18px; display: flex; flex-wrap: wrap; gap: 4px 8px; white-space: pre-wrap; overflow-wrap: anywhere; }
.alert { display: flex; gap: 10px; padding: 10px 12px; border-radius: 8px; border-left: 4px solid var(--alert); background: var(--soft); overflow-wrap: anywhere;
  --alert: var(--grey); }
.alert.info { --alert: var(--blue); }
.alert.success { --alert: var(--green); }
.alert.warning { --alert: #c98600; background: rgba(242,199,68,.16); }
.alert.error { --alert: var(--red); background: rgba(224,30,90,.1); }
.alert .mark { flex: none; width: 20px; height: 20px; margin-top: 1px; border: 2px solid var(--alert); border-radius: 50%; font-size: 12px;
  font-weight: 900; line-height: 16px; text-align: center; }
.section { display: flex; justify-content: space-between; align-items: flex-start; gap: 16px; }
.section > div:first-child { min-width: 0; }
.fields { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; }
.actions { display: flex; flex-wrap: wrap; gap: 8px; }
.button { display: inline-block; height: 28px; padding: 0 11px; border: 1px solid var(--edge); border-radius: 8px; background: var(--page);
  color: var(--ink); font-size: 13px; font-weight: 700; line-height: 26px; text-decoration: none; white-space: nowrap; max-width: 100%;
  overflow: hidden; text-overflow: ellipsis; flex: none; }
.button.primary { background: var(--green); border-color: var(--green); color: #fff; }
.button.danger { background: var(--red); border-color: var(--red); color: #fff; }
.button.big { height: 36px; line-height: 34px; font-size: 15px; padding: 0 12px; min-width: 80px; }
.select { appearance: none; height: 28px; max-width: 240px; padding: 0 28px 0 11px; border: 1px solid var(--edge); border-radius: 8px;
  background: var(--page) url("data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='10' height='6'%3E%3Cpath d='M1 1l4 4 4-4' fill='none' stroke='%23888' stroke-width='1.5'/%3E%3C/svg%3E") no-repeat right 10px center;
  font-size: 13px; font-weight: 700; text-overflow: ellipsis; }
.input .select { width: 100%; max-width: none; height: 44px; font-size: 15px; font-weight: 400; }
.select.empty { color: var(--grey); }
.actions .select.empty { color: var(--ink); }
.text, .date { display: block; width: 100%; padding: 10px 12px; border: 1px solid var(--edge); border-radius: 8px; background: var(--page); line-height: 22px; resize: none; }
.date { width: auto; }
.text::placeholder { color: var(--grey); opacity: 1; }
.wrong { border-color: var(--red); }
.input { margin: 16px 0; }
.label { font-weight: 700; margin-bottom: 6px; }
.optional { color: var(--grey); font-weight: 400; }
.hint { color: var(--grey); font-size: 13px; line-height: 18px; margin-top: 4px; overflow-wrap: anywhere; }
.error { color: var(--red); font-size: 13px; line-height: 18px; margin-top: 4px; }
.choice { display: flex; gap: 10px; align-items: flex-start; padding: 3px 0; }
.choice input { margin: 4px 0 0; width: 15px; height: 15px; accent-color: var(--blue); }
.choice small { display: block; color: var(--grey); font-size: 13px; }
.overflow > div { display: none; }
.overflow summary { list-style: none; }
.modal { width: 520px; background: var(--page); border-radius: 8px; border: 1px solid var(--line); }
.modal .title { display: flex; gap: 12px; align-items: center; padding: 20px 24px 16px; font-size: 20px; border-bottom: 1px solid var(--line); }
.title b { font-weight: 900; }
.title .x { margin-left: auto; padding: 0; border: 0; background: none; color: var(--grey); font-size: 16px; }
.modal .content { padding: 8px 24px; }
.modal .footer { display: flex; justify-content: flex-end; gap: 12px; padding: 16px 24px 20px; }
.home .title { display: flex; gap: 8px; align-items: center; padding: 14px 20px 10px; font-size: 18px; }
.tabs { display: flex; gap: 18px; padding: 0 20px; border-bottom: 1px solid var(--line); font-size: 13px; font-weight: 700; color: var(--grey); }
.tab { padding: 6px 0; }
.tab.here { color: var(--ink); border-bottom: 2px solid var(--ink); }
.home .content { padding: 8px 20px 20px; }
.unknown { display: inline-block; border: 2px solid #e01e5a; color: #e01e5a; background: #fee; font-weight: 700; padding: 2px 8px; margin: 4px 0; }
`;

/** How a picture is looked at. */
export type Look = { readonly isDark: boolean; readonly isPhone: boolean };

const PHONE = `.picture.message-size, .picture.modal-size, .picture.home-size { width: 390px; }
.picture.modal-size { padding: 0; }
.modal { width: auto; border: 0; border-radius: 0; }
.fields { grid-template-columns: 1fr; }`;

/** Over `STYLE`, whatever the browser itself prefers. */
export const styleOf = ({ isDark, isPhone }: Look): string => [isDark ? DARK : '', isPhone ? PHONE : ''].join('\n');
