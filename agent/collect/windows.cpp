// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include "agent/collect/collect.h"
#include "agent/collect/remembering_registry.h"
#include "agent/collect/windows_parts.h"
#include "agent/collect/windows_paths.h"
#include "agent/core/text.h"
#include "agent/facts/windows_disks.h"
#include "agent/facts/windows_keys.h"
#include "agent/facts/windows_services.h"
#include "agent/formats/machine_identity.h"

namespace guestprep {
namespace {

/// What this system would be called in the report.
Fact<Distribution> distribution_of(const WindowsSystemFacts& system) {
    if (!system.product_name) return std::unexpected(system.product_name.error());
    Distribution os;
    os.id = os.family = "windows";
    os.title = *system.product_name;
    if (system.service_pack && !system.service_pack->empty())
        os.title += " " + *system.service_pack;
    os.version = (system.major_version ? std::to_string(*system.major_version) + ".0"
                                       : system.version.value_or("")) +
                 "." + system.build.value_or("");
    os.source = std::string(keys::kCurrentVersion);
    return os;
}

Fact<Firmware> firmware_of(const Host& host, const WindowsFacts& windows) {
    if (host.machine.firmware == "bios") return Firmware::bios;
    if (host.machine.firmware == "uefi") return Firmware::uefi;
    if (const auto& type = windows.system.firmware_type) {
        if (*type == 1) return Firmware::bios;
        if (*type == 2) return Firmware::uefi;
    }
    // Before Windows 8 only the loader's name tells.
    if (const auto& store = windows.boot.store)
        if (const auto* loader = store->default_entry(); loader != nullptr && !loader->path.empty())
            return lowercase(loader->path).ends_with(".efi") ? Firmware::uefi : Firmware::bios;
    // Nothing older than Vista starts from UEFI on x86.
    if (windows.system.version && windows.system.version->starts_with("5.")) return Firmware::bios;
    return failure(Errc::not_found, "neither PEFirmwareType nor the boot store tells the firmware");
}

/// Named as uname(1) names it, so that a report reads alike everywhere.
std::string machine_called(const std::string& architecture) {
    if (equal_ignoring_case(architecture, "AMD64")) return "x86_64";
    if (equal_ignoring_case(architecture, "ARM64")) return "aarch64";
    if (equal_ignoring_case(architecture, "x86")) return "i386";
    return lowercase(architecture);
}

/// The registry keeps what the firmware said at the last start.
Fact<Hypervisor> hypervisor_of(const Host& host, const WindowsSystemFacts& system,
                               const RegistryView& registry) {
    const auto& cpu = host.machine.cpu_hypervisor;
    const DmiIdentity dmi{system.manufacturer.value_or(""), system.model.value_or(""), "", ""};
    // With the Hyper-V role, or security based on it, Windows itself runs on its own hypervisor,
    // whatever that runs on: the processor tells of the nearest one only.
    if (const auto name = hypervisor_of_cpuid(cpu);
        !name.empty() && (name != "hyperv" || dmi.empty()))
        return Hypervisor{name, "CPUID " + shown(cpu)};
    if (dmi.empty()) {
        // Before Vista the registry keeps no maker of the machine.
        if (auto name = hypervisor_of_devices(registry); !name.empty())
            return Hypervisor{std::move(name), "devices below " + std::string(keys::kEnum)};
        return failure(Errc::not_found, "the registry keeps no maker of the machine");
    }
    const auto name = hypervisor_of_dmi(dmi);
    return Hypervisor{name.empty() ? "none" : name, "SystemInformation: " + shown(dmi.sys_vendor) +
                                                        ", " + shown(dmi.product_name)};
}

/// Of the file system that the hives lie on: Windows itself is there.
Fact<Space> system_space_of(const FileReader& files) {
    const auto folder = find_hive_folder(files);
    if (!folder) return std::unexpected(folder.error());
    const auto space = files.space(*folder);
    if (!space) return std::unexpected(space.error());
    return Space{folder->str(), space->free_bytes, space->total_bytes, space->free_inodes,
                 space->total_inodes};
}

/// "amd64" of "AMD64": as answer files call it.
std::string architecture_of(const WindowsSystemFacts& system) {
    return system.architecture ? lowercase(*system.architecture) : std::string();
}

Fact<AnswerFileFacts> answer_file_of(const FileReader& files, const WindowsSystemFacts& system) {
    const auto folder = find_windows_path(files, R"(Windows\Panther)");
    if (!folder) return std::unexpected(folder.error());
    const auto path = find_name(files, *folder, "unattend.xml");
    if (!path) return std::unexpected(path.error());
    const auto text = files.read(*path);
    if (!text) return std::unexpected(text.error());
    const auto file = read_answer_file(*text);
    AnswerFileFacts facts{path->str(), file.problems};
    auto unfit = unfit_for_sysprep(file, *text, architecture_of(system));
    facts.problems.insert(facts.problems.end(), unfit.begin(), unfit.end());
    return facts;
}

/// "C:" and "C:\\" are a drive, "C:\\mnt\\data" is a folder.
bool is_drive(std::string_view name, std::string_view drive) {
    return name.size() <= 3 && equal_ignoring_case(name.substr(0, 2), drive);
}

/// Disks and volumes; the one that holds Windows is what "/" is elsewhere, so that the checks of
/// boot disks need not know of drives.
void collect_volumes(const Host& host, const std::string& drive, StorageFacts& storage) {
    storage.devices = host.devices.list();
    // Windows has no such table.
    storage.crypttab = std::vector<CrypttabEntry>{};
    if (!storage.devices) {
        storage.mounts = std::unexpected(storage.devices.error());
        return;
    }
    storage.mounts = failure(Errc::not_found, "no volume is called " + drive);
    for (auto& device : *storage.devices) {
        if (device.number.empty()) device.number = device.kernel_name;
        for (const auto& name : device.names)
            if (is_drive(name, drive))
                storage.mounts = std::vector{Mount{name, "/", device.type, {}, device.number, "/"}};
    }
}

/// Where the loader lies is what "/boot" is elsewhere.
void collect_boot_volume(Facts& facts) {
    const auto device = system_partition(facts);
    if (!device || !facts.storage.mounts) return;
    facts.storage.mounts->push_back({(*device)->names.front(),
                                     is_esp(**device) ? "/boot/efi" : "/boot",
                                     (*device)->type,
                                     {},
                                     (*device)->number,
                                     "/"});
}

}  // namespace

void collect_windows(const Host& host, Facts& facts) {
    facts.platform = Platform::windows_guest;
    const RememberingRegistry remembering(*host.registry, facts.registry_sources);
    const RegistryView registry(remembering);
    auto& windows = facts.windows.emplace();
    const auto now = std::chrono::duration_cast<std::chrono::seconds>(
                         std::chrono::system_clock::now().time_since_epoch())
                         .count();
    facts.storage.seen_at = static_cast<std::uint64_t>(now);
    collect_windows_system(registry, windows.system);
    collect_windows_access(registry, host.accounts, now, windows.access);
    collect_windows_network(registry, windows.network);
    collect_windows_software(registry, windows.software);
    collect_windows_boot(registry, windows.boot);
    collect_windows_files(host.files, windows.software);
    windows.software.answer_file = answer_file_of(host.files, windows.system);
    windows.boot.system_space = system_space_of(host.files);

    facts.os.distribution = distribution_of(windows.system);
    facts.os.hostname = windows.system.computer_name;
    if (!host.machine.hostname.empty()) facts.os.hostname = host.machine.hostname;
    facts.os.running_kernel = windows.system.build;
    if (windows.system.architecture)
        facts.os.kernel_machine = machine_called(*windows.system.architecture);
    else
        facts.os.kernel_machine = std::unexpected(windows.system.architecture.error());
    facts.os.firmware = firmware_of(host, windows);
    facts.os.hypervisor = hypervisor_of(host, windows.system, registry);
    facts.software.origin = find_windows_origin(registry, windows.system);
    collect_volumes(host, system_drive(windows.system), facts.storage);
    collect_boot_volume(facts);
    collect_windows_boot_files(host, facts);
    collect_windows_troubles(registry, windows.system);
    // Without the value the firmware has no Secure Boot, as the check understands an absence.
    const auto& secure = windows.system.secure_boot;
    facts.first_boot.secure_boot =
        secure ? Fact<bool>(*secure != 0) : Fact<bool>(std::unexpected(secure.error()));
}

}  // namespace guestprep
