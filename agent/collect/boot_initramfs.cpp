// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "agent/collect/boot_parts.h"
#include "agent/formats/initramfs.h"

namespace guestprep {
namespace {

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
}

void add(Initramfs& out, const std::string& path, const InitramfsNames& names,
         const std::string& kernel_version) {
    for (const auto& part : names.parts) out.parts.push_back(path + ": " + part);
    out.files += names.files;
    out.modules += names.modules.size();
    out.made_by_dracut = out.made_by_dracut || names.made_by_dracut;
    out.has_lvm_devices_file = out.has_lvm_devices_file || names.has_lvm_devices_file;
    for (const auto& module : names.modules) {
        if (!module.version.empty()) add_once(out.versions, module.version);
        // The kernel loads no module of another version.
        const bool fits =
            module.version.empty() || kernel_version.empty() || module.version == kernel_version;
        const auto name = module_name(module.path);
        if (fits && is_known_driver(name)) add_once(out.drivers, name);
    }
}

}  // namespace

Fact<Initramfs> read_initramfs(const FileReader& files, const BootEntry& entry,
                               const std::string& kernel_version) {
    if (entry.initrds.empty())
        return failure(Errc::not_found, entry.where + ": the entry names no initramfs");
    Initramfs out;
    for (const auto& initrd : entry.initrds) {
        if (!initrd.size) {
            // A missing file is not an entry without an initramfs.
            const bool missing = initrd.size.is_absent();
            return failure(missing ? Errc::io : initrd.size.error().code, initrd.size.why());
        }
        auto source = files.open(GuestPath(initrd.path));
        if (!source) return std::unexpected(source.error());
        const auto names = read_initramfs_names(**source);
        if (!names) return std::unexpected(Error(names.error()).within(initrd.path));
        add(out, initrd.path, *names, kernel_version);
    }
    return out;
}

}  // namespace guestprep
