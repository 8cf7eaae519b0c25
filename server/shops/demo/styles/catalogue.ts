export const CATALOGUE_STYLES = `
.hero { background: #e3ece4; overflow: hidden; }
.hero .wrap { display: grid; grid-template-columns: 5fr 6fr; align-items: end; gap: 24px; }
.hero .words { align-self: center; display: grid; justify-items: start; gap: 16px; padding-block: 40px; }
.hero h1 { font-size: clamp(2rem, 1.2rem + 3vw, 3.1rem); } .hero p { max-inline-size: 34em; color: #434b3f; }
.hero img { inline-size: 100%; max-inline-size: none; aspect-ratio: 3 / 2; margin-block-start: 36px; border-radius: 28px 28px 0 0; }
.heading { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 4px 24px; }
.chips { display: flex; flex-wrap: wrap; gap: 8px; margin-block: 16px 24px; }
.chips a { display: inline-flex; align-items: center; min-block-size: 44px; padding-inline: 18px; border: 1px solid var(--line); border-radius: 999px; background: var(--card); color: var(--ink); text-decoration: none; white-space: nowrap; }
.chips a:hover { border-color: var(--green); } .chips a[aria-current] { background: var(--green); border-color: var(--green); color: #fff; }
.grid { display: grid; grid-template-columns: repeat(4, 1fr); gap: 32px 20px; }
.card a { display: grid; color: inherit; text-decoration: none; border-radius: 14px; }
.card img { inline-size: 100%; aspect-ratio: 1; border-radius: 14px; margin-block-end: 12px; }
.card a:hover .name { text-decoration: underline; text-underline-offset: .2em; }
.name { font-weight: 600; line-height: 1.35; } .detail { color: var(--soft); font-size: .875rem; }
.price { font-weight: 600; font-variant-numeric: tabular-nums; } .card .price { margin-block-start: 4px; color: var(--clay); }
.price.big { font-size: 1.5rem; color: var(--clay); }
.empty { display: grid; justify-items: center; gap: 12px; padding-block: 64px; text-align: center; }
.band { padding-block: 40px; background: #f3efe4; } .band h2 { margin-block-end: 4px; } .band .mount { margin-block-start: 16px; }
.mount { display: block; border-radius: 14px; } .mount.s { min-block-size: 250px; } .mount.m { min-block-size: 490px; } .mount.l { min-block-size: 500px; } .mount.xl { min-block-size: 416px; }
.crumbs { display: flex; align-items: center; gap: 8px; color: var(--soft); font-size: .875rem; margin-block-end: 12px; } .crumbs a { display: inline-flex; align-items: center; min-block-size: 32px; }
.product { display: grid; grid-template-columns: 1fr 1fr; gap: 32px 56px; align-items: start; }
.product > img { inline-size: 100%; aspect-ratio: 1; border-radius: 18px; }
.facts { display: grid; gap: 12px; align-content: start; padding-block: 8px; }
.buy { display: flex; flex-wrap: wrap; gap: 12px; margin-block-start: 8px; } .buy .button { flex: 1; min-inline-size: 180px; }
.stepper { display: flex; border: 1px solid var(--control); border-radius: 999px; background: var(--card); }
.stepper button { inline-size: 46px; min-block-size: 46px; border: 0; border-radius: 999px; background: none; color: inherit; font: inherit; font-size: 1.25rem; cursor: pointer; } .stepper button:hover { background: var(--green-pale); }
.stepper input { inline-size: 44px; border: 0; background: none; color: inherit; font: inherit; text-align: center; font-variant-numeric: tabular-nums; appearance: textfield; -moz-appearance: textfield; }
.stepper input::-webkit-inner-spin-button, .stepper input::-webkit-outer-spin-button { appearance: none; margin: 0; }
.promises { display: grid; gap: 8px; padding-block-start: 16px; border-block-start: 1px solid var(--line); color: var(--soft); } .promises li { display: flex; align-items: center; gap: 10px; } .promises .icon { color: var(--green); }
.section > h2, .block > h2 { margin-block-end: 16px; }
.lead { margin-block-end: 24px; } .block { margin-block-end: 40px; } .block:last-child { margin-block-end: 0; }
.halves { display: grid; grid-template-columns: 1fr 1fr; gap: 0 32px; align-items: start; }
@media (max-width: 959px) { .grid { grid-template-columns: repeat(3, 1fr); } .hero .wrap { grid-template-columns: 1fr; gap: 0; } .hero .words { padding-block: 32px 0; } .hero img { margin-block-start: 24px; border-radius: 20px 20px 0 0; } }
@media (max-width: 719px) {
  .grid { grid-template-columns: 1fr 1fr; gap: 24px 12px; } .card img { border-radius: 12px; margin-block-end: 8px; }
  .mount.s { min-block-size: 296px; } .mount.m { min-block-size: 910px; } .mount.l { min-block-size: 520px; } .mount.xl { min-block-size: 620px; } .band .mount.l { min-block-size: 690px; }
  .product, .halves { grid-template-columns: 1fr; } .product { gap: 16px; } .halves > * + * { margin-block-start: 32px; }
  .chips { flex-wrap: nowrap; overflow-x: auto; margin-inline: -16px; padding-inline: 16px; padding-block: 4px; scrollbar-width: none; } .chips::-webkit-scrollbar { display: none; }
}
`;
