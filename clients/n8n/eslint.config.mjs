import { config } from "@n8n/node-cli/eslint";

export default [
  ...config,
  { ignores: ["test"] }, // no part of the package: they read files and the surroundings
  {
    files: ["package.json"],
    // n8n verifies packages under the MIT license only; this one has the license of Banyan.
    rules: { "n8n-nodes-base/community-package-json-license-not-default": "off" },
  },
];
