// SPDX-License-Identifier: Apache-2.0
#include "agent/core/profile.h"
#include "checks/check_list.h"
#include "tests/support/catch.h"
#include "tests/support/storage.h"

namespace guestprep {
namespace {

Finding judge(std::string_view text) {
    auto facts = plain_machine();
    facts.storage.fstab = fstab(text);
    return checks::network_mounts_are_optional.evaluate(facts, profile_2026());
}

TEST_CASE("network mounts: none passes, and so do optional ones") {
    CHECK(judge("UUID=1 / ext4\ntmpfs /t tmpfs\n").status == Status::pass);
    CHECK(judge("h:/x /n nfs nofail\n//h/s /c cifs noauto\nh:/y /o nfs4 _netdev\n"
                "h:/z /p nfs x-systemd.automount\nshare /v vboxsf nofail\n")
              .status == Status::pass);
}

TEST_CASE("network mounts: those that the boot asks for fail, without their passwords") {
    const auto finding = judge("UUID=1 / ext4\n//h/s /c cifs password=geheim 0 0\n");
    CHECK(finding.status == Status::fail);
    CHECK(finding.variant.empty());
    CHECK(finding.evidence.at(0) ==
          Evidence{"/etc/fstab:2", "//h/s /c cifs password=(hidden) 0 0", "nofail,_netdev"});
    for (const char* text : {"h:/x /n nfs\n", "h:/x /n nfs4 defaults\n", "j@h:/x /n fuse.sshfs\n",
                             "sshfs#j@h:/x /n fuse\n", "gv0 /g glusterfs\n", "//h/s /c smbfs\n"}) {
        INFO(text);
        CHECK(judge(text).status == Status::fail);
    }
}

TEST_CASE("network mounts: a folder of the old hypervisor is a case of its own") {
    for (const char* text : {"share /v vboxsf\n", ".host:/ /mnt/hgfs fuse.vmhgfs-fuse\n",
                             ".host:/ /mnt/hgfs vmhgfs\n", "tag /v virtiofs\n", "tag /v 9p\n"}) {
        INFO(text);
        CHECK(judge(text).variant == "host-folder");
    }
}

TEST_CASE("network mounts: an fstab that cannot be read is unknown") {
    auto facts = plain_machine();
    facts.storage.fstab = failure(Errc::access_denied, "denied");
    CHECK(checks::network_mounts_are_optional.evaluate(facts, profile_2026()).status ==
          Status::unknown);
    facts.storage.fstab = failure(Errc::not_found, "no such file");
    CHECK(checks::network_mounts_are_optional.evaluate(facts, profile_2026()).status ==
          Status::not_applicable);
}

}  // namespace
}  // namespace guestprep
