// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/package_names.h"

#include <nlohmann/json.hpp>
#include <set>

#include "agent/core/text.h"
#include "agent/formats/machine_traces.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

std::vector<DpkgStatusReader::Package> packages_in(std::string_view text, std::size_t piece = 7) {
    DpkgStatusReader reader;
    for (; !text.empty(); text.remove_prefix(std::min(piece, text.size())))
        reader.feed(text.substr(0, piece));
    return reader.finish();
}

TEST_CASE("dpkg status: the same in whatever pieces it comes") {
    const std::string_view text =
        "Package: a\nStatus: install ok installed\nDescription: x\n Package: no\nVersion: 1:2-3\n\n"
        "Package: b\nStatus: deinstall ok config-files\n";
    for (const std::size_t piece : {1U, 3U, 1000U}) {
        const auto packages = packages_in(text, piece);
        REQUIRE(packages.size() == 2);
        CHECK(packages[0].name == "a");
        CHECK(packages[0].version == "1:2-3");
        CHECK(packages[0].is_installed());
        CHECK_FALSE(packages[1].is_installed());
    }
}

TEST_CASE("dpkg status: lines without end and junk do not grow") {
    CHECK(packages_in(std::string(1 << 20, 'x'), 65536).empty());
    const auto packages = packages_in(
        "Package: a\nConffiles: " + std::string(1 << 20, 'y') + "\nVersion: 2\n", 65536);
    REQUIRE(packages.size() == 1);
    CHECK(packages[0].version == "2");
}

TEST_CASE("rpm names: complaints are no packages") {
    CHECK(rpm_names("bash\nerror: rpmdbNextIterator: skipping\nzlib\nbash\n\n") ==
          std::vector<std::string>{"bash", "zlib"});
    CHECK(has_rpm_error("rpmdb: Thread died\n"));
    CHECK_FALSE(has_rpm_error("rpm\nbash\n"));
}

TEST_CASE("packages: real files") {
    for (const auto& fixture : fixtures_of_kind("dpkg-status")) {
        INFO(fixture.name);
        const auto packages = packages_in(fixture.text, 4096);
        auto pairs = nlohmann::json::array();
        std::set<std::string> states;
        for (const auto& package : packages) {
            pairs.push_back({package.name, package.version});
            states.insert(package.status);
        }
        CHECK(packages.size() == fixture.expected["package_count"].get<std::size_t>());
        CHECK(pairs == fixture.expected["packages"]);
        CHECK(nlohmann::json(states) == fixture.expected["states"]);
    }
    for (const auto* kind : {"rpm-error", "rpm-kernels", "rpm-qa"})
        for (const auto& fixture : fixtures_of_kind(kind)) {
            INFO(fixture.name);
            CHECK(has_rpm_error(fixture.text) == fixture.expected["rpmdb_error"].get<bool>());
            std::size_t errors = 0;
            for (const auto line : lines_of(fixture.text)) errors += has_rpm_error(line) ? 1 : 0;
            CHECK(rpm_names(fixture.text).size() + errors ==
                  fixture.expected["line_count"].get<std::size_t>());
        }
}

TEST_CASE("machine traces: the kernel's DMI line, not what others say of it") {
    const auto line = find_dmi_line(
        "x\nJan 1 host kernel: [    0.000000] DMI: Dell Inc. PowerEdge R710/0YD, BIOS 6.1\n");
    REQUIRE(line);
    CHECK(line->line == 2);
    CHECK(line->machine == "Dell Inc. PowerEdge R710/0YD, BIOS 6.1");
    CHECK(find_dmi_line("kernel: DMI: VMware, Inc. VMware7,1\n"));
    CHECK_FALSE(find_dmi_line("lshw: no DMI: found\n"));
    CHECK_FALSE(find_dmi_line("DMI 2.4 present.\n"));
    CHECK_FALSE(find_dmi_line(std::string(1 << 20, 'x')));
}

TEST_CASE("machine traces: names of virtual machines") {
    for (const auto* name : {"VMware, Inc. VMware Virtual Platform/440BX", "QEMU Standard PC",
                             "innotek GmbH VirtualBox", "Microsoft Corporation Virtual Machine",
                             "Xen HVM domU", "Red Hat KVM", "Amazon EC2 t3.micro"})
        CHECK(is_virtual_machine_name(name));
    for (const auto* name : {"Dell Inc. PowerEdge R710", "HP ProLiant DL380 G7", "Supermicro X9DRi",
                             "LENOVO 20Y0", "Microsoft Corporation Surface"})
        CHECK_FALSE(is_virtual_machine_name(name));
}

TEST_CASE("machine traces: drivers of hardware that no hypervisor has") {
    const auto traces = find_hardware_drivers(
        "class: NETWORK\ndriver: e1000\ndriver: bnx2\n"
        "# PCI device 0x14e4:0x1639 (tg3)\n# PCI device 0x8086:0x100f (e1000)\n");
    REQUIRE(traces.size() == 2);
    CHECK(traces[0].driver == "bnx2");
    CHECK(traces[0].line == 3);
    CHECK(traces[1].driver == "tg3");
    CHECK(is_hardware_package("srvadmin-base"));
    CHECK_FALSE(is_hardware_package("bash"));
}

}  // namespace
}  // namespace guestprep
