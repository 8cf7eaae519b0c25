import type { Draw } from './motif.js';
import { circle, ellipse, flower, leaf, path, rect, stroke, turn } from './shapes.js';

export const tube: Draw = (p) => path('M212 130h176l-18 272H230Z', p.main) + path('M212 130h40l-4 272h-18Z', p.light, 'opacity=".6"') + rect(206, 116, 188, 26, p.dark, 6) + rect(226, 398, 148, 72, p.ground, 12) + rect(226, 398, 148, 72, p.dark, 12, 'opacity=".75"') + stroke('M246 414v40M270 414v40M294 414v40M318 414v40M342 414v40', p.light, 4, 'opacity=".5"')
  + flower(300, 230, 54, p.light, '#e9b44c') + leaf(300, 280, 54, 30, p.accent) + leaf(300, 280, 54, 150, p.accent) + rect(262, 342, 76, 8, p.ground, 4) + rect(276, 360, 48, 6, p.ground, 3);

export const soap: Draw = (p) => ellipse(300, 452, 190, 26, '#b98a5e') + ellipse(300, 442, 190, 26, '#d3a679') + path('M160 330Q160 290 200 290H400Q440 290 440 330V400Q440 440 400 440H200Q160 440 160 400Z', p.main) + path('M160 330Q160 290 200 290H400Q440 290 440 330Q440 360 400 360H200Q160 360 160 330Z', p.light) + leaf(248, 342, 56, -12, p.dark) + leaf(300, 338, 60, -30, p.dark) + leaf(352, 338, 44, 190, p.dark)
  + circle(202, 236, 30, '#ffffff', 'opacity=".7"') + circle(258, 206, 20, '#ffffff', 'opacity=".6"') + circle(362, 226, 38, '#ffffff', 'opacity=".65"') + circle(412, 254, 16, '#ffffff', 'opacity=".6"') + circle(312, 250, 14, '#ffffff', 'opacity=".6"') + circle(350, 214, 8, p.accent, 'opacity=".6"');

export const dropper: Draw = (p) => rect(262, 116, 76, 84, p.dark, 26) + rect(250, 186, 100, 52, p.accent, 8) + rect(256, 230, 88, 30, p.dark, 4) + path('M256 256h88q56 14 56 68v114q0 32-32 32H232q-32 0-32-32V324q0-54 56-68Z', p.main) + path('M200 352h200v86q0 32-32 32H232q-32 0-32-32Z', p.dark, 'opacity=".35"') + rect(214, 300, 20, 140, '#ffffff', 10, 'opacity=".4"')
  + rect(246, 326, 108, 104, p.ground, 8) + path('M300 344c18 22 24 34 24 44a24 24 0 0 1-48 0c0-12 8-22 24-44Z', p.main);

export const lipbalm: Draw = (p) => turn(8, 230, 400, rect(190, 300, 84, 170, p.main, 10) + rect(198, 258, 68, 48, p.accent, 4) + path('M204 260v-52c0-22 56-40 56-12v64Z', p.light) + rect(190, 330, 84, 10, p.dark) + circle(232, 402, 22, p.ground) + path('M232 388l13 8v14l-13 8-13-8v-14Z', p.accent)) + turn(-16, 370, 420, rect(330, 320, 88, 150, p.dark, 12) + rect(342, 332, 14, 126, p.light, 7, 'opacity=".5"'));

export const pump: Draw = (p) => stroke('M300 214v-60M300 156h-66q-22 0-22 26', p.dark, 22) + rect(252, 204, 96, 50, p.dark, 10) + path('M232 254h136q42 10 42 52v132q0 32-32 32H222q-32 0-32-32V306q0-42 42-52Z', p.main) + rect(206, 300, 20, 140, '#ffffff', 10, 'opacity=".35"') + rect(238, 304, 124, 126, p.ground, 10) + stroke('M300 414c0-34 4-58 26-84', p.dark, 5)
  + [0, 1, 2, 3].map((i) => ellipse(308 + i * 6, 396 - i * 18, 8, 13, p.accent, `transform="rotate(${40} ${308 + i * 6} ${396 - i * 18})"`) + ellipse(288 + i * 7, 390 - i * 18, 8, 13, p.accent, `transform="rotate(-30 ${288 + i * 7} ${390 - i * 18})"`)).join('');

export const comb: Draw = (p) => turn(-24, 300, 310, path('M150 262Q150 206 206 206H394Q450 206 450 262V288H150Z', '#6f8f63') + path('M150 262Q150 206 206 206H394Q450 206 450 262V270H150Z', '#8aa87a') + Array.from({ length: 19 }, (_, i) => rect(150 + i * 16.05, 280, 10, 132 - Math.abs(9 - i) * 2.5, '#6f8f63', 5)).join('') + stroke('M186 240q40-20 80 0t80 0t70-4', '#5a774f', 4, 'opacity=".7"') + flower(406, 242, 20, p.ground, p.accent));
