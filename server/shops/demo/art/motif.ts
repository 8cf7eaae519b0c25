import type { Palette } from './palettes.js';

/** Draws the thing itself, inside a field of 600 × 600 with its foot at y = 470. */
export type Draw = (p: Palette) => string;

export type Motif =
  | 'tin' | 'caddy' | 'cake' | 'pouch' | 'sachet' | 'teapot' | 'gaiwan'
  | 'honey' | 'cookie' | 'chili' | 'coffee' | 'chocolate'
  | 'candle' | 'blanket' | 'vase' | 'lamp' | 'mug' | 'cushion' | 'plant'
  | 'tshirt' | 'hoodie' | 'scarf' | 'socks' | 'tote' | 'cap' | 'shirt'
  | 'tube' | 'soap' | 'dropper' | 'lipbalm' | 'pump' | 'comb'
  | 'notebook' | 'pen' | 'washi' | 'calendar' | 'pencils' | 'letter' | 'stamp';
