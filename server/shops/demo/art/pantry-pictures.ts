import type { Draw } from './motif.js';
import { circle, ellipse, leaf, path, rect, stroke, turn } from './shapes.js';

export const honey: Draw = (p) => rect(186, 218, 228, 252, p.light, 44) + path('M186 300h228v126q0 44-44 44H230q-44 0-44-44Z', p.main) + rect(198, 236, 22, 200, '#ffffff', 11, 'opacity=".45"') + rect(204, 156, 192, 70, p.dark, 14)
  + rect(204, 176, 192, 8, p.light, 0, 'opacity=".5"') + path('M300 296l68 38v78l-68 38-68-38v-78Z', p.ground) + ellipse(300, 376, 30, 22, p.accent) + stroke('M288 360v34M304 356v40', p.dark, 7) + ellipse(286, 346, 18, 12, '#ffffff', 'transform="rotate(-30 286 346)"') + ellipse(316, 346, 18, 12, '#ffffff', 'transform="rotate(30 316 346)"');

const biscuit = (x: number, y: number, r: number, main: string, dark: string, light: string): string =>
  circle(x, y + 6, r, dark) + circle(x, y, r, main) + circle(x, y, r * 0.78, light, 'opacity=".5"') + [[-0.3, -0.3], [0.25, -0.4], [0.35, 0.2], [-0.15, 0.35], [0, -0.02]].map(([dx, dy]) => ellipse(x + r * dx!, y + r * dy!, r * 0.11, r * 0.08, dark)).join('');
export const cookie: Draw = (p) => rect(150, 330, 300, 140, p.accent, 16) + rect(150, 330, 300, 34, p.dark, 16, 'opacity=".25"') + biscuit(226, 300, 66, p.light, p.dark, p.ground) + biscuit(374, 300, 66, p.light, p.dark, p.ground) + biscuit(300, 264, 74, p.main, p.dark, p.light)
  + path('M150 352h300v102q0 16-16 16H166q-16 0-16-16Z', p.accent) + rect(232, 384, 136, 58, p.ground, 10) + leaf(300, 428, 40, -140, p.accent) + leaf(300, 428, 40, -40, p.accent) + circle(300, 404, 9, '#e9b44c');

const pepper = (x: number, y: number, degrees: number, fill: string, stem: string): string => turn(degrees, x, y, path(`M${x} ${y}c34-22 52 6 46 48c-6 44-34 78-70 92c22-34 14-62 4-92c-6-22 4-38 20-48Z`, fill) + stroke(`M${x + 12} ${y - 4}c-2-18 8-30 24-34`, stem, 10));
export const chili: Draw = (p) => rect(192, 216, 216, 254, p.main, 34) + rect(192, 216, 216, 66, p.light, 30, 'opacity=".55"') + rect(206, 240, 20, 196, '#ffffff', 10, 'opacity=".3"') + rect(204, 150, 192, 72, p.dark, 14) + rect(204, 172, 192, 8, p.accent, 0, 'opacity=".7"')
  + circle(300, 368, 78, p.ground) + pepper(296, 326, 12, p.main, '#5f8a4c') + Array.from({ length: 9 }, (_, i) => circle(222 + i * 20, 262 + (i % 3) * 9, 5, i % 2 ? p.accent : p.dark)).join('');

const bean = (x: number, y: number, degrees: number, fill: string, line: string): string => turn(degrees, x, y, ellipse(x, y, 30, 20, fill) + stroke(`M${x - 24} ${y}q12-10 24 0t24 0`, line, 5));
export const coffee: Draw = (p) => path('M196 176h208l18 276q0 18-18 18H196q-18 0-18-18Z', p.main) + path('M196 176h46l-12 294h-34q-18 0-18-18Z', p.dark, 'opacity=".5"') + path('M196 176h208l-10-36H206Z', p.dark) + rect(214, 150, 172, 10, p.accent, 5)
  + rect(226, 236, 148, 168, p.ground, 8) + circle(300, 306, 44, p.accent) + path('M268 322l26-36 18 22 12-12 16 26Z', p.main) + rect(254, 366, 92, 8, p.light, 4) + rect(270, 382, 60, 6, p.light, 3) + bean(148, 448, -20, p.dark, p.light) + bean(456, 452, 30, p.dark, p.light) + bean(196, 462, 12, p.light, p.dark);

export const chocolate: Draw = (p) => turn(-8, 300, 310, rect(206, 140, 188, 200, '#5b3426', 10) + [0, 1, 2].map((r) => [0, 1, 2].map((c) => rect(214 + c * 60, 150 + r * 60, 52, 52, '#6f4433', 6) + rect(222 + c * 60, 158 + r * 60, 36, 36, '#5b3426', 4, 'opacity=".6"')).join('')).join('')
  + path('M198 262l16 14 18-14 18 14 18-14 18 14 18-14 18 14 18-14 18 14 18-14 16 14v194q0 10-10 10H208q-10 0-10-10Z', p.main) + rect(230, 330, 140, 110, p.ground, 6) + circle(276, 380, 14, p.accent) + circle(306, 368, 16, '#7f9a5b') + circle(326, 394, 13, p.accent) + leaf(300, 412, 44, -16, '#7f9a5b'));
