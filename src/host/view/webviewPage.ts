/** What the page of a conversation webview is made of. Addresses are webview URIs, `cspSource` is the webview's. */
export interface WebviewPageInit {
  readonly nonce: string
  readonly cspSource: string
  readonly script: string
  readonly styles: readonly string[]
  readonly locale: string
  readonly title: string
}

/**
 * The whole HTML of a conversation webview. Nothing runs but our own script (by nonce), nothing is fetched, and no string
 * becomes markup except through Lit's Trusted Types policy.
 */
export function webviewPage(init: WebviewPageInit): string {
  const { nonce, cspSource } = init
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource}`,
    // `blob:` for pictures among files: bytes that this page has, decoded as images alone.
    `img-src ${cspSource} blob:`,
    `font-src ${cspSource}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ')
  const styles = init.styles.map((href) => `<link rel="stylesheet" href="${escapeAttribute(href)}">`).join('\n')
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(init.locale)}">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${styles}
<title>${escapeAttribute(init.title)}</title>
</head>
<body>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(init.script)}"></script>
</body>
</html>`
}

function escapeAttribute(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/"/g, '&quot;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
