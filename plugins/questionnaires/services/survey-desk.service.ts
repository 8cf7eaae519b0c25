import { DAY, type Activities, type Database, type ShopContext } from 'guanxi/plugin';
import type { Survey } from './survey-results.service.js';

/** What staff do with a survey beyond the shared life cycle. */
export class SurveyDesk {
  constructor(private readonly db: Database, private readonly activities: Activities) {}

  /** Opens a survey for a number of days from now, or until somebody ends it. */
  publish(ctx: ShopContext, id: string, days: number | undefined): Promise<Survey> {
    return this.db.write(ctx, async (_unit, inner) => {
      if (days !== undefined) await this.activities.update(inner, id, { endsAt: inner.now + days * DAY });
      return await this.activities.transition(inner, id, 'publish') as Survey;
    });
  }
}
