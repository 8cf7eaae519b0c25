/** Texts of the economy page's charts and of the rows behind them. */
export const en = {
  'issued': 'Issued', 'redeemed': 'Spent', 'expired': 'Expired', 'reversed': 'Taken back', 'adjusted': 'Adjusted', 'written_off': 'Debt given up', 'forfeited': 'Forfeited', 'merged': 'Moved between accounts',
  'flow': 'Points in and out, by day', 'flowWeeks': 'Points in and out, by week', 'groupBy': 'Bars', 'bySource': 'By source', 'byKind': 'By kind', 'ofSource': '{flow} · {source}', 'flowSentence': 'In {days} days {issued} points were issued, {spent} spent and {lost} lost to expiry or taken back. Choose a bar to see its entries.',
  'outstanding': 'What you owe', 'outstandingUp': 'You owe {now} points ({money}), {n} more than {days} days ago.', 'outstandingDown': 'You owe {now} points ({money}), {n} less than {days} days ago.', 'outstandingSame': 'You owe {now} points ({money}), as many as {days} days ago.',
  'forecast': 'What will be asked for', 'forecastSentence': 'Of {all} points owed about {expected} ({money}) will be spent; with 80 % certainty between {low} ({lowMoney}) and {high} ({highMoney}). The rest expires.',
  'forecastNone': 'Not enough history yet', 'forecastNoneText': 'From four full months on, your own customers say how much of what you owe will be spent.',
  'forecastMethod': 'From your own months: how spending of each month\'s points grew with time (chain ladder, Mack 1993), with a band from resampled months.',
  'all': 'All of it', 'expected': 'Expected, with its 80 % band',
  'burn': 'How fast points are spent', 'burnSentence': 'Of the points of {month}, {share} were spent by now; on the whole {total} are spent in the end.', 'burnFirst': 'Share of each month\'s points spent, by how many months later.',
  'after': '+{n} mo', 'burnNone': 'No month is over yet',
  'paths': 'From where points come to what becomes of them', 'pathsSentence': 'Most: {amount} points from {source} became {use}.', 'pathsNone': 'Nothing was issued in this period', 'held': 'still held',
  'sources': 'Where points come from', 'sourcesSentence': '{source} gave the most, {share} of all.', 'sourcesNone': 'Nothing was issued in this period',
  'expiring': 'What expires when', 'expiringSentence': '{n} points expire within a year; next on {date}: {first}.', 'expiringNone': 'Nothing expires soon',
  'top': 'Highest balances', 'topText': 'A balance far above the others deserves a look.', 'spendable': 'Spendable', 'pendingPoints': 'Pending', 'earned': 'Earned ever', 'share': 'Share',
  'rowsTitle': 'Points: {what}', 'allFlows': 'everything that came and went', 'rowsUntil': 'until {to}', 'issuedSince': 'issued since {from}', 'issuedBetween': 'issued {range}', 'usesTitle': 'What became of points', 'usesOf': 'What became of points: {source} → {use}', 'anySource': 'all sources', 'anyUse': 'all uses', 'anySpending': 'spent', 'issuedOn': 'Issued', 'became': 'Became', 'rowsOf': '{n} {n|entry|entries}, {sum} points in all', 'rowsFrom': 'from {from} to {to}', 'lotsTitle': 'Points people hold', 'lotsPending': 'Points that are pending', 'lotsExpiring': 'Points that expire',
  'back': 'Points economy', 'amount': 'Points', 'expires': 'Good until', 'never': 'does not expire', 'left': 'Left', 'of': 'of {n}', 'active': 'spendable', 'pending': 'pending', 'state': 'State', 'when': 'Counts for', 'none': 'No entries',
};
export type EconomyTexts = typeof en;
