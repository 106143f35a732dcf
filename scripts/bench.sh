#!/usr/bin/env bash
# Measures what ships, on this machine, and writes the figures into docs/BENCHMARKS.md.
#   scripts/bench.sh                  everything (about 25 minutes)
#   scripts/bench.sh pages import     only these parts: pages (and memory), applying, lists, start, import, lighthouse, engine, browser
# Let nothing else run meanwhile: the server has one core to itself and the load another.
set -euo pipefail
cd "$(dirname "$0")/.."
if [ "$*" = engine ]; then # needs no server
  scripts/setup.sh run
else
  scripts/setup.sh bench
  scripts/build.sh
fi
. scripts/hub.sh
export HUB_BENCH="$HUB_BUILD/bench/release/bench"
if [ $# = 0 ] || [[ " $* " == *" engine "* ]]; then
  cargo build --release --locked --manifest-path bench/Cargo.toml --target-dir "$HUB_BUILD/bench"
fi

# Load from this machine is the point here; the limit per visitor has tests of its own.
export SMARTHUB_LIMITS__IS_LOOPBACK_EXEMPT=true SMARTHUB_LOG__FILTER=warn
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export SMARTHUB_CONFIG="$PWD/demo/hub.toml" LEPTOS_SITE_ROOT="$HUB_SITE" BENCH_WORK="$work"
export CHROME_PATH="${CHROME_PATH:-/usr/bin/chromium}"
# Lists are measured on both databases.
beside=()
if [ $# = 0 ] || [[ " $* " == *" lists "* ]]; then beside=(scripts/with-postgres.sh); fi
"${beside[@]}" python3 scripts/bench.py "$@"
