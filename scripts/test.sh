#!/usr/bin/env bash
# Every check and test that the project has, on what ships: the release server and the wasm that goes with it.
# Runs every stage even when one fails, except when there is nothing to test because the build failed.
# The last line is the count: `N passed, N failed`. A check such as fmt counts as one test.
#   scripts/test.sh
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/env.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
passed=0
failed=0
broken=()

begin() {
  stage=$1
  began=$SECONDS
  printf '\n\033[1m[test] %s\033[0m\n' "$stage"
}
end() { # end PASSED FAILED
  passed=$((passed + $1))
  failed=$((failed + $2))
  [ "$2" = 0 ] || broken+=("$stage")
  printf '\033[1m[test] %s: %s passed, %s failed, %s s\033[0m\n' "$stage" "$1" "$2" "$((SECONDS - began))"
}
check() { # check NAME COMMAND...: one test
  begin "$1"
  shift
  if "$@"; then end 1 0; else end 0 1; fi
}
finish() {
  printf '\nall stages: %s s\n' "$SECONDS"
  [ ${#broken[@]} = 0 ] || printf 'failed: %s\n' "${broken[@]}"
  printf '%s passed, %s failed\n' "$passed" "$failed"
  [ "$failed" = 0 ]
  exit
}

# The same features and profile as the build that ships, so that nothing is compiled twice; what the programs of the browser ask of
# shared crates would be other features.
host=(--release --no-default-features --workspace --exclude frontend --exclude islands)
wasm=(--profile wasm-release --no-default-features --features islands/hydrate -p frontend -p islands --target wasm32-unknown-unknown)

scripts_are_sound() {
  local file result=0
  for file in scripts/*.sh .ci/run; do bash -n "$file" || result=1; done
  for file in scripts/*.py; do python3 -c 'import ast, sys; ast.parse(open(sys.argv[1]).read(), sys.argv[1])' "$file" || result=1; done
  for file in end2end/*.mjs; do node --check "$file" || result=1; done
  return $result
}
wasm_tree_lacks() { # wasm_tree_lacks CRATE...: what belongs on the server
  local crate result=0
  cargo tree "${wasm[@]:2}" -e normal,no-proc-macro --prefix none --format '{p}' >"$work/tree" || return 1
  for crate in "$@"; do
    grep -qE "^$crate v" "$work/tree" || continue
    printf 'the browser would load %s:\n' "$crate"
    cargo tree "${wasm[@]:2}" -e normal,no-proc-macro -i "$crate" | head -20
    result=1
  done
  return $result
}
wasm_lacks() { # wasm_lacks PATTERN: Leptos depends on regex for what only a server calls; the linker must leave it out
  local found
  found=$(grep -laE "$1" "$HUB_SITE"/pkg/*.wasm || true)
  [ -z "$found" ] || { printf '%s holds code that matches %s\n' "$found" "$1"; return 1; }
}
app_has_one_gate_a_crate() { # in app/ only `pub mod server` of a crate is left out of the browser's program
  local crate gates result=0
  for crate in app/*/; do
    gates=$(grep -rnE 'cfg\w*\(.*feature *= *"(ssr|hydrate)"' "$crate/src" || true)
    [ -z "$gates" ] && continue
    [ "$(grep -c . <<<"$gates")" = 1 ] && grep -A1 -E 'cfg\(feature = "ssr"\)' "$crate/src/lib.rs" | grep -q '^pub mod server;' ||
      { printf 'one gate for the server belongs in %ssrc/lib.rs; found:\n%s\n' "$crate" "$gates"; result=1; }
  done
  return $result
}
room_lacks() { # room_lacks ROOM CRATES: the arrows of the design; nobody below knows who is above
  cargo tree -p "$1" -e normal --prefix none --format '{p}' >"$work/tree" || return 1
  ! grep -E "^($2) v" "$work/tree" || { echo "$1/ must not know this"; return 1; }
}
rooms_look_down() {
  local pages='ui|web|site|personal|workplace|islands|frontend|server'
  room_lacks domain "tokio|sea-orm|sqlx|axum|leptos|search|store|words|hub|$pages" &&
    room_lacks search "tokio|sea-orm|sqlx|axum|leptos|store|words|hub|$pages" &&
    room_lacks store "axum|leptos|search|words|hub|$pages" &&
    room_lacks words "tokio|sea-orm|sqlx|axum|leptos|search|store|hub|$pages" &&
    room_lacks hub "axum|leptos|$pages" &&
    room_lacks ui "tokio|sea-orm|axum|search|store|hub|web|site|personal|workplace|islands|server" &&
    room_lacks web "site|personal|workplace|islands|server" &&
    room_lacks site "personal|workplace|islands|server" &&
    room_lacks personal "workplace|islands|server" &&
    room_lacks workplace "site|personal|islands|server" &&
    room_lacks islands "search|site|personal|server"
}

begin "set-up"
scripts/setup.sh test || { end 0 1; finish; }
printf '[test] set-up: %s s\n' "$((SECONDS - began))"

check "format" cargo fmt --all --check
check "scripts" scripts_are_sound
check "the browser's crates" wasm_tree_lacks store sea-orm sqlx tokio axum ammonia chrono-tz
check "the gates of app" app_has_one_gate_a_crate
check "the rooms" rooms_look_down
check "circles" python3 scripts/circles.py
check "glossary" python3 scripts/glossary.py
check "licences" python3 scripts/licences.py

begin "build"
if scripts/build.sh; then end 1 0; else end 0 1; finish; fi

check "the wasm" wasm_lacks 'regex parse error|regex[-_]automata|src/regex'
check "clippy, server" cargo clippy --quiet "${host[@]}" --all-targets -- -D warnings
check "clippy, browser" env RUSTFLAGS="$HUB_WASM_FLAGS" cargo clippy --quiet "${wasm[@]}" --lib --target-dir "$HUB_BUILD/front" -- -D warnings
check "documentation" env RUSTDOCFLAGS="-D warnings" cargo doc --quiet "${host[@]}" --no-deps

cargo_tests() { # cargo_tests NAME COMMAND...: what `cargo test` counts, with a PostgreSQL beside it
  local result=0 ok bad
  begin "$1"
  timeout 30m scripts/with-postgres.sh "${@:2}" 2>&1 | tee "$work/cargo" || result=1
  read -r ok bad < <(awk '/^test result:/ { ok += $4; bad += $6 } END { print ok + 0, bad + 0 }' "$work/cargo")
  # A test that does not compile, or a process that dies, reports no failed test.
  [ "$result" = 0 ] || [ "$bad" != 0 ] || bad=1
  end "$ok" "$bad"
}
cargo_tests "cargo test" cargo test "${host[@]}" --no-fail-fast
cargo_tests "pages on PostgreSQL" \
  bash -c 'HUB_TESTS_ON=$TEST_DATABASE_URL exec cargo test "$@"' - "${host[@]}" --test web --no-fail-fast

check "size budget" scripts/with-hub.sh python3 scripts/budget.py

journeys() { # journeys PROJECT EXTRA [OPTIONS...]: those of one project of end2end/playwright.config.ts, beside a hub with more spreadsheets
  local result=0 report="$work/journeys-$1.json" ok bad
  HUB_EXTRA="$2" PLAYWRIGHT_JSON_OUTPUT_FILE="$report" \
    timeout 25m "${beside[@]}" bash -c 'cd end2end && npx playwright test --project "$@"' - "$1" "${@:3}" || result=1
  read -r ok bad < <(python3 - "$report" <<'PYTHON' || echo 0 1
import json, sys
report = json.load(open(sys.argv[1]))
stats = report["stats"]
# A test that passed only at the second try, or was skipped, did not pass.
print(stats["expected"], stats["unexpected"] + stats["flaky"] + stats["skipped"] + len(report["errors"]))
PYTHON
)
  [ "$result" = 0 ] || [ "$bad" != 0 ] || bad=1
  end "$ok" "$bad"
}

beside=(scripts/with-hub.sh)
begin "journeys in the browser"
node end2end/fixtures.mjs "$work/extra"
journeys demo "$work/extra"

begin "journeys among 5,000 vacancies"
mkdir "$work/large"
python3 scripts/more_vacancies.py 4500 "$work/large/vacatures.csv"
journeys large "$work/large"

# The whole way of an application in the browser, on the other database.
beside=(scripts/with-postgres.sh bash -c 'HUB_DATABASE=$TEST_DATABASE_URL exec scripts/with-hub.sh "$@"' -)
begin "journeys on PostgreSQL"
journeys demo "$work/extra" --grep "a new talent goes.*nl"

finish
