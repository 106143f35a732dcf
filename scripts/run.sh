#!/usr/bin/env bash
# Sets up, builds and starts a hub with invented organisations, vacancies and events. Its data is in ./data.
#   scripts/run.sh          at http://127.0.0.1:3000
#   PORT=3100 DATABASE_URL=postgres://… scripts/run.sh
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/setup.sh run
scripts/build.sh
. scripts/hub.sh
own_database="${DATABASE_URL:-}"
hub_environment "$PWD/data" "${PORT:-3000}"
[ -z "$own_database" ] || export DATABASE_URL="$own_database"
printf '\033[1m[run]\033[0m SmartHub Achterhoek, with invented data, is at \033[1m%s\033[0m (Ctrl+C stops it)\n' "$HUB_URL"
exec "$HUB_SERVER" serve --demo
