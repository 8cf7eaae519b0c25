/** Resolved colours and font of the page: ECharts can neither read custom properties nor inherit. */
export interface ChartColors {
  readonly text: string; readonly muted: string; readonly border: string; readonly surface: string; readonly accent: string; readonly sunken: string;
  readonly success: string; readonly warning: string; readonly danger: string; readonly palette: readonly string[];
  /** What the page is written in; ECharts measures its labels with it. */
  readonly font: string;
}

/** Reads the tokens as they are painted inside `root` now, light or dark. */
export function readColors(root: HTMLElement): ChartColors {
  const probe = document.createElement('i');
  probe.hidden = true;
  root.append(probe);
  const read = (token: string): string => {
    probe.style.color = `var(--gx-${token})`;
    return getComputedStyle(probe).color;
  };
  const colors: ChartColors = {
    text: read('text'), muted: read('muted'), border: read('border'), surface: read('surface'), accent: read('accent'), sunken: read('sunken'), success: read('success'), warning: read('warning'), danger: read('danger'),
    font: getComputedStyle(root).fontFamily,
    palette: [1, 2, 3, 4, 5, 6].map((index) => read(`chart-${index}`)),
  };
  probe.remove();
  return colors;
}
