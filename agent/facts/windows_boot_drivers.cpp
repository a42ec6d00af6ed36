// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_boot_drivers.h"

#include <algorithm>
#include <array>

#include "agent/facts/windows_services.h"

namespace guestprep {
namespace {

constexpr std::array<std::string_view, 5> kStack = {"disk", "partmgr", "volmgr", "ftdisk",
                                                    "mountmgr"};
constexpr std::array<std::string_view, 1> kChannel = {"atapi"};
// Either of a row drives the controller. XP and 2003 disable the one that they did not need.
constexpr std::array<std::string_view, 2> kIde = {"intelide", "pciide"};
constexpr std::array<std::string_view, 2> kAhci = {"msahci", "storahci"};
constexpr std::array<std::span<const std::string_view>, 3> kControllers = {kChannel, kIde, kAhci};

}  // namespace

std::vector<const WindowsService*> disabled_disk_stack(const WindowsSystemFacts& system) {
    return disabled_among(system, kStack);
}

std::vector<const WindowsService*> disabled_disk_controllers(const WindowsSystemFacts& system) {
    std::vector<const WindowsService*> disabled;
    for (const auto names : kControllers) {
        const bool is_served = std::ranges::any_of(names, [&](std::string_view name) {
            const auto* service = service_called(system, name);
            return service != nullptr && is_enabled(*service);
        });
        if (is_served) continue;
        const auto found = disabled_among(system, names);
        disabled.insert(disabled.end(), found.begin(), found.end());
    }
    return disabled;
}

const WindowsService* unread_boot_driver(const WindowsSystemFacts& system) {
    if (const auto* service = unread_among(system, kStack)) return service;
    for (const auto names : kControllers)
        if (const auto* service = unread_among(system, names)) return service;
    return nullptr;
}

}  // namespace guestprep
