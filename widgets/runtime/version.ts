/** Major of this runtime. A widget built for another one is refused before it is downloaded. */
export const WIDGET_RUNTIME = 1;
