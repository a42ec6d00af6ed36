// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Status judge(const Facts& facts) {
    return checks::grub_configuration_is_unique.evaluate(facts, {}).status;
}
LoaderConfig config(const std::string& path) {
    LoaderConfig out;
    out.path = out.real_path = path;
    return out;
}

TEST_CASE("one configuration: links, copies and stubs do not count") {
    auto facts = sound_boot_facts();
    CHECK(judge(facts) == Status::pass);
    auto other = config("/boot/grub/menu.lst");
    other.same_as = "/boot/grub2/grub.cfg";
    facts.boot.configs.push_back(other);
    other = config("/boot/efi/EFI/redhat/grub.cfg");
    other.is_stub = true;
    facts.boot.configs.push_back(other);
    other = config("/etc/lilo.conf");
    other.loader = LoaderKind::lilo;
    facts.boot.configs.push_back(other);
    CHECK(judge(facts) == Status::pass);
    facts.boot.configs.push_back(config("/boot/grub/grub.conf"));
    CHECK(judge(facts) == Status::fail);
}

TEST_CASE("one configuration: what cannot be read is unknown, none is no trouble") {
    auto facts = sound_boot_facts();
    facts.boot.unread_folders = {"/boot/efi/EFI"};
    CHECK(judge(facts) == Status::unknown);
    facts = sound_boot_facts();
    facts.boot.configs[0].unread = "permission denied";
    CHECK(judge(facts) == Status::unknown);
    CHECK(judge({}) == Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
