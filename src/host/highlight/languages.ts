import type { LanguageRegistration } from 'shiki/core'

type Load = () => Promise<{ readonly default: LanguageRegistration[] }>

/** The grammars that come with Tincan, by their own names. Each is loaded when it is first needed. */
const grammars: Readonly<Record<string, Load>> = {
  bat: () => import('shiki/langs/bat.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  clojure: () => import('shiki/langs/clojure.mjs'),
  cmake: () => import('shiki/langs/cmake.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  dart: () => import('shiki/langs/dart.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  dotenv: () => import('shiki/langs/dotenv.mjs'),
  elixir: () => import('shiki/langs/elixir.mjs'),
  erlang: () => import('shiki/langs/erlang.mjs'),
  fsharp: () => import('shiki/langs/fsharp.mjs'),
  'git-commit': () => import('shiki/langs/git-commit.mjs'),
  'git-rebase': () => import('shiki/langs/git-rebase.mjs'),
  glsl: () => import('shiki/langs/glsl.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  graphql: () => import('shiki/langs/graphql.mjs'),
  groovy: () => import('shiki/langs/groovy.mjs'),
  haskell: () => import('shiki/langs/haskell.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  http: () => import('shiki/langs/http.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  jsonc: () => import('shiki/langs/jsonc.mjs'),
  jsx: () => import('shiki/langs/jsx.mjs'),
  julia: () => import('shiki/langs/julia.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  latex: () => import('shiki/langs/latex.mjs'),
  less: () => import('shiki/langs/less.mjs'),
  log: () => import('shiki/langs/log.mjs'),
  lua: () => import('shiki/langs/lua.mjs'),
  make: () => import('shiki/langs/make.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  nix: () => import('shiki/langs/nix.mjs'),
  'objective-c': () => import('shiki/langs/objective-c.mjs'),
  ocaml: () => import('shiki/langs/ocaml.mjs'),
  perl: () => import('shiki/langs/perl.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  prisma: () => import('shiki/langs/prisma.mjs'),
  proto: () => import('shiki/langs/proto.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  r: () => import('shiki/langs/r.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sass: () => import('shiki/langs/sass.mjs'),
  scala: () => import('shiki/langs/scala.mjs'),
  scss: () => import('shiki/langs/scss.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  solidity: () => import('shiki/langs/solidity.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  svelte: () => import('shiki/langs/svelte.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  terraform: () => import('shiki/langs/terraform.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  vb: () => import('shiki/langs/vb.mjs'),
  vue: () => import('shiki/langs/vue.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
  zig: () => import('shiki/langs/zig.mjs'),
}

/** VS Code's language ids, and what people write after the three backticks, where they differ from the grammar's name. */
const aliases: Readonly<Record<string, string>> = {
  'c++': 'cpp', 'c#': 'csharp', cs: 'csharp', 'f#': 'fsharp', clj: 'clojure', cuda: 'cpp', 'cuda-cpp': 'cpp',
  'objective-cpp': 'objective-c', objc: 'objective-c', dockerfile: 'docker', containerfile: 'docker', dockercompose: 'yaml',
  js: 'javascript', mjs: 'javascript', cjs: 'javascript', node: 'javascript', javascriptreact: 'jsx',
  ts: 'typescript', mts: 'typescript', cts: 'typescript', typescriptreact: 'tsx', properties: 'ini', editorconfig: 'ini',
  jsonl: 'json', json5: 'jsonc', sh: 'shellscript', bash: 'shellscript', zsh: 'shellscript', shell: 'shellscript',
  console: 'shellscript', shellsession: 'shellscript', ps1: 'powershell', pwsh: 'powershell', cmd: 'bat', makefile: 'make',
  py: 'python', rb: 'ruby', erb: 'ruby', rs: 'rust', golang: 'go', kt: 'kotlin', kts: 'kotlin', gradle: 'groovy', hs: 'haskell',
  ex: 'elixir', erl: 'erlang', jl: 'julia', md: 'markdown', mdx: 'markdown', tex: 'latex', 'bibtex': 'latex', yml: 'yaml',
  xsl: 'xml', svg: 'xml', gql: 'graphql', tf: 'terraform', hcl: 'terraform', proto3: 'proto', protobuf: 'proto', sol: 'solidity',
  pl: 'perl', patch: 'diff', fs: 'fsharp', 'vue-html': 'vue', styl: 'css', postcss: 'css', env: 'dotenv', htm: 'html', ml: 'ocaml',
} // prettier-ignore

/** A grammar for a VS Code language id or a common name; `undefined` where there is none, as for `plaintext`. */
export function grammarOf(
  language: string,
): { readonly name: string; readonly load: () => Promise<LanguageRegistration[]> } | undefined {
  const id = language.toLowerCase()
  const name = Object.hasOwn(aliases, id) ? (aliases[id] ?? id) : id
  const load = Object.hasOwn(grammars, name) ? grammars[name] : undefined
  return load === undefined ? undefined : { name, load: async () => (await load()).default }
}
