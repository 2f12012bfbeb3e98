#!/usr/bin/env bash
# Refreshes the list by which programs are told from people who visit, and what it is tested with:
#
#   release/crawlers.sh
#
# The patterns are those of the npm package isbot (The Unlicense). The tests ask them about the agents of the packages
# crawler-user-agents (MIT) and user-agents (BSD-2-Clause). Needs npm and node. Look at the diff, then run UserAgentsTest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
main=src/main/resources/dev/banyan/analytics
test=src/test/resources/dev/banyan/analytics
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm install --silent --ignore-scripts --prefix "$work" isbot crawler-user-agents user-agents >&2

# Prints where a list comes from, as its first lines.
head_of() {
    echo "# $1"
    echo "# npm $2 $(node -p "require('$work/node_modules/$2/package.json').version"), $3. Written by release/crawlers.sh on $(date -u +%F)."
}

mkdir -p "$main" "$test"
cp "$work/node_modules/crawler-user-agents/LICENSE" "$test/known-crawlers-LICENSE.txt"
cp "$work/node_modules/user-agents/LICENSE" "$test/known-people-LICENSE.txt"
{
    head_of "Patterns of the user agents of programs, without regard to case." isbot "The Unlicense"
    node --input-type=module -e "import { list } from '$work/node_modules/isbot/index.mjs'; console.log(list.join('\n'))"
} > "$main/crawlers.txt"
{
    head_of "User agents of programs." crawler-user-agents "MIT, Copyright (c) 2017 Martin Monperrus"
    node -p "[...new Set(require('$work/node_modules/crawler-user-agents/crawler-user-agents.json').flatMap(one => one.instances))].join('\n')"
} > "$test/known-crawlers.txt"
{
    head_of "User agents of people." user-agents "BSD-2-Clause, Copyright (c) 2018-present Intoli, LLC"
    node -p "[...new Set(require('$work/node_modules/user-agents/dist/user-agents.json').map(one => one.userAgent))].sort().join('\n')"
} > "$test/known-people.txt"
wc -l "$main/crawlers.txt" "$test/known-crawlers.txt" "$test/known-people.txt" >&2
