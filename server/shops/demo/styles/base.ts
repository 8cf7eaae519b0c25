export const BASE = `
:root { color-scheme: light; --paper: #faf8f3; --card: #fff; --ink: #23271f; --soft: #5d6459; --line: #e4e0d4; --control: #7c8277; --green: #1f5c4a; --green-deep: #164535; --green-pale: #e4efe8; --clay: #a3452c; --focus: #1455d9;
  --gx-accent: #1f5c4a; --gx-on-accent: #fff; --gx-surface: #fff; --gx-text: #23271f; --gx-radius: 14px; }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; -webkit-text-size-adjust: 100%; overflow-y: scroll; scroll-padding-block-start: 84px; text-wrap: pretty; line-break: strict; }
html:lang(zh) { line-height: 1.7; }
body { margin: 0; min-block-size: 100vh; min-block-size: 100dvh; display: flex; flex-direction: column; }
main { flex: 1; outline: none; }
h1, h2, p, ul, dl { margin: 0; } h1, h2 { overflow-wrap: anywhere; }
ul { padding: 0; list-style: none; }
h1 { font-size: clamp(1.6rem, 1.2rem + 1.6vw, 2.1rem); line-height: 1.25; font-weight: 600; text-wrap: balance; }
h2 { font-size: 1.25rem; line-height: 1.35; font-weight: 600; }
a { color: var(--green); text-underline-offset: .2em; text-decoration-thickness: 1px; }
a:hover { color: var(--green-deep); text-decoration-thickness: 2px; }
img { display: block; max-inline-size: 100%; block-size: auto; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
[hidden] { display: none !important; }
.hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.wrap { inline-size: 100%; max-inline-size: 1180px; margin-inline: auto; padding-inline: 20px; }
.section { padding-block: 32px 48px; }
.muted { color: var(--soft); } .small { font-size: .875rem; } .danger { color: #b42318; }
.stack { display: grid; gap: 16px; align-content: start; }
.status { min-block-size: 1.7em; }
.icon { flex: none; }
.skip { position: absolute; inset-block-start: -60px; inset-inline-start: 16px; z-index: 2; padding: 10px 16px; background: var(--green); color: #fff; border-radius: 0 0 8px 8px; }
.skip:focus { inset-block-start: 0; color: #fff; }
.button { display: inline-flex; align-items: center; justify-content: center; min-block-size: 48px; padding: 8px 26px; border: 1px solid transparent; border-radius: 999px; background: var(--green); color: #fff; font: inherit; font-weight: 600; text-decoration: none; cursor: pointer; }
.button:hover { background: var(--green-deep); color: #fff; }
.button.quiet { border-color: var(--control); background: none; color: var(--ink); } .button.quiet:hover { background: var(--green-pale); }
.button.wide { inline-size: 100%; } .button:disabled { background: #e6e3d9; color: #5d6459; cursor: default; }
.top { position: sticky; inset-block-start: 0; z-index: 1; background: var(--paper); border-block-end: 1px solid var(--line); }
.bar { display: flex; align-items: center; gap: 8px 24px; min-block-size: 68px; }
.brand { display: flex; align-items: center; gap: 10px; color: var(--ink); font-size: 1.25rem; font-weight: 600; text-decoration: none; min-block-size: 48px; }
.search { position: relative; flex: 1; max-inline-size: 440px; margin-inline: auto; }
.search .icon { position: absolute; inset-inline-start: 14px; inset-block-start: 11px; color: var(--soft); pointer-events: none; }
.search input { inline-size: 100%; block-size: 44px; padding: 8px 16px 8px 44px; border: 1px solid var(--control); border-radius: 999px; background: var(--card); color: inherit; font: inherit; }
.search input::placeholder { color: var(--soft); opacity: 1; }
.menu { display: flex; align-items: center; gap: 4px; }
.menu a { display: flex; align-items: center; justify-content: center; min-block-size: 44px; min-inline-size: 44px; padding-inline: 10px; border-radius: 999px; color: var(--ink); font-weight: 500; text-decoration: none; }
.menu a:hover { background: var(--green-pale); } .menu a[aria-current] { color: var(--green); box-shadow: inset 0 -2px var(--green); border-radius: 0; }
.menu .only-narrow { display: none; }
.symbol { position: relative; }
.count { position: absolute; inset-block-start: 2px; inset-inline-end: 0; min-inline-size: 20px; padding-inline: 5px; border-radius: 999px; background: var(--clay); color: #fff; font-size: 12px; line-height: 20px; text-align: center; font-variant-numeric: tabular-nums; } .count:empty { display: none; }
.foot { border-block-start: 1px solid var(--line); background: #f3efe4; color: var(--soft); font-size: .9375rem; }
.foot .wrap { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 4px 24px; padding-block: 20px; }
.languages { display: flex; gap: 8px; } .languages a { display: inline-flex; align-items: center; min-block-size: 44px; padding-inline: 8px; } .languages a[aria-current] { color: var(--ink); font-weight: 600; text-decoration: none; }
@media (max-width: 719px) {
  html { scroll-padding-block-start: 0; } .top { position: static; }
  .bar { flex-wrap: wrap; gap: 4px 8px; padding-block: 8px 12px; } .brand { flex: 1; }
  .search { order: 3; flex-basis: 100%; max-inline-size: none; } .menu .only-wide { display: none; } .menu .only-narrow { display: flex; } .menu { gap: 0; }
  .section { padding-block: 24px 40px; } .wrap { padding-inline: 16px; }
}
@media (prefers-reduced-motion: no-preference) { .button, .menu a, .card img { transition: background-color .12s, transform .2s cubic-bezier(.2,0,0,1); } }
`;
