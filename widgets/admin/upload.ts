import { ApiProblem } from '../runtime/api-problem.js';
import { problemText } from '../runtime/late/problem-text.js';
import { uiLocale } from '../kit/locale.js';
import type { AdminSession } from './admin-session.js';

/** Streams a file as the body of a POST and tells how far it is; fetch cannot do the latter. Throws `ApiProblem`. */
export function upload<T>(session: AdminSession, path: string, file: File, progress: (sent: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/admin${path}`);
    request.setRequestHeader('authorization', `Bearer ${session.bearer ?? ''}`);
    request.setRequestHeader('accept-language', uiLocale());
    request.setRequestHeader('content-type', /\.gz$/i.test(file.name) ? 'application/gzip' : 'text/csv');
    request.upload.onprogress = (event) => progress(event.loaded);
    request.onerror = () => reject(new ApiProblem(0, 'GX_OFFLINE', problemText(uiLocale(), 0)));
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'));
    request.onload = () => {
      let answer: { code?: string; detail?: string } = {};
      try { answer = JSON.parse(request.responseText) as typeof answer; } catch { /* A proxy's page: the status has to do. */ }
      if (request.status < 300) resolve(answer as T);
      else reject(new ApiProblem(request.status, answer.code ?? `GX_HTTP_${request.status}`, (uiLocale() === 'en' && answer.detail) || problemText(uiLocale(), request.status)));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(file);
  });
}
