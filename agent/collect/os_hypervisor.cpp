// SPDX-License-Identifier: Apache-2.0
#include "agent/collect/os_parts.h"
#include "agent/core/text.h"
#include "agent/formats/machine_identity.h"

namespace guestprep {
namespace {

const GuestPath kDmi("/sys/class/dmi/id");

std::string line_of(const FileReader& files, std::string_view name) {
    const auto text = files.read(kDmi / name, 4096);
    return text ? std::string(trimmed(*text)) : std::string();
}

}  // namespace

Fact<Hypervisor> find_hypervisor(const Host& host) {
    if (!host.running)
        return failure(Errc::not_collected, "files do not tell on what machine they are run");
    const DmiIdentity dmi{line_of(host.files, "sys_vendor"), line_of(host.files, "product_name"),
                          line_of(host.files, "bios_vendor"), line_of(host.files, "board_vendor")};
    const auto& cpu = host.machine.cpu_hypervisor;
    const auto by_cpu = hypervisor_of_cpuid(cpu);
    const auto by_dmi = hypervisor_of_dmi(dmi);
    const auto dmi_text =
        (kDmi / "sys_vendor").str() + ": " + shown(dmi.sys_vendor) + ", " + shown(dmi.product_name);
    // KVM can pretend to be Hyper-V towards its guests; the firmware then still says QEMU.
    const bool pretends = by_cpu == "hyperv" && !by_dmi.empty() && by_dmi != "hyperv";
    if (!by_cpu.empty() && !pretends) return Hypervisor{by_cpu, "CPUID " + shown(cpu)};
    if (!by_dmi.empty()) return Hypervisor{by_dmi, dmi_text};
    if (host.files.read(GuestPath("/sys/hypervisor/type"), 64).value_or("").starts_with("xen"))
        return Hypervisor{"xen", "/sys/hypervisor/type: xen"};
    if (host.machine.has_hypervisor_bit)
        return Hypervisor{"unknown", "CPUID has the hypervisor bit, vendor \"" + shown(cpu) + '"'};
    if (dmi.empty())
        return failure(Errc::unsupported,
                       "the processor names no hypervisor and this kernel shows no DMI data");
    return Hypervisor{"none", "no hypervisor in CPUID; " + dmi_text};
}

}  // namespace guestprep
