// SPDX-License-Identifier: Apache-2.0
#include "agent/formats/machine_identity.h"

#include "agent/core/text.h"
#include "tests/support/catch.h"
#include "tests/support/fixtures.h"

namespace guestprep {
namespace {

std::string after(std::string_view text, std::string_view section, std::string_view key) {
    auto rest = text.substr(std::min(text.find(section), text.size()));
    rest = rest.substr(std::min(rest.find(key), rest.size()));
    rest = rest.substr(0, rest.find('\n'));
    return rest.empty() ? std::string() : std::string(trimmed(rest.substr(key.size())));
}

TEST_CASE("machine identity: DMI strings of real machines") {
    for (const auto& fixture : fixtures_of_kind("dmidecode-output")) {
        INFO(fixture.name);
        const DmiIdentity dmi{after(fixture.text, "System Information", "Manufacturer:"),
                              after(fixture.text, "System Information", "Product Name:"),
                              after(fixture.text, "BIOS Information", "Vendor:"),
                              {}};
        CHECK(dmi.sys_vendor == fixture.expected.at("system_manufacturer").get<std::string>());
        const auto wanted = fixture.expected.at("virtualisation").get<std::string>();
        CHECK(hypervisor_of_dmi(dmi) == (wanted == "aws-xen" ? "xen" : wanted));
    }
}

TEST_CASE("machine identity: hardware makers are no hypervisors") {
    CHECK(hypervisor_of_dmi({"Dell Inc.", "PowerEdge R740", "Dell Inc.", "Dell Inc."}).empty());
    CHECK(hypervisor_of_dmi({"Microsoft Corporation", "Surface Pro", "", ""}).empty());
    CHECK(hypervisor_of_dmi({"Microsoft Corporation", "Virtual Machine", "", ""}) == "hyperv");
    CHECK(hypervisor_of_cpuid("KVMKVMKVM\0\0\0") == "kvm");
    CHECK(hypervisor_of_cpuid("").empty());
}

TEST_CASE("machine identity: ELF headers, and what is none") {
    std::string head(
        "\x7f"
        "ELF\x02\x01\x01");
    head.resize(18);
    CHECK(elf_machine(head + std::string("\xb7\0", 2)) == "aarch64");
    head[5] = 2;
    CHECK(elf_machine(head + std::string("\0\x16", 2)) == "s390x");
    CHECK(elf_machine("#!/bin/sh").empty());
    CHECK(elf_machine("").empty());
}

}  // namespace
}  // namespace guestprep
