// SPDX-License-Identifier: Apache-2.0
#include "tests/support/registry_fix_loop.h"

#include "agent/apply/apply.h"
#include "agent/collect/collect.h"
#include "agent/core/text.h"
#include "agent/facts/windows_keys.h"
#include "platform/linux/rooted_files.h"
#include "platform/linux/rooted_writer.h"
#include "tests/support/catch.h"
#include "tests/support/fake_host.h"
#include "tests/support/storage.h"
#include "tests/support/temp_directory.h"

namespace guestprep {
namespace {

std::vector<PlannedChange> planned(const Fixer& fixer, const ChangeSet& set) {
    std::vector<PlannedChange> changes;
    for (const auto& change : set.changes) changes.push_back({std::string(fixer.id), change});
    return changes;
}

}  // namespace

Facts registry_facts(const MemoryRegistry& registry) {
    FakeFiles files;
    files.directory("/Windows/System32/config");
    const FakeCommands commands;
    const FakeDevices devices;
    return collect({files, commands, devices, {}, true, true, &registry});
}

MemoryRegistry sound_registry(const std::string& release) {
    using namespace keys;
    const bool is_old = release == "2003";
    MemoryRegistry registry;
    registry.number(kSelect, "Current", 1)
        .text(kCurrentVersion, "ProductName",
              is_old ? "Microsoft Windows Server 2003" : "Windows Server 2019 Standard")
        .text(kCurrentVersion, "CurrentVersion", is_old ? "5.2" : "6.3")
        .text(kCurrentVersion, "CurrentBuildNumber", is_old ? "3790" : "17763")
        .text(kCurrentVersion, "SystemRoot", R"(C:\Windows)")
        .text(below(kControl, "ProductOptions"), "ProductType", "ServerNT")
        .number(kTerminalServer, "fDenyTSConnections", 0)
        .number(kRdpTcp, "fEnableWinStation", 1)
        .number(kRdpTcp, "LanAdapter", 0)
        .number(kRdpTcp, "PortNumber", 3389)
        .number(kTimeZone, "RealTimeIsUniversal", 1)
        .texts(kMemory, "PagingFiles", {R"(C:\pagefile.sys 4096 4096)"})
        .text(kWinlogon, "AutoAdminLogon", "0")
        .number(kSessionPower, "HiberbootEnabled", 0)
        .number(kMountManager, "NoAutoMount", 0)
        .number(kPartitionManager, "SanPolicy", 1)
        .number(kUpdate, "AUOptions", 2)
        .key(below(kWindows, "Uninstall"));
    if (!is_old)
        registry.number(kCurrentVersion, "CurrentMajorVersionNumber", 10)
            .text(kCurrentVersion, "EditionID", "ServerStandard");
    for (const auto* profile : {"DomainProfile", "StandardProfile", "PublicProfile"})
        registry.number(below(kFirewall, profile), "EnableFirewall", 1);
    if (!is_old) registry.key(kFirewallRules);
    struct Row {
        const char* name;
        std::uint32_t start;
    };
    for (const auto& [name, start] :
         {Row{"disk", 0}, Row{"mountmgr", 0}, Row{"partmgr", 0}, Row{"atapi", 0}, Row{"Tcpip", 1},
          Row{"AFD", 1}, Row{"nsiproxy", 1}, Row{"nsi", 2}, Row{"Dhcp", 2}, Row{"MpsSvc", 2},
          Row{"Winmgmt", 2}, Row{"SharedAccess", 2}, Row{"TermService", 3}})
        registry.number(below(kServices, name), "Start", start);
    return registry;
}

std::string registry_fix_loop(MemoryRegistry& registry, const Fixer& fixer, const Check& check,
                              Status expected) {
    const auto& profile = profile_2026();
    const auto facts = registry_facts(registry);
    CHECK(check.evaluate(facts, profile).status == Status::fail);
    const auto set = fixer.plan(facts, profile, {});
    INFO((set ? "" : set.error().message));
    REQUIRE(set);
    REQUIRE_FALSE(set->empty());

    const TempDirectory root;
    root.file("var/lib/guestprep/.keep", "");
    const auto files = *RootedFiles::at(root.path().string());
    const auto writer = *RootedWriter::at(root.path().string());
    MemoryRegistryWriter registry_writer(registry);
    Workshop shop{*files, *writer, nullptr, &registry, &registry_writer};
    const auto before = registry.as_text();
    const auto applied = apply(planned(fixer, *set), shop, "run-1");
    INFO((applied ? applied->trouble : applied.error().message));
    REQUIRE(applied);
    CHECK(applied->outcome == Outcome::applied);
    auto fixed = registry.as_text();

    const auto after = registry_facts(registry);
    const auto finding = check.evaluate(after, profile);
    INFO(finding.summary);
    CHECK(finding.status == expected);
    const auto again = fixer.plan(after, profile, {});
    INFO((again ? "" : again.error().message));
    REQUIRE(again);
    CHECK(again->empty());

    const auto run = read_run(*files, "run-1");
    REQUIRE(run);
    const auto undone = undo(*run, shop, [](const std::string&) { return true; });
    INFO((undone ? undone->trouble : undone.error().message));
    REQUIRE(undone);
    CHECK(undone->outcome == Outcome::undone);
    CHECK(registry.as_text() == before);
    return fixed;
}

std::string registry_refusal(const MemoryRegistry& registry, const Fixer& fixer) {
    const auto set = fixer.plan(registry_facts(registry), profile_2026(), {});
    if (!set) return set.error().message;
    CHECK(set->empty());
    return {};
}

}  // namespace guestprep
