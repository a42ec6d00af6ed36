// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

Facts lacking(const char* tool) {
    auto facts = sound_boot_facts();
    remove(facts.boot.kernel->initramfs->drivers, "nvme");
    facts.boot.initramfs_settings = InitramfsSettings{.tool = tool};
    return facts;
}

Facts whole() {
    auto facts = sound_boot_facts();
    facts.boot.initramfs_settings = InitramfsSettings{.tool = "dracut"};
    return facts;
}

ChangeSet plan(const Facts& facts) {
    auto changes = fixers::put_nvme_in_initramfs.plan(facts, {}, {});
    REQUIRE(changes);
    return *changes;
}

using Words = std::vector<std::string>;

TEST_CASE("nvme fixer: dracut gets a file of its own and builds the image, which is kept") {
    const auto facts = lacking("dracut");
    CHECK(checks::initramfs_has_nvme.evaluate(facts, {}).status == Status::fail);
    const auto changes = plan(facts);
    REQUIRE(changes.changes.size() == 2);
    const auto& edit = std::get<FileEdit>(changes.changes[0]);
    CHECK(edit.path == GuestPath("/etc/dracut.conf.d/90-guestprep.conf"));
    CHECK_FALSE(edit.before);
    CHECK(edit.after->find("add_drivers+=\" nvme \"\n") != std::string::npos);
    const auto& command = std::get<CommandStep>(changes.changes[1]);
    CHECK(command.argv == Words{"dracut", "-f", "/boot/initramfs-5.14.0-427.el9.x86_64.img",
                                "5.14.0-427.el9.x86_64"});
    CHECK(command.saves ==
          std::vector<GuestPath>{GuestPath("/boot/initramfs-5.14.0-427.el9.x86_64.img")});
    CHECK(command.least_bytes == 1000);
}

TEST_CASE("nvme fixer: initramfs-tools gets a line more, whatever its file ends with") {
    auto facts = lacking("initramfs-tools");
    facts.sources[GuestPath("/etc/initramfs-tools/modules")] = "# list\nloop";
    const auto changes = plan(facts);
    REQUIRE(changes.changes.size() == 2);
    CHECK(std::get<FileEdit>(changes.changes[0]).after == "# list\nloop\nnvme\n");
    CHECK(std::get<CommandStep>(changes.changes[1]).argv ==
          Words{"update-initramfs", "-u", "-k", "5.14.0-427.el9.x86_64"});
}

TEST_CASE("nvme fixer: SUSE's list grows inside its quotes; RHEL 5 takes arguments") {
    auto facts = lacking("mkinitrd");
    facts.sources[GuestPath("/etc/sysconfig/kernel")] = "# x\nINITRD_MODULES=\"ext3 sd\"\nA=1\n";
    facts.os.distribution->family = "suse";
    auto changes = plan(facts);
    REQUIRE(changes.changes.size() == 2);
    CHECK(std::get<FileEdit>(changes.changes[0]).after ==
          "# x\nINITRD_MODULES=\"ext3 sd nvme\"\nA=1\n");
    facts.os.distribution->family = "rhel";
    changes = plan(facts);
    REQUIRE(changes.changes.size() == 1);
    CHECK(std::get<CommandStep>(changes.changes[0]).argv.at(2) == "--with=nvme");
}

TEST_CASE("nvme fixer: what is configured is not configured again, what is there not built again") {
    auto facts = lacking("dracut");
    facts.boot.initramfs_settings->added = {"nvme"};
    CHECK(plan(facts).changes.size() == 1);
    CHECK(plan(whole()).empty());
}

TEST_CASE("nvme fixer: no tool, no room, no driver, no name: nothing is planned") {
    auto facts = lacking("dracut");
    facts.storage.space["/boot"] = Space{.mount_point = "/boot", .free_bytes = 1000};
    CHECK_FALSE(fixers::put_nvme_in_initramfs.plan(facts, {}, {}));
    facts = lacking("dracut");
    facts.boot.initramfs_settings = failure(Errc::not_found, "no tool");
    CHECK_FALSE(fixers::put_nvme_in_initramfs.plan(facts, {}, {}));
    facts = lacking("dracut");
    remove(facts.boot.kernel->modules->loadable, "nvme");
    CHECK(plan(facts).empty());
    CHECK(plan(facts).notes.size() == 1);
    facts = lacking("dracut");
    facts.boot.entries[0].initrds[0].path = "/boot/initrd.img";
    CHECK_FALSE(fixers::put_nvme_in_initramfs.plan(facts, {}, {}));
}

}  // namespace
}  // namespace guestprep
