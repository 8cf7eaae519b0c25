const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * `JSON.parse` that keeps integers beyond 2^53 as strings: Shopify's ids exceed it and would be rounded to another object's id.
 * @throws SyntaxError for text that is not JSON.
 */
export function parseLossless(text: string): unknown {
  const plain: unknown = JSON.parse(text);
  let lossy = false;
  const quoted = text.replace(TOKEN, (token) => {
    if (token.length < 16 || !/^-?\d+$/.test(token) || Number.isSafeInteger(Number(token))) return token;
    lossy = true;
    return `"${token}"`;
  });
  return lossy ? JSON.parse(quoted) : plain;
}
