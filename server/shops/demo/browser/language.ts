// Runs before the page is drawn. An address with a language decides and is remembered; without one the remembered language is asked for.
{
  const url = new URL(location.href);
  const asked = url.searchParams.get('lang');
  try {
    const kept = localStorage.getItem('gx-lang');
    if (asked === 'en' || asked === 'zh-CN') localStorage.setItem('gx-lang', asked);
    else if ((kept === 'en' || kept === 'zh-CN') && kept !== document.documentElement.lang) {
      url.searchParams.set('lang', kept);
      location.replace(url);
    }
  } catch { /* Forbidden storage: the address alone decides. */ }
}
