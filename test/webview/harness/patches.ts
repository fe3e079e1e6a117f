import type { PatchBody } from '../../../src/shared/service.ts'

/** A commit as `git format-patch` writes it: one file of every fate. */
export const samplePatch: PatchBody = {
  kind: 'patch',
  title: 'Read the head inside the lock',
  git: { remote: 'https://github.com/tincan/tincan.git', commit: '1f6b68a9c0ffee', branch: 'main' },
  text: `From 1f6b68a9c0ffee Mon Sep 17 00:00:00 2001
From: Bob <bob@example.org>
Subject: [PATCH] Read the head inside the lock

---
diff --git a/src/core/store/lockedStore.ts b/src/core/store/lockedStore.ts
index 1234567..89abcde 100644
--- a/src/core/store/lockedStore.ts
+++ b/src/core/store/lockedStore.ts
@@ -39,9 +39,9 @@ export interface Store {
 /** The head of the log, and nobody writes meanwhile. */
 export async function lockedHead(store: Store): Promise<Head> {
-  const head = await store.head()
   const lock = await store.lock()
   try {
-    return head
+    // Read inside: before the lock it may be another one.
+    return await store.head()
   } finally {
     lock.release()
   }
@@ -71,3 +71,3 @@ export function close(store: Store): void {
   store.close()
-  log('closed')
+  log('the store is closed')
 }
diff --git a/docs/locks.md b/docs/notes/locks.md
similarity index 98%
rename from docs/locks.md
rename to docs/notes/locks.md
diff --git a/test/lockedStore.test.ts b/test/lockedStore.test.ts
new file mode 100644
index 0000000..e69de29
--- /dev/null
+++ b/test/lockedStore.test.ts
@@ -0,0 +1,2 @@
+import { lockedHead } from '../src/core/store/lockedStore.ts'
+test('reads inside the lock', () => lockedHead(store))
\\ No newline at end of file
diff --git a/src/core/store/racy.ts b/src/core/store/racy.ts
deleted file mode 100644
index 1234567..0000000
--- a/src/core/store/racy.ts
+++ /dev/null
@@ -1 +0,0 @@
-export const racy = true
diff --git a/media/kettle.png b/media/kettle.png
index 1234567..89abcde 100644
Binary files a/media/kettle.png and b/media/kettle.png differ
diff --git a/.vscode/settings.json b/.vscode/settings.json
index 1234567..89abcde 100644
--- a/.vscode/settings.json
+++ b/.vscode/settings.json
@@ -1 +1 @@
-{}
+{"terminal.integrated.shell.linux": "/tmp/x"}
-- 
2.39.5
`,
}
