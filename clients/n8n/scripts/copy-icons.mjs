// tsc leaves pictures and the words for n8n's search behind.
import { copyFile, readdir } from "node:fs/promises";

const folder = "nodes/Banyan";
for (const name of await readdir(folder)) {
  if (/\.(svg|json)$/.test(name)) {
    await copyFile(`${folder}/${name}`, `dist/${folder}/${name}`);
  }
}
