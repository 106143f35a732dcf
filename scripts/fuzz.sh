#!/usr/bin/env bash
# Feeds the engine any bytes, as query and as snapshot, and stops at the first that it does not bear. Not part of
# `make test`. Needs cargo-fuzz, which is installed on the first run, and a C++ compiler.
#   scripts/fuzz.sh [SECONDS]   for each target, 60 unless told
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

seconds=${1:-60}
tool="$SMARTHUB_TOOLS/fuzz"
[ -x "$tool/bin/cargo-fuzz" ] || cargo install --locked --root "$tool" cargo-fuzz
PATH="$tool/bin:$PATH"
# Counting what a run reaches is not stable yet; the compiler knows it all the same.
export RUSTC_BOOTSTRAP=1 CARGO_TARGET_DIR="$HUB_BUILD/fuzz"

cd search
# Real queries to begin with.
mkdir -p fuzz/corpus/query
awk -F '\t' '!/^#/ && NF > 3 { file = "fuzz/corpus/query/judged-" NR; printf "%s", $2 > file; close(file) }' \
  tests/judged/queries.tsv
for target in query snapshot; do
  printf '\n[fuzz] %s, %s s\n' "$target" "$seconds"
  # The engine has no unsafe code, so that looking after its memory would only cost time.
  cargo fuzz run --sanitizer none "$target" -- -max_total_time="$seconds" -max_len=2000 -len_control=10 \
    -timeout=20 -rss_limit_mb=3000 -print_final_stats=1
done
