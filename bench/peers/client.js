// PouchDB clients that do as they are told: node client.js FOLDER DIRECT_URL RELAYED_URL.
// A line of JSON [verb, ...arguments] in, a line of JSON out: {"count": n} or {"failed": why}.
"use strict";
const readline = require("readline");
const PouchDB = require("pouchdb");

const [folder, direct, relayed] = process.argv.slice(2);
const BATCH = 1000;
const options = { batch_size: BATCH };
const server = new PouchDB(direct);
const remote = new PouchDB(relayed);
const here = new PouchDB(`${folder}/here`);

async function store(place, documents) {
  for (let start = 0; start < documents.length; start += BATCH) {
    const said = await place.bulkDocs(documents.slice(start, start + BATCH));
    const refused = said.find((one) => one.error);
    if (refused) throw new Error(refused.message);
  }
  return documents.length;
}

async function edit(place, edits) {
  const found = await place.allDocs({ keys: Object.keys(edits), include_docs: true });
  return store(place, found.rows.map((row) => ({ ...row.doc, ...edits[row.id] })));
}

const verbs = {
  load: (documents) => store(server, documents),
  editThere: (edits) => edit(server, edits),
  editHere: (edits) => edit(here, edits),
  push: async () => (await PouchDB.replicate(here, remote, options)).docs_written,
  pull: async () => (await PouchDB.replicate(remote, here, options)).docs_written,
};

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const [verb, ...said] = JSON.parse(line);
    const answer = await verbs[verb](...said).then(
      (count) => ({ count }), (error) => ({ failed: String(error) }));
    console.log(JSON.stringify(answer));
  }
  process.exit(0);
}

main();
