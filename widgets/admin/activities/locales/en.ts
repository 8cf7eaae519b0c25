/** The page of one activity and the card of who organises. */
export const en = {
  back: 'Activities', since: 'since {date}', open: 'no end', module: 'Module', inModule: 'Open in {module}', publicRules: 'Public rules', drafted: 'Draft from {date}',
  improve: 'Change in favour of shoppers', pause: 'Pause', resume: 'Resume', check: 'Check', publish: 'Publish', archive: 'Archive', end: 'End now', settle: 'Settle now',
  checked: 'Checked: it may be published', published: 'Published', paused: 'Paused', resumed: 'Resumed', archived: 'Archived', settled: 'Settled', ended: 'Ended', improved: 'Changed, as version {n} of the public rules',
  noticeNow: 'Shoppers are told:',
  sheet: 'Public rules', sheetText: 'What shoppers read and can rely on. Version {n}.', sheetDraft: 'As it would be published now.', sheetMissing: 'The public rules are not complete', toSettings: 'Open settings',
  prize: 'Prize', number: 'Number', chance: 'Chance', cost: 'What it costs', limits: 'Limits', delivery: 'How winners get it', data: 'Personal data', organiser: 'Organiser', contact: 'Contact', complaints: 'Complaints', hash: 'SHA-256',
  hashText: 'Anybody can download the rules and work out this hash, without us.', firstVersion: 'First published',
  history: 'Versions', historyText: 'Every step of its life, and what changed for shoppers.', step: 'Step', who: 'Who', when: 'When', changes: 'What changed', historyNone: 'Not published yet', ruleVersion: 'Rules, version {n}',
  'step.check': 'Checked', 'step.publish': 'Published', 'step.pause': 'Paused', 'step.resume': 'Resumed', 'step.end': 'Ended', 'step.revise': 'Improved', 'step.settle': 'Settled', 'step.archive': 'Archived',
  report: 'Settlement', reportText: 'Settled {date}. What was not used is given back.', reportWait: 'It is settled within the hour after its end: what is left goes back, and the final numbers are kept here for at least two years.', figure: 'Number', value: 'Value', returned: 'Budget given back ({unit})',
  'unit.points': 'points', 'unit.money': 'money', 'unit.units': 'rewards',
  editTitle: 'Change “{title}” while it runs', editText: 'Shoppers rely on published rules. You can make them better, never worse. Each change is a new version that shows publicly what was different.', endAt: 'End', keepEnd: 'As it is: {date}', days: '{n} days later', noEnd: 'No end',
  direction: 'What this means for shoppers', 'direction.better': 'Better', 'direction.worse': 'Worse', 'direction.unclear': 'Cannot be compared', nothingYet: 'Change a number to see what it means for shoppers.', refused: 'This cannot be saved: {n} of the changes are not in the shoppers\' favour. Put those back, or end this activity and publish a copy.',
  save: 'Save as a new version', cancel: 'Cancel', whole: 'Give whole numbers, 0 or more.',
  pauseTitle: 'Pause “{title}”?', pauseText: 'Nobody can take part until you resume it. What you write here is public.', noticeEn: 'Notice in English', noticeZh: 'Notice in Chinese', noticeHint: 'Why, and when it goes on. If one is empty, the other is shown.',
  endTitle: 'End “{title}” now?', endText: 'Shoppers cannot take part any more. It cannot be started again, but it can be duplicated.', archiveTitle: 'Archive “{title}”?', archiveText: 'It leaves the list. Its records and public rules stay.',
  organiserText: 'Stands on the public rules of every activity. Without it nothing that draws lots can be published.', legalName: 'Legal name', legalNameHelp: 'The company or person who answers for it.', contactHelp: 'An e-mail address, telephone number or postal address.', complaintsHelp: 'Where and how shoppers complain. The contact, if empty.',
} as const;
export type ActivityTexts = Readonly<Record<keyof typeof en, string>>;
