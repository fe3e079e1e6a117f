import assert from 'node:assert/strict'
import { test } from 'node:test'
import { plainTheme } from '../../../src/host/highlight/plainTheme.ts'
import { createTokenizer } from '../../../src/host/highlight/tokenizer.ts'

/** The languages most in use, by VS Code's ids, with a line of each in which something has a colour of its own. */
const samples: Readonly<Record<string, string>> = {
  javascript: 'const a = "x" // one',
  typescript: 'const a: string = "x" // one',
  javascriptreact: 'const a = <b c="d">e</b>',
  typescriptreact: 'const a = <b c="d">e</b>',
  python: 'def f(): return "x" # one',
  java: 'class A { int b = 1; } // one',
  csharp: 'class A { int b = 1; } // one',
  cpp: 'int main() { return 0; } // one',
  c: 'int main(void) { return 0; } // one',
  go: 'func main() { return } // one',
  rust: 'fn main() { let a = "x"; } // one',
  php: '<?php echo "x"; // one',
  ruby: 'def f; "x"; end # one',
  swift: 'let a = "x" // one',
  kotlin: 'val a = "x" // one',
  scala: 'val a = "x" // one',
  dart: 'var a = "x"; // one',
  shellscript: 'echo "x" # one',
  powershell: 'Write-Host "x" # one',
  bat: 'echo off\nrem one',
  html: '<p class="a">b</p>',
  css: 'a { color: red; } /* one */',
  scss: '$a: 1px; // one',
  sass: '$a: 1px // one',
  less: '@a: 1px; // one',
  json: '{"a": true}',
  jsonc: '{"a": true} // one',
  yaml: 'a: "b" # one',
  toml: 'a = "b" # one',
  xml: '<a b="c"/>',
  markdown: '# Title\n`code`',
  sql: "select 'x' -- one",
  r: 'f <- function() "x" # one',
  lua: 'local a = "x" -- one',
  perl: 'my $a = "x"; # one',
  haskell: 'f = "x" -- one',
  elixir: 'def f, do: "x" # one',
  erlang: 'f() -> "x". % one',
  clojure: '(def a "x") ; one',
  fsharp: 'let a = "x" // one',
  ocaml: 'let a = "x" (* one *)',
  julia: 'f() = "x" # one',
  'objective-c': '@interface A : NSObject // one',
  groovy: 'def a = "x" // one',
  dockerfile: 'FROM scratch # one\nRUN echo',
  makefile: 'all:\n\techo # one',
  cmake: 'set(A "x") # one',
  terraform: 'a = "b" # one',
  graphql: 'query { a(b: "c") } # one',
  proto: 'message A { int32 b = 1; } // one',
  ini: '[a]\nb=c ; one',
  diff: '-a\n+b',
  vue: '<template><p class="a">b</p></template>',
  svelte: '<script>let a = "x"</script>',
  latex: '\\section{a} % one',
  vb: 'Dim a = "x" \' one',
  solidity: 'contract A { uint b = 1; } // one',
  zig: 'const a = "x"; // one',
  nix: '{ a = "x"; } # one',
  glsl: 'void main() { float a = 1.0; } // one',
  prisma: 'model A { id Int @id } // one',
  'git-commit': 'Title\n# one',
  dotenv: 'A="b" # one',
  http: 'GET /a HTTP/1.1\nHost: b',
}

test('at least the sixty languages most in use are coloured, each under its own name in the editor', async () => {
  const tokenizer = createTokenizer()
  tokenizer.setTheme(plainTheme('dark'))
  const plain: string[] = []
  for (const [language, text] of Object.entries(samples)) {
    const { lines } = await tokenizer.tokenize(language, text)
    if (lines?.flat().every(({ color }) => color === undefined) ?? true) plain.push(language)
  }
  assert.ok(Object.keys(samples).length >= 60)
  assert.deepEqual(plain, [])
})
