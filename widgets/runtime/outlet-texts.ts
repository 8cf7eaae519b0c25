/** Texts of the card that stands where a widget failed. */
export const outletTexts = {
  en: {
    title: (name: string) => `“${name}” is not available`,
    version: 'It was made for another version of Guanxi. Update the plugin.',
    import: 'It could not be loaded.',
    contract: 'It is not built the way a widget has to be.',
    construct: 'It stopped while starting.',
    render: 'It stopped while showing its content.',
    off: 'It failed several times and stays off until you open this page in a new session.',
    rest: 'The rest of the page keeps working.',
    retry: 'Try again',
    loading: (name: string) => `Loading ${name}`,
  },
  'zh-CN': {
    title: (name: string) => `“${name}”暂时不可用`,
    version: '它适用于其他版本的 Guanxi，请更新插件。',
    import: '未能加载。',
    contract: '它不符合小组件的规范。',
    construct: '它在启动时中断了。',
    render: '它在显示内容时中断了。',
    off: '多次出错，本次会话内已停用。',
    rest: '页面其他部分不受影响。',
    retry: '重试',
    loading: (name: string) => `正在加载${name}`,
  },
} as const;
