/** Which language a review is in, by its letters: enough to route it to somebody who reads it. */
export function languageOf(text: string): 'en' | 'zh' | 'other' {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const latin = text.match(/[a-z]/gi)?.length ?? 0;
  if (han === 0 && latin === 0) return 'other';
  // A Han character carries about as much as two and a half Latin letters.
  return han * 2.5 >= latin ? 'zh' : 'en';
}
