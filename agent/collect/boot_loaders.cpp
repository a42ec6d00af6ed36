// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "agent/collect/boot_parts.h"
#include "agent/core/text.h"

namespace guestprep {
namespace {

struct Sign {
    LoaderKind loader;
    const char* path;
};

constexpr std::array<Sign, 9> kPrograms = {{{LoaderKind::grub2, "/boot/grub2/i386-pc"},
                                            {LoaderKind::grub2, "/boot/grub/i386-pc"},
                                            {LoaderKind::grub2, "/boot/grub/core.img"},
                                            {LoaderKind::grub_legacy, "/boot/grub/stage2"},
                                            {LoaderKind::lilo, "/boot/boot.b"},
                                            {LoaderKind::lilo, "/boot/map"},
                                            {LoaderKind::extlinux, "/boot/extlinux/ldlinux.sys"},
                                            {LoaderKind::extlinux, "/boot/syslinux/ldlinux.sys"},
                                            {LoaderKind::extlinux, "/boot/ldlinux.sys"}}};

constexpr std::array<std::string_view, 3> kEspFolders = {"/boot/efi/EFI", "/efi/EFI", "/boot/EFI"};

bool program_on_esp(const std::string& name, LoaderKind& loader) {
    const auto file = lowercase(name);
    if (!file.ends_with(".efi")) return false;
    if (file.starts_with("grub"))
        loader = file == "grub.efi" ? LoaderKind::grub_legacy : LoaderKind::grub2;
    else if (file.starts_with("systemd-boot"))
        loader = LoaderKind::systemd_boot;
    else if (file.starts_with("elilo"))
        loader = LoaderKind::elilo;
    else
        return false;
    return true;
}

bool config_on_esp(const std::string& name, LoaderKind& loader) {
    if (name == "grub.cfg")
        loader = LoaderKind::grub2;
    else if (name == "grub.conf")
        loader = LoaderKind::grub_legacy;
    else if (name == "elilo.conf")
        loader = LoaderKind::elilo;
    else
        return false;
    return true;
}

void look_on_esp(const FileReader& files, const GuestPath& folder, BootFacts& boot) {
    const auto names = files.list(folder);
    if (!names) {
        if (names.error().code == Errc::access_denied) boot.unread_folders.push_back(folder.str());
        return;
    }
    for (const auto& name : *names) {
        auto loader = LoaderKind::grub2;
        const auto path = (folder / name).str();
        if (program_on_esp(name, loader)) boot.loaders.push_back({loader, path, true, true});
        if (config_on_esp(name, loader)) boot.loaders.push_back({loader, path, false, true});
    }
}

}  // namespace

void find_loaders(const FileReader& files, BootFacts& boot) {
    for (const auto& [loader, path] : kPrograms)
        if (files.exists(GuestPath(path))) boot.loaders.push_back({loader, path, true, false});

    static constexpr std::array<Sign, 12> kConfigs = {
        {{LoaderKind::grub2, "/boot/grub2/grub.cfg"},
         {LoaderKind::grub2, "/boot/grub/grub.cfg"},
         {LoaderKind::grub_legacy, "/boot/grub/grub.conf"},
         {LoaderKind::grub_legacy, "/boot/grub/menu.lst"},
         {LoaderKind::lilo, "/etc/lilo.conf"},
         {LoaderKind::elilo, "/etc/elilo.conf"},
         {LoaderKind::extlinux, "/boot/extlinux/extlinux.conf"},
         {LoaderKind::extlinux, "/boot/syslinux/syslinux.cfg"},
         {LoaderKind::extlinux, "/boot/extlinux.conf"},
         {LoaderKind::systemd_boot, "/boot/loader/loader.conf"},
         {LoaderKind::systemd_boot, "/boot/efi/loader/loader.conf"},
         {LoaderKind::systemd_boot, "/efi/loader/loader.conf"}}};
    for (const auto& [loader, path] : kConfigs)
        if (files.link_info(GuestPath(path))) boot.loaders.push_back({loader, path, false, false});

    for (const auto* folder : {"/boot", "/boot/grub", "/boot/grub2"})
        if (const auto names = files.list(GuestPath(folder));
            !names && names.error().code == Errc::access_denied)
            boot.unread_folders.emplace_back(folder);
    for (const auto folder : kEspFolders) {
        const auto vendors = files.list(GuestPath(folder));
        if (vendors)
            for (const auto& vendor : *vendors)
                look_on_esp(files, GuestPath(folder) / vendor, boot);
        else if (vendors.error().code == Errc::access_denied)
            boot.unread_folders.emplace_back(folder);
    }
}

}  // namespace guestprep
