import { html, type TemplateResult } from 'lit';
import { Load } from 'guanxi/kit';
import type { PluginElement } from 'guanxi/widgets';
import type { Task } from './member-types.js';

/** The one-off tasks: what each gives, whether it runs. */
export class TasksCard {
  #tasks: Load<readonly Task[]>;
  #busy = '';

  constructor(private readonly panel: PluginElement) {
    this.#tasks = new Load(panel, async () => (await panel.context.api.get<{ items: Task[] }>('tasks')).items);
  }

  get settled(): Promise<unknown> { return this.#tasks.settled; }

  async #act(task: Task, action: 'start' | 'pause', body: object): Promise<void> {
    const { panel } = this;
    if (this.#busy) return;
    this.#busy = task.task;
    panel.requestUpdate();
    try {
      this.#tasks.set((await panel.context.api.post<{ items: Task[] }>(`tasks/${task.task}/${action}`, body)).items);
      panel.context.toast?.(panel.t(`admin.task.did.${action}`), 'success');
    } catch (error) {
      panel.context.toast?.(panel.explain(error), 'danger');
    }
    this.#busy = '';
    panel.requestUpdate();
  }

  #line(task: Task): TemplateResult {
    const { panel } = this;
    const live = task.state === 'live';
    const title = panel.t(`admin.task.${task.task}`);
    return html`<li><form class="spread" @submit=${(event: Event) => { event.preventDefault(); void this.#act(task, 'start', { points: Number(new FormData(event.target as HTMLFormElement).get('points')) }); }}>
      <span>${title} <gx-badge tone=${live ? 'success' : 'neutral'}>${panel.t(`admin.task.state.${live ? 'live' : task.state === 'paused' ? 'paused' : 'off'}`)}</gx-badge></span>
      <span class="row"><input class="points" name="points" type="number" min="1" max="10000" step="1" required .value=${String(task.points)} aria-label=${panel.t('admin.task.points', { title })}>
        <wa-button type="submit" size="s" appearance="outlined" ?loading=${this.#busy === task.task}>${panel.t(live ? 'admin.task.change' : 'admin.task.start')}</wa-button>
        ${live ? html`<wa-button size="s" appearance="plain" @click=${() => this.#act(task, 'pause', {})}>${panel.t('admin.task.pause')}</wa-button>` : ''}</span></form></li>`;
  }

  render(): TemplateResult {
    const { panel } = this;
    const { value, error } = this.#tasks;
    return html`<gx-card heading=${panel.t('admin.tasks')} subtitle=${panel.t('admin.tasksText')}>${error && !value ? html`<gx-error .error=${error} @gx-retry=${() => this.#tasks.reload()}></gx-error>` : html`<ul class="plain stack">${(value ?? []).map((task) => this.#line(task))}</ul>`}</gx-card>`;
  }
}
