// SPDX-License-Identifier: Apache-2.0
//
// Changes: VMware Tools go, by their own uninstaller or the package manager.
// Leaves:  tools that brought drivers of the disk or the network along; what depends on a package.
#include <algorithm>

#include "agent/core/text.h"
#include "agent/facts/facts.h"
#include "fixers/fixer_list.h"

namespace guestprep {
namespace {

constexpr const char* kUninstaller = "/usr/bin/vmware-uninstall-tools.pl";

/// A driver that goes with the tools and that this guest may need until it is exported.
std::string needed_driver(const VmwareTools& tools) {
    for (const auto& module : tools.modules) {
        const auto name = std::string_view(module).substr(module.rfind('/') + 1);
        if (name.starts_with("vmxnet") || name.starts_with("pvscsi")) return module;
    }
    return {};
}

/// What dpkg and rpm take for a name and nothing else.
bool is_package_name(std::string_view name) {
    return !name.empty() && name.front() != '-' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-' || c == '+' || c == '.' || c == '_';
    });
}

CommandStep last_step(std::vector<std::string> argv) {
    CommandStep step{.argv = std::move(argv)};
    step.timeout = std::chrono::seconds(900);
    step.reversible = false;
    return step;
}

Result<ChangeSet> plan(const Facts& facts, const Profile&, const FixWishes&) {
    const auto& tools = facts.software.vmware_tools;
    const auto& system = facts.os.distribution;
    if (!tools) return std::unexpected(tools.error());
    if (const auto driver = needed_driver(*tools); !driver.empty())
        return failure(Errc::unsupported,
                       driver +
                           ", which this guest's disk or network may be on, would go with the "
                           "tools: uninstall them by hand, as the last step");
    ChangeSet set;
    if (tools->tarball == kUninstaller) set.changes.emplace_back(last_step({kUninstaller}));
    if (!tools->tarball.empty() && set.empty())
        return failure(Errc::unsupported,
                       tools->tarball + " is there, and their uninstaller is not");
    if (tools->packages.empty()) {
        if (set.empty())
            return failure(Errc::unsupported,
                           "no package and no uninstaller of the tools is known");
        return set;
    }
    if (!system) return std::unexpected(system.error());
    const bool is_dpkg = system->family == "debian";
    if (!is_dpkg && system->family != "rhel" && system->family != "suse")
        return failure(Errc::unsupported, "how packages are removed here is not known");
    // Not apt-get, yum or zypper: they would take along what depends on the package.
    std::vector<std::string> argv = is_dpkg ? std::vector<std::string>{"dpkg", "--remove"}
                                            : std::vector<std::string>{"rpm", "-e"};
    for (const auto& name : tools->packages) {
        if (!is_package_name(name))
            return failure(Errc::unsupported, "\"" + shown(name) + "\" is no name of a package");
        argv.push_back(name);
    }
    set.changes.emplace_back(last_step(std::move(argv)));
    return set;
}

}  // namespace

constinit const Fixer fixers::uninstall_vmware_tools{
    .id = "vmware-tools-linux",
    .title = "Uninstall VMware Tools",
    .platform = Platform::linux_guest,
    .kind = FixKind::irreversible,
    .changes =
        "Runs vmware-uninstall-tools.pl, or removes the packages of VMware Tools and open-vm-tools "
        "by dpkg or rpm.",
    .leaves =
        "Everything, where vmxnet or pvscsi drivers of the tools' own would go with them; packages "
        "that others depend on.",
    .plan = plan,
};

}  // namespace guestprep
