/** One thing that is wrong with a plugin's files. A warning is told and does not stop the plugin. */
export interface Finding {
  readonly code: `GX_${string}`;
  /** What is wrong, where, and how to mend it; one sentence or two. */
  readonly message: string;
  readonly warning?: true;
}
