const COLORS = ['var(--_accent)', '#f2b441', '#4aa3df', '#e5698f', '#67b86a'];

/** A burst behind the pointer, for a prize only, once, and never for those who want less motion. */
export function celebrate(picture: Element | null): void {
  if (!picture || matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  for (let at = 0; at < 28; at++) {
    const piece = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
    for (const [name, size] of [['x', -3], ['y', -5], ['width', 6], ['height', 10], ['rx', 1.5]] as const) piece.setAttribute(name, String(size));
    piece.style.fill = COLORS[at % COLORS.length] ?? '';
    picture.append(piece);
    const side = (Math.random() - 0.5) * 300, height = -150 - Math.random() * 30;
    void piece.animate([
      { transform: 'translate(0, -118px) scale(.4)', opacity: 1 },
      { transform: `translate(${side * 0.7}px, ${height}px) rotate(${side}deg)`, opacity: 1, offset: 0.3, easing: 'ease-in' },
      { transform: `translate(${side}px, ${height + 230}px) rotate(${side * 4}deg)`, opacity: 0 },
    ], { duration: 1300 + Math.random() * 500, easing: 'ease-out' }).finished.catch(() => undefined).then(() => piece.remove());
  }
}
