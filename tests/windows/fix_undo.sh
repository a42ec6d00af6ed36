#!/bin/bash
# fix_undo.sh : a whole fix and undo on a registry that was prepared for it, compared by export. Called by run.sh, on its Windows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
wine() { timeout -k 10 120 "$here/wine.sh" "$@"; }
guestprep() { wine 'C:\tests\guestprep.exe' "$@"; }
die() { echo "FAILED: $*"; exit 1; }
keys=('System\CurrentControlSet\Control' 'System\CurrentControlSet\Services' 'Software\Microsoft\Windows NT\CurrentVersion'
  'Software\Microsoft\Windows\CurrentVersion')
# exported NAME : what the registry holds below the keys that fixers touch.
exported() {
  : >"$1"
  for key in "${keys[@]}"; do
    wine reg export "HKLM\\$key" 'C:\tests\export.reg' /y >/dev/null
    iconv -f UTF-16LE -t UTF-8 export.reg >>"$1"
  done
}
# holds FILE KEY TEXT : a line below a key of an export.
holds() { awk -v key="[HKEY_LOCAL_MACHINE\\$2]" '{ sub(/\r$/, "") } /^\[/ { at = tolower($0) == tolower(key) } at' "$1" | grep -qF -- "$3"; }

cp "$here/source.reg" source.reg
wine regedit /S 'C:\tests\source.reg'
exported before
include=(--include net-static-to-dhcp-windows --include win-pagefile-fixed)

code=0 && guestprep audit --report json >audit.json || code=$?
[ "$code" = 1 ] || die "the audit ended with $code, not 1"
for id in win-rdp-enabled win-firewall-rdp dhcp-client-windows win-autologon win-hiberboot win-rtc-universal; do
  python3 - "$id" <<'P' || die "$id did not fail"
import json, sys
found = [f for f in json.load(open("audit.json"))["findings"] if f["id"] == sys.argv[1]]
sys.exit(0 if found and found[0]["status"] == "fail" else 1)
P
done

guestprep fix --dry-run "${include[@]}" --report json >dry.json || true
exported dry
cmp before dry || die "a dry run changed the registry"
guestprep fix "${include[@]}" --report json >fix.json || true
exported after
control='System\CurrentControlSet\Control' services='System\CurrentControlSet\Services'
holds after "$control\\Terminal Server" '"fDenyTSConnections"=dword:00000000' || die "Remote Desktop is off"
holds after "$control\\Terminal Server\\WinStations\\RDP-Tcp" '"LanAdapter"=dword:00000000' || die "LanAdapter"
holds after "$services\\Dhcp" '"Start"=dword:00000002' || die "Dhcp is disabled"
holds after "$services\\SharedAccess\\Parameters\\FirewallPolicy\\FirewallRules" 'guestprep-RemoteDesktop-In-TCP' || die "no firewall rule"
holds after "$services\\Tcpip\\Parameters\\Interfaces\\{11111111-2222-3333-4444-555555555555}" '"EnableDHCP"=dword:00000001' || die "static"
holds after "$control\\TimeZoneInformation" '"RealTimeIsUniversal"=dword:00000001' || die "the clock is local"
holds after 'Software\Microsoft\Windows NT\CurrentVersion\Winlogon' '"AutoAdminLogon"="0"' || die "autologon is on"
python3 - <<'P' || die "the report of the fix"
import json, sys
report = json.load(open("fix.json"))
ids = {f["id"]: f["status"] for f in report["findings"]}
wanted = ["win-rdp-enabled", "win-firewall-rdp", "dhcp-client-windows", "win-autologon", "win-hiberboot", "win-rtc-universal",
          "net-static-to-dhcp-windows"]
bad = [i for i in wanted if ids[i] != "fixed"]
print("not fixed:", bad) if bad else None
sys.exit(1 if bad or not report["changed"] or report["mode"] != "fix" else 0)
P

guestprep fix "${include[@]}" --report json >again.json || true
exported again
cmp after again || die "a second fix changed the registry"
grep -q '"changed": false' again.json || die "a second fix says that it changed something"
guestprep runs | grep -q 'applied' || die "runs"
guestprep undo --report json >undo.json || true
exported undone
if ! cmp before undone; then diff before undone | head -20; die "undo left another registry"; fi
echo "fix and undo: $(grep -c . after) lines exported, the same before and after"
