import type { Draw } from './motif.js';
import { circle, ellipse, path, rect, stroke, turn } from './shapes.js';

const BODY = 'M232 158C254 186 346 186 368 158L412 176L484 264L432 306L398 272V454Q398 470 382 470H218Q202 470 202 454V272L168 306L116 264L188 176Z';
export const tshirt: Draw = (p) => path(BODY, p.main) + path('M232 158C254 186 346 186 368 158L354 152C334 170 266 170 246 152Z', p.dark) + stroke('M202 272v-36M398 272v-36', p.dark, 5, 'opacity=".4"') + circle(300, 300, 48, p.accent) + path('M244 316q28-22 56 0t56 0v18a58 48 0 0 1-112 0Z', p.light);

export const hoodie: Draw = (p) => path('M228 190C180 196 160 226 148 300L122 448L180 462L206 330V454Q206 470 222 470H378Q394 470 394 454V330L420 462L478 448L452 300C440 226 420 196 372 190Z', p.main) + path('M222 196C214 128 386 128 378 196C378 250 340 266 300 290C260 266 222 250 222 196Z', p.dark)
  + path('M244 198C240 156 360 156 356 198C354 232 326 244 300 260C274 244 246 232 244 198Z', p.light, 'opacity=".7"') + path('M244 470v-76l26-28h60l26 28v76Z', p.dark, 'opacity=".4"') + stroke('M276 262v62M324 262v72', p.accent, 6) + rect(206, 448, 188, 22, p.dark, 6, 'opacity=".5"') + rect(350, 300, 26, 18, p.accent, 3);

export const scarf: Draw = (p) => path('M182 180C182 130 418 130 418 180C418 236 360 262 300 262C240 262 182 236 182 180Z', p.main) + path('M216 182C216 160 384 160 384 182C384 206 340 218 300 218C260 218 216 206 216 182Z', p.ground) + path('M322 232l92-26 26 204-92 18Z', p.dark) + path('M232 240l96-4 8 222h-100Z', p.main) + path('M182 180C182 150 230 140 250 138C220 170 236 230 300 262C240 262 182 236 182 180Z', p.light, 'opacity=".6"')
  + [300, 346, 392].map((y) => rect(233, y, 102, 18, p.light, 0) + rect(233, y + 22, 102, 5, p.accent, 0)).join('') + Array.from({ length: 7 }, (_, i) => stroke(`M${240 + i * 15} 456v26`, p.dark, 5)).join('') + Array.from({ length: 6 }, (_, i) => stroke(`M${356 + i * 15} ${426 - i * 3}l4 26`, p.main, 5)).join('');

const sock = (x: number, main: string, band: string, toe: string): string => path(`M${x} 160h92v160c0 22 8 36 26 50l46 36c22 18 20 64-22 64H${x + 62}c-30 0-62-30-62-76Z`, main) + rect(x, 160, 92, 40, band, 6) + path(`M${x + 136} 384l28 22c22 18 20 64-22 64h-24c-12-28-6-64 18-86Z`, toe)
  + path(`M${x} 372c26-4 52 10 56 34c2 24-10 46-28 48c-18-14-28-34-28-60Z`, toe) + [0, 1, 2].map((i) => rect(x, 228 + i * 34, 92, 12, band, 0, 'opacity=".7"')).join('');
export const socks: Draw = (p) => sock(262, p.accent, p.dark, p.light) + sock(152, p.main, p.ground, p.dark);

export const tote: Draw = (p) => stroke('M240 250C236 110 364 110 360 250', p.dark, 16) + path('M170 236h260l20 212q2 22-20 22H170q-22 0-20-22Z', p.main) + path('M170 236h52l-14 234h-38q-22 0-20-22Z', p.dark, 'opacity=".14"') + rect(170, 236, 260, 16, p.dark, 0, 'opacity=".35"')
  + circle(300, 356, 66, p.accent) + path('M234 360l40-44 28 30 20-18 44 40a66 66 0 0 1-132-8Z', p.light) + circle(326, 324, 13, '#e9b44c') + stroke('M228 256v-8M252 256v-8M348 256v-8M372 256v-8', p.ground, 4);

export const cap: Draw = (p) => path('M150 372C150 246 228 190 316 190C404 190 452 262 452 372Z', p.main) + path('M150 372C150 282 196 222 250 202C214 250 206 320 210 372Z', p.light, 'opacity=".35"') + stroke('M316 190C286 240 280 320 284 372M316 190C366 230 384 300 386 372', p.dark, 5) + path('M130 372C220 344 380 344 452 372C492 392 506 412 510 432C420 392 220 392 112 424C104 402 112 382 130 372Z', p.dark)
  + circle(316, 190, 13, p.accent) + circle(246, 286, 30, p.accent) + path('M224 296l16-22 12 14 8-8 10 16Z', p.main) + ellipse(306, 466, 150, 6, p.dark, 'opacity=".12"');

export const shirt: Draw = (p) => turn(0, 300, 300, path('M236 160L188 176L120 330L176 356L204 300V454Q204 470 220 470H380Q396 470 396 454V300L424 356L480 330L412 176L364 160L300 196Z', p.main) + path('M236 160L300 196L286 236L238 190Z', p.light) + path('M364 160L300 196L314 236L362 190Z', p.light) + rect(290, 200, 20, 270, p.light, 0, 'opacity=".8"')
  + [240, 290, 340, 390, 440].map((y) => circle(300, y, 6, p.dark)).join('') + path('M328 284h50v46l-25 14-25-14Z', p.dark, 'opacity=".28"') + stroke('M204 300v-50M396 300v-50', p.dark, 5, 'opacity=".35"') + [236, 258, 348, 370].map((x) => stroke(`M${x} 366v96`, p.dark, 2, 'opacity=".3"')).join(''));
