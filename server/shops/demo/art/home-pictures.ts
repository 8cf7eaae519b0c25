import type { Draw } from './motif.js';
import { circle, ellipse, leaf, path, rect, stroke, turn } from './shapes.js';

export const candle: Draw = (p) => rect(196, 260, 208, 210, p.main, 22) + rect(208, 260, 24, 196, p.light, 12, 'opacity=".5"') + ellipse(300, 264, 104, 24, p.light) + ellipse(300, 266, 84, 16, p.accent) + stroke('M300 262v-36', p.dark, 6)
  + path('M300 132c34 40 40 62 40 76a40 34 0 0 1-80 0c0-22 22-38 40-76Z', '#f4b860') + path('M300 176c16 20 20 32 20 40a20 18 0 0 1-40 0c0-12 10-22 20-40Z', '#fff3d0') + rect(240, 330, 120, 90, p.ground, 8) + stroke('M262 362h76M262 386h48', p.main, 7);

export const blanket: Draw = (p) => rect(150, 386, 300, 84, p.dark, 28) + rect(150, 306, 300, 96, p.main, 30) + rect(150, 226, 300, 96, p.light, 30) + Array.from({ length: 12 }, (_, i) => stroke(`M${172 + i * 23} 244l11 14l-11 14l11 14l-11 14`, p.main, 5, 'opacity=".6"')).join('')
  + Array.from({ length: 12 }, (_, i) => stroke(`M${172 + i * 23} 326l11 14l-11 14l11 14`, p.light, 5, 'opacity=".5"')).join('') + rect(150, 226, 60, 176, p.accent, 30, 'opacity=".9"') + Array.from({ length: 6 }, (_, i) => stroke(`M${156 + i * 10} 396v48`, p.accent, 5)).join('');

export const vase: Draw = (p) => stroke('M300 250C296 190 268 150 236 118M304 250C312 180 340 150 372 104M300 250V120', p.dark, 6) + leaf(236, 118, 58, -170, p.main) + leaf(262, 160, 54, -200, p.dark) + leaf(372, 104, 60, -30, p.main) + leaf(340, 156, 54, 10, p.dark) + circle(300, 112, 22, p.accent) + circle(282, 128, 14, p.accent) + circle(318, 130, 14, p.accent)
  + path('M262 236h76c-4 34 70 66 70 142c0 64-46 92-108 92s-108-28-108-92c0-76 74-108 70-142Z', p.main) + path('M262 236h22c0 40-62 74-62 150c0 40 14 66 38 80c-42-10-68-38-68-88c0-76 74-108 70-142Z', p.light, 'opacity=".8"') + ellipse(300, 236, 40, 10, p.dark)
  + stroke('M214 352q43-22 86 0t86 0M206 392q47-22 94 0t94 0M220 428q40-20 80 0t80 0', p.dark, 5, 'opacity=".45"');

export const lamp: Draw = (p) => circle(300, 268, 176, p.light, 'opacity=".65"') + circle(300, 268, 136, p.main) + path('M300 132a136 136 0 0 0 0 272a170 170 0 0 1 0-272Z', '#ffffff', 'opacity=".45"') + circle(338, 232, 20, p.accent, 'opacity=".3"') + circle(290, 310, 30, p.accent, 'opacity=".22"') + circle(356, 306, 14, p.accent, 'opacity=".3"')
  + [-90, -45, 0, 45, 90].map((dx) => stroke(`M300 134Q${300 + dx * 1.5} 268 300 402`, p.accent, 2, 'opacity=".45"')).join('') + rect(258, 396, 84, 22, p.dark, 8) + rect(286, 416, 28, 36, p.dark) + rect(226, 446, 148, 24, p.dark, 12);

export const mug: Draw = (p) => stroke('M400 286c76-10 84 112-6 118', p.dark, 26) + rect(184, 226, 226, 244, p.main, 34) + path('M184 340h226v96q0 34-34 34H218q-34 0-34-34Z', p.light) + path('M184 340q28 24 56 0t56 0t57 0t57 0v26H184Z', p.main) + ellipse(297, 230, 113, 24, p.dark) + ellipse(297, 234, 96, 17, '#7b4a2c')
  + rect(204, 270, 20, 60, '#ffffff', 10, 'opacity=".4"') + stroke('M262 182c-16-20 16-34 0-58M312 182c-16-20 16-34 0-58', p.dark, 8, 'opacity=".45"') + circle(250, 414, 7, p.accent) + circle(298, 432, 7, p.accent) + circle(344, 408, 7, p.accent);

export const cushion: Draw = (p) => turn(-6, 300, 320, path('M164 190Q300 222 436 190Q408 326 436 462Q300 432 164 462Q192 326 164 190Z', p.main) + path('M164 190Q300 222 436 190Q424 250 422 300Q300 270 178 300Q176 250 164 190Z', p.light, 'opacity=".7"')
  + path('M300 248c40 0 62 34 62 76H238c0-42 22-76 62-76Z', p.accent) + rect(226, 334, 148, 12, p.dark, 6) + rect(244, 358, 112, 10, p.dark, 5) + rect(266, 380, 68, 8, p.dark, 4) + stroke('M176 204Q200 326 176 450M424 204Q400 326 424 450', p.dark, 4, 'stroke-dasharray="8 12" opacity=".6"'));

const frond = (x: number, degrees: number, length: number, main: string, dark: string): string => turn(degrees, x, 330, stroke(`M${x} 330V${330 - length}`, dark, 6)
  + Array.from({ length: 6 }, (_, i) => { const y = 330 - length + 10 + i * ((length - 40) / 6), size = 24 + i * 5; return leaf(x, y, size, -32, main) + leaf(x, y, size, 212, main); }).join('') + leaf(x, 330 - length + 8, 26, -90, main));
export const plant: Draw = (p) => frond(290, -48, 170, p.dark, p.dark) + frond(310, 48, 170, p.dark, p.dark) + frond(296, -20, 214, p.main, p.dark) + frond(304, 22, 206, p.main, p.dark) + frond(300, 0, 232, p.light, p.dark)
  + path('M212 330h176l-22 124q-3 16-20 16h-92q-17 0-20-16Z', '#c07a55') + rect(200, 314, 200, 40, '#a9623f', 8) + path('M234 354h34l8 116h-22q-17 0-20-16Z', '#ffffff', 'opacity=".18"');
