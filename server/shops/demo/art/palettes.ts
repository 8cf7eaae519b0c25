/** The colours of one picture. `ground` and `halo` are pale, so that pictures look alike in kind on light and dark pages. */
export interface Palette {
  readonly ground: string; readonly halo: string;
  readonly main: string; readonly dark: string; readonly light: string; readonly accent: string;
}

const palettes = {
  leaf: { ground: '#e9efe0', halo: '#d3e0c0', main: '#5f8a4c', dark: '#3c5f33', light: '#b9d19a', accent: '#e9c46a' },
  amber: { ground: '#f8ecd6', halo: '#f0d9ab', main: '#d18a2c', dark: '#8f5716', light: '#f3c97b', accent: '#7a8f4d' },
  earth: { ground: '#f1e8dd', halo: '#e2d1bd', main: '#8b5e3c', dark: '#5a3a24', light: '#c9a17c', accent: '#c2543a' },
  jasmine: { ground: '#f3f1e4', halo: '#e4e3c8', main: '#e9e0c4', dark: '#7c8a57', light: '#fffdf4', accent: '#8aa564' },
  rust: { ground: '#f7e6dd', halo: '#efcdbc', main: '#b8492f', dark: '#7d2d1d', light: '#e39a7c', accent: '#f0c67a' },
  citrus: { ground: '#fdf0da', halo: '#fbdcae', main: '#ee9b4a', dark: '#b55f1e', light: '#ffd18f', accent: '#e66a5c' },
  clay: { ground: '#f3e5dc', halo: '#e5cdbf', main: '#a3523a', dark: '#6d3122', light: '#cf8d72', accent: '#d9b382' },
  celadon: { ground: '#e5f0ec', halo: '#c9e0d8', main: '#8fc0ae', dark: '#4b8172', light: '#d3ebe1', accent: '#d9a05b' },
  night: { ground: '#e6e8f0', halo: '#cbd1e2', main: '#37466e', dark: '#222c4a', light: '#8191bd', accent: '#d9b25f' },
  plum: { ground: '#f2e6ee', halo: '#e2cada', main: '#7a4266', dark: '#502843', light: '#b98aa9', accent: '#e8b7a0' },
  dusk: { ground: '#ece6f2', halo: '#d8cbe7', main: '#f6dcb3', dark: '#6d5a8c', light: '#fff3d9', accent: '#c98fa0' },
  sea: { ground: '#e2eef2', halo: '#c3dde6', main: '#4a8ba3', dark: '#2b5f75', light: '#a5cfdd', accent: '#f0b27a' },
  moss: { ground: '#eaecdf', halo: '#d5d9bf', main: '#7d8450', dark: '#525732', light: '#b9be8f', accent: '#d98f5c' },
  rose: { ground: '#fbe9e7', halo: '#f5d0cc', main: '#d9837c', dark: '#a4514d', light: '#f2b9b2', accent: '#8fae8b' },
} as const satisfies Record<string, Palette>;

export type PaletteName = keyof typeof palettes;
export const palette = (name: PaletteName): Palette => palettes[name];
