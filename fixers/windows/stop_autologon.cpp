// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "agent/facts/registry_edits.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& autologon = facts.of_windows().access.autologon;
    RegistryEdits edits(facts);
    if (autologon.enabled && trimmed(*autologon.enabled) != "0")
        edits.set(keys::kWinlogon, "AutoAdminLogon", registry_text("0"));
    if (autologon.forced) edits.remove(keys::kWinlogon, "ForceAutoLogon");
    if (autologon.count) edits.remove(keys::kWinlogon, "AutoLogonCount");
    if (autologon.password_is_stored == Truth::yes)
        edits.remove_secret(keys::kWinlogon, "DefaultPassword");
    return edits.take();
}

}  // namespace

constinit const Fixer fixers::stop_autologon{
    .id = "win-autologon",
    .title = "Stop the automatic logon",
    .platform = Platform::windows_guest,
    .kind = FixKind::safe,
    .changes =
        "AutoAdminLogon, ForceAutoLogon and AutoLogonCount of Winlogon; DefaultPassword is removed "
        "and cannot be brought back, for it is never read.",
    .leaves = "The account itself and its password.",
    .plan = plan,
};

}  // namespace guestprep
