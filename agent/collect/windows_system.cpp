// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/windows_parts.h"
#include "agent/facts/windows_keys.h"

namespace guestprep {
namespace {

std::vector<std::string> altitudes_of(const RegistryView& registry, const std::string& service) {
    std::vector<std::string> altitudes;
    const auto instances = below(service, "Instances");
    const auto names = registry.subkeys(instances);
    if (!names) return altitudes;
    for (const auto& name : *names) {
        auto altitude = registry.text_or_empty(below(instances, name), "Altitude");
        if (!altitude.empty()) altitudes.push_back(std::move(altitude));
    }
    return altitudes;
}

Fact<std::vector<WindowsService>> services_of(const RegistryView& registry) {
    const auto names = registry.subkeys(keys::kServices);
    if (!names) return std::unexpected(names.error());
    std::vector<WindowsService> services;
    services.reserve(names->size());
    for (const auto& name : *names) {
        const auto key = below(keys::kServices, name);
        WindowsService service;
        service.name = name;
        const auto start = registry.number(key, "Start");
        if (start) service.start = *start;
        service.start_is_unread = !start && !start.is_absent();
        service.type = registry.number_or_none(key, "Type");
        service.group = registry.text_or_empty(key, "Group");
        service.image_path = registry.text_or_empty(key, "ImagePath");
        service.service_dll = registry.text_or_empty(below(key, "Parameters"), "ServiceDll");
        service.altitudes = altitudes_of(registry, key);
        services.push_back(std::move(service));
    }
    return services;
}

/// CurrentBuild says "1.511.1 ()" on XP and 2003, where CurrentBuildNumber has the number.
Fact<std::string> build_of(const RegistryView& registry) {
    auto build = registry.text(keys::kCurrentVersion, "CurrentBuildNumber");
    return build ? build : registry.text(keys::kCurrentVersion, "CurrentBuild");
}

Fact<std::vector<std::string>> languages_of(const RegistryView& registry) {
    auto languages = registry.subkeys(below(keys::kControl, "MUI\\UILanguages"));
    if (languages || !languages.is_absent()) return languages;
    const auto old = registry.values(below(keys::kControl, "Nls\\MUILanguages"));
    if (!old) return std::unexpected(old.error());
    std::vector<std::string> names;
    for (const auto& value : *old) names.push_back(value.name);
    return names;
}

Fact<std::uint64_t> service_pack_of(const RegistryView& registry) {
    auto number = registry.number(below(keys::kControl, "Windows"), "CSDVersion");
    if (number) *number >>= 8;
    return number;
}

}  // namespace

void collect_windows_system(const RegistryView& registry, WindowsSystemFacts& facts) {
    using namespace keys;
    const auto control = [](std::string_view name) { return below(kControl, name); };
    facts.current_control_set = registry.number(kSelect, "Current");
    facts.next_control_set = registry.number(kSelect, "Default");
    facts.product_name = registry.text(kCurrentVersion, "ProductName");
    facts.edition = registry.text(kCurrentVersion, "EditionID");
    facts.installation_type = registry.text(kCurrentVersion, "InstallationType");
    facts.version = registry.text(kCurrentVersion, "CurrentVersion");
    facts.major_version = registry.number(kCurrentVersion, "CurrentMajorVersionNumber");
    facts.build = build_of(registry);
    facts.revision = registry.number(kCurrentVersion, "UBR");
    facts.release = registry.text(kCurrentVersion, "ReleaseId");
    facts.display_version = registry.text(kCurrentVersion, "DisplayVersion");
    facts.service_pack = registry.text(kCurrentVersion, "CSDVersion");
    facts.service_pack_number = service_pack_of(registry);
    facts.build_lab = registry.text(kCurrentVersion, "BuildLab");
    facts.system_root = registry.text(kCurrentVersion, "SystemRoot");
    facts.product_type = registry.text(control("ProductOptions"), "ProductType");
    facts.product_suites = registry.texts(control("ProductOptions"), "ProductSuite");
    facts.architecture =
        registry.text(control("Session Manager\\Environment"), "PROCESSOR_ARCHITECTURE");
    facts.computer_name = registry.text(control("ComputerName\\ComputerName"), "ComputerName");
    facts.active_computer_name =
        registry.text(control("ComputerName\\ActiveComputerName"), "ComputerName");
    facts.host_name = registry.text(kTcpip, "Hostname");
    facts.domain = registry.text(kTcpip, "Domain");
    facts.install_language = registry.text(control("Nls\\Language"), "InstallLanguage");
    facts.default_language = registry.text(control("Nls\\Language"), "Default");
    facts.languages = languages_of(registry);
    facts.time_zone = registry.text(kTimeZone, "TimeZoneKeyName");
    if (facts.time_zone.is_absent()) facts.time_zone = registry.text(kTimeZone, "StandardName");
    facts.active_time_bias = registry.number(kTimeZone, "ActiveTimeBias");
    facts.real_time_is_universal = registry.number(kTimeZone, "RealTimeIsUniversal");
    facts.firmware_type = registry.number(kControl, "PEFirmwareType");
    facts.secure_boot = registry.number(control("SecureBoot\\State"), "UEFISecureBootEnabled");
    facts.manufacturer = registry.text(control("SystemInformation"), "SystemManufacturer");
    facts.model = registry.text(control("SystemInformation"), "SystemProductName");
    facts.services = services_of(registry);
}

void collect_windows_troubles(const RegistryView& registry, WindowsSystemFacts& facts) {
    using namespace keys;
    for (const auto hive : {kSelect, kCurrentVersion, kSam, kBootStore}) {
        if (auto trouble = registry.trouble(hive); !trouble.empty())
            facts.troubles.push_back(std::move(trouble));
        if (auto note = registry.note(hive); !note.empty()) facts.notes.push_back(std::move(note));
    }
    const auto& now = facts.current_control_set;
    const auto& next = facts.next_control_set;
    if (now && next && *now != *next)
        facts.notes.push_back("SYSTEM: the next start uses control set " + std::to_string(*next) +
                              ", the last one used " + std::to_string(*now));
}

}  // namespace guestprep
