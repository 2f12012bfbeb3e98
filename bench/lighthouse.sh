#!/usr/bin/env bash
# Lighthouse on a public page in every theme: the real one, from npm, against headless Chromium.
#
#   ./banyan demo --port 8090 --data /tmp/lighthouse-data     (in another terminal)
#   bench/lighthouse.sh http://127.0.0.1:8090 /tmp/lighthouse-data/demo.json
#
# Signs in as the demo's agency, gives the page of one brand each theme in turn, and prints the four scores of each; the
# page has its own look again at the end. Ends with 1 where a score is below 95. Lighthouse is kept in LIGHTHOUSE
# (default /tmp/lighthouse).
set -euo pipefail
url=$1
demo=$2
home=${LIGHTHOUSE:-/tmp/lighthouse}
brand=${BRAND:-clientbrand1}
[ -x "$home/node_modules/.bin/lighthouse" ] || npm install --silent --prefix "$home" lighthouse >&2
export CHROME_PATH=${CHROME_PATH:-$(command -v chromium || command -v google-chrome)}
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

visit() {
    "$home/node_modules/.bin/lighthouse" "$url/$brand" --quiet --output=json --output-path="$work/report" \
        --chrome-flags="--headless=new --no-sandbox" 2>"$work/log"
}

failed=0
printf '%-12s %12s %14s %15s %5s\n' theme performance accessibility best-practices seo
for theme in ${THEMES:-default air blocks lake mineral agate astrid aura bloom breeze honeycomb}; do
    [ "$theme" = default ] || look "{\"theme\":\"$theme\"}"
    visit || visit || { tail -3 "$work/log" >&2; exit 2; } # Chromium's trace is lost now and then
    node -e '
        const report = JSON.parse(require("fs").readFileSync(process.argv[1]));
        const scores = ["performance", "accessibility", "best-practices", "seo"].map(k => Math.round(report.categories[k].score * 100));
        const [theme, widths] = [process.argv[2], [12, 14, 15, 5]];
        console.log(theme.padEnd(12) + scores.map((score, i) => " " + String(score).padStart(widths[i])).join(""));
        for (const [id, audit] of Object.entries(report.audits)) {
            if (audit.score !== null && audit.score < 0.9 && ["binary", "numeric"].includes(audit.scoreDisplayMode) && process.env.VERBOSE) {
                console.log("    " + id + " " + audit.score + " " + (audit.displayValue || ""));
            }
        }
        process.exit(scores.some(score => score < 95) ? 1 : 0);' "$work/report" "$theme" || failed=1
done
look "$(cat "$work/before")" || true
exit $failed
