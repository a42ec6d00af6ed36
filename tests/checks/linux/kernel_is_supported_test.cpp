// SPDX-License-Identifier: Apache-2.0
#include "agent/profiles.h"
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Facts system(const std::string& id, const std::string& version, const std::string& family,
             const std::string& kernel) {
    auto facts = sound_boot_facts();
    facts.os.distribution = Distribution{id, version, "", "/etc/x", family, ""};
    facts.os.running_kernel = kernel;
    facts.boot.kernel->version = facts.boot.kernel->header_version = kernel;
    return facts;
}
Finding judge(const Facts& facts, const char* profile = "vmie-2026") {
    return checks::kernel_is_supported.evaluate(facts, *built_in_profile(profile));
}

TEST_CASE("kernel list: base versions of the present list") {
    CHECK(judge(sound_boot_facts()).status == Status::pass);
    CHECK(judge(system("ubuntu", "22.04", "debian", "5.15.0-105-generic")).status == Status::pass);
    CHECK(judge(system("sles", "12.3", "suse", "4.4.73-5-default")).status == Status::pass);
    CHECK(judge(system("debian", "12.11", "debian", "6.1.0-37-amd64")).status == Status::pass);
    CHECK(judge(system("ol", "9.4", "rhel", "5.15.0-200.131.27.el9uek.x86_64")).status ==
          Status::pass);
    CHECK(judge(system("amzn", "2023", "rhel", "6.1.61-85.141.amzn2023.x86_64")).status ==
          Status::pass);
}

TEST_CASE("kernel list: another base version fails and names a kernel that would do") {
    auto facts = system("ubuntu", "22.04", "debian", "6.8.0-40-generic");
    facts.boot.installed_kernels = {"6.8.0-40-generic", "5.15.0-105-generic"};
    const auto finding = judge(facts);
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    REQUIRE(finding.remedy.commands.size() == 1);
    CHECK(finding.remedy.commands[0].back() == "/boot/vmlinuz-5.15.0-105-generic");
    CHECK(judge(system("ol", "9.6", "rhel", "5.15.0-1.el9uek.x86_64")).status == Status::fail);
    CHECK(judge(system("rhel", "6.5", "rhel", "2.6.32-71.29.1.el6.x86_64")).status == Status::fail);
}

TEST_CASE("kernel list: other flavours of a listed version are a warning") {
    CHECK(judge(system("ubuntu", "24.04", "debian", "6.8.0-1015-aws")).variant == "flavour");
    CHECK(judge(system("debian", "11.9", "debian", "5.10.0-28-cloud-amd64")).variant == "flavour");
    CHECK(judge(system("sles", "15.5", "suse", "5.14.21-150500.53-azure")).variant == "flavour");
    CHECK(judge(system("rhel", "9.4", "rhel", "5.14.0-427.el9.x86_64+rt")).variant == "flavour");
    CHECK(judge(system("fedora", "18", "rhel", "3.6.10-4.fc18.x86_64")).variant == "near");
}

TEST_CASE("kernel list: SLES of 2018 by exact release") {
    const auto sles = [](const char* version, const char* kernel) {
        return judge(system("sles", version, "suse", kernel), "vmie-2018");
    };
    CHECK(sles("11.4", "3.0.101-63-default").status == Status::pass);
    CHECK(sles("11.4", "3.0.101-108-default").variant == "near");
    CHECK(sles("11.3", "3.0.76-0.11-default").status == Status::pass);
    const auto other = sles("12.1", "4.4.21-69-default");
    CHECK(other.status == Status::fail);
    CHECK(other.variant.empty());
    CHECK(judge(system("rhel", "7.3", "rhel", "3.10.0-514.el7.x86_64"), "vmie-2018").status ==
          Status::pass);
}

TEST_CASE("kernel list: a kernel whose parts disagree, or that has never run") {
    auto facts = sound_boot_facts();
    facts.boot.kernel->header_version = "6.9.0-custom";
    CHECK(judge(facts).variant == "mismatch");
    facts = sound_boot_facts();
    facts.boot.kernel->has_modules_folder = false;
    CHECK(judge(facts).variant == "mismatch");
    facts = sound_boot_facts();
    facts.os.running_kernel = "5.14.0-70.el9.x86_64";
    CHECK(judge(facts).variant == "not-running");
}

TEST_CASE("kernel list: what is not known is unknown") {
    auto facts = sound_boot_facts();
    facts.boot.kernel = failure(Errc::access_denied, "permission denied");
    CHECK(judge(facts).status == Status::unknown);
    facts = sound_boot_facts();
    facts.boot.kernel->version.clear();
    CHECK(judge(facts).status == Status::unknown);
    facts.os.distribution = Fact<Distribution>();
    CHECK(judge(facts).status == Status::unknown);
    CHECK(judge(system("arch", "1", "arch", "6.9.1-arch1-1")).status == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
