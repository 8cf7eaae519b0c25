import type { Aspects } from './review-phrases.js';

export const ASPECTS_EN: Aspects = {
  tea: { good: ['Sweet from the first sip and it holds up for five infusions.', 'The aroma fills the kitchen when I open it.', 'Clean taste, nothing dusty at the bottom of the cup.', 'My father, who is picky, asked for more.', 'The leaves open whole, you can see the quality.'],
    fair: ['Pleasant, but flat after the second infusion.', 'Nice smell, lighter taste than I expected.', 'Good for every day, not for guests.'], bad: ['Tasted stale, the packing date was nine months ago.', 'Mostly broken leaves and a bitter finish.', 'The lid did not close, so the smell was gone.'] },
  pantry: { good: ['Gone in three days, my children found it.', 'You taste the ingredients, not the sugar.', 'Fresh, with a good date on it.', 'Goes with everything from noodles to toast.'], fair: ['Tasty but a bit sweet for me.', 'Good, though the portion is small.', 'Fine, the old recipe had more bite.'],
    bad: ['The jar leaked over everything else in the parcel.', 'Half of it arrived as crumbs.', 'Two weeks before the best-before date, really?'] },
  home: { good: ['Looks calm and expensive on the shelf.', 'The finish is even, no sharp edges.', 'The colour is warmer than on screen, and I like it.', 'Sturdy, heavy, well made.', 'It changed the whole corner of the room.'], fair: ['Smaller than I imagined, check the size.', 'Pretty, with a small scratch at the foot.', 'Colour is a shade darker than the photo.'],
    bad: ['Arrived with a crack along the side.', 'Wobbles on a flat table.', 'Stopped working after a week.'] },
  clothing: { good: ['Fits true to size and did not shrink.', 'The fabric is thick without being stiff.', 'Neat seams, not one loose thread.', 'Wore it three days in a row.', 'Soft from the first day.'], fair: ['Nice fabric, but cut wide; take one size down.', 'Good, though it pills a little after washing.', 'Comfortable, the colour faded slightly.'],
    bad: ['Shrank a full size at 30 degrees.', 'A seam opened on the second day.', 'The colour came off on everything else.'] },
  beauty: { good: ['Sinks in fast and does not feel greasy.', 'The scent is gentle and goes away after a minute.', 'My skin stopped flaking within a week.', 'No reaction on sensitive skin.', 'A little goes a long way.'], fair: ['Works, but the smell is not for me.', 'Fine, no visible difference after two weeks.', 'Good texture, small bottle.'],
    bad: ['Gave me red spots, had to stop.', 'It had turned brown before I opened it.', 'The pump broke on the first day.'] },
  stationery: { good: ['The paper takes fountain pen without bleeding.', 'Feels good in the hand, writes at once.', 'Makes me want to write letters again.', 'Details are lovely, down to the box.', 'Lies flat, as promised.'], fair: ['Nice idea, the print is a bit pale.', 'Good, but I expected more sheets.', 'Pretty, though one corner was bent.'],
    bad: ['Ink bleeds straight through the page.', 'Two pieces were missing from the set.', 'Scratchy, and it skips.'] },
};
