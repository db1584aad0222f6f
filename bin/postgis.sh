# Sourced by bin/test and bin/bench: a PostGIS cluster of our own in a folder of its own, on a free port of the loopback.
# It does not touch any cluster that is already there.

postgis_folder=

# Newest PostgreSQL that has PostGIS; empty where there is none.
postgis_binaries() {
  local found= version
  for version in $(ls /usr/lib/postgresql 2>/dev/null | sort -n); do
    if [ -x "/usr/lib/postgresql/$version/bin/initdb" ] \
      && [ -e "/usr/share/postgresql/$version/extension/postgis.control" ]; then
      found=/usr/lib/postgresql/$version/bin
    fi
  done
  echo "$found"
}

# PostgreSQL refuses to run as root.
as_postgres() {
  if [ "$(id -u)" -eq 0 ]; then (cd / && runuser -u postgres -- "$@"); else "$@"; fi
}

# Starts it and exports ANQUAN_TEST_POSTGIS; answers whether it did.
start_postgis() {
  local binaries port try
  binaries=$(postgis_binaries)
  [ -n "$binaries" ] || return 1
  postgis_folder=$(mktemp -d /tmp/anquan-postgis.XXXXXX)
  [ "$(id -u)" -ne 0 ] || chown postgres "$postgis_folder" || return 1
  # A default collation that is not that of bytes: what relies on the default shows.
  as_postgres "$binaries/initdb" -D "$postgis_folder/data" -U anquan -A trust -E UTF8 --locale=C --locale-provider=icu \
    --icu-locale=zh --no-sync >/dev/null || return 1
  for try in 1 2 3 4 5; do
    port=$(shuf -i 20000-60000 -n 1)
    if as_postgres "$binaries/pg_ctl" start -w -D "$postgis_folder/data" -l "$postgis_folder/log" -o "-p $port\
 -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=${1:-off} -c shared_buffers=${2:-64MB}\
 -c shared_preload_libraries=postgis-3" >/dev/null 2>&1; then
      "$binaries/psql" -q -h 127.0.0.1 -p "$port" -U anquan -d postgres -c 'CREATE DATABASE anquan' \
        && "$binaries/psql" -q -h 127.0.0.1 -p "$port" -U anquan -d anquan -c 'CREATE EXTENSION postgis' || return 1
      export ANQUAN_TEST_POSTGIS="jdbc:postgresql://127.0.0.1:$port/anquan?user=anquan"
      return 0
    fi
  done
  return 1
}

stop_postgis() {
  [ -n "$postgis_folder" ] || return 0
  as_postgres "$(postgis_binaries)/pg_ctl" stop -m immediate -D "$postgis_folder/data" >/dev/null 2>&1 || true
  rm -rf "$postgis_folder"
  postgis_folder=
}
