// SPDX-License-Identifier: Apache-2.0
#include "checks/check_list.h"
#include "tests/support/boot_facts.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(const Facts& facts) {
    return checks::lvm_filter_admits_new_disks.evaluate(facts, profile_2026());
}

Finding judge_filter(std::vector<std::string> patterns) {
    auto facts = plain_machine();
    facts.storage.devices->push_back(partition("sda3", "sda", "LVM2_member", "pv"));
    facts.storage.devices->push_back(mapper("dm-0", "vg-root", {"sda3"}, "ext4", "x"));
    facts.storage.devices->back().mapper_uuid = "LVM-x";
    facts.storage.mounts = Mounts{mounted("/", "/dev/mapper/vg-root", "ext4", "n:dm-0")};
    facts.volume_managers.filters =
        std::vector<LvmFilter>{{{"/etc/lvm/lvm.conf:9", "filter = [ ... ]"}, std::move(patterns)}};
    return judge(facts);
}

TEST_CASE("LVM filter: tried on the names of EC2") {
    CHECK(judge_filter({"a|^/dev/sd|", "r|.*|"}).status == Status::fail);
    CHECK(judge_filter({"a|^/dev/sd|", "r|.*|"}).evidence.at(0).expected ==
          "a filter that admits xvda and nvme0n1");
    CHECK(judge_filter({"a|^/dev/sd|", "a|^/dev/xvd|", "r|.*|"}).evidence.at(0).expected ==
          "a filter that admits nvme0n1");
    CHECK(judge_filter({"a|.*|"}).status == Status::pass);
    CHECK(judge_filter({"r|/dev/cdrom|"}).status == Status::pass);
    CHECK(judge_filter({"r|^/dev/drbd|", "a/dev/xvd/", "a(nvme)", "r/.*/"}).status == Status::pass);
}

TEST_CASE("LVM filter: what is not understood is unknown, no LVM is not applicable") {
    CHECK(judge_filter({"a|[|", "r|.*|"}).status == Status::unknown);
    CHECK(judge_filter({"x"}).status == Status::unknown);
    auto facts = plain_machine();
    facts.volume_managers.filters = failure(Errc::not_found, "there is no lvm.conf");
    CHECK(judge(facts).status == Status::not_applicable);
    facts.volume_managers.filters = failure(Errc::access_denied, "denied");
    CHECK(judge(facts).status == Status::unknown);
    facts.volume_managers.filters = std::vector<LvmFilter>{{{"f:1", ""}, {"r|.*|"}}};
    CHECK(judge(facts).variant == "data");
}

}  // namespace
}  // namespace guestprep
