// SPDX-License-Identifier: Apache-2.0
#include "tests/support/storage.h"

#include "agent/profiles.h"

namespace guestprep {

BlockDevice disk(std::string name, std::string table, std::string boot_code, std::uint64_t size) {
    BlockDevice device;
    device.names = {"/dev/" + name};
    device.number = "n:" + name;
    device.kernel_name = std::move(name);
    device.kind = DeviceKind::disk;
    device.size = size;
    device.table = std::move(table);
    device.boot_code = std::move(boot_code);
    return device;
}

BlockDevice partition(std::string name, std::string on, std::string type, std::string uuid) {
    auto device = disk(std::move(name), "", "", 1ULL << 30);
    device.kind = DeviceKind::partition;
    device.disk = std::move(on);
    device.usage = type.empty() ? "" : type == "swap" ? "other" : "filesystem";
    device.type = std::move(type);
    device.uuid = std::move(uuid);
    device.partition_number = static_cast<std::uint32_t>(device.kernel_name.back() - '0');
    return device;
}

BlockDevice mapper(std::string name, std::string mapped, std::vector<std::string> slaves,
                   std::string type, std::string uuid) {
    auto device = partition(std::move(name), "", std::move(type), std::move(uuid));
    device.kind = device.kernel_name.starts_with("md") ? DeviceKind::md : DeviceKind::mapper;
    device.partition_number = 0;
    device.slaves = std::move(slaves);
    if (!mapped.empty()) device.names.push_back("/dev/mapper/" + mapped);
    return device;
}

Mount mounted(std::string directory, std::string source, std::string type, std::string number) {
    Mount mount;
    mount.mount_point = std::move(directory);
    mount.source = std::move(source);
    mount.type = std::move(type);
    mount.number = std::move(number);
    mount.root = "/";
    mount.options = {"rw"};
    return mount;
}

FstabFacts fstab(std::string_view text) {
    const auto parsed = Fstab::parse(text);
    FstabFacts facts;
    for (const auto& entry : parsed.entries()) facts.entries.push_back(entry.redacted());
    facts.malformed_lines = parsed.malformed_lines();
    facts.has_crlf = parsed.has_crlf();
    facts.text = text;
    return facts;
}

const Profile& profile_2018() {
    static const auto kProfile = built_in_profile("vmie-2018").value();
    return kProfile;
}

const Profile& profile_2026() {
    static const auto kProfile = built_in_profile("vmie-2026").value();
    return kProfile;
}

Facts plain_directory() {
    Facts facts;
    facts.privileged = true;
    facts.os.init = InitSystem::systemd;
    facts.storage.fstab =
        fstab("UUID=root-uuid / ext4 defaults 0 1\nUUID=swap-uuid none swap sw 0 0\n");
    facts.storage.crypttab = std::vector<CrypttabEntry>();
    facts.storage.mounts = failure(Errc::unsupported, "not the running system");
    facts.storage.devices = failure(Errc::unsupported, "disks cannot be seen from a directory");
    facts.storage.swaps = failure(Errc::unsupported, "not the running system");
    return facts;
}

Facts plain_machine() {
    auto facts = plain_directory();
    facts.running = true;
    facts.storage.devices =
        Devices{disk("sda", "dos", "grub"), partition("sda1", "sda", "ext4", "root-uuid"),
                partition("sda2", "sda", "swap", "swap-uuid")};
    facts.storage.mounts = Mounts{mounted("/proc", "proc", "proc", "0:3"),
                                  mounted("/", "/dev/sda1", "ext4", "n:sda1")};
    facts.storage.swaps = std::vector<std::string>{"/dev/sda2"};
    facts.storage.space["/"] = Space{"/", 8ULL << 30, 20ULL << 30, 100'000, 200'000};
    facts.storage.resume = failure(Errc::not_found, "RESUME is not set");
    return facts;
}

}  // namespace guestprep
