// SPDX-License-Identifier: Apache-2.0
#include "agent/core/text.h"
#include "checks/check_list.h"
#include "fixers/fixer_list.h"
#include "tests/support/catch.h"
#include "tests/support/fix_loop.h"
#include "tests/support/network_hosts.h"

namespace guestprep {
namespace {

FakeHost enforcing() {
    auto host = el9_host();
    host.files.file("/etc/selinux/config", "SELINUX=enforcing\nSELINUXTYPE=targeted\n")
        .file("/boot/vmlinuz-5", "kernel")
        .file("/boot/initramfs-5", "i")
        .file("/boot/grub2/grub.cfg",
              "menuentry 'Linux' {\n\tlinux /boot/vmlinuz-5 root=UUID=1 ro quiet\n"
              "\tinitrd /boot/initramfs-5\n}\n")
        .file("/boot/grub2/i386-pc/core.img", "");
    return host;
}

TEST_CASE("ask_for_relabel: makes the mark, once") {
    auto host = enforcing();
    host.files.file("/etc/selinux/targeted/policy/policy.31", "x");
    const auto fixed = fix_loop(host, fixers::ask_for_relabel, checks::selinux_labels_survive);
    CHECK(fixed.files == std::map<std::string, std::string>{{"/.autorelabel", ""}});
}

TEST_CASE("ask_for_relabel: without a policy there is nothing to label by") {
    CHECK(contains(refusal_of(enforcing(), fixers::ask_for_relabel), "no policy"));
    auto marked = enforcing();
    marked.files.file("/etc/selinux/targeted/policy/policy.31", "x").file("/.autorelabel", "");
    CHECK(refusal_of(marked, fixers::ask_for_relabel).empty());
}

}  // namespace
}  // namespace guestprep
