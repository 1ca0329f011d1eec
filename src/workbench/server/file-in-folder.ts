import { stat } from "node:fs/promises";
import { join, normalize, sep } from "node:path";

/**
 * Finds the file that a request path means inside one folder.
 *
 * @param folder the only folder that may be read
 * @param requestPath the path of the URL below that folder, still percent-encoded
 * @returns the file's path, or null when there is none, when the path leaves the folder or when it is malformed
 */
export async function fileInFolder(folder: string, requestPath: string): Promise<string | null> {
  let decoded: string;
  try {
    decoded = decodeURIComponent(requestPath);
  } catch {
    return null;
  }
  // A backslash is a separator on Windows, a colon starts a drive or a stream there, and NUL cuts names short.
  if (/[\\:\0]/.test(decoded)) return null;
  const path = normalize(join(folder, decoded));
  const root = folder.endsWith(sep) ? folder : folder + sep;
  if (!path.startsWith(root)) return null;
  try {
    return (await stat(path)).isFile() ? path : null;
  } catch {
    return null;
  }
}
