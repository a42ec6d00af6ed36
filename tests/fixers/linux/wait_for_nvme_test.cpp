// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

const GuestPath kEntry("/boot/loader/entries/m-5.14.0-427.el9.x86_64.conf");

Facts with_line(const std::string& version, const std::string& line) {
    auto facts = sound_boot_facts();
    facts.boot.kernel->version = version;
    facts.boot.entries[0].command_line = line;
    facts.sources[kEntry] = "options " + line + '\n';
    facts.sources[GuestPath("/etc/default/grub")] = "GRUB_CMDLINE_LINUX=\"quiet\"\n";
    return facts;
}

std::string after(const Facts& facts) {
    const auto set = fixers::wait_for_nvme.plan(facts, profile_2026(), {});
    REQUIRE(set);
    if (set->empty()) return {};
    // /boot comes before /etc.
    REQUIRE(set->changes.size() == 2);
    const auto& entry = std::get<FileEdit>(set->changes.front());
    CHECK(entry.path == kEntry);
    const auto added = entry.after->substr(entry.before->size() - 1);
    const auto defaults = *std::get<FileEdit>(set->changes.back()).after;
    CHECK(defaults == "GRUB_CMDLINE_LINUX=\"quiet" + added.substr(0, added.size() - 1) + "\"\n");
    return defaults;
}

TEST_CASE("wait_for_nvme: the option of the default kernel, and nothing where it is there") {
    CHECK(after(with_line("5.14.0-1", "ro quiet")) ==
          "GRUB_CMDLINE_LINUX=\"quiet nvme_core.io_timeout=4294967295\"\n");
    CHECK(after(with_line("3.10.0-1160.el7", "ro quiet")) ==
          "GRUB_CMDLINE_LINUX=\"quiet nvme.io_timeout=255\"\n");
    CHECK(after(with_line("5.14.0-1", "ro nvme_core.io_timeout=4294967295")).empty());
}

TEST_CASE("wait_for_nvme: refuses where the kernel or the loader is not known") {
    auto facts = with_line("5.14.0-1", "ro");
    facts.boot.kernel = failure(Errc::not_found, "no kernel");
    CHECK_FALSE(fixers::wait_for_nvme.plan(facts, profile_2026(), {}));
    facts = with_line("5.14.0-1", "ro");
    facts.boot.configs.clear();
    CHECK_FALSE(fixers::wait_for_nvme.plan(facts, profile_2026(), {}));
}

}  // namespace
}  // namespace guestprep
