#!/bin/bash
# fix_undo.sh 2003|2019 : a whole fix and undo on a registry that was prepared for it, compared by export. Called by run.sh, on its
# Windows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
release=$1
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

# In Unicode: of other files regedit takes lists of texts for ANSI.
{ printf '\xff\xfe'; iconv -f UTF-8 -t UTF-16LE "$here/source-$release.reg"; } >source.reg
wine reg delete 'HKLM\System\CurrentControlSet\Services\SharedAccess' /f >/dev/null 2>&1 || true
wine regedit /S 'C:\tests\source.reg'
exported before
include=(--include net-static-to-dhcp-windows --include win-pagefile-fixed)

code=0 && guestprep audit --report json >audit.json || code=$?
[ "$code" = 1 ] || die "the audit ended with $code, not 1"
fixed="win-rdp-enabled win-firewall-rdp dhcp-client-windows win-autologon win-hiberboot"
[ "$release" = 2003 ] || fixed="$fixed win-rtc-universal"
for id in $fixed; do
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
policy="$services\\SharedAccess\\Parameters\\FirewallPolicy"
if [ "$release" = 2003 ]; then
  holds after "$policy\\StandardProfile\\GloballyOpenPorts\\List" '"3389:TCP"="3389:TCP:*:Enabled' || die "no exception"
else
  holds after "$policy\\FirewallRules" 'guestprep-RemoteDesktop-In-TCP' || die "no firewall rule"
  holds after "$control\\TimeZoneInformation" '"RealTimeIsUniversal"=dword:00000001' || die "the clock is local"
fi
holds after "$services\\Tcpip\\Parameters\\Interfaces\\{11111111-2222-3333-4444-555555555555}" '"EnableDHCP"=dword:00000001' || die "static"
holds after 'Software\Microsoft\Windows NT\CurrentVersion\Winlogon' '"AutoAdminLogon"="0"' || die "autologon is on"
python3 - $fixed net-static-to-dhcp-windows <<'P' || die "the report of the fix"
import json, sys
report = json.load(open("fix.json"))
ids = {f["id"]: f["status"] for f in report["findings"]}
bad = [i for i in sys.argv[1:] if ids[i] != "fixed"]
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
echo "fix and undo as $release: $(grep -c . after) lines exported, the same before and after"
