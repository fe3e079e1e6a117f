/** A test that runs inside an extension host, where no test runner can be started. */
export interface TestCase {
  /** A sentence about behaviour. */
  readonly name: string
  readonly run: () => void | Promise<void>
}

/** Runs every case in order and says so. Throws one error that names those that failed. */
export async function runCases(cases: readonly TestCase[]): Promise<void> {
  const failed: string[] = []
  for (const { name, run } of cases) {
    try {
      await run()
      console.log(`ok: ${name}`)
    } catch (error) {
      failed.push(name)
      console.error(`FAILED: ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
  }
  console.log(`${cases.length - failed.length} passed, ${failed.length} failed`)
  if (failed.length > 0) throw new Error(`Failed in the extension host: ${failed.join('; ')}`)
}
