// SPDX-License-Identifier: Apache-2.0
#include "tests/support/driver_fixer.h"

#include <algorithm>

#include "agent/core/profile.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"

namespace guestprep {
namespace {

using Words = std::vector<std::string>;

Facts built_by(const char* tool) {
    auto facts = sound_boot_facts();
    facts.boot.initramfs_settings = InitramfsSettings{.tool = tool};
    return facts;
}

}  // namespace

void try_driver_fixer(const Fixer& fixer, const Check& check, const std::string& module) {
    auto key = module;
    std::ranges::replace(key, '-', '_');
    const auto lacking = [&](const char* tool) {
        auto facts = built_by(tool);
        remove(facts.boot.kernel->initramfs->drivers, key);
        return facts;
    };
    const auto plan = [&](const Facts& facts) {
        auto changes = fixer.plan(facts, {}, {});
        REQUIRE(changes);
        return *changes;
    };
    const auto named = [&](std::string text) {
        return text.replace(text.find("@MOD@"), 5, module);
    };

    SECTION("dracut gets a file of its own and builds the image, which is kept") {
        const auto facts = lacking("dracut");
        CHECK(check.evaluate(facts, {}).status == Status::fail);
        const auto changes = plan(facts);
        REQUIRE(changes.changes.size() == 2);
        const auto& edit = std::get<FileEdit>(changes.changes[0]);
        CHECK(edit.path == GuestPath("/etc/dracut.conf.d/90-guestprep.conf"));
        CHECK_FALSE(edit.before);
        CHECK(edit.after->find(named("add_drivers+=\" @MOD@ \"\n")) != std::string::npos);
        const auto& command = std::get<CommandStep>(changes.changes[1]);
        CHECK(command.argv == Words{"dracut", "-f", "/boot/initramfs-5.14.0-427.el9.x86_64.img",
                                    "5.14.0-427.el9.x86_64"});
        CHECK(command.saves ==
              std::vector<GuestPath>{GuestPath("/boot/initramfs-5.14.0-427.el9.x86_64.img")});
        CHECK(command.least_bytes == 1000);
    }

    SECTION("initramfs-tools gets a line more, whatever its file ends with") {
        auto facts = lacking("initramfs-tools");
        facts.sources[GuestPath("/etc/initramfs-tools/modules")] = "# list\nloop";
        const auto changes = plan(facts);
        REQUIRE(changes.changes.size() == 2);
        CHECK(std::get<FileEdit>(changes.changes[0]).after == named("# list\nloop\n@MOD@\n"));
        CHECK(std::get<CommandStep>(changes.changes[1]).argv ==
              Words{"update-initramfs", "-u", "-k", "5.14.0-427.el9.x86_64"});
    }

    SECTION("SUSE's list grows inside its quotes; RHEL 5 takes arguments") {
        auto facts = lacking("mkinitrd");
        facts.sources[GuestPath("/etc/sysconfig/kernel")] =
            "# x\nINITRD_MODULES=\"ext3 sd\"\nA=1\n";
        facts.os.distribution->family = "suse";
        auto changes = plan(facts);
        REQUIRE(changes.changes.size() == 2);
        CHECK(std::get<FileEdit>(changes.changes[0]).after ==
              named("# x\nINITRD_MODULES=\"ext3 sd @MOD@\"\nA=1\n"));
        facts.os.distribution->family = "rhel";
        changes = plan(facts);
        REQUIRE(changes.changes.size() == 1);
        CHECK(std::get<CommandStep>(changes.changes[0]).argv.at(2) == named("--with=@MOD@"));
    }

    SECTION("from outside the guest an image is built for any machine, or not at all") {
        const auto command_of = [&](const Facts& facts) {
            return std::get<CommandStep>(plan(facts).changes.back());
        };
        auto facts = lacking("dracut");
        facts.running = false;
        CHECK(command_of(facts).argv.at(1) == "-f");  // builds for any machine as it is
        facts.boot.initramfs_settings->host_only = true;
        CHECK(command_of(facts).argv.at(1) == "--no-hostonly");
        CHECK_FALSE(command_of(facts).own_machine);
        facts.running = true;
        CHECK(command_of(facts).argv.at(1) == "-f");
        facts = lacking("initramfs-tools");
        CHECK_FALSE(command_of(facts).own_machine);
        facts.boot.initramfs_settings->host_only = true;
        CHECK(command_of(facts).own_machine);
        facts = lacking("mkinitrd");
        CHECK(command_of(facts).own_machine);
        facts.os.distribution->family = "suse";
        CHECK(command_of(facts).own_machine);
    }

    SECTION("what is configured is not configured again, what is there not built again") {
        auto facts = lacking("dracut");
        facts.boot.initramfs_settings->added = {key};
        CHECK(plan(facts).changes.size() == 1);
        CHECK(plan(built_by("dracut")).empty());
    }

    SECTION("no tool, no room, no driver, no name: nothing is planned") {
        auto facts = lacking("dracut");
        facts.storage.space["/boot"] = Space{.mount_point = "/boot", .free_bytes = 1000};
        CHECK_FALSE(fixer.plan(facts, {}, {}));
        facts = lacking("dracut");
        facts.boot.initramfs_settings = failure(Errc::not_found, "no tool");
        CHECK_FALSE(fixer.plan(facts, {}, {}));
        facts = lacking("dracut");
        remove(facts.boot.kernel->modules->loadable, key);
        CHECK(plan(facts).empty());
        CHECK(plan(facts).notes.size() == 1);
        facts = lacking("dracut");
        facts.boot.entries[0].initrds[0].path = "/boot/initrd.img";
        CHECK_FALSE(fixer.plan(facts, {}, {}));
    }
}

}  // namespace guestprep
