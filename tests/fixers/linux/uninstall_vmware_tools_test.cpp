// SPDX-License-Identifier: Apache-2.0
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

using Words = std::vector<std::string>;

Facts with_tools(VmwareTools tools, const std::string& family = "rhel") {
    auto facts = sound_boot_facts();
    facts.os.distribution->family = family;
    facts.software.vmware_tools = std::move(tools);
    return facts;
}

std::vector<Words> commands(const Facts& facts) {
    const auto set = fixers::uninstall_vmware_tools.plan(facts, profile_2026(), {});
    INFO((set ? "" : set.error().message));
    REQUIRE(set);
    std::vector<Words> out;
    for (const auto& change : set->changes) {
        const auto& step = std::get<CommandStep>(change);
        CHECK_FALSE(step.reversible);
        out.push_back(step.argv);
    }
    return out;
}

std::string refusal(const Facts& facts) {
    const auto set = fixers::uninstall_vmware_tools.plan(facts, profile_2026(), {});
    REQUIRE_FALSE(set);
    return set.error().message;
}

bool says(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

TEST_CASE("uninstall VMware Tools: their own uninstaller, or the package manager") {
    const std::string script = "/usr/bin/vmware-uninstall-tools.pl";
    CHECK(commands(with_tools({.tarball = script, .program = {}, .packages = {}, .modules = {}})) ==
          std::vector<Words>{{script}});
    const VmwareTools open{.tarball = {},
                           .program = "/usr/bin/vmtoolsd",
                           .packages = {"open-vm-tools", "open-vm-tools-desktop"},
                           .modules = {}};
    CHECK(commands(with_tools(open)) ==
          std::vector<Words>{{"rpm", "-e", "open-vm-tools", "open-vm-tools-desktop"}});
    CHECK(commands(with_tools(open, "suse")).at(0).front() == "rpm");
    CHECK(commands(with_tools(open, "debian")) ==
          std::vector<Words>{{"dpkg", "--remove", "open-vm-tools", "open-vm-tools-desktop"}});
    // Drivers that neither disk nor network is on may go.
    CHECK(commands(with_tools({.tarball = script,
                               .program = {},
                               .packages = {},
                               .modules = {"/lib/modules/2.6.18/misc/vmhgfs.ko"}}))
              .size() == 1);
}

TEST_CASE(
    "uninstall VMware Tools: a driver that would go too, or an uninstaller that is not there") {
    const auto tools = [](std::string tarball, Words packages, Words modules = {}) {
        return with_tools({std::move(tarball), "", std::move(packages), std::move(modules)});
    };
    const std::string script = "/usr/bin/vmware-uninstall-tools.pl";
    for (const std::string driver : {"vmxnet.ko", "vmxnet3.ko", "pvscsi.ko"})
        CHECK(says(refusal(tools(script, {}, {"/lib/modules/2.6.18/misc/" + driver})), driver));
    CHECK(says(refusal(tools("/etc/vmware-tools/locations", {"open-vm-tools"})),
               "their uninstaller is not"));
    CHECK(says(refusal(tools("", {})), "no package"));
    CHECK(says(refusal(tools("", {"-a"})), "no name of a package"));
    CHECK(says(refusal(tools("", {"open-vm-tools;x"})), "no name of a package"));
    CHECK(says(refusal(with_tools({"", "", {"open-vm-tools"}, {}}, "arch")), "not known"));
    CHECK_FALSE(fixers::uninstall_vmware_tools.plan({}, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
