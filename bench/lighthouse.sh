#!/usr/bin/env bash
# Lighthouse on a public page in every theme: the real one, from npm, against headless Chromium.
#
#   ./banyan demo --port 8090 --data /tmp/lighthouse-data     (in another terminal)
#   bench/lighthouse.sh http://127.0.0.1:8090 /tmp/lighthouse-data/demo.json
#   bench/lighthouse.sh http://127.0.0.1:8090 /tmp/lighthouse-data/demo.json pages
#
# Signs in as the demo's agency, gives the page of one brand each theme in turn, and prints the four scores of each; the
# page has its own look again at the end. With `pages`, the scores are of the public page, the login, the dashboard, the
# editor, the numbers and the chat, with the median performance of RUNS (5). Ends with 1 where a score is below 95; that
# of SEO counts for public pages only. Lighthouse is kept in LIGHTHOUSE (default /tmp/lighthouse).
set -euo pipefail
url=$1
demo=$2
home=${LIGHTHOUSE:-/tmp/lighthouse}
brand=${BRAND:-clientbrand1}
[ -x "$home/node_modules/.bin/lighthouse" ] || npm install --silent --prefix "$home" lighthouse >&2
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium || command -v google-chrome || command -v chromium-headless-shell)}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

field() { node -e 'const o=JSON.parse(require("fs").readFileSync(process.argv[1]));console.log(process.argv[2].split(".").reduce((a,k)=>a[k],o))' "$1" "$2"; }
look() {
    curl -sf -b "$work/cookies" -X PUT -H 'Content-Type: application/json' -o /dev/null \
        "$url/api/admin/UpdateAppearance?UserId=$account" -d "$1"
}

curl -sf -c "$work/cookies" -o /dev/null "$url/login" \
    --data-urlencode "email=$(field "$demo" agency.email)" --data-urlencode "password=$(field "$demo" agency.password)"
curl -sf -b "$work/cookies" -o "$work/brands" "$url/api/admin/GetSubAccounts"
account=$(node -e 'const o=JSON.parse(require("fs").readFileSync(process.argv[1]));console.log(o.subAccounts.find(a=>a.username===process.argv[2]).id)' "$work/brands" "$brand")
curl -sf -b "$work/cookies" -o "$work/before" "$url/api/admin/GetAppearance?UserId=$account"

# visit PATH
visit() {
    "$home/node_modules/.bin/lighthouse" "$url$1" --quiet --output=json --output-path="$work/report" \
        --chrome-flags="--headless=new --no-sandbox" ${port:+--port="$port" --disable-storage-reset} 2>"$work/log"
}

# score NAME RUNS PATH: prints the scores, the median of each
score() {
    local run
    for run in $(seq "$2"); do
        visit "$3" || visit "$3" || { tail -3 "$work/log" >&2; exit 2; } # the trace is lost now and then
        mv "$work/report" "$work/report.$run"
    done
    node -e '
        const [name, width, ...files] = process.argv.slice(1);
        const reports = files.map(file => JSON.parse(require("fs").readFileSync(file)));
        const kinds = ["performance", "accessibility", "best-practices", "seo"], widths = [12, 14, 15, 5];
        const median = scores => scores.sort((one, other) => one - other)[Math.floor(scores.length / 2)];
        const scores = kinds.map(kind => Math.round(100 * median(reports.map(report => report.categories[kind].score))));
        console.log(name.padEnd(12) + scores.map((score, i) => " " + String(score).padStart(widths[i])).join(""));
        for (const [id, audit] of Object.entries(reports[0].audits)) {
            if (audit.score !== null && audit.score < 0.9 && ["binary", "numeric"].includes(audit.scoreDisplayMode) && process.env.VERBOSE) {
                console.log("    " + id + " " + audit.score + " " + (audit.displayValue || ""));
            }
        }
        process.exit(scores.slice(0, Number(width)).some(score => score < 95) ? 1 : 0);' "$1" "${COUNTED:-4}" "$work"/report.[0-9]* || failed=1
    rm -f "$work"/report.[0-9]*
}

# Gives a browser of its own the cookies of a jar, for pages that need a session in their frames, too.
sign_in() {
    node -e '
        const [home, port, jar, url] = process.argv.slice(1);
        const cookies = require("fs").readFileSync(jar, "utf8").split("\n").map(line => line.replace("#HttpOnly_", "").split("\t"))
            .filter(parts => parts.length > 6).map(parts => ({ url, path: parts[2], name: parts[5], value: parts[6] }));
        require(home + "/node_modules/puppeteer-core").connect({ browserURL: "http://127.0.0.1:" + port })
            .then(async browser => browser.disconnect(await (await browser.newPage()).setCookie(...cookies)));
    ' "$home" "$port" "$1" "$url"
}

failed=0
printf '%-12s %12s %14s %15s %5s\n' "${3:-theme}" performance accessibility best-practices seo
if [ "${3:-}" = pages ]; then
    port=$((20000 + RANDOM % 10000))
    "$CHROME_PATH" --headless=new --no-sandbox --remote-debugging-port="$port" --user-data-dir="$work/profile" about:blank 2>/dev/null &
    browser=$!
    trap 'pkill -P $browser || kill $browser; wait; rm -rf "$work"' EXIT # Debian's is a script that starts it
    until curl -sf -o /dev/null "http://127.0.0.1:$port/json/version"; do sleep 0.2; done
    entrance=/s/$(field "$demo" workspaces.0.shortPath)
    curl -sf -c "$work/workspace" -o /dev/null "$url$entrance/login" \
        --data-urlencode "usernameOrEmail=$(field "$demo" workspaces.0.admin.username)" \
        --data-urlencode "password=$(field "$demo" workspaces.0.admin.password)"
    page=$(curl -sf -b "$work/cookies" "$url/api/admin/GetPages?UserId=$account" | node -e 'console.log(JSON.parse(require("fs").readFileSync(0)).pages[0].id)')
    score public "${RUNS:-5}" "/$brand"
    COUNTED=3
    score login "${RUNS:-5}" /login
    sign_in "$work/cookies"
    score dashboard "${RUNS:-5}" /admin/dashboard
    score editor "${RUNS:-5}" "/admin/pages/$page?as=$brand"
    score numbers "${RUNS:-5}" /admin/pools
    sign_in "$work/workspace"
    score chat "${RUNS:-5}" "$entrance/chat"
    exit $failed
fi
for theme in ${THEMES:-default air blocks lake mineral agate astrid aura bloom breeze honeycomb}; do
    [ "$theme" = default ] || look "{\"theme\":\"$theme\"}"
    score "$theme" 1 "/$brand"
done
look "$(cat "$work/before")" || true
exit $failed
