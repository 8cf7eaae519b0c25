/** `lin.wei@example.com` → `l•••@example.com`: enough to recognise, not enough to write to. */
export function maskEmail(email: string | null): string | null {
  if (!email) return null;
  const [name = '', domain = ''] = email.split('@');
  return `${[...name][0] ?? ''}•••@${domain}`;
}
/** The last two digits. */
export const maskPhone = (phone: string | null | undefined): string | null => (phone ? `•••${phone.slice(-2)}` : null);
