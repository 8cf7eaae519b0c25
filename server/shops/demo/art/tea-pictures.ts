import type { Draw } from './motif.js';
import { circle, ellipse, flower, leaf, path, rect, stroke, turn } from './shapes.js';

export const tin: Draw = (p) => rect(200, 190, 200, 280, p.main, 14) + rect(200, 190, 46, 280, p.dark, 14, 'opacity=".25"') + rect(190, 150, 220, 62, p.dark, 12)
  + rect(190, 196, 220, 8, p.light, 0, 'opacity=".5"') + rect(236, 256, 128, 150, p.ground, 8) + leaf(300, 378, 82, -90, p.main) + leaf(300, 378, 62, -140, p.light) + leaf(300, 378, 62, -40, p.light);

export const caddy: Draw = (p) => path('M196 250C196 210 404 210 404 250L420 440C420 466 398 470 300 470C202 470 180 466 180 440Z', p.main)
  + path('M196 250C196 210 236 214 250 216L240 468C200 466 180 462 180 440Z', p.dark, 'opacity=".22"') + ellipse(300, 240, 104, 30, p.dark) + path('M226 232C226 176 374 176 374 232C374 250 226 250 226 232Z', p.light)
  + circle(300, 176, 16, p.dark) + circle(300, 352, 62, p.ground) + flower(300, 352, 40, p.accent, p.light);

export const cake: Draw = (p) => circle(316, 322, 148, p.dark, 'opacity=".3"') + circle(300, 312, 150, p.main) + circle(300, 312, 134, p.light, 'opacity=".35"')
  + Array.from({ length: 34 }, (_, i) => { const a = i * 2.4, r = 20 + i * 3.2; return leaf(300 + Math.round(Math.cos(a) * r), 312 + Math.round(Math.sin(a) * r), 30, i * 47, i % 3 ? p.dark : p.light); }).join('')
  + path('M300 312L470 250L470 500L240 482Z', p.ground) + path('M300 312L470 250L452 292L330 340Z', p.halo) + rect(352, 372, 70, 70, p.accent, 6, 'transform="rotate(-6 387 407)"') + stroke('M370 392h34M387 388v40M372 412h30', p.ground, 6, 'transform="rotate(-6 387 407)"');

export const pouch: Draw = (p) => path('M196 200L404 200L424 452Q424 470 404 470L196 470Q176 470 176 452Z', p.main) + path('M196 200L230 200L220 470L196 470Q176 470 176 452Z', p.dark, 'opacity=".16"')
  + rect(190, 150, 220, 60, p.dark, 6) + stroke('M206 190h188', p.light, 4, 'stroke-dasharray="2 12"') + circle(300, 340, 78, p.light) + flower(300, 318, 42, p.ground, p.accent) + flower(258, 372, 26, p.ground, p.accent)
  + flower(342, 372, 26, p.ground, p.accent) + flower(300, 318, 36, '#ffffff', '#e9c46a') + leaf(300, 402, 34, -20, p.accent) + leaf(300, 402, 34, 200, p.accent);

export const sachet: Draw = (p) => path('M180 240h240l-16 214q-2 16-18 16H214q-16 0-18-16Z', p.light, 'opacity=".75"') + path('M190 320h220l-10 134q-2 16-18 16H218q-16 0-18-16Z', p.main, 'opacity=".75"')
  + rect(242, 286, 56, 56, '#ffffff', 10, 'opacity=".55" transform="rotate(14 270 314)"') + rect(318, 352, 52, 52, '#ffffff', 10, 'opacity=".5" transform="rotate(-18 344 378)"')
  + circle(246, 406, 30, p.accent) + path('M232 396q16-18 32 2', 'none', `stroke="${p.light}" stroke-width="5" stroke-linecap="round"`) + stroke('M340 300C348 220 372 190 420 168', p.dark, 5) + rect(396, 132, 62, 52, p.dark, 6) + leaf(412, 168, 32, -40, p.light);

export const teapot: Draw = (p) => stroke('M176 350C110 340 104 250 160 236C182 230 200 246 204 262', p.dark, 22) + path('M392 330C440 322 446 286 462 236L488 244C482 320 452 396 392 404Z', p.dark)
  + path('M180 356C180 258 420 258 420 356C420 430 372 470 300 470C228 470 180 430 180 356Z', p.main) + path('M214 300C196 330 196 396 232 438C204 420 180 396 180 356C180 330 192 312 214 300Z', p.light, 'opacity=".5"')
  + ellipse(300, 286, 84, 22, p.dark) + path('M224 282C230 232 370 232 376 282C352 298 248 298 224 282Z', p.main) + circle(300, 232, 20, p.dark) + stroke('M262 382c22-30 54-30 76 0', p.accent, 6) + flower(300, 372, 22, p.accent, p.light);

export const gaiwan: Draw = (p) => ellipse(300, 452, 156, 24, p.dark) + ellipse(300, 444, 156, 24, p.light) + ellipse(300, 440, 84, 12, p.main) + path('M168 290H432C430 392 372 440 300 440C228 440 170 392 168 290Z', p.main)
  + path('M168 290H214C214 372 240 420 276 438C216 428 170 380 168 290Z', p.light, 'opacity=".8"') + ellipse(300, 290, 132, 26, p.light) + ellipse(300, 292, 116, 19, p.accent, 'opacity=".75"')
  + turn(-10, 300, 240, path('M188 258C196 190 404 190 412 258Q300 290 188 258Z', p.main) + path('M188 258C192 224 240 206 260 204C236 222 226 244 226 268Z', p.light) + rect(276, 178, 48, 24, p.dark, 8)) + stroke('M330 352c-16 18-40 18-56 0m70 26c-24 24-62 24-86 0', p.dark, 5, 'opacity=".45"');
