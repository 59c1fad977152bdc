# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# What carries a shared folder, on free ports of this machine: to be sourced. Every server runs from a directory of its own
# below $ground, and is stopped by its number; nothing is left behind.

ground=$(mktemp -d "${TMPDIR:-/tmp}/gezinsplan-carriers.XXXXXX")
chmod 755 "$ground" # a web server reads as somebody else
servers=()          # process groups to end
mounts=()

# Results, as TAP ------------------------------------------------------------------------------------

n_checks=0
n_failures=0

# check TEXT COMMAND...
check() {
  local text=$1
  shift
  n_checks=$((n_checks + 1))
  if "$@" >"$ground/output" 2>&1; then
    echo "ok $n_checks - $text"
  else
    n_failures=$((n_failures + 1))
    echo "not ok $n_checks - $text"
    echo "# $*"
    sed 's/^/#   /' "$ground/output" | tail -n 20
  fi
}

# skip TEXT REASON: what this machine does not let us try
skip() {
  n_checks=$((n_checks + 1))
  echo "ok $n_checks - $1 # SKIP $2"
}

skip_all() {
  echo "1..0 # SKIP $1"
  exit 0
}

# need PACKAGE FILE...: without it there is nothing to try here
need() {
  local package=$1 file
  shift
  for file; do
    [ -e "$file" ] || command -v "$file" >/dev/null || skip_all "$file is missing: apt-get install $package"
  done
}

# Servers --------------------------------------------------------------------------------------------

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# until_true SECONDS COMMAND...
until_true() {
  local end=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || return 1
    sleep 0.05
  done
}

answers() {
  (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# serve LOG COMMAND...: in a process group of its own, whose number is $server afterwards
serve() {
  local log=$1
  shift
  setsid "$@" >"$log" 2>&1 </dev/null &
  server=$!
  servers+=("$server")
}

# A process that ended and was not collected yet is no process any more.
lives() {
  local state
  state=$(sed 's/.*) //; s/ .*//' "/proc/$1/stat" 2>/dev/null) && [ -n "$state" ] && [ "$state" != Z ]
}

is_gone() {
  ! lives "$1"
}

# The whole group at once: none of them can answer any more, nor clean up.
kill_hard() {
  kill -KILL -- "-$1" 2>/dev/null
  wait "$1" 2>/dev/null
  return 0
}

clean_up() {
  local one
  for one in "${servers[@]}"; do
    kill -CONT -- "-$one" 2>/dev/null
    kill -TERM -- "-$one" 2>/dev/null
  done
  for one in "${servers[@]}"; do
    until_true 5 is_gone "$one" || true
    kill_hard "$one"
  done
  for one in "${mounts[@]}"; do
    umount -l "$one" 2>/dev/null
  done
  # Daemons of a session end with its bus; one that hangs has our directory in its environment.
  for one in /proc/[0-9]*; do
    if grep -qz "^CARRIER_SESSION=$ground/" "$one/environ" 2>/dev/null; then
      kill -KILL "${one#/proc/}" 2>/dev/null
    fi
  done
  rm -rf "$ground"
  [ ! -e "$ground" ] || until_true 3 rm -rf "$ground"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# WebDAV: Apache without its package of services and settings.
start_webdav() {
  local place=$ground/webdav modules=/usr/lib/apache2/modules module
  share=$place/root
  mkdir -p "$share" "$place/lock"
  {
    echo "ServerRoot \"$place\""
    echo "ServerName 127.0.0.1"
    echo "Listen 127.0.0.1:$port"
    echo "PidFile \"$place/pid\""
    echo "DefaultRuntimeDir \"$place\""
    echo "ErrorLog \"$place/errors\""
    for module in mpm_event authz_core dav dav_fs; do
      echo "LoadModule ${module}_module $modules/mod_$module.so"
    done
    if [ "$(id -u)" = 0 ]; then
      echo "User www-data"
      echo "Group www-data"
      chown www-data: "$share" "$place/lock"
    fi
    echo "StartServers 1"
    echo "ThreadsPerChild 8"
    echo "ServerLimit 2"
    echo "MaxRequestWorkers 16"
    echo "DavLockDB \"$place/lock/lock\""
    echo "DocumentRoot \"$share\""
    echo "<Directory \"$share\">"
    echo "Dav On"
    echo "Require all granted"
    echo "</Directory>"
  } >"$place/settings"
  rm -f "$place/pid"
  serve "$place/log" /usr/sbin/apache2 -f "$place/settings" -DFOREGROUND
  until_true 10 answers "$port"
}

# SMB: Samba for guests only.
start_samba() {
  local place=$ground/samba part
  share=$place/share
  mkdir -p "$share"
  chmod 777 "$share"
  for part in lock state cache private pid ncalrpc; do
    mkdir -p "$place/$part"
  done
  chmod 700 "$place/private"
  cat >"$place/settings" <<SETTINGS
[global]
  server role = standalone server
  workgroup = WORKGROUP
  netbios name = CARRIER
  smb ports = $port
  interfaces = lo 127.0.0.1
  bind interfaces only = yes
  disable netbios = yes
  disable spoolss = yes
  load printers = no
  printcap name = /dev/null
  printing = bsd
  map to guest = Bad User
  guest account = nobody
  server min protocol = SMB2
  lock directory = $place/lock
  state directory = $place/state
  cache directory = $place/cache
  private dir = $place/private
  pid directory = $place/pid
  ncalrpc dir = $place/ncalrpc
  passdb backend = tdbsam:$place/private/passdb.tdb
[share]
  path = $share
  guest ok = yes
  read only = no
  force user = root
SETTINGS
  serve "$place/log" /usr/sbin/smbd --foreground --no-process-group --debug-stdout -s "$place/settings"
  until_true 10 answers "$port"
}

# A session with GVfs: the laptop of one colleague -----------------------------------------------------

# start_session NAME
start_session() {
  local place=$ground/session-$1
  mkdir -p "$place/home" "$place/run" "$place/services"
  chmod 700 "$place/run"
  : >"$place/kerberos"
  cat >"$place/bus" <<SETTINGS
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=$place/run/bus</listen>
  <auth>EXTERNAL</auth>
  <servicedir>$place/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
SETTINGS
  printf '[D-BUS Service]\nName=org.gtk.vfs.Daemon\nExec=/usr/libexec/gvfsd --no-fuse\n' >"$place/services/gvfs.service"
  printf '[D-BUS Service]\nName=org.gtk.vfs.Metadata\nExec=/usr/libexec/gvfsd-metadata\n' >"$place/services/metadata.service"
  serve "$place/log" env -u DISPLAY -u WAYLAND_DISPLAY -u GIO_USE_VFS $(session_environment "$1") \
    dbus-daemon --nofork --nopidfile --config-file="$place/bus"
  until_true 10 test -S "$place/run/bus"
}

session_environment() {
  local place=$ground/session-$1
  echo "CARRIER_SESSION=$place HOME=$place/home XDG_RUNTIME_DIR=$place/run XDG_CACHE_HOME=$place/home/cache" \
    "XDG_CONFIG_HOME=$place/home/config XDG_DATA_HOME=$place/home/data KRB5_CONFIG=$place/kerberos" \
    "DBUS_SESSION_BUS_ADDRESS=unix:path=$place/run/bus GIO_USE_VOLUME_MONITOR=unix GVFS_REMOTE_VOLUME_MONITOR_IGNORE=1" \
    "GSETTINGS_BACKEND=memory LC_ALL=C.UTF-8"
}

# in_session NAME COMMAND...
in_session() {
  local name=$1
  shift
  # shellcheck disable=SC2046 # one word per variable
  env -u GIO_USE_VFS -u DISPLAY -u WAYLAND_DISPLAY $(session_environment "$name") "$@"
}

# Two Syncthings -------------------------------------------------------------------------------------

# ask A|B PATH [METHOD [BODY]]
ask_syncthing() {
  local port_of=syncthing_port_$1
  curl -fsS -m 5 -H "X-API-Key: test" ${3:+-X "$3"} ${4:+-d "$4"} "http://127.0.0.1:${!port_of}/rest/$2"
}

# configure_syncthing OWN-NAME OWN-ID REST-PORT OWN-PORT OTHER-ID OTHER-PORT
configure_syncthing() {
  cat >"$ground/syncthing/$1/home/config.xml" <<SETTINGS
<configuration version="36">
  <folder id="team" label="team" path="$ground/syncthing/$1/folder" type="sendreceive" rescanIntervalS="3600"
          fsWatcherEnabled="false" ignorePerms="true">
    <filesystemType>basic</filesystemType>
    <device id="$2"/><device id="$5"/>
    <minDiskFree unit="%">0</minDiskFree>
    <maxConflicts>10</maxConflicts>
  </folder>
  <device id="$2" name="$1"><address>dynamic</address></device>
  <device id="$5" name="other"><address>tcp://127.0.0.1:$6</address></device>
  <gui enabled="true" tls="false"><address>127.0.0.1:$3</address><apikey>test</apikey></gui>
  <options>
    <listenAddress>tcp://127.0.0.1:$4</listenAddress>
    <globalAnnounceEnabled>false</globalAnnounceEnabled><localAnnounceEnabled>false</localAnnounceEnabled>
    <relaysEnabled>false</relaysEnabled><natEnabled>false</natEnabled><stunKeepaliveStartS>0</stunKeepaliveStartS>
    <urAccepted>-1</urAccepted><crashReportingEnabled>false</crashReportingEnabled>
    <autoUpgradeIntervalH>0</autoUpgradeIntervalH><startBrowser>false</startBrowser>
    <reconnectionIntervalS>1</reconnectionIntervalS><minHomeDiskFree unit="%">0</minHomeDiskFree>
  </options>
</configuration>
SETTINGS
}

start_syncthings() {
  local name id_A id_B port_A port_B
  for name in A B; do
    mkdir -p "$ground/syncthing/$name/home" "$ground/syncthing/$name/folder"
    HOME=$ground/syncthing syncthing generate --home="$ground/syncthing/$name/home" --no-default-folder \
      --skip-port-probing >/dev/null 2>&1 || return 1
  done
  id_A=$(HOME=$ground/syncthing syncthing --home="$ground/syncthing/A/home" --device-id)
  id_B=$(HOME=$ground/syncthing syncthing --home="$ground/syncthing/B/home" --device-id)
  syncthing_port_A=$(free_port)
  syncthing_port_B=$(free_port)
  port_A=$(free_port)
  port_B=$(free_port)
  configure_syncthing A "$id_A" "$syncthing_port_A" "$port_A" "$id_B" "$port_B"
  configure_syncthing B "$id_B" "$syncthing_port_B" "$port_B" "$id_A" "$port_A"
  for name in A B; do
    serve "$ground/syncthing/$name/log" env HOME="$ground/syncthing" STMONITORED=yes STNOUPGRADE=1 STHASHING=standard \
      syncthing serve --home="$ground/syncthing/$name/home" --no-browser --no-restart --no-upgrade \
      --no-default-folder --skip-port-probing --logfile=-
  done
  other_syncthing=$id_B
  until_true 20 ask_syncthing A system/ping && until_true 20 ask_syncthing B system/ping
}

is_synced() {
  local a b
  a=$(ask_syncthing A 'db/status?folder=team' | jq -r '[.state, .needTotalItems, .globalBytes, .globalFiles] | @tsv')
  b=$(ask_syncthing B 'db/status?folder=team' | jq -r '[.state, .needTotalItems, .globalBytes, .globalFiles] | @tsv')
  [ "$a" = "$b" ] && [ "${a%%$'\t'*}" = idle ] &&
    [ "$(ask_syncthing A system/connections | jq -r ".connections[\"$other_syncthing\"].connected")" = true ] &&
    [ "$(ask_syncthing A "db/completion?folder=team&device=$other_syncthing" | jq -r .completion)" = 100 ]
}

# Looks at both directories now, and waits until both hold the same.
carry() {
  ask_syncthing A 'db/scan?folder=team' POST
  ask_syncthing B 'db/scan?folder=team' POST
  until_true 60 is_synced
}

# pause_syncthings true|false
pause_syncthings() {
  ask_syncthing A config/folders/team PATCH "{\"paused\": $1}"
  ask_syncthing B config/folders/team PATCH "{\"paused\": $1}"
}
