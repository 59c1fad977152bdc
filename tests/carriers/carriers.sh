#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# usage: carriers.sh webdav|samba|syncthing|stick FOLDER-WORK GEZINSPLANCTL
# The shared folder on what really carries one: nothing half is believed, nobody waits for ever, and work goes on after.
# TAP on standard output. What the machine lacks or forbids is skipped, with the reason.
set -u
here=$(dirname "$0")
carrier=$1
work=$2
program=$3
# shellcheck source=servers.sh
. "$here/servers.sh"
# shellcheck source=laptops.sh
. "$here/laptops.sh"

els=elselselselselselselselse1
jan=janjanjanjanjanjanjanjanj2

# says WORD COMMAND...: it fails, and this is the one word that it says
says() {
  local word=$1 output
  shift
  output=$("$@" 2>/dev/null) && return 1
  echo "said: $output"
  [[ $output =~ ^($word)$ ]]
}

# within SECONDS COMMAND...
within() {
  local began=$SECONDS limit=$1
  shift
  "$@" || return 1
  [ $((SECONDS - began)) -le "$limit" ]
}

# has_not FILE: the share does not hold it under its name
has_not() {
  [ ! -e "$share/gezinsplan/$1" ]
}

has_leftover() {
  compgen -G "$share/gezinsplan/d/$els/.syncthing.*.~.tmp" >/dev/null
}

has_no_leftover() {
  ! has_leftover
}

# What laptops.sh asks of a carrier: the folder as the laptop of els or jan has it, how a program runs there, and that what
# one wrote gets to the other.
folder_of() { echo "${uri:?}"; }
run_on() { in_session "$@"; }
bring_over() { true; }

# A server, and two laptops that reach it ---------------------------------------------------------------

# on NAME SECONDS WORK...
on() {
  local name=$1 seconds=$2
  shift 2
  in_session "$name" timeout 60 "$work" "$uri" "$seconds" "$@"
}

# Writers are killed at moments that lie ever later, some of them while they write.
writers_die() {
  local moment=2000 number=50
  n_died=0
  n_left=0
  n_wrong=0
  while [ "$number" -lt 60 ]; do
    on els 20 die $els $number $moment 6000000 >/dev/null 2>&1
    if says INCOMPLETE on jan 20 verify $els $number 1 6000000 >"$ground/said"; then
      n_died=$((n_died + 1))
    elif ! on jan 20 verify $els $number 1 6000000 >/dev/null 2>&1; then
      n_wrong=$((n_wrong + 1))
    fi
    ! has_leftover || n_left=$((n_left + 1))
    number=$((number + 1))
    moment=$((moment * 3 / 2))
  done
  echo "# of 10 writers $n_died died before their file had its name; $n_left times something was left lying there"
}

both_see_each_other() {
  check "the folder is not connected before a team is founded" says NOT_CONNECTED on els 20 list ""
  check "nothing was made while looking" has_not .
  check "a team is founded" on els 20 found
  check "one publishes" on els 20 publish $els 1 5 20000
  check "the other reads all of it" on jan 20 verify $els 1 5 20000
  check "the other publishes" on jan 20 publish $jan 1 3 300000
  check "the one reads all of it" on els 20 verify $jan 1 3 300000
  check "both publish again what is there" on els 20 publish $els 1 5 20000
  check "what is absent is not there yet" says INCOMPLETE on jan 20 verify $els 6 1 100
  check "a session carries many files" on els 5 publish $els 100 60 500
  check "a founded folder can be found again" on jan 20 found
}

nobody_waits_for_ever() {
  kill -STOP -- "-$server"
  check "a frozen server ends reading at the deadline" within 8 says TIMED_OUT on jan 2 verify $els 1 1 20000
  check "a frozen server ends publishing at the deadline" within 8 says TIMED_OUT on els 2 publish $els 10 1 1000
  kill -CONT -- "-$server"
  check "after that it goes on" on els 20 publish $els 10 1 1000
  check "and is read" on jan 20 verify $els 10 1 1000
}

nothing_half_is_believed() {
  writers_die
  check "some writers died while writing" test "$n_died" -gt 0
  check "nothing half stands under its name" test "$n_wrong" -eq 0
  check "the next one publishes what they did not" on els 30 publish $els 50 10 6000000
  check "and it is whole" on jan 30 verify $els 50 10 6000000
  check "what the dead one left is gone" has_no_leftover
  : >"$share/gezinsplan/d/$els/s00000080.seg"
  head -c 500 "$share/gezinsplan/d/$els/s00000001.seg" >"$share/gezinsplan/d/$els/s00000081.seg"
  chmod 666 "$share/gezinsplan/d/$els/"s0000008?.seg
  check "an own empty file is written again" on els 20 publish $els 80 1 20000
  check "another file of that name stays" says EXISTS on els 20 publish $els 81 1 20000
}

a_killed_server_comes_back() {
  kill_hard "$server"
  check "a killed server is not connected" says NOT_CONNECTED on els 20 publish $els 20 1 1000
  check "and so it is for who reads" says NOT_CONNECTED on jan 20 verify $els 1 1 20000
  "start_$carrier"
  check "it comes back: publishing" on els 20 publish $els 20 1 1000
  check "it comes back: reading" on jan 20 verify $els 20 1 1000
}

a_full_disk_loses_nothing() {
  if ! mount -t tmpfs -o size=1m,mode=777 none "$share" 2>"$ground/reason"; then
    skip "a full disk" "no tmpfs can be mounted: $(head -n 1 "$ground/reason")"
    return
  fi
  mounts+=("$share")
  [ "$carrier" != webdav ] || chown www-data: "$share"
  check "a team is founded on a small disk" on els 20 found
  check "a small file fits" on els 20 publish $els 1 1 1000
  check "a large one does not" says "NO_SPACE|IO" on els 20 publish $els 2 1 3000000
  check "nothing stands under its name" has_not "d/$els/s00000002.seg"
  check "the other does not believe it either" says INCOMPLETE on jan 20 verify $els 2 1 3000000
  check "the small one is still whole" on jan 20 verify $els 1 1 1000
  mount -o remount,size=16m "$share"
  check "with room it is published" on els 20 publish $els 2 1 3000000
  check "and whole" on jan 20 verify $els 2 1 3000000
  umount -l "$share"
}

try_server() {
  start_session els && start_session jan || skip_all "no bus can be started"
  if ! "start_$carrier"; then
    sed 's/^/# /' "$ground/$carrier/log" | tail -n 10
    skip_all "the server does not start here"
  fi
  both_see_each_other
  nobody_waits_for_ever
  nothing_half_is_believed
  a_killed_server_comes_back
  a_full_disk_loses_nothing
  two_laptops_share
  what_was_written_waits
}

try_webdav() {
  need apache2-bin /usr/sbin/apache2 /usr/lib/apache2/modules/mod_dav_fs.so
  need "gvfs gvfs-daemons gvfs-backends" /usr/libexec/gvfsd /usr/lib/gvfs/gvfsd-dav
  need dbus-daemon dbus-daemon
  need jq jq
  port=$(free_port)
  uri=dav://127.0.0.1:$port/
  try_server
}

try_samba() {
  need samba /usr/sbin/smbd
  need "gvfs gvfs-daemons gvfs-backends" /usr/libexec/gvfsd /usr/lib/gvfs/gvfsd-smb
  need dbus-daemon dbus-daemon
  need jq jq
  port=$(free_port)
  uri=smb://127.0.0.1:$port/share/
  try_server
}

# Two Syncthings, each with a copy of the folder ---------------------------------------------------------

# at A|B WORK...
at() {
  local name=$1
  shift
  timeout 60 env GIO_USE_VFS=local "$work" "file://$ground/syncthing/$name/folder" 20 "$@"
}

use_syncthing() {
  folder_of() { [ "$1" = els ] && echo "$ground/syncthing/A/folder" || echo "$ground/syncthing/B/folder"; }
  run_on() { shift && env GIO_USE_VFS=local "$@"; }
  bring_over() { carry; }
}

# holds NAME PATTERN: a file of that name is in els's directory
holds() {
  compgen -G "$ground/syncthing/$1/folder/gezinsplan/d/$els/$2" >/dev/null
}

holds_not() {
  ! holds "$@"
}

is_carried() {
  check "the folder has its team" says NOT_EMPTY at A found
  check "the one publishes" at A publish $els 1 20 5000
  check "it is carried" carry
  check "the other reads all of it" at B verify $els 1 20 5000
  check "the other publishes" at B publish $jan 1 10 200000
  check "it is carried back" carry
  check "the one reads all of it" at A verify $jan 1 10 200000
}

is_paused_and_resumed() {
  check "the carrier pauses" pause_syncthings true
  check "the one works on" at A publish $els 21 5 5000
  check "the other works on" at B publish $jan 11 5 5000
  check "neither is there yet" says INCOMPLETE at B verify $els 21 1 5000
  check "the carrier goes on" pause_syncthings false
  check "all is carried" carry
  check "the other has it" at B verify $els 21 5 5000
  check "the one has it" at A verify $jan 11 5 5000
}

makes_conflict_copies() {
  local place
  pause_syncthings true
  # A laptop that was copied writes other bytes under a name that is taken.
  for place in A B; do
    at $place publish $els 90 1 100 >/dev/null
    printf 'of %s' "$place" >"$ground/syncthing/$place/folder/gezinsplan/d/$els/s00000091.seg"
  done
  pause_syncthings false
  check "two files of one name are carried" carry
  check "one of them is a conflict copy" until_true 10 holds A "s00000091.sync-conflict-*.seg"
  check "and is so for both" until_true 10 holds B "s00000091.sync-conflict-*.seg"
  check "equal files of one name are none" holds_not A "s00000090.sync-conflict-*"
  check "what was published is not concerned" at B verify $els 1 25 5000
  check "the other file is not written over" says EXISTS at A publish $els 91 1 5000
}

leaves_temporaries() {
  printf half >"$ground/syncthing/A/folder/gezinsplan/d/$els/.syncthing.aaaaaaaaaaaaaaaaaaaaaaaaaa.~.tmp"
  check "a temporary of ours lies there" at A publish $jan 30 1 1000
  check "all else is carried" carry
  check "the temporary stays where it is" holds_not B ".syncthing.*"
  check "whoever writes there removes it" at A publish $els 95 1 1000
  check "and it is gone" holds_not A ".syncthing.*"
}

try_syncthing() {
  need syncthing syncthing
  need curl curl
  need jq jq
  mkdir -p "$ground/syncthing"
  start_syncthings || skip_all "Syncthing does not start here"
  use_syncthing
  two_laptops_share
  is_carried
  is_paused_and_resumed
  makes_conflict_copies
  leaves_temporaries
}

# A stick with FAT -----------------------------------------------------------------------------------------

plug_in() {
  serve "$ground/stick-log" fusefat -f -o rw+ "$ground/stick.img" "$ground/stick"
  until_true 10 mountpoint -q "$ground/stick"
}

pull_out() {
  kill_hard "$server"
  umount -l "$ground/stick"
}

on_stick() {
  timeout 60 env GIO_USE_VFS=local "$work" "file://$ground/stick" 20 "$@"
}

# Status 1 tells of what can be mended: how much is free is written last.
is_sound() {
  fsck.vfat -n "$ground/stick.img"
  [ $? -le 1 ]
}

# Writes without end until the stick is gone.
write_until_gone() {
  local number=100
  while on_stick publish $els $number 1 2000000 >>"$ground/written" 2>/dev/null; do
    number=$((number + 1))
  done
}

is_pulled_out_while_writing() {
  local writer
  write_until_gone &
  writer=$!
  until_true 10 test -s "$ground/stick/gezinsplan/d/$els/s00000100.seg"
  until_true 2 compgen -G "$ground/stick/gezinsplan/d/$els/.syncthing.*"
  kill_hard "$server"
  check "without the stick it is not connected, or fails" says "NOT_CONNECTED|IO" on_stick verify $els 1 1 5000
  wait "$writer"
  umount -l "$ground/stick"
}

try_stick() {
  local number n_whole=0 n_other=0
  need dosfstools mkfs.vfat fsck.vfat
  need fusefat fusefat
  need jq jq
  [ -e /dev/fuse ] || skip_all "this machine has no /dev/fuse"
  mkdir "$ground/stick"
  truncate -s 64M "$ground/stick.img"
  mkfs.vfat -F 32 "$ground/stick.img" >/dev/null || skip_all "no FAT can be made"
  plug_in || skip_all "fusefat cannot mount here: $(tail -n 1 "$ground/stick-log")"
  folder_of() { echo "$ground/stick"; }
  run_on() { shift && env GIO_USE_VFS=local "$@"; }
  two_laptops_share
  check "the stick has its team" says NOT_EMPTY on_stick found
  check "it is published" on_stick publish $els 1 10 5000
  check "and read" on_stick verify $els 1 10 5000
  check "the same again is nothing new" on_stick publish $els 1 10 5000
  is_pulled_out_while_writing
  check "without the stick it is not connected" says NOT_CONNECTED on_stick list ""
  check "nothing was made where the stick was" test ! -e "$ground/stick/gezinsplan"
  check "the stick is sound, but for what it counts" is_sound
  check "it is plugged in again" plug_in
  check "what was published is whole" on_stick verify $els 1 10 5000
  for number in $(seq 100 130); do
    if on_stick verify $els "$number" 1 2000000 >"$ground/said" 2>/dev/null; then
      n_whole=$((n_whole + 1))
    elif ! grep -qx INCOMPLETE "$ground/said"; then
      n_other=$((n_other + 1))
    fi
  done
  echo "# $n_whole files of 2 MB were written whole before it was pulled out"
  check "of what was being written nothing is half" test "$n_other" -eq 0
  check "work goes on" on_stick publish $els 200 2 5000
  check "and is read" on_stick verify $els 200 2 5000
  pull_out
}

case $carrier in
  webdav | samba | syncthing | stick) "try_$carrier" ;;
  *)
    echo "usage: carriers.sh webdav|samba|syncthing|stick FOLDER-WORK GEZINSPLANCTL" >&2
    exit 2
    ;;
esac
echo "1..$n_checks"
[ "$n_failures" -eq 0 ]
