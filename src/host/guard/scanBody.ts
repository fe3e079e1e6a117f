import { mergeFindings } from '../../core/guard/mergeFindings.ts'
import { outgoingOf } from '../../core/guard/outgoing.ts'
import { findBinaries } from '../../core/guard/patchSecrets.ts'
import { secretlintScanner } from '../../node/secretlintScanner.ts'
import { parseBinary } from '../../shared/patch/parseBinary.ts'
import type { SecretFinding } from '../../shared/secrets.ts'
import type { SendBody } from '../../shared/service.ts'
import { nodeBinaryMeans } from '../patch/nodeBinaryMeans.ts'

/**
 * What in a body looks like a secret, counted in the text of `outgoingOf`. It is scanned in this window and goes
 * nowhere.
 */
export async function scanBody(body: SendBody): Promise<readonly SecretFinding[]> {
  const { text, name, spans } = outgoingOf(body)
  const findings = await secretlintScanner.scan(text, name)
  if (body.kind !== 'patch') return findings
  const binaries = findBinaries(body.text)
  const inside = await Promise.all(
    binaries.map(async ({ from, to }) =>
      (await scanBinary(body.text.slice(from, to))).map(({ kind }) => ({ kind, from, to })),
    ),
  )
  // What looks like something in the numbers of a file is not what the file holds.
  const outside = findings.filter(({ from, to }) => !binaries.some((span) => from < span.to && to > span.from))
  return [...mergeFindings(text, [...spans, ...inside.flat()]), ...outside].sort((a, b) => a.from - b.from)
}

/** What is found in a file that is no text, read as if each byte were a character. */
async function scanBinary(section: string): Promise<readonly SecretFinding[]> {
  const read = parseBinary(section.split('\n'), 1)
  const bytes = read && nodeBinaryMeans.inflate(read.content.deflated, read.content.size)
  return bytes === undefined ? [] : secretlintScanner.scan(Buffer.from(bytes).toString('latin1'))
}
