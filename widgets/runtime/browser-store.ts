/** localStorage that survives being forbidden (private windows, embedded frames): then it lasts as long as the page. */
const memory = new Map<string, string>();

export const readStored = (key: string): string | undefined => {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return memory.get(key);
  }
};

/** `undefined` removes the entry. */
export const store = (key: string, text: string | undefined): void => {
  try {
    if (text === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, text);
  } catch {
    if (text === undefined) memory.delete(key);
    else memory.set(key, text);
  }
};
