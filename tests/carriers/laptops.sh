# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
# Two colleagues with a store each, who share a team through the carrier that is being tried: to be sourced by carriers.sh, which
# says with folder_of, run_on and bring_over how each of them reaches the folder.

family=11111111-2222-4333-8444-555555555555

# laptop els|jan COMMAND...: what gezinsplanctl says there
laptop() {
  local name=$1
  shift
  run_on "$name" env LC_ALL=C.UTF-8 timeout 60 "$program" "$@" --store "$ground/store-$name" --passphrase-file "$ground/words"
}

# answer els|jan KEY COMMAND...: one value of the answer in JSON
answer() {
  local name=$1 key=$2
  shift 2
  laptop "$name" "$@" --json 2>/dev/null | jq -r "$key"
}

# write els|jan ADDRESS
write_address() {
  printf '{"format": "gezinsplan/1", "household": [{"id": "%s", "address": "%s"}]}' "$family" "$2" >"$ground/write.json"
  laptop "$1" import "$ground/write.json"
}

# address els|jan
address() {
  answer "$1" .household[0].address show "$family"
}

reads_address() {
  [ "$(address "$1")" = "$2" ]
}

has_conflict() {
  [ "$(answer "$1" '.conflicts | length' list conflicts)" = 1 ]
}

# sync els|jan
sync_on() {
  laptop "$1" sync && bring_over
}

found_team() {
  printf 'een verzonnen wachtzin' >"$ground/words"
  laptop els init --team Testteam --name "Els Voorbeeld" --role teamleider --kdf-memory 8 --folder "$(folder_of els)" &&
    sync_on els
}

invite_jan() {
  code=$(answer els .code invite --name "Jan Voorbeeld" --role casemanager)
  [ -n "$code" ] && sync_on els
}

join_jan() {
  jan_id=$(answer jan .member_id join --folder "$(folder_of jan)" --code "$code" --kdf-memory 8)
  [ -n "$jan_id" ] && sync_on jan && sync_on els
}

give_family() {
  printf '{"format": "gezinsplan/1", "household": [{"id": "%s", "circle": "open", "circle_subject_id": "%s",
    "name": "Gezin Verzonnen", "address": "Proefstraat 1"}]}' "$family" "$family" >"$ground/family.json"
  head -c 400000 /dev/urandom >"$ground/letter"
  laptop els import "$ground/family.json" &&
    letter=$(answer els .id attach "$ground/letter" --household "$family") &&
    laptop els grant "$family" "$jan_id" --circle casework && sync_on els && sync_on jan
}

reads_letter() {
  laptop jan save-copy "$letter" --output "$ground/copy" && cmp "$ground/letter" "$ground/copy"
}

write_both() {
  write_address els "Beekstraat 7" && write_address jan "Bergstraat 8" && sync_on els && sync_on jan && sync_on els
}

two_laptops_share() {
  check "one founds a team" found_team
  check "and invites another" invite_jan
  check "who joins" join_jan
  check "a family is shared, with a letter" give_family
  check "the other reads where it lives" reads_address jan "Proefstraat 1"
  check "and the letter, byte for byte" reads_letter
  check "both write the same field before they sync" write_both
  check "one sees both" has_conflict els
  check "the other sees both" has_conflict jan
}

# Needs a server that can be stopped and started again.
says_not_connected() {
  local said
  said=$(laptop "$1" sync 2>&1) && return 1
  echo "$said"
  [[ $said == *"not connected"* ]]
}

what_was_written_waits() {
  kill_hard "$server"
  check "without the server work goes on" write_address els "Wachtstraat 9"
  check "and the folder is not connected" says_not_connected els
  "start_$carrier"
  check "with it what was written is shared" sync_on els
  check "and read" sync_on jan
  check "as it was written" reads_address jan "Wachtstraat 9"
}
