// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/windows_parts.h"
#include "agent/collect/windows_paths.h"
#include "agent/core/text.h"
#include "agent/facts/windows_disks.h"
#include "agent/formats/boot_ini.h"

namespace guestprep {
namespace {

bool is_before_vista(const WindowsSystemFacts& system) {
    return system.version && system.version->starts_with("5.");
}

/// "Boot\\BCD" below a folder, whatever the case.
Result<GuestPath> find_below(const FileReader& files, GuestPath at, std::string_view path) {
    for (const auto part : split(path, '\\')) {
        auto next = find_name(files, at, part);
        if (!next) return next;
        at = std::move(*next);
    }
    return at;
}

/// The root of the volume that the firmware starts Windows from.
Result<GuestPath> system_place(const Host& host, const Facts& facts) {
    if (!host.running) {
        const bool is_uefi = facts.os.firmware && *facts.os.firmware == Firmware::uefi;
        const GuestPath mounted("/boot/efi");
        return is_uefi && host.files.is_directory(mounted) ? mounted : GuestPath("/");
    }
    const auto device = system_partition(facts);
    if (!device) return std::unexpected(device.error());
    for (const auto& name : (*device)->names)
        if (name.size() == 2 && name[1] == ':') return GuestPath("/" + name);
    if ((*device)->kind != DeviceKind::partition)
        return failure(Errc::unsupported, (*device)->kernel_name + " has no letter");
    return GuestPath("/" + (*device)->kernel_name);
}

std::vector<std::string_view> wanted_files(const Facts& facts) {
    if (is_before_vista(facts.of_windows().system)) return {"ntldr", "NTDETECT.COM", "boot.ini"};
    if (*facts.os.firmware == Firmware::uefi)
        return {R"(EFI\Microsoft\Boot\bootmgfw.efi)", R"(EFI\Microsoft\Boot\BCD)"};
    return {"bootmgr", R"(Boot\BCD)"};
}

Fact<BootFiles> boot_files_of(const Host& host, const Facts& facts) {
    if (!facts.os.firmware) return std::unexpected(facts.os.firmware.error());
    if (!facts.of_windows().system.version)
        return std::unexpected(facts.of_windows().system.version.error());
    const auto place = system_place(host, facts);
    if (!place) return std::unexpected(place.error());
    BootFiles found{.place = place->str(), .present = {}, .missing = {}};
    for (const auto name : wanted_files(facts)) {
        const auto path = find_below(host.files, *place, name);
        const auto info = path ? host.files.info(*path) : Result<FileInfo>();
        if (!path && path.error().code != Errc::not_found) return std::unexpected(path.error());
        const bool is_there = path && (!info || info->size != 0);
        (is_there ? found.present : found.missing).emplace_back(name);
    }
    // A directory is one volume; the loader may lie on another.
    if (!host.running && !found.missing.empty())
        return failure(Errc::not_collected, found.missing.front() +
                                                " is not on this volume; the one that the machine "
                                                "starts from may be another");
    return found;
}

/// minimal, network, dsrepair: as the boot configuration store numbers them.
std::optional<std::uint64_t> safe_boot_of(const BootIniEntry& entry) {
    const auto mode = entry.value("/safeboot");
    if (!mode) return std::nullopt;
    const auto lower = lowercase(*mode);
    return lower.starts_with("network") ? 1U : lower.starts_with("dsrepair") ? 2U : 0U;
}

std::string id_of(const BootIniEntry& entry) { return "line " + std::to_string(entry.line); }

BootLoaderObject loader_of(const BootIniEntry& entry, const GuestPath& file) {
    BootLoaderObject loader;
    loader.id = id_of(entry);
    loader.where = at_line(file.str(), entry.line);
    loader.description = entry.title;
    loader.path = entry.path;
    loader.is_recovery = entry.has("/cmdcons");
    loader.safe_boot = safe_boot_of(entry);
    loader.has_ems = entry.has("/redirect");
    loader.has_debugger =
        !entry.has("/nodebug") && (entry.has("/debug") || entry.has("/debugport") ||
                                   (entry.has("/baudrate") && !entry.has("/crashdebug")));
    return loader;
}

Fact<BootStore> store_of(const BootIni& ini, const GuestPath& file) {
    if (!ini.has_systems() && !ini.default_path())
        return failure(Errc::bad_syntax, file.str() + ": names no operating system");
    if (ini.has_two_defaults())
        return failure(Errc::unsupported, file.str() + ": two lines default= that differ");
    BootStore store;
    store.where = file.str();
    store.is_boot_ini = true;
    store.has_ems = ini.redirect().has_value();
    store.ems_where = at_line(file.str(), ini.redirect_line());
    for (const auto& entry : ini.entries()) {
        store.loaders.push_back(loader_of(entry, file));
        store.display_order.push_back(store.loaders.back().id);
    }
    if (const auto* entry = ini.default_entry()) {
        store.default_loader = id_of(*entry);
    } else if (ini.default_path()) {
        // NTLDR starts what default= names, whether the menu has it or not.
        BootIniEntry unlisted{.path = *ini.default_path(), .title = "(default)", .switches = {}};
        unlisted.line = ini.default_line();
        store.loaders.push_back(loader_of(unlisted, file));
        store.default_loader = store.loaders.back().id;
    }
    return store;
}

Fact<BootStore> boot_ini_store(const Host& host, const Facts& facts) {
    const auto place = system_place(host, facts);
    // Without an answer from the disks: where Windows is, if the file is there.
    const auto folder = place ? *place : GuestPath("/");
    const auto path = find_name(host.files, folder, "boot.ini");
    if (!path) {
        if (!place) return std::unexpected(place.error());
        return failure(
            path.error().code == Errc::not_found ? Errc::not_collected : path.error().code,
            path.error().message);
    }
    const auto text = host.files.read(*path);
    if (!text) return std::unexpected(text.error());
    if (text->find('\0') != std::string::npos)
        return failure(Errc::bad_syntax,
                       path->str() + ": holds NUL bytes, which NTLDR does not read");
    return store_of(BootIni(*text), *path);
}

Fact<std::string> hibernation_mark_of(const Host& host) {
    if (host.running)
        return failure(Errc::unsupported, "a running system keeps its hibernation file to itself");
    const auto path = find_name(host.files, GuestPath("/"), "hiberfil.sys");
    if (!path) return std::unexpected(path.error());
    const auto file = host.files.open(*path);
    if (!file) return std::unexpected(file.error());
    std::array<std::byte, 4> head{};
    std::size_t size = 0;
    while (size < head.size()) {
        const auto got = (*file)->read(std::span(head).subspan(size));
        if (!got) return std::unexpected(got.error());
        if (*got == 0) break;
        size += *got;
    }
    return shown({reinterpret_cast<const char*>(head.data()), size});
}

}  // namespace

void collect_windows_boot_files(const Host& host, Facts& facts) {
    auto& boot = facts.windows->boot;
    if (is_before_vista(facts.windows->system)) boot.store = boot_ini_store(host, facts);
    boot.boot_files = boot_files_of(host, facts);
    boot.hibernation_mark = hibernation_mark_of(host);
}

}  // namespace guestprep
