// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_services.h"

#include <array>

#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"

namespace guestprep {

const WindowsService* service_called(const WindowsSystemFacts& system, std::string_view name) {
    if (!system.services) return nullptr;
    for (const auto& service : *system.services)
        if (equal_ignoring_case(service.name, name)) return &service;
    return nullptr;
}

bool is_enabled(const WindowsService& service) {
    return service.start && *service.start < kServiceDisabled;
}

bool starts_by_itself(const WindowsService& service) {
    return service.start && *service.start <= kServiceAutomatic;
}

std::vector<const WindowsService*> disabled_among(const WindowsSystemFacts& system,
                                                  std::span<const std::string_view> names) {
    std::vector<const WindowsService*> disabled;
    for (const auto name : names)
        if (const auto* service = service_called(system, name);
            service != nullptr && service->start && !is_enabled(*service))
            disabled.push_back(service);
    return disabled;
}

const WindowsService* unread_among(const WindowsSystemFacts& system,
                                   std::span<const std::string_view> names) {
    for (const auto name : names)
        if (const auto* service = service_called(system, name);
            service != nullptr && service->start_is_unread)
            return service;
    return nullptr;
}

std::string unread_start(const WindowsService& service) {
    return "the service " + service.name + ": its Start is no number";
}

std::string start_text(const WindowsService& service) {
    constexpr std::array<std::string_view, 5> kNames = {"boot", "system", "automatic", "manual",
                                                        "disabled"};
    if (!service.start) return "Start is not set";
    const auto number = std::to_string(*service.start);
    if (*service.start >= kNames.size()) return "Start = " + number;
    return "Start = " + number + " (" +
           std::string(kNames[static_cast<std::size_t>(*service.start)]) + ")";
}

Evidence start_evidence(const WindowsService& service, std::string expected) {
    return {std::string(keys::kServices) + "\\" + service.name, start_text(service),
            std::move(expected)};
}

std::string system_drive(const WindowsSystemFacts& system) {
    if (system.system_root && system.system_root->size() >= 2 && (*system.system_root)[1] == ':')
        return drive_of(*system.system_root, "C:");
    return "C:";
}

std::string drive_of(std::string_view path, std::string_view system_drive) {
    path = trimmed(path);
    if (path.starts_with('"')) path.remove_prefix(1);
    for (const auto prefix : {R"(\??\)", R"(\\?\)"})
        if (path.starts_with(prefix)) path.remove_prefix(std::string_view(prefix).size());
    for (const auto name : {"%systemroot%", "%systemdrive%", "%windir%", "%programfiles%",
                            "%programfiles(x86)%", "%programdata%", "\\systemroot", "system32\\"})
        if (lowercase(path.substr(0, std::string_view(name).size())) == name)
            return std::string(system_drive);
    const bool has_letter =
        path.size() >= 2 && path[1] == ':' &&
        ((path[0] >= 'a' && path[0] <= 'z') || (path[0] >= 'A' && path[0] <= 'Z'));
    if (!has_letter) return {};
    auto drive = std::string(path.substr(0, 2));
    if (drive[0] >= 'a') drive[0] = static_cast<char>(drive[0] - 'a' + 'A');
    return drive;
}

}  // namespace guestprep
