import { activationCases } from './activation.ts'
import { contributionCases } from './contributions.ts'
import { runCases } from './testCase.ts'

/** What an editor calls when it is started with `extensionTestsPath`. */
export async function run(): Promise<void> {
  await runCases([...activationCases, ...contributionCases])
}
