// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "agent/collect/firewall_sources.h"
#include "agent/core/text.h"
#include "agent/formats/shell_assignments.h"
#include "agent/formats/ufw.h"

namespace guestprep {
namespace {

constexpr std::string_view kServices[] = {"ufw"};
constexpr std::string_view kSettings = "/etc/default/ufw";

/// The first of these that is there: ufw before 0.34 kept the operator's rules under /lib.
Result<UfwFile> read_first(const FileReader& files, std::initializer_list<std::string_view> paths) {
    for (const auto path : paths) {
        auto text = files.read(GuestPath(path));
        if (text) return UfwFile{std::string(path), std::move(*text)};
        if (text.error().code != Errc::not_found) return std::unexpected(std::move(text.error()));
    }
    return failure(Errc::not_found, std::string(*paths.begin()) + ": not found");
}

Fact<PacketFilter> rules_of(const FileReader& files) {
    const auto settings = files.read(GuestPath(kSettings));
    if (!settings) return std::unexpected(settings.error());
    UfwConfiguration configuration;
    const auto assignments = ShellAssignments::parse(*settings);
    const auto* const policy = assignments.find("DEFAULT_INPUT_POLICY");
    configuration.input_policy = policy != nullptr ? policy->value : "DROP";
    configuration.policy_place = {
        policy != nullptr ? at_line(kSettings, policy->line) : std::string(kSettings),
        "DEFAULT_INPUT_POLICY=" + shown(configuration.input_policy)};

    auto before = read_first(files, {"/etc/ufw/before.rules"});
    auto user = read_first(
        files, {"/etc/ufw/user.rules", "/lib/ufw/user.rules", "/var/lib/ufw/user.rules"});
    auto after = read_first(files, {"/etc/ufw/after.rules"});
    for (auto* file : {&before, &user, &after})
        if (!*file) return std::unexpected(std::move(file->error()));
    configuration.before = std::move(*before);
    configuration.user = std::move(*user);
    configuration.after = std::move(*after);
    auto filter = ufw_filter(configuration);
    // Scripts of the operator, which run where they are executable.
    for (const auto* hook : {"/etc/ufw/before.init", "/etc/ufw/after.init"})
        if (const auto info = files.info(GuestPath(hook)); info && (info->permissions & 0111U) != 0)
            filter.problems.push_back({hook, "a script that ufw runs, and that may add rules"});
    return filter;
}

}  // namespace

void find_ufw(const FirewallSearch& search) {
    const auto& files = search.host.files;
    const auto settings = files.read(GuestPath("/etc/ufw/ufw.conf"));
    if (!settings && settings.error().code == Errc::not_found) return;
    auto service = search.starting("ufw", kServices);
    if (!service) return;
    Firewall ufw{"ufw", std::move(*service), {}};
    if (!settings) {
        ufw.rules = std::unexpected(settings.error());
    } else if (!equal_ignoring_case(ShellAssignments::parse(*settings).value_or_empty("ENABLED"),
                                    "yes")) {
        search.found.idle.emplace_back("ufw");  // the service runs, and does nothing
        return;
    } else {
        ufw.rules = rules_of(files);
    }
    search.found.at_boot.push_back(std::move(ufw));
}

}  // namespace guestprep
