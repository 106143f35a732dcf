#!/usr/bin/env bash
# Runs a command beside a hub of its own: the built server, on a free port, with its data in a temporary folder.
# The command finds the hub at HUB_URL, its process as HUB_PID and its log as HUB_LOG.
#   scripts/with-hub.sh COMMAND...
#   HUB_EXTRA=FOLDER scripts/with-hub.sh COMMAND...    imports FOLDER's organisaties.csv, vacatures.csv, bijeenkomsten.csv too
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/hub.sh

work=$(mktemp -d)
pid=
finish() {
  local result=$?
  # Shows why, when the server itself is the reason.
  if [ -n "$pid" ] && ! kill -0 "$pid" 2>/dev/null; then
    echo "--- the server stopped by itself; the end of its log:" >&2
    tail -20 "$HUB_LOG" >&2
    [ $result != 0 ] || result=1
  elif [ $result != 0 ] && grep -qE 'ERROR|panicked' "$HUB_LOG" 2>/dev/null; then
    echo "--- the server's log:" >&2
    grep -E 'ERROR|panicked' -A 5 "$HUB_LOG" | tail -40 >&2
  fi
  [ -z "$pid" ] || stop_hub "$pid"
  rm -rf "$work"
  exit $result
}
trap finish EXIT
trap 'exit 130' INT TERM

hub_environment "$work/data" "$(free_port)"
# The tests ask more than a person would; the limit has tests of its own.
export SMARTHUB_LIMITS__IS_LOOPBACK_EXEMPT=true
export HUB_LOG="$work/server.log"
start() {
  "$HUB_SERVER" serve --demo >>"$HUB_LOG" 2>&1 &
  pid=$!
  wait_for_hub "$pid" 60 || { tail -40 "$HUB_LOG" >&2; exit 1; }
}
start
if [ -n "${HUB_EXTRA:-}" ]; then
  stop_hub "$pid"
  pid=
  for kind in organisations:organisaties vacancies:vacatures events:bijeenkomsten; do
    sheet="$HUB_EXTRA/${kind#*:}.csv"
    [ -f "$sheet" ] || continue
    "$HUB_SERVER" import "${kind%:*}" "$sheet" >>"$HUB_LOG" 2>&1 || {
      echo "the import of $sheet failed:" >&2
      tail -40 "$HUB_LOG" >&2
      exit 1
    }
  done
  start
fi
export HUB_PID=$pid
"$@"
