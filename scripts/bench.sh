#!/usr/bin/env bash
# Measures what ships, on this machine, and writes the figures into docs/BENCHMARKS.md.
#   scripts/bench.sh                  everything (about 15 minutes)
#   scripts/bench.sh pages import     only these parts: pages (and memory), start, import, lighthouse
# Let nothing else run meanwhile: the server has one core to itself and the load another.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh bench
scripts/build.sh
. scripts/hub.sh

# Load from this machine is the point here; the limit per visitor has tests of its own.
export SMARTHUB_LIMITS__IS_LOOPBACK_EXEMPT=true SMARTHUB_LOG__FILTER=warn
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
export SMARTHUB_CONFIG="$PWD/demo/hub.toml" LEPTOS_SITE_ROOT="$HUB_SITE" BENCH_WORK="$work"
export CHROME_PATH="${CHROME_PATH:-/usr/bin/chromium}"
python3 scripts/bench.py "$@"
