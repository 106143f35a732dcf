#!/usr/bin/env bash
# Runs a command with a PostgreSQL of its own: in a temporary folder, on a free port, gone afterwards.
# The command finds it as TEST_DATABASE_URL; the user may create databases.
#   scripts/with-postgres.sh COMMAND...
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/hub.sh

bin=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -1)
work=$(mktemp -d)
as_user() { "$@"; }
if [ "$(id -u)" = 0 ]; then # PostgreSQL refuses to run as root
  chown postgres "$work"
  as_user() { (cd "$work" && setpriv --reuid postgres --regid postgres --init-groups "$@"); }
fi
finish() {
  as_user "$bin/pg_ctl" stop -D "$work/data" -m immediate -s 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM

port=$(free_port)
as_user "$bin/initdb" -D "$work/data" -U smarthub -A trust -E UTF8 --locale=C.UTF-8 --no-sync >/dev/null
# Nothing here has to survive a power cut.
as_user "$bin/pg_ctl" start -D "$work/data" -w -s -t 30 -l "$work/log" -o "-p $port -k $work -c listen_addresses=127.0.0.1 \
  -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=300 -c shared_buffers=64MB" ||
  { cat "$work/log" >&2; exit 1; }
as_user "$bin/createdb" -h 127.0.0.1 -p "$port" -U smarthub smarthub
export TEST_DATABASE_URL="postgres://smarthub@127.0.0.1:$port/smarthub"
"$@"
