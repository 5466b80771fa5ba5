// Compiles the schema of scenario files in ajv's strict mode and holds it to the files that tests/ajv/files.py prints.
import { readFileSync } from "node:fs";
import process from "node:process";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const { schema, good, bad } = JSON.parse(readFileSync(0, "utf8"));
const strict = { strict: true, strictTypes: true, strictTuples: true, strictRequired: true, validateFormats: true };
const ajv = new Ajv({ ...strict, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(schema); // an unknown keyword or format, or types that contradict one another, throw here

const faults = [];
const told = (errors) => errors.map((error) => `${error.instancePath} ${error.keyword}`).join(", ");
for (const [name, file] of Object.entries(good)) {
  if (!validate(file)) faults.push(`refuses ${name}: ${told(validate.errors)}`);
}
for (const { name, table, path, keyword } of bad) {
  if (validate(table)) {
    faults.push(`accepts ${name}`);
    continue;
  }
  const places = validate.errors.map((error) => error.instancePath);
  if (!validate.errors.some((error) => error.instancePath === path && error.keyword === keyword)) {
    faults.push(`does not say ${keyword} at ${path} of ${name}: ${told(validate.errors)}`);
  }
  // Nothing else in the file is blamed: every error lies at the mistake, above it or within it, or says of an event that
  // it is of none of the other kinds.
  const other = /^\/events\/[^/]+\/kind$/;
  const astray = places.filter((place) => !path.startsWith(place) && !place.startsWith(path) && !other.test(place));
  if (astray.length > 0) faults.push(`blames ${astray} for ${name}`);
}

for (const fault of faults) console.error(`The schema ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`ajv ${Object.keys(good).length} good files accepted, ${bad.length} bad ones refused at the right place`);
