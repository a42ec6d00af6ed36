// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/windows_parts.h"
#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "agent/formats/registry_value.h"

namespace guestprep {
namespace {

constexpr std::uint64_t kInstalled = 0x70;  ///< CurrentState of a servicing package

void add_programs(const RegistryView& registry, const std::string& key, bool is_32_bit,
                  Fact<std::vector<InstalledProgram>>& programs) {
    const auto names = registry.subkeys(key);
    if (names.is_absent()) return;
    if (!names) {
        programs = std::unexpected(names.error());
        return;
    }
    for (const auto& name : *names) {
        const auto entry = below(key, name);
        InstalledProgram program{.key = name,
                                 .name = registry.text_or_empty(entry, "DisplayName"),
                                 .version = registry.text_or_empty(entry, "DisplayVersion"),
                                 .publisher = registry.text_or_empty(entry, "Publisher"),
                                 .is_32_bit = is_32_bit};
        if (!program.name.empty() && programs) programs->push_back(std::move(program));
    }
}

Fact<std::vector<InstalledProgram>> programs_of(const RegistryView& registry) {
    Fact<std::vector<InstalledProgram>> programs = std::vector<InstalledProgram>{};
    add_programs(registry, below(keys::kWindows, "Uninstall"), false, programs);
    add_programs(registry,
                 R"(HKLM\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\Uninstall)", true,
                 programs);
    return programs;
}

Fact<std::string> powershell_of(const RegistryView& registry) {
    auto version =
        registry.text(below(keys::kPowerShell, "3\\PowerShellEngine"), "PowerShellVersion");
    return version ? version
                   : registry.text(below(keys::kPowerShell, "1\\PowerShellEngine"),
                                   "PowerShellVersion");
}

/// "Package_for_KB2922223~31bf...": "KB2922223"; "RollupFix" for a cumulative update.
std::string update_in(std::string_view package) {
    constexpr std::string_view kPrefix = "Package_for_";
    if (!package.starts_with(kPrefix)) return {};
    package.remove_prefix(kPrefix.size());
    if (package.starts_with("RollupFix")) return "RollupFix";
    if (!package.starts_with("KB")) return {};
    const auto end = package.find_first_not_of("0123456789", 2);
    return std::string(package.substr(0, end));
}

void add_servicing_packages(const RegistryView& registry, std::vector<std::string>& hotfixes) {
    const auto packages = below(keys::kServicing, "Packages");
    const auto names = registry.subkeys(packages);
    if (!names) return;
    for (const auto& name : *names) {
        auto update = update_in(name);
        if (update.empty() || std::ranges::find(hotfixes, update) != hotfixes.end()) continue;
        if (registry.number(below(packages, name), "CurrentState") == kInstalled)
            hotfixes.push_back(std::move(update));
    }
}

/// 2003: Updates\Windows Server 2003\SP3\KB999999.
void add_old_updates(const RegistryView& registry, std::vector<std::string>& hotfixes) {
    const std::string products = R"(HKLM\SOFTWARE\Microsoft\Updates\Windows Server 2003)";
    const auto packs = registry.subkeys(products);
    if (!packs) return;
    for (const auto& pack : *packs)
        if (const auto names = registry.subkeys(below(products, pack)))
            for (const auto& name : *names)
                if (name.starts_with("KB")) hotfixes.push_back(name);
}

Fact<std::vector<std::string>> hotfixes_of(const RegistryView& registry) {
    // Only to learn whether the hive can be read at all.
    const auto root = registry.has_key(keys::kWindows);
    if (!root) return std::unexpected(root.error());
    std::vector<std::string> hotfixes;
    add_servicing_packages(registry, hotfixes);
    add_old_updates(registry, hotfixes);
    std::ranges::sort(hotfixes);
    return hotfixes;
}

/// Setup programs that go on after a restart or a logon. Browsers tidy their old versions away by
/// the same list, which installs nothing.
bool is_installer(std::string_view command) {
    const auto lower = lowercase(command);
    if (contains(lower, "--delete-old-versions")) return false;
    constexpr std::string_view kMarks[] = {"setup", "install", "msiexec",      ".msi",
                                           ".msp",  ".msu",    "burn.runonce", "wusa"};
    return std::ranges::any_of(kMarks,
                               [&](std::string_view mark) { return contains(lower, mark); });
}

/// Looks for what waits; remembers the first thing that it could not look at.
class Waiting {
public:
    explicit Waiting(const RegistryView& registry) : registry_(registry) {}
    void key(const std::string& key, const char* what) {
        const auto found = registry_.has_key(key);
        if (!found)
            miss(found.error());
        else if (*found)
            work_.push_back({key, what});
    }
    /// A list whose texts may be empty: a file to be deleted has no new name.
    void list(std::string_view key, const char* name, const char* what) {
        const auto found = registry_.value(key, name);
        if (found && found->type != RegistryType::texts)
            miss({Errc::bad_syntax, below(key, name) + ": not a list of texts"});
        else if (found && found->bytes.find_first_not_of('\0') != std::string::npos)
            work_.push_back({below(key, name), what});
        else if (!found && !found.is_absent())
            miss(found.error());
    }
    void number(std::string_view key, const char* name, const char* what) {
        const auto found = registry_.number(key, name);
        if (found && *found != 0)
            work_.push_back({below(key, name), what});
        else if (!found && !found.is_absent())
            miss(found.error());
    }
    void value(std::string_view key, const char* name, const char* what) {
        const auto found = registry_.value(key, name);
        if (found)
            work_.push_back({below(key, name), what});
        else if (!found.is_absent())
            miss(found.error());
    }
    /// Commands of which only the names are kept: what follows may hold a password.
    void installers(const std::string& key) {
        const auto commands = registry_.values(key);
        if (!commands && !commands.is_absent()) miss(commands.error());
        if (!commands) return;
        for (const auto& command : *commands) {
            const auto text = text_of(command.value);
            if (!text)
                miss(Error(text.error()).within(below(key, command.name)));
            else if (is_installer(*text))
                work_.push_back({below(key, command.name), "installer"});
        }
    }
    /// What was seen counts, whatever else could not be looked at.
    Fact<std::vector<PendingWork>> take() {
        if (work_.empty() && missed_) return std::unexpected(std::move(*missed_));
        return std::move(work_);
    }

private:
    void miss(const Error& error) {
        if (!missed_) missed_ = error;
    }
    const RegistryView& registry_;
    std::vector<PendingWork> work_;
    std::optional<Error> missed_;
};

Fact<std::vector<PendingWork>> pending_of(const RegistryView& registry) {
    Waiting waiting(registry);
    for (const auto* name : {"RebootPending", "RebootInProgress", "PackagesPending"})
        waiting.key(below(keys::kServicing, name), "servicing");
    for (const auto* name : {"RebootRequired", "PostRebootReporting"})
        waiting.key(below(keys::kUpdate, name), "update");
    waiting.number(R"(HKLM\SOFTWARE\Microsoft\Updates)", "UpdateExeVolatile", "update");
    waiting.key(below(keys::kWindows, "Installer\\InProgress"), "installer");
    waiting.installers(below(keys::kWindows, "RunOnce"));
    waiting.installers(R"(HKLM\SOFTWARE\Wow6432Node\Microsoft\Windows\CurrentVersion\RunOnce)");
    for (const auto* name : {"JoinDomain", "AvoidSpnSet"})
        waiting.value(R"(HKLM\SYSTEM\CurrentControlSet\Services\Netlogon)", name, "join");
    for (const auto* name : {"PendingFileRenameOperations", "PendingFileRenameOperations2"})
        waiting.list(keys::kSessionManager, name, "rename");
    return waiting.take();
}

Fact<std::vector<std::string>> restrictions_of(const RegistryView& registry) {
    const auto values = registry.values(keys::kDeviceRestrictions);
    if (values.is_absent()) return std::vector<std::string>{};
    if (!values) return std::unexpected(values.error());
    std::vector<std::string> set;
    for (const auto& value : *values)
        if (lowercase(value.name).starts_with("deny")) {
            const auto number = number_of(value.value);
            // Of another type it may still count.
            if (!number)
                return std::unexpected(
                    Error(number.error()).within(below(keys::kDeviceRestrictions, value.name)));
            if (*number != 0) set.push_back(value.name);
        }
    return set;
}

/// AppLocker's collections that are enforced, and software restriction that allows nothing by
/// default.
Fact<std::vector<std::string>> application_control_of(const RegistryView& registry) {
    const std::string lockers = R"(HKLM\SOFTWARE\Policies\Microsoft\Windows\SrpV2)";
    std::vector<std::string> found;
    const auto collections = registry.subkeys(lockers);
    if (!collections && !collections.is_absent()) return std::unexpected(collections.error());
    if (collections)
        for (const auto& name : *collections) {
            const auto mode = registry.number(below(lockers, name), "EnforcementMode");
            if (!mode && !mode.is_absent()) return std::unexpected(mode.error());
            if (mode == 1U) found.push_back(below(lockers, name));
        }
    const std::string safer = R"(HKLM\SOFTWARE\Policies\Microsoft\Windows\safer\codeidentifiers)";
    const auto level = registry.number(safer, "DefaultLevel");
    if (!level && !level.is_absent()) return std::unexpected(level.error());
    if (level == 0U) found.push_back(safer);
    return found;
}

/// On 2003 and XP a byte of REG_BINARY.
Fact<std::uint64_t> driver_signing_of(const RegistryView& registry) {
    const std::string key = R"(HKLM\SOFTWARE\Microsoft\Driver Signing)";
    const auto value = registry.value(key, "Policy");
    if (!value) return std::unexpected(value.error());
    if (value->type == RegistryType::binary && !value->bytes.empty())
        return static_cast<unsigned char>(value->bytes.front());
    return registry.number(key, "Policy");
}

Fact<std::vector<std::string>> upgrades_of(const RegistryView& registry) {
    auto names = registry.subkeys(keys::kSetup);
    if (!names) return names;
    std::erase_if(*names, [](const std::string& name) { return !name.starts_with("Source OS"); });
    return names;
}

}  // namespace

void collect_windows_software(const RegistryView& registry, WindowsSoftwareFacts& facts) {
    using namespace keys;
    facts.programs = programs_of(registry);
    facts.net35 = registry.number(below(kNetFramework, "v3.5"), "Install");
    facts.net35_service_pack = registry.number(below(kNetFramework, "v3.5"), "SP");
    facts.net4_release = registry.number(below(kNetFramework, "v4\\Full"), "Release");
    facts.net_versions = registry.subkeys(kNetFramework);
    facts.powershell = powershell_of(registry);
    facts.hotfixes = hotfixes_of(registry);
    facts.updates_off_by_policy = registry.number(kUpdatePolicy, "NoAutoUpdate");
    facts.update_option_by_policy = registry.number(kUpdatePolicy, "AUOptions");
    facts.update_option = registry.number(kUpdate, "AUOptions");
    facts.pending = pending_of(registry);
    facts.image_state = registry.text(below(kWindows, "Setup\\State"), "ImageState");
    facts.setup_type = registry.number(kSetup, "SetupType");
    facts.setup_in_progress = registry.number(kSetup, "SystemSetupInProgress");
    facts.oobe_in_progress = registry.number(kSetup, "OOBEInProgress");
    facts.upgrade_in_progress = registry.number(kSetup, "UpgradeInProgress");
    facts.setup_command = registry.text(kSetup, "CmdLine");
    facts.generalization_state =
        registry.number(below(kSetup, "Status\\SysprepStatus"), "GeneralizationState");
    facts.upgraded_from = upgrades_of(registry);
    facts.deny_device_installation = restrictions_of(registry);
    facts.application_control = application_control_of(registry);
    facts.driver_signing = driver_signing_of(registry);
    facts.key_server = registry.text(below(kCurrentVersion, "SoftwareProtectionPlatform"),
                                     "KeyManagementServiceName");
}

}  // namespace guestprep
