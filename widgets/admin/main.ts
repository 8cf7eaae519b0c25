import './styles.css';
import '../kit/index.js';
import { define } from '../kit/define.js';
import { Outlet } from '../runtime/outlet.element.js';
import { AdminSession } from './admin-session.js';
import { AdminNav } from './nav.element.js';
import { applyTheme, preferredLocale, preferredTheme } from './preferences.js';
import { AdminShell } from './shell.element.js';
import { SignInPage } from './sign-in.element.js';
import { loadTexts } from './texts.js';

/** Takes the token out of `/admin#token=…`, so that it stays in no history and no screenshot. */
function takeToken(): string | undefined {
  const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? undefined;
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search);
  return token;
}

applyTheme(preferredTheme() ?? 'system');
const locale = preferredLocale();
document.documentElement.lang = locale;
const token = takeToken();

define('gx-outlet', Outlet);
define('gx-admin-nav', AdminNav);
define('gx-sign-in', SignInPage);
define('gx-admin', AdminShell);

void loadTexts(locale).then(() => {
  const shell = document.querySelector<AdminShell>('gx-admin') ?? document.body.appendChild(document.createElement('gx-admin') as AdminShell);
  void shell.start(new AdminSession(), token);
});
