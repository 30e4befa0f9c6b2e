// Many PouchDB clients at once: node crowd.js FOLDER DIRECT_URL RELAYED_URL. Speaks as client.js does.
"use strict";
const readline = require("readline");
const PouchDB = require("pouchdb");

const [folder, direct, relayed] = process.argv.slice(2);
const options = { batch_size: 1000 };
const server = new PouchDB(direct);
const laptops = [];

async function store(place, documents) {
  const refused = (await place.bulkDocs(documents)).find((one) => one.error);
  if (refused) throw new Error(refused.message);
  return documents.length;
}

async function edit(edits) {
  const found = await server.allDocs({ keys: Object.keys(edits), include_docs: true });
  return store(server, found.rows.map((row) => ({ ...row.doc, ...edits[row.id] })));
}

async function join() {
  const here = new PouchDB(`${folder}/here-${laptops.length}`);
  const remote = new PouchDB(relayed);
  await PouchDB.replicate(remote, here, options);
  laptops.push({ here, remote });
  return laptops.length;
}

async function sync({ here, remote }, least) {
  await PouchDB.replicate(here, remote, options);
  const got = await PouchDB.replicate(remote, here, options);
  if (got.docs_written < least) throw new Error(`only ${got.docs_written} came`);
}

// How many of them failed.
async function all(least) {
  const done = await Promise.allSettled(laptops.map((laptop) => sync(laptop, least)));
  return done.filter((one) => one.status === "rejected").length;
}

const verbs = {
  load: (documents) => store(server, documents),
  editThere: edit,
  join,
  write: (number, documents) => store(laptops[number].here, documents),
  all,
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
