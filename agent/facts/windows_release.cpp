// SPDX-License-Identifier: Apache-2.0
#include "agent/facts/windows_release.h"

#include <algorithm>
#include <array>
#include <utility>

#include "agent/core/text.h"

namespace guestprep {
namespace {

struct KnownBuild {
    unsigned first, last;
    std::string_view server, client;
};
// Catalogue R-WINVER. Builds between two rows were never released, or are previews.
constexpr std::array kBuilds = {
    KnownBuild{2600, 2600, "", "xp"},        KnownBuild{3790, 3790, "2003", "xp"},
    KnownBuild{6000, 6003, "2008", "vista"}, KnownBuild{7600, 7601, "2008r2", "7"},
    KnownBuild{9200, 9200, "2012", "8"},     KnownBuild{9600, 9600, "2012r2", "8.1"},
    KnownBuild{14393, 14393, "2016", "10"},  KnownBuild{16299, 16299, "1709", "10"},
    KnownBuild{17134, 17134, "1803", "10"},  KnownBuild{17763, 17763, "2019", "10"},
    KnownBuild{10240, 19045, "", "10"},      KnownBuild{20348, 20348, "2022", ""},
    KnownBuild{26100, 26100, "2025", "11"},  KnownBuild{22000, 99999, "", "11"},
};

std::string id_of(unsigned build, bool is_server) {
    for (const auto& known : kBuilds) {
        const auto id = is_server ? known.server : known.client;
        if (build >= known.first && build <= known.last && !id.empty()) return std::string(id);
    }
    return {};
}

// EditionID without its suffixes ("ServerStandardCore", "EnterpriseN", "ServerDatacenterEval").
// The longest that fits is meant.
constexpr std::array<std::pair<std::string_view, std::string_view>, 27> kEditions = {{
    {"serverstandard", "standard"},
    {"serverdatacenter", "datacenter"},
    {"serverenterprise", "enterprise"},
    {"serverweb", "web"},
    {"serverhpc", "hpc"},
    {"serverfoundation", "foundation"},
    {"serversolution", "essentials"},
    {"serveressential", "essentials"},
    {"serversbs", "small business"},
    {"serverstorage", "storage"},
    {"serverhyper", "hyper-v"},
    {"serverazure", "azure"},
    {"serverturbine", "azure"},
    {"serverstandardnano", "nano"},
    {"serverdatacenternano", "nano"},
    {"professional", "professional"},
    {"business", "professional"},
    {"enterprise", "enterprise"},
    {"iotenterprise", "enterprise"},
    {"ultimate", "ultimate"},
    {"education", "education"},
    {"core", "home"},
    {"homebasic", "home"},
    {"homepremium", "home"},
    {"starter", "starter"},
    {"cloud", "s"},
    {"serverrdsh", "multi-session"},
}};

std::string edition_called(const std::string& id) {
    const auto name = lowercase(id);
    std::string_view best_prefix, edition;
    for (const auto& [prefix, meaning] : kEditions)
        if (name.starts_with(prefix) && prefix.size() > best_prefix.size()) {
            best_prefix = prefix;
            edition = meaning;
        }
    return std::string(edition);
}

/// 2003 and XP have no EditionID: the suites of the product tell, and its name on XP.
std::string old_edition(const WindowsSystemFacts& system, bool is_server) {
    if (!is_server)
        return contains(lowercase(system.product_name.value_or("")), "home") ? "home"
                                                                             : "professional";
    if (!system.product_suites) return system.product_suites.is_absent() ? "standard" : "";
    constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kSuites = {{
        {"Blade", "web"},
        {"Small Business", "small business"},
        {"Small Business(Restricted)", "small business"},
        {"Compute Server", "hpc"},
        {"Storage Server", "storage"},
        {"DataCenter", "datacenter"},
    }};
    for (const auto& [suite, edition] : kSuites)
        for (const auto& has : *system.product_suites)
            if (equal_ignoring_case(has, suite)) return std::string(edition);
    for (const auto& has : *system.product_suites)
        if (equal_ignoring_case(has, "Enterprise")) return "enterprise";
    return "standard";
}

/// A server by what setup wrote; by the product's name where the SYSTEM hive is not at hand.
Result<bool> is_server(const WindowsSystemFacts& system) {
    if (system.product_type) return !equal_ignoring_case(*system.product_type, "WinNT");
    if (system.installation_type) return !equal_ignoring_case(*system.installation_type, "Client");
    if (system.product_name) return contains(lowercase(*system.product_name), "server");
    return std::unexpected(system.product_type.error());
}

bool put_version(const WindowsSystemFacts& system, WindowsRelease& release) {
    // CurrentVersion says 6.3 for ever since Windows 10, beside which the numbers stand.
    if (system.major_version) {
        release.major = static_cast<unsigned>(*system.major_version);
        return true;
    }
    if (!system.version) return false;
    const auto parts = split(*system.version, '.');
    if (parts.size() < 2) return false;
    const auto major = to_number(parts[0]), minor = to_number(parts[1]);
    if (!major || !minor) return false;
    release.major = static_cast<unsigned>(*major);
    release.minor = static_cast<unsigned>(*minor);
    return true;
}

}  // namespace

Result<WindowsRelease> release_of(const WindowsSystemFacts& system) {
    // What is there and cannot be read is not to be made up for by something else.
    if (!system.major_version && system.major_version.error().code == Errc::bad_syntax)
        return std::unexpected(system.major_version.error());
    if (!system.product_type && system.product_type.error().code == Errc::bad_syntax)
        return std::unexpected(system.product_type.error());
    WindowsRelease release;
    release.title = system.product_name.value_or("");
    if (!put_version(system, release))
        return std::unexpected(
            system.version
                ? Error{Errc::bad_syntax, "CurrentVersion is \"" + shown(*system.version) + "\""}
                : system.version.error());
    const auto server = is_server(system);
    if (!server) return std::unexpected(server.error());
    release.is_server = *server;
    release.is_domain_controller =
        system.product_type && equal_ignoring_case(*system.product_type, "LanmanNT");
    if (system.build) release.build = static_cast<unsigned>(to_number(*system.build).value_or(0));
    release.id = id_of(release.build, release.is_server);
    if (release.id == "2003" && contains(release.title, "R2")) release.id = "2003r2";
    release.edition = system.edition      ? edition_called(*system.edition)
                      : release.major < 6 ? old_edition(system, release.is_server)
                                          : "";
    if (system.architecture) release.architecture = lowercase(*system.architecture);
    return release;
}

}  // namespace guestprep
