#!/usr/bin/env bash
# Changes the rules of `domain` one at a time and looks whether its own tests notice. Not part of `make test`: it takes
# about half an hour. Needs cargo-mutants, which is installed on the first run.
#   scripts/mutants.sh [FILE...]   only these files, such as domain/src/alerts.rs; all of domain unless told
# Ends with 1 when fewer than 95% of the mutants that compile are caught; those that were missed are listed.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

least=95
version=27.1.0
tool="$SMARTHUB_TOOLS/mutants"
[ "$("$tool/bin/cargo-mutants" mutants --version 2>/dev/null)" = "cargo-mutants $version" ] ||
  CARGO_PROFILE_DEV_DEBUG=0 CARGO_TARGET_DIR="$tool/build" \
    cargo install cargo-mutants --version "$version" --locked --debug --root "$tool" --force
rm -rf "$tool/build"
PATH="$tool/bin:$PATH"
# Without debug information a mutant is linked sooner.
export CARGO_TARGET_DIR="$HUB_BUILD/mutants" CARGO_PROFILE_DEV_DEBUG=0

files=()
for file in "$@"; do files+=(--file "$file"); done
found="$CARGO_TARGET_DIR/found"
mkdir -p "$found"
result=0
nice cargo mutants --package domain --test-package domain --jobs 1 --output "$found" --colors never --no-times \
  "${files[@]}" -- --tests || result=$?
# 2: some were missed; 3: some ran without end, which a test notices too.
case $result in 0 | 2 | 3) ;; *) exit "$result" ;; esac

count() { cat "${@/#/$found/mutants.out/}" | wc -l; }
caught=$(count caught.txt timeout.txt)
missed=$(count missed.txt)
viable=$((caught + missed))
printf '\nmissed:\n'
cat "$found/mutants.out/missed.txt"
[ "$viable" -gt 0 ] || { echo 'no mutant compiles'; exit 1; }
printf '\n%s caught, %s missed: %s%% of %s\n' "$caught" "$missed" "$((caught * 100 / viable))" "$viable"
[ $((caught * 100)) -ge $((least * viable)) ]
