// Vite takes the style sheet out of the module; the compiler only has to let the import pass.
declare module '*.css';
