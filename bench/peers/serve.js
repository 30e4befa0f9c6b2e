// PouchDB Server on loopback: node serve.js FOLDER. Says its port when it listens.
"use strict";
const express = require("express");
const pouchServer = require("express-pouchdb");
const PouchDB = require("pouchdb");

const folder = process.argv[2];
const app = express();
app.use("/", pouchServer(PouchDB.defaults({ prefix: `${folder}/` }), {
  mode: "minimumForPouchDB",
  inMemoryConfig: true,
  logPath: `${folder}/server.log`,
}));
const listening = app.listen(0, "127.0.0.1", () => console.log(listening.address().port));
