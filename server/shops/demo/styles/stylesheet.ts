import { BASE } from './base.js';
import { CATALOGUE_STYLES } from './catalogue.js';
import { FORM_STYLES } from './forms.js';

/** The storefront's one style sheet. The shop is light by its own choice, whatever the system prefers: its widgets and pictures are. */
export const stylesheet = [BASE, CATALOGUE_STYLES, FORM_STYLES].join('\n');
