import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { secretlintScanner } from '../../../src/node/secretlintScanner.ts'
import { maxScannedLength } from '../../../src/shared/secrets.ts'
import type { BenchContext } from '../context.ts'
import { target, type Section } from '../report.ts'
import { figure, repeat } from '../statistics.ts'

/** What the guard takes for the longest text that it reads: ordinary code, and text made to keep it busy. */
export async function measureSecretScan({ scale }: BenchContext): Promise<Section> {
  const source = join(import.meta.dirname, '../../../src')
  const code = globSync('**/*.ts', { cwd: source }).map((name) => readFileSync(join(source, name), 'utf8'))
  const texts = {
    'the code of this project': code.join('\n'),
    'names that speak of secrets, and hold none': 'password_token.',
    'addresses that almost hold a password': 'https://user:',
  }
  const scan = async (text: string): Promise<number> => {
    // A scan waits for nothing: its processor time is what it takes, whatever else keeps the machine busy.
    const start = process.cpuUsage()
    await secretlintScanner.scan(text)
    const { user, system } = process.cpuUsage(start)
    return (user + system) / 1000
  }
  const entries = []
  for (const [name, text] of Object.entries(texts)) {
    const long = text.repeat(Math.ceil(maxScannedLength / text.length)).slice(0, maxScannedLength)
    // The first one loads the rules.
    await scan(long)
    const took = figure(await repeat(scale.rounds, () => scan(long)))
    entries.push({ name, unit: 'ms' as const, figure: took, target: target('under 100 ms', took.median < 100) })
  }
  return { title: 'Looking for secrets in 1 MB', entries }
}
